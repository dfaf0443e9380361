-- The module stories: what do communities tell? Their stories, the communities' own sides of them, what elders and
-- reviewers said about them, and what analyses brought out.

create schema stories;

comment on schema stories is
    'What do communities tell? Their stories, who reviewed them, what came of analyses, and what tellers see of it all.';

grant usage on schema stories to anon, authenticated, service_role, empathy_auditor;

create type stories.community_basis as enum ('geographic', 'thematic', 'kinship');
comment on type stories.community_basis is
    E'What holds a community together.\n'
    'geographic: A place.\n'
    'thematic: A theme.\n'
    'kinship: Kinship.';

create type stories.place_precision as enum ('region', 'locality', 'exact');
comment on type stories.place_precision is
    E'How precisely it is said where a story belongs. What is finer is not kept at all.\n'
    'region: To a degree, which is about a hundred kilometres.\n'
    'locality: To a tenth of a degree.\n'
    'exact: Exactly.';

create type stories.warning_source as enum ('teller', 'record');
comment on type stories.warning_source is
    E'Where a warning comes from.\n'
    'teller: From the teller.\n'
    'record: From what is on record of somebody who has to consent.';

create type stories.review_kind as enum ('cultural', 'elder');
comment on type stories.review_kind is
    E'What a story was reviewed for.\n'
    'cultural: What its community holds to be right.\n'
    'elder: The word of an elder.';

create type stories.review_outcome as enum ('approved', 'changes_requested', 'declined');
comment on type stories.review_outcome is
    E'What came of a review.\n'
    'approved: It may be published.\n'
    'changes_requested: It is sent back with a request.\n'
    'declined: It is not to be published.';

create type stories.audience as enum ('nobody_else', 'community', 'organization', 'everybody');
comment on type stories.audience is
    E'With whom a work is shared now, besides those whom it involves.\n'
    'nobody_else: With nobody else.\n'
    'community: With its place.\n'
    'organization: With the organization.\n'
    'everybody: With everybody.';
