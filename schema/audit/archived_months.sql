-- Months of changes that were put away. Their leaves stay, so every proof still holds; what they said is elsewhere.

create table audit.archived_months (
    month date not null,
    changes bigint not null,
    archived_at timestamptz not null default now(),
    archived_by uuid,
    constraint archived_months_pkey primary key (month),
    constraint archived_months_archived_by_fkey foreign key (archived_by) references core.people (id),
    constraint archived_months_month_check check (extract(day from month) = 1),
    constraint archived_months_changes_check check (changes >= 0)
);

create index archived_months_archived_by_idx on audit.archived_months (archived_by);

create trigger _010_append_only
before update or delete or truncate on audit.archived_months
for each statement execute function audit.tg__append_only();

alter table audit.archived_months enable always trigger _010_append_only;

comment on table audit.archived_months is 'Months of changes that were put away. Their leaves stay.';
comment on column audit.archived_months.month is 'The first day of the month, in UTC.';
comment on column audit.archived_months.changes is 'How many changes were in it.';
comment on column audit.archived_months.archived_at is 'When.';
comment on column audit.archived_months.archived_by is 'The person who was signed in.';
