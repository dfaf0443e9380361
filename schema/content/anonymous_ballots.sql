-- The ballots of anonymous polls, written all at once when their poll is counted, in random order and with random ids.
-- Nothing in them says whose they are, or when they were cast.

create table content.anonymous_ballots (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    poll_id uuid not null,
    anonymous boolean not null generated always as (true) stored,
    method content.poll_method not null,
    most smallint not null,
    choices integer[] not null,
    options smallint not null generated always as (cardinality(choices)) stored,
    constraint anonymous_ballots_pkey primary key (tenant_id, id),
    constraint anonymous_ballots_poll_fkey
        foreign key (tenant_id, poll_id, anonymous, method, most, options)
        references content.polls (tenant_id, id, anonymous, method, most, options),
    constraint anonymous_ballots_choices_check check (content._is_ballot(method, most, choices))
);

create index anonymous_ballots_tenant_id_poll_id_idx on content.anonymous_ballots (tenant_id, poll_id);

create trigger _010_while_uncounted
before insert on content.anonymous_ballots
for each row execute function content.tg__while_uncounted();

create trigger _020_append_only
before update or delete or truncate on content.anonymous_ballots
for each statement execute function audit.tg__append_only();

comment on table content.anonymous_ballots is 'The ballots of anonymous polls that are counted.';
comment on column content.anonymous_ballots.tenant_id is 'The organization.';
comment on column content.anonymous_ballots.id is 'Random: it tells no time.';
comment on column content.anonymous_ballots.poll_id is 'The poll.';
comment on column content.anonymous_ballots.anonymous is 'Always: the key to its poll holds it to that.';
comment on column content.anonymous_ballots.method is 'How the poll was answered; the key to it holds it true.';
comment on column content.anonymous_ballots.most is
    'The highest score, or the dots there were; the key to the poll holds it true.';
comment on column content.anonymous_ballots.choices is 'What each option got, as in ballots.';
comment on column content.anonymous_ballots.options is
    'How many options there were; the key to the poll holds it true.';
