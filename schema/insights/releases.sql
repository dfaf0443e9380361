-- Up to which month figures were released, and when. Between two releases figures only become fewer: whatever comes in
-- or back waits for the next.

create table insights.releases (
    tenant_id uuid not null,
    month date not null,
    released_at timestamptz not null default clock_timestamp(),
    constraint releases_pkey primary key (tenant_id, month),
    constraint releases_tenant_id_fkey foreign key (tenant_id) references core.organizations (id),
    constraint releases_month_check check (extract(day from month) = 1)
);

create index releases_month_idx on insights.releases (month);

create trigger _010_append_only
before update or delete or truncate on insights.releases
for each statement execute function audit.tg__append_only();

comment on table insights.releases is 'Up to which month figures were released, and when.';
comment on column insights.releases.tenant_id is 'The organization.';
comment on column insights.releases.month is 'The last month in it, by its first day.';
comment on column insights.releases.released_at is 'When.';
