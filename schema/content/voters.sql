-- Who has voted in an anonymous poll, so that nobody does twice. It says neither when nor in which order: whenever
-- waiting ballots are shuffled these rows are, too, and all of a poll when it is counted.

create table content.voters (
    tenant_id uuid not null,
    poll_id uuid not null,
    person_id uuid not null,
    constraint voters_pkey primary key (tenant_id, poll_id, person_id),
    constraint voters_tenant_id_poll_id_fkey
        foreign key (tenant_id, poll_id) references content.polls (tenant_id, id),
    constraint voters_person_id_fkey foreign key (person_id) references core.people (id)
);

create index voters_person_id_idx on content.voters (person_id);

create trigger _010_while_uncounted
before insert or update or delete on content.voters
for each row execute function content.tg__while_uncounted();

create trigger _020_append_only
before truncate on content.voters
for each statement execute function audit.tg__append_only();

comment on table content.voters is 'Who has voted in an anonymous poll.';
comment on column content.voters.tenant_id is 'The organization.';
comment on column content.voters.poll_id is 'The poll.';
comment on column content.voters.person_id is 'Who has voted.';
