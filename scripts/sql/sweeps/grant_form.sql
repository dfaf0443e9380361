-- Insert and update are granted column by column, never on tenant_id or a key for update; truncate, references and
-- trigger to nobody; nothing may be handed on.
with tables as (
    select c.oid, c.relacl, c.relowner, pg_catalog.format('%s.%s', n.nspname, c.relname) as object,
        case
            when c.relkind in ('v', 'm') then pg_catalog.format('schema/%s/views/%s.sql', n.nspname, c.relname)
            else pg_catalog.format('policies/%s/%s.sql', n.nspname, c.relname)
        end as file
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any ($1::text[]) and c.relkind in ('r', 'p', 'v', 'm')
),
grants as (
    select t.oid, t.object, t.file, pg_catalog.pg_get_userbyid(a.grantee) as role, a.is_grantable,
        pg_catalog.lower(a.privilege_type) as verb
    from tables t
    cross join lateral pg_catalog.aclexplode(t.relacl) a
    where a.grantee not in (0, t.relowner)
),
column_grants as (
    select t.oid, t.object, t.file, c.attname, c.attnum, pg_catalog.pg_get_userbyid(a.grantee) as role,
        a.is_grantable, pg_catalog.lower(a.privilege_type) as verb
    from tables t
    join pg_catalog.pg_attribute c on c.attrelid = t.oid and c.attacl is not null
    cross join lateral pg_catalog.aclexplode(c.attacl) a
    where a.grantee not in (0, t.relowner)
)
select object, pg_catalog.format('%s is granted %s on the whole table', role, verb) as problem,
    pg_catalog.format('name the columns: grant %s (…) on %s to %s', verb, object, role) as advice, file
from grants
where verb in ('insert', 'update')

union all
select object, pg_catalog.format('%s is granted %s', role, verb), 'revoke it: nobody but the owner needs it', file
from grants
where verb in ('truncate', 'references', 'trigger', 'maintain')

union all
select object, pg_catalog.format('%s may hand its %s on', role, verb), 'grant it without grant option', file
from (
    select object, role, verb, is_grantable, file from grants
    union
    select object, role, verb, is_grantable, file from column_grants
) g
where is_grantable

union all
select g.object, pg_catalog.format('%s may update %s, which never changes', g.role, g.attname),
    'leave it out of the column list', g.file
from column_grants g
where g.verb = 'update'
    and (
        g.attname = 'tenant_id'
        or exists (
            select
            from pg_catalog.pg_index i
            where i.indrelid = g.oid and i.indisprimary and g.attnum = any (i.indkey::smallint[])
        )
    )
order by 1, 2
