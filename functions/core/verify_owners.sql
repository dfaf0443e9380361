-- Recounts the owners of every organization. Empty when all is well.

create or replace function core.verify_owners()
returns table (tenant_id uuid, counted integer, recounted bigint)
language sql
stable
security definer -- counts what nobody may read whole
set search_path = pg_catalog, pg_temp
as $$
    select o.id, c.owners, count(mr.id)
    from core.organizations o
    left join core.owner_counts c on c.tenant_id = o.id
    left join core.memberships m on m.tenant_id = o.id and m.scope_id = o.id and m.status = 'active'
    left join core.membership_roles mr
        on mr.tenant_id = m.tenant_id and mr.membership_id = m.id and mr.owns and mr.revoked_at is null
    group by o.id, c.owners
    having c.owners is distinct from nullif(count(mr.id), 0)
$$;

comment on function core.verify_owners() is
    'Organizations whose count of owners is wrong: none, when all is well.';

revoke execute on function core.verify_owners() from public;
grant execute on function core.verify_owners() to service_role, empathy_auditor;
