-- Anonymous ballots that wait for their poll to close. The transaction that writes one also notes who has voted, so
-- that until the next shuffle whoever can read this table (nobody but a superuser) can tell whose it is. It is emptied
-- by truncating it (content._shuffle_ballots): what is deleted row by row stays in the file for a while, with the
-- number of the transaction that wrote it.

create table content.waiting_ballots (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    poll_id uuid not null,
    anonymous boolean not null generated always as (true) stored,
    method content.poll_method not null,
    most smallint not null,
    choices integer[] not null,
    options smallint not null generated always as (cardinality(choices)) stored,
    constraint waiting_ballots_pkey primary key (tenant_id, id),
    constraint waiting_ballots_poll_fkey
        foreign key (tenant_id, poll_id, anonymous, method, most, options)
        references content.polls (tenant_id, id, anonymous, method, most, options),
    constraint waiting_ballots_choices_check check (content._is_ballot(method, most, choices))
);

create index waiting_ballots_tenant_id_poll_id_idx on content.waiting_ballots (tenant_id, poll_id);

create trigger _010_while_uncounted
before insert or update or delete on content.waiting_ballots
for each row execute function content.tg__while_uncounted();

comment on table content.waiting_ballots is 'Anonymous ballots that wait for their poll to close.';
comment on column content.waiting_ballots.tenant_id is 'The organization.';
comment on column content.waiting_ballots.id is 'Random, and another one after each shuffle.';
comment on column content.waiting_ballots.poll_id is 'The poll.';
comment on column content.waiting_ballots.anonymous is 'Always: the key to its poll holds it to that.';
comment on column content.waiting_ballots.method is 'How the poll is answered; the key to it holds it true.';
comment on column content.waiting_ballots.most is
    'The highest score, or the dots there are; the key to the poll holds it true.';
comment on column content.waiting_ballots.choices is 'What each option gets, as in ballots.';
comment on column content.waiting_ballots.options is 'How many options there are; the key to the poll holds it true.';
