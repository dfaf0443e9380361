-- Recounts the seats of every scope. Empty when all is well.

create or replace function core.verify_seats()
returns table (tenant_id uuid, scope_id uuid, counted bigint, recounted bigint)
language sql
stable
security definer -- counts what nobody may read whole
set search_path = pg_catalog, pg_temp
as $$
    select s.tenant_id, s.id, c.used, m.seats
    from core.scopes s
    cross join lateral core._used(s.tenant_id, s.id, 'seats') c (used)
    cross join lateral (
        select count(*) as seats
        from core.memberships m
        join core.scopes b on b.tenant_id = m.tenant_id and b.id = m.scope_id
        where m.tenant_id = s.tenant_id
            and m.status = 'active'
            and s.id in (b.id, b.project_id, b.tenant_id)
    ) m
    where c.used <> m.seats
$$;

comment on function core.verify_seats() is 'Scopes whose count of seats is wrong: none, when all is well.';

revoke execute on function core.verify_seats() from public;
grant execute on function core.verify_seats() to service_role, empathy_auditor;
