-- The ballots of polls that are not anonymous: who voted what. The audit log does not follow them, for it can be read
-- while results are hidden; what a poll came to is in the log once it is counted.

create table content.ballots (
    tenant_id uuid not null,
    poll_id uuid not null,
    person_id uuid not null,
    anonymous boolean not null generated always as (false) stored,
    method content.poll_method not null,
    most smallint not null,
    choices integer[] not null,
    options smallint not null generated always as (cardinality(choices)) stored,
    cast_at timestamptz not null default now(),
    constraint ballots_pkey primary key (tenant_id, poll_id, person_id),
    -- A number for each option that there is; and no other option from now on.
    constraint ballots_poll_fkey
        foreign key (tenant_id, poll_id, anonymous, method, most, options)
        references content.polls (tenant_id, id, anonymous, method, most, options),
    constraint ballots_person_id_fkey foreign key (person_id) references core.people (id),
    constraint ballots_choices_check check (content._is_ballot(method, most, choices))
);

create index ballots_person_id_idx on content.ballots (person_id);

create trigger _010_while_uncounted
before insert or update or delete on content.ballots
for each row execute function content.tg__while_uncounted();

create trigger _020_append_only
before truncate on content.ballots
for each statement execute function audit.tg__append_only();

create trigger _600_merge_ballots
after update of merged_into on core.people
for each row when (new.merged_into is not null) execute function content.tg_people__merge_ballots();

comment on table content.ballots is 'The ballots of polls that are not anonymous.';
comment on column content.ballots.tenant_id is 'The organization.';
comment on column content.ballots.poll_id is 'The poll.';
comment on column content.ballots.person_id is 'Who voted.';
comment on column content.ballots.anonymous is 'Never: the key to its poll holds it to that.';
comment on column content.ballots.method is 'How the poll is answered; the key to it holds it true.';
comment on column content.ballots.most is
    'The highest score, or the dots there are; the key to the poll holds it true.';
comment on column content.ballots.choices is
    'What each option gets, in their order: 1 if it is chosen or approved of, its score, its rank, its dots; else 0.';
comment on column content.ballots.options is 'How many options there are; the key to the poll holds it true.';
comment on column content.ballots.cast_at is 'When, or when it was last changed.';
