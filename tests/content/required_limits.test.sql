-- What a row of content cannot do without, and what it cannot refer to unless it is there.

begin;
set local search_path = tap, tests, public;
select plan(2);

select results_eq(
    $$
    select c.relname::text collate "default", string_agg(a.attname,
        ', ' order by a.attname collate "C") collate "default"
    from pg_catalog.pg_class c
    join pg_catalog.pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'content'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and a.attnum > 0 and not a.attisdropped and not a.attnotnull
    group by c.relname
    order by c.relname collate "C"
    $$,
    $$
    values
        ('files', 'arrived_at, attached_at, dropped_at'),
        ('media', 'duration_ms, protocol_set_id'),
        ('notes', 'written_on'),
        ('placements', 'first_version, last_version, material_version'),
        ('work_transitions', 'from_state, previous'),
        ('work_versions', 'based_on, minor_after, previous'),
        ('works', 'community_version, organization_version, protocol_set_id, public_version')
    $$,
    'only what may be unknown, or has yet to happen, can be left empty'
);
select results_eq(
    $$
    select c.conname::text collate "default", c.confrelid::regclass::text
    from pg_catalog.pg_constraint c
    where c.connamespace = 'content'::regnamespace and c.contype = 'f'
    order by c.conname collate "C"
    $$,
    $$
    values
        ('files_tenant_id_scope_id_fkey', 'core.scopes'),
        ('files_uploaded_by_fkey', 'core.people'),
        ('media_added_by_fkey', 'core.people'),
        ('media_tenant_id_file_id_fkey', 'content.files'),
        ('media_tenant_id_protocol_set_id_fkey', 'consent.protocol_sets'),
        ('media_tenant_id_work_id_id_fkey', 'content.placements'),
        ('notes_tenant_id_id_kind_fkey', 'content.works'),
        ('placements_first_version_fkey', 'content.work_versions'),
        ('placements_last_version_fkey', 'content.work_versions'),
        ('placements_tenant_id_work_id_fkey', 'content.works'),
        ('work_collaborators_added_by_fkey', 'core.people'),
        ('work_collaborators_person_id_fkey', 'core.people'),
        ('work_collaborators_tenant_id_work_id_fkey', 'content.works'),
        ('work_kinds_module_fkey', 'core.platform_modules'),
        ('work_transitions_actor_id_fkey', 'core.people'),
        ('work_transitions_from_state_to_state_capacity_fkey', 'content.work_moves'),
        ('work_transitions_tenant_id_work_id_owner_id_fkey', 'content.works'),
        ('work_transitions_tenant_id_work_id_previous_from_state_fkey', 'content.work_transitions'),
        ('work_versions_created_by_fkey', 'core.people'),
        ('work_versions_minor_after_fkey', 'content.work_versions'),
        ('work_versions_tenant_id_work_id_based_on_fkey', 'content.work_versions'),
        ('work_versions_tenant_id_work_id_fkey', 'content.works'),
        ('work_versions_tenant_id_work_id_previous_fkey', 'content.work_versions'),
        ('works_kind_fkey', 'content.work_kinds'),
        ('works_owner_id_fkey', 'core.people'),
        ('works_tenant_id_id_community_version_fkey', 'content.work_versions'),
        ('works_tenant_id_id_current_version_fkey', 'content.work_versions'),
        ('works_tenant_id_id_moves_state_fkey', 'content.work_transitions'),
        ('works_tenant_id_id_organization_version_fkey', 'content.work_versions'),
        ('works_tenant_id_id_owner_id_fkey', 'consent.consent_parties'),
        ('works_tenant_id_id_public_version_fkey', 'content.work_versions'),
        ('works_tenant_id_protocol_set_id_fkey', 'consent.protocol_sets'),
        ('works_tenant_id_scope_id_level_project_id_fkey', 'core.scopes')
    $$,
    'what is referred to is there'
);

select * from finish();
rollback;
