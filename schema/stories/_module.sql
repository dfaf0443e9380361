-- The module stories: what do communities tell? Their stories, the communities' own sides of them, what elders and
-- reviewers said about them, and what analyses brought out.

create schema stories;

comment on schema stories is
    'What do communities tell? Their stories, who reviewed them, what came of analyses, and what tellers see of it all.';

grant usage on schema stories to anon, authenticated, service_role, empathy_auditor;

create type stories.community_basis as enum ('geographic', 'thematic', 'kinship');
comment on type stories.community_basis is 'What holds a community together: a place, a theme, or kinship.';

create type stories.place_precision as enum ('region', 'locality', 'exact');
comment on type stories.place_precision is
    'How precisely it is said where a story belongs: to a degree, which is about a hundred kilometres; to a tenth of '
    'one; or exactly. What is finer is not kept at all.';

create type stories.warning_source as enum ('teller', 'record');
comment on type stories.warning_source is
    'Where a warning comes from: the teller, or what is on record of somebody who has to consent.';

create type stories.review_kind as enum ('cultural', 'elder');
comment on type stories.review_kind is
    'What a story was reviewed for: what its community holds to be right, or the word of an elder.';

create type stories.review_outcome as enum ('approved', 'changes_requested', 'declined');
comment on type stories.review_outcome is 'What came of a review.';

create type stories.audience as enum ('nobody_else', 'community', 'organization', 'everybody');
comment on type stories.audience is 'With whom a work is shared now, besides those whom it involves.';
