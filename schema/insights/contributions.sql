-- What counts, and where it is counted: follows, in the same transaction, whatever changes what works may be used for
-- or what they are about. What has no group yet waits for a release. What has one stays there, for the group to know
-- what it was made of.

create table insights.contributions (
    tenant_id uuid not null,
    work_id uuid not null,
    board insights.board not null,
    kind text not null,
    month date not null,
    person_id uuid not null,
    scope_id uuid not null,
    level smallint not null,
    project_id uuid not null,
    topic text not null default '',
    amount bigint not null default 0,
    during tstzmultirange not null,
    group_id uuid,
    home boolean not null default false,
    constraint contributions_pkey primary key (tenant_id, work_id, board, kind, month),
    constraint contributions_tenant_id_work_id_fkey
        foreign key (tenant_id, work_id) references content.works (tenant_id, id),
    constraint contributions_person_id_fkey foreign key (person_id) references core.people (id),
    constraint contributions_tenant_id_scope_id_level_project_id_fkey
        foreign key (tenant_id, scope_id, level, project_id) references core.scopes (tenant_id, id, level, project_id),
    constraint contributions_group_fkey
        foreign key (tenant_id, group_id, board, kind, month)
        references insights.groups (tenant_id, id, board, kind, month),
    constraint contributions_board_check check (board in ('told', 'earned')),
    constraint contributions_month_check check (extract(day from month) = 1),
    constraint contributions_topic_check check (length(topic) <= 100),
    constraint contributions_amount_check check (amount >= 0),
    constraint contributions_during_check check (group_id is not null or during <> '{}'),
    constraint contributions_home_check check (group_id is not null or not home)
);

-- Whoever is counted, is counted once.
create unique index contributions_home_key on insights.contributions (tenant_id, person_id, board, kind, month)
where home;
create index contributions_group_idx on insights.contributions (tenant_id, group_id, board, kind, month)
where group_id is not null;
create index contributions_waiting_idx on insights.contributions (tenant_id, board, kind, month)
where group_id is null;
create index contributions_scope_id_idx
on insights.contributions (tenant_id, scope_id, level, project_id);
create index contributions_person_id_idx on insights.contributions (person_id);

create trigger _010_freeze_key
before update of tenant_id, work_id, board, kind, month, scope_id, level, project_id, amount on insights.contributions
for each row execute function core.tg__freeze_key();

create trigger _450_count
after update on content.works
referencing old table as before new table as after
for each statement execute function insights.tg_works__follow();

create trigger _450_count
after insert on stories.analyses
referencing new table as changed
for each statement execute function insights.tg_analyses__follow();

create trigger _451_count
after delete on stories.analyses
referencing old table as changed
for each statement execute function insights.tg_analyses__follow();

comment on table insights.contributions is 'What counts, and where it is counted.';
comment on column insights.contributions.tenant_id is 'The organization.';
comment on column insights.contributions.work_id is 'The work.';
comment on column insights.contributions.board is 'As what: as told, or as what brought something in.';
comment on column insights.contributions.kind is 'Of which kind: of works, or of assets.';
comment on column insights.contributions.month is
    'The month in which it was first published, or in which it brought something in, by its first day.';
comment on column insights.contributions.person_id is 'Whose it is.';
comment on column insights.contributions.scope_id is 'Where it belongs.';
comment on column insights.contributions.level is 'The level of that.';
comment on column insights.contributions.project_id is 'The project that belongs to; without one, the organization.';
comment on column insights.contributions.topic is
    'What it is about most, as a machine had it and everyone still consents to; else empty.';
comment on column insights.contributions.amount is 'How much it brought in.';
comment on column insights.contributions.during is 'When everyone consents to its being counted.';
comment on column insights.contributions.group_id is 'The group that counts it; none yet, where it waits.';
comment on column insights.contributions.home is 'Whether the group counts the person by it.';
