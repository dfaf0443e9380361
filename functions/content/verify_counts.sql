-- Recounts the works of every scope, and the bytes of its files. Empty when all is well.

create or replace function content.verify_counts()
returns table (tenant_id uuid, scope_id uuid, resource text, counted bigint, recounted bigint)
language sql
stable
security definer -- counts what nobody may read whole
set search_path = pg_catalog, pg_temp
as $$
    with used as (
        select w.tenant_id, w.scope_id, 'works' as resource, count(*) as amount
        from content.works w
        group by w.tenant_id, w.scope_id
        union all
        select f.tenant_id, f.scope_id, 'storage_bytes', sum(f.bytes)
        from content.files f
        where f.state <> 'gone'
        group by f.tenant_id, f.scope_id
    )
    select s.tenant_id, s.id, r.resource, c.used, n.amount
    from core.scopes s
    cross join unnest('{works,storage_bytes}'::text[]) r (resource)
    cross join lateral core._used(s.tenant_id, s.id, r.resource) c (used)
    cross join lateral (
        select coalesce(sum(u.amount), 0)::bigint as amount
        from used u
        join core.scopes b on b.tenant_id = u.tenant_id and b.id = u.scope_id
        where u.tenant_id = s.tenant_id and u.resource = r.resource and s.id in (b.id, b.project_id, b.tenant_id)
    ) n
    where c.used <> n.amount
$$;

comment on function content.verify_counts() is
    'Scopes whose count of works or of storage is wrong: none, when all is well.';

revoke execute on function content.verify_counts() from public;
grant execute on function content.verify_counts() to service_role, empathy_auditor;
