-- What schema/prerequisites.sql would still have to do before this role can migrate this database.
select pg_catalog.format('role %s does not exist', wanted.name) as missing
from pg_catalog.unnest(array[
    'anon', 'authenticated', 'service_role', 'authenticator',
    'empathy_owner', 'empathy_auditor', 'empathy_keyholder'
]) as wanted (name)
where not exists (select from pg_catalog.pg_roles r where r.rolname = wanted.name)

union all
select pg_catalog.format('role %s is not a member of empathy_owner', current_user)
from pg_catalog.pg_roles r
where r.rolname = 'empathy_owner' and not pg_catalog.pg_has_role(current_user, r.oid, 'usage')

union all
select pg_catalog.format('role empathy_owner may not create schemas in database %s', pg_catalog.current_database())
from pg_catalog.pg_roles r
where r.rolname = 'empathy_owner'
    and not pg_catalog.has_database_privilege(r.oid, pg_catalog.current_database(), 'create')

union all
select pg_catalog.format('extension %s is not installed in schema extensions', wanted.name)
from pg_catalog.unnest(array['pgcrypto', 'btree_gist', 'ltree']) as wanted (name)
where not exists (
    select
    from pg_catalog.pg_extension e
    join pg_catalog.pg_namespace n on n.oid = e.extnamespace
    where e.extname = wanted.name and n.nspname = 'extensions'
)
