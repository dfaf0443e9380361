-- What is published: groups of people, with figures that never change. Every figure that anybody reads is the sum of
-- whole groups, so that of whatever is derived from figures, none is about fewer people than a group has. When consent
-- ends to something in a group, all of it is withheld in the same transaction, and is back only once everyone consents
-- again, and then with the next release: what is left of it would tell who went.

create table insights.groups (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    release date not null,
    board insights.board not null,
    kind text not null,
    month date not null,
    scope_id uuid not null,
    level smallint not null,
    project_id uuid not null,
    places uuid[] not null,
    topic text not null default '',
    smallest integer not null,
    people integer not null,
    items bigint not null,
    comments bigint not null default 0,
    reactions bigint not null default 0,
    views bigint not null default 0,
    amount bigint not null default 0,
    spread bigint not null default 0,
    replaces uuid,
    ends_at timestamptz,
    withheld_at timestamptz,
    booked boolean not null default false,
    constraint groups_pkey primary key (tenant_id, id),
    -- For what is counted in it.
    constraint groups_tenant_id_id_board_kind_month_key unique (tenant_id, id, board, kind, month),
    constraint groups_tenant_id_release_fkey
        foreign key (tenant_id, release) references insights.releases (tenant_id, month),
    constraint groups_tenant_id_scope_id_level_project_id_fkey
        foreign key (tenant_id, scope_id, level, project_id) references core.scopes (tenant_id, id, level, project_id),
    constraint groups_replaces_fkey
        foreign key (tenant_id, replaces, board, kind, month)
        references insights.groups (tenant_id, id, board, kind, month),
    constraint groups_month_check check (extract(day from month) = 1 and month <= release),
    -- What works brought in, what was decided and what was shared is about nothing.
    constraint groups_topic_check check (topic = '' or board = 'told'),
    constraint groups_places_check check (cardinality(places) > 0),
    constraint groups_smallest_check check (smallest >= 3),
    constraint groups_people_check check (people >= smallest),
    constraint groups_items_check check (items >= people),
    constraint groups_figures_check check (least(comments, reactions, views, amount, spread) >= 0)
);

create index groups_release_idx on insights.groups (tenant_id, release);
create index groups_scope_id_idx on insights.groups (tenant_id, scope_id, level, project_id);
create index groups_replaces_idx on insights.groups (tenant_id, replaces, board, kind, month)
where replaces is not null;
-- What left the figures since the last release, or is about to.
create index groups_booked_idx on insights.groups (tenant_id, booked)
where booked and (withheld_at is not null or ends_at is not null);

-- What a place may ask more people for, or may want no more; what may come back; what is to be booked.
create index groups_people_idx on insights.groups (tenant_id, people) where withheld_at is null;
create index groups_places_idx on insights.groups using gin (places) where withheld_at is null;
create index groups_withheld_idx on insights.groups (tenant_id) where withheld_at is not null;
create index groups_due_idx on insights.groups (tenant_id) where booked = (withheld_at is not null);

create trigger _010_freeze_key
before update of
    tenant_id, id, release, board, kind, month, scope_id, level, project_id, places, topic, smallest, people, items,
    comments, reactions, views, amount, spread, replaces
on insights.groups
for each row execute function core.tg__freeze_key();

create trigger _020_append_only
before delete or truncate on insights.groups
for each statement execute function audit.tg__append_only();

comment on table insights.groups is 'What is published: groups of people, with figures that never change.';
comment on column insights.groups.tenant_id is 'The organization.';
comment on column insights.groups.id is 'The id.';
comment on column insights.groups.release is 'With which release it came.';
comment on column insights.groups.board is 'What its figures are about.';
comment on column insights.groups.kind is 'Of which kind: of works, or of assets; or for which purpose.';
comment on column insights.groups.month is 'The month, by its first day.';
comment on column insights.groups.scope_id is 'The place, project or organization of which its people were enough.';
comment on column insights.groups.level is 'The level of that.';
comment on column insights.groups.project_id is 'The project that it belongs to; without one, the organization.';
comment on column insights.groups.places is 'What has a part in it: places, projects or the organization.';
comment on column insights.groups.topic is 'What all of it is about; empty, where that is not told.';
comment on column insights.groups.smallest is 'Of how many people it had to be at least.';
comment on column insights.groups.people is 'How many people it counts who are counted nowhere else in that month.';
comment on column insights.groups.items is 'How many works, decisions or shares it counts.';
comment on column insights.groups.comments is 'How many comments its works had.';
comment on column insights.groups.reactions is 'How many reactions its works had.';
comment on column insights.groups.views is 'How often its works were read.';
comment on column insights.groups.amount is 'How much it comes to, in the smallest unit of the asset.';
comment on column insights.groups.spread is
    'How unequal its shares are: their Gini coefficient in millionths, times the people.';
comment on column insights.groups.replaces is
    'The group that it stands for, since that is not about the same any more, or of fewer people.';
comment on column insights.groups.ends_at is 'When consent to something in it ends by itself.';
comment on column insights.groups.withheld_at is 'Since when it is in no figure, as not all in it may be.';
comment on column insights.groups.booked is 'Whether the last release has it in its figures.';
