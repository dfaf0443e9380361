-- What can be chosen in a poll, numbered without a gap. An option, once there, is never worded otherwise or taken away.

create table content.poll_options (
    tenant_id uuid not null,
    poll_id uuid not null,
    number smallint not null,
    previous smallint generated always as (nullif(number - 1, 0)) stored,
    label text not null,
    constraint poll_options_pkey primary key (tenant_id, poll_id, number),
    constraint poll_options_tenant_id_poll_id_label_key unique (tenant_id, poll_id, label),
    constraint poll_options_tenant_id_poll_id_fkey
        foreign key (tenant_id, poll_id) references content.polls (tenant_id, id),
    constraint poll_options_tenant_id_poll_id_previous_fkey
        foreign key (tenant_id, poll_id, previous) references content.poll_options (tenant_id, poll_id, number),
    constraint poll_options_number_check check (number >= 1),
    constraint poll_options_label_check check (length(btrim(label)) between 1 and 300)
);

create trigger _010_append_only
before update or delete or truncate on content.poll_options
for each statement execute function audit.tg__append_only();

-- The poll knows how many options it has, and thereby refuses another one when there is a ballot.
create trigger _100_count
after insert on content.poll_options
referencing new table as added
for each statement execute function content.tg_poll_options__count();

comment on table content.poll_options is 'What can be chosen in a poll.';
comment on column content.poll_options.tenant_id is 'The organization.';
comment on column content.poll_options.poll_id is 'The poll.';
comment on column content.poll_options.number is
    'Which option, from 1; of a poll for consent 1 agrees, 2 abstains, 3 objects, 4 blocks.';
comment on column content.poll_options.previous is 'The option before.';
comment on column content.poll_options.label is 'What it says.';
