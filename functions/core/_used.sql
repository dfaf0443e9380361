-- How much of a resource is in use in a scope and below: counted on the row of a strict quota, else in the shards.

create or replace function core._used(tenant_id uuid, scope_id uuid, resource text)
returns bigint
language sql
stable
security definer -- counts are nobody's to read
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(
        (
            select q.used
            from core.quotas q
            where q.tenant_id = _used.tenant_id
                and q.scope_id = _used.scope_id
                and q.resource = _used.resource
                and q.strict
        ),
        (
            select sum(u.used)
            from core.usage_shards u
            where u.tenant_id = _used.tenant_id and u.scope_id = _used.scope_id and u.resource = _used.resource
        ),
        0
    )::bigint
$$;

comment on function core._used(uuid, uuid, text) is 'How much of a resource is in use in a scope and below.';

revoke execute on function core._used(uuid, uuid, text) from public;
