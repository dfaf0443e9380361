-- What brought something in: a work that was licensed, an evening of stories, a grant to a place. Where it came in
-- through the ledger, it names the entry that says so, and is as much as that. What was taken back of it stands beside
-- it.

create table value.value_events (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    scope_id uuid not null,
    work_id uuid,
    kind text not null,
    asset text not null,
    amount bigint not null,
    returned bigint not null default 0,
    occurred_on date not null default current_date,
    metrics jsonb not null default '{}',
    transfer_id uuid,
    account_id uuid,
    recorded_by uuid,
    recorded_at timestamptz not null default now(),
    constraint value_events_pkey primary key (tenant_id, id),
    -- What came in once, came in by one event.
    constraint value_events_tenant_id_transfer_id_account_id_key unique (tenant_id, transfer_id, account_id),
    -- For what is shared of it.
    constraint value_events_tenant_id_id_scope_id_asset_key unique (tenant_id, id, scope_id, asset),
    constraint value_events_tenant_id_scope_id_fkey
        foreign key (tenant_id, scope_id) references core.scopes (tenant_id, id),
    constraint value_events_tenant_id_work_id_fkey
        foreign key (tenant_id, work_id) references content.works (tenant_id, id),
    constraint value_events_tenant_id_asset_fkey
        foreign key (tenant_id, asset) references value.assets (tenant_id, code),
    constraint value_events_entry_fkey
        foreign key (tenant_id, transfer_id, account_id)
        references value.entries (tenant_id, transfer_id, account_id),
    constraint value_events_recorded_by_fkey foreign key (recorded_by) references core.people (id),
    constraint value_events_kind_check check (kind ~ '^[a-z][a-z_]{1,39}$'),
    constraint value_events_amount_check check (amount > 0),
    constraint value_events_returned_check check (returned between 0 and amount),
    constraint value_events_metrics_check check (jsonb_typeof(metrics) = 'object'),
    constraint value_events_entry_check check ((transfer_id is null) = (account_id is null))
);

create index value_events_id_idx on value.value_events (id);
create index value_events_tenant_id_scope_id_idx on value.value_events (tenant_id, scope_id);
create index value_events_tenant_id_work_id_idx on value.value_events (tenant_id, work_id) where work_id is not null;
create index value_events_tenant_id_asset_idx on value.value_events (tenant_id, asset);
create index value_events_tenant_id_occurred_on_idx on value.value_events (tenant_id, occurred_on);
create index value_events_recorded_by_idx on value.value_events (recorded_by);

create trigger _010_freeze_key
before update of
    tenant_id, id, scope_id, work_id, kind, asset, amount, occurred_on, metrics, transfer_id, account_id, recorded_by,
    recorded_at
on value.value_events
for each row execute function core.tg__freeze_key();

create trigger _020_append_only
before delete or truncate on value.value_events
for each statement execute function audit.tg__append_only();

create trigger _030_fit
before insert on value.value_events
for each row execute function value.tg_value_events__fit();

comment on table value.value_events is 'What brought something in, for a place or by a work.';
comment on column value.value_events.tenant_id is 'The organization.';
comment on column value.value_events.id is 'The id.';
comment on column value.value_events.scope_id is
    'The place, project or organization for which it came in; of a work, where that belongs.';
comment on column value.value_events.work_id is 'The work that brought it in, if it was one.';
comment on column value.value_events.kind is 'What it was: a licence, a donation, a grant.';
comment on column value.value_events.asset is 'Of what.';
comment on column value.value_events.amount is 'How much, in the smallest unit of the asset.';
comment on column value.value_events.returned is 'How much of it was taken back.';
comment on column value.value_events.occurred_on is 'When it was.';
comment on column value.value_events.metrics is
    'What else can be said of it in figures: how many came, for instance.';
comment on column value.value_events.transfer_id is 'The transfer by which it came in, if that was here.';
comment on column value.value_events.account_id is 'The account into which it came.';
comment on column value.value_events.recorded_by is 'Who wrote it down, if it was a person.';
comment on column value.value_events.recorded_at is 'When it was written down.';
