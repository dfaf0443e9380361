-- How often a work was read, by day and audience, and not by whom. Readers write a row each, at no time but that day,
-- under an id drawn at random; content.fold_counts() adds them up. So no reader waits for another.

create table content.reading_days (
    tenant_id uuid not null,
    work_id uuid not null,
    day date not null default (now() at time zone 'UTC')::date,
    audience text not null,
    id uuid not null default gen_random_uuid(),
    views bigint not null default 1,
    constraint reading_days_pkey primary key (tenant_id, work_id, day, audience, id),
    constraint reading_days_tenant_id_work_id_fkey
        foreign key (tenant_id, work_id) references content.works (tenant_id, id),
    constraint reading_days_audience_check check (audience in ('public', 'organization', 'community')),
    constraint reading_days_views_check check (views >= 1)
);

create trigger _020_name_audience
before insert on content.reading_days
for each row execute function content.tg_reading_days__name_audience();

create trigger _130_count
after insert on content.reading_days
-- What was added up is more than one, and was counted before.
for each row when (new.views = 1) execute function content.tg_reading_days__count();

comment on table content.reading_days is 'How often a work was read, by day and audience.';
comment on column content.reading_days.tenant_id is 'The organization.';
comment on column content.reading_days.work_id is 'The work.';
comment on column content.reading_days.day is 'The day, in UTC.';
comment on column content.reading_days.audience is
    'As what it was read: by whoever belongs to its place (community), else to the organization, else by the public.';
comment on column content.reading_days.id is 'Which of the rows of that day and audience; their sum is what counts.';
comment on column content.reading_days.views is 'How often.';
