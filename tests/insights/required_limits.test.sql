-- What a row of insights cannot do without, and what it cannot refer to unless it is there.

begin;
set local search_path = tap, tests, public;
select plan(2);

select results_eq(
    $$
    select c.relname::text collate "default", string_agg(a.attname,
        ', ' order by a.attname collate "C") collate "default"
    from pg_catalog.pg_class c
    join pg_catalog.pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'insights'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and a.attnum > 0 and not a.attisdropped and not a.attnotnull
    group by c.relname
    order by c.relname collate "C"
    $$,
    $$
    values
        ('contributions', 'group_id'),
        ('groups', 'ends_at, replaces, withheld_at')
    $$,
    'only what may be unknown, or has yet to happen, can be left empty'
);
select results_eq(
    $$
    select c.conname::text collate "default", c.confrelid::regclass::text
    from pg_catalog.pg_constraint c
    where c.connamespace = 'insights'::regnamespace and c.contype = 'f'
    order by c.conname collate "C"
    $$,
    $$
    values
        ('cells_tenant_id_scope_id_level_fkey', 'core.scopes'),
        ('contributions_group_fkey', 'insights.groups'),
        ('contributions_person_id_fkey', 'core.people'),
        ('contributions_tenant_id_scope_id_level_project_id_fkey', 'core.scopes'),
        ('contributions_tenant_id_work_id_fkey', 'content.works'),
        ('groups_replaces_fkey', 'insights.groups'),
        ('groups_tenant_id_release_fkey', 'insights.releases'),
        ('groups_tenant_id_scope_id_level_project_id_fkey', 'core.scopes'),
        ('releases_tenant_id_fkey', 'core.organizations')
    $$,
    'what is referred to is there'
);

select * from finish();
rollback;
