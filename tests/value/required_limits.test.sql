-- What a row of value cannot do without, and what it cannot refer to unless it is there.

begin;
set local search_path = tap, tests, public;
select plan(2);

select results_eq(
    $$
    select c.relname::text collate "default", string_agg(a.attname,
        ', ' order by a.attname collate "C") collate "default"
    from pg_catalog.pg_class c
    join pg_catalog.pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'value'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and a.attnum > 0 and not a.attisdropped and not a.attnotnull
    group by c.relname
    order by c.relname collate "C"
    $$,
    $$
    values
        ('accounts', 'person_id, scope_id, system_key, work_id'),
        ('distributions', 'decision_unlocks, transfer_id'),
        ('entries', 'latest_before, previous'),
        ('recipients', 'person_id, scope_id'),
        ('transfers', 'expires_at, linked_to, made_by, parent_id, resolution, resolution_id, resolves_as, reverses'),
        ('value_events', 'account_id, recorded_by, transfer_id, work_id')
    $$,
    'only what may be unknown, or has yet to happen, can be left empty'
);
select results_eq(
    $$
    select c.conname::text collate "default", c.confrelid::regclass::text
    from pg_catalog.pg_constraint c
    where c.connamespace = 'value'::regnamespace and c.contype = 'f'
    order by c.conname collate "C"
    $$,
    $$
    values
        ('accounts_person_id_fkey', 'core.people'),
        ('accounts_tenant_id_asset_fkey', 'value.assets'),
        ('accounts_tenant_id_scope_id_fkey', 'core.scopes'),
        ('accounts_tenant_id_work_id_fkey', 'content.works'),
        ('assets_tenant_id_fkey', 'core.organizations'),
        ('distributions_decided_fkey', 'content.decisions'),
        ('distributions_decision_fkey', 'content.decisions'),
        ('distributions_event_fkey', 'value.value_events'),
        ('distributions_proposed_by_fkey', 'core.people'),
        ('distributions_tenant_id_scope_id_level_fkey', 'core.scopes'),
        ('distributions_tenant_id_transfer_id_fkey', 'value.transfers'),
        ('entries_account_fkey', 'value.accounts'),
        ('entries_previous_fkey', 'value.entries'),
        ('entries_tenant_id_transfer_id_effective_on_fkey', 'value.transfers'),
        ('recipients_person_id_fkey', 'core.people'),
        ('recipients_tenant_id_distribution_id_fkey', 'value.distributions'),
        ('recipients_tenant_id_scope_id_fkey', 'core.scopes'),
        ('transfers_made_by_fkey', 'core.people'),
        ('transfers_parent_fkey', 'value.transfers'),
        ('transfers_resolution_fkey', 'value.transfers'),
        ('transfers_tenant_id_linked_to_fkey', 'value.transfers'),
        ('transfers_tenant_id_reverses_fkey', 'value.transfers'),
        ('value_events_entry_fkey', 'value.entries'),
        ('value_events_recorded_by_fkey', 'core.people'),
        ('value_events_tenant_id_asset_fkey', 'value.assets'),
        ('value_events_tenant_id_scope_id_fkey', 'core.scopes'),
        ('value_events_tenant_id_work_id_fkey', 'content.works')
    $$,
    'what is referred to is there'
);

select * from finish();
rollback;
