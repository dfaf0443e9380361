-- What a row of consent cannot do without, and what it cannot refer to unless it is there.

begin;
set local search_path = tap, tests, public;
select plan(2);

select results_eq(
    $$
    select c.relname::text collate "default", string_agg(a.attname,
        ', ' order by a.attname collate "C") collate "default"
    from pg_catalog.pg_class c
    join pg_catalog.pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'consent'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and a.attnum > 0 and not a.attisdropped and not a.attnotnull
    group by c.relname
    order by c.relname collate "C"
    $$,
    $$
    values
        ('consent_parties', 'person_id, scope_id'),
        ('consents', 'channel, through_version'),
        ('effective', 'version')
    $$,
    'only what may be unknown, or has yet to happen, can be left empty'
);
select results_eq(
    $$
    select c.conname::text collate "default", c.confrelid::regclass::text
    from pg_catalog.pg_constraint c
    where c.connamespace = 'consent'::regnamespace and c.contype = 'f'
    order by c.conname collate "C"
    $$,
    $$
    values
        ('consent_parties_added_by_fkey', 'core.people'),
        ('consent_parties_person_id_fkey', 'core.people'),
        ('consent_parties_tenant_id_scope_id_fkey', 'core.scopes'),
        ('consent_parties_tenant_id_work_id_fkey', 'content.works'),
        ('consents_purpose_fkey', 'consent.purposes'),
        ('consents_recorded_by_fkey', 'core.people'),
        ('consents_tenant_id_work_id_party_id_fkey', 'consent.consent_parties'),
        ('consents_tenant_id_work_id_through_version_fkey', 'content.work_versions'),
        ('effective_purpose_fkey', 'consent.purposes'),
        ('effective_tenant_id_work_id_fkey', 'content.works'),
        ('effective_tenant_id_work_id_version_fkey', 'content.work_versions')
    $$,
    'what is referred to is there'
);

select * from finish();
rollback;
