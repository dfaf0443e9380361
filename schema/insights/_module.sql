-- The module insights: what can be told of all, and of nobody? Figures over what people told, decided and got, as far
-- as they consent to that. Nothing is published but sums of whole groups, each of so many people that none can be made
-- out; a group is never cut, so that no two figures differ by fewer.

create schema insights;

comment on schema insights is
    'What can be told of all, and of nobody? Figures, each about so many people that none can be made out.';

grant usage on schema insights to anon, authenticated, service_role, empathy_auditor;

create type insights.board as enum ('told', 'earned', 'given', 'refused', 'withdrawn', 'shared');
comment on type insights.board is
    E'What figures are about.\n'
    'told: Works that were published.\n'
    'earned: What works brought in.\n'
    'given: Consents that were given.\n'
    'refused: Consents that were refused.\n'
    'withdrawn: Consents that were taken back.\n'
    'shared: What people got when something was shared.';

create type insights.waiting_part as (
    number integer,
    person_id uuid,
    places uuid[],
    smallest integer[],
    topic text,
    weight bigint,
    home boolean
);
comment on type insights.waiting_part is 'Somebody''s part in what is to be grouped.';
comment on column insights.waiting_part.number is 'Which part.';
comment on column insights.waiting_part.person_id is 'Whose.';
comment on column insights.waiting_part.places is 'Where it belongs: the place, the project, the organization.';
comment on column insights.waiting_part.smallest is 'Of how many people a group has to be at least in each of these.';
comment on column insights.waiting_part.topic is 'What it is about; empty, where that is not known.';
comment on column insights.waiting_part.weight is 'How much it is.';
comment on column insights.waiting_part.home is
    'Whether the person is counted by it. By each other part of theirs, they only come along.';

create type insights.grouped_part as (
    part integer,
    scope_id uuid,
    topic text,
    number bigint,
    smallest integer
);
comment on type insights.grouped_part is 'The group that a part is put into.';
comment on column insights.grouped_part.part is 'Which part.';
comment on column insights.grouped_part.scope_id is
    'The place, project or organization of which its people are enough.';
comment on column insights.grouped_part.topic is 'What all of the group is about; empty, where that is not told.';
comment on column insights.grouped_part.number is 'Which group of these.';
comment on column insights.grouped_part.smallest is 'Of how many people it has to be at least.';
