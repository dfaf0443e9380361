-- Recounts the projects of every organization. Empty when all is well.

create or replace function core.verify_projects()
returns table (tenant_id uuid, counted bigint, recounted bigint)
language sql
stable
security definer -- counts what nobody may read whole
set search_path = pg_catalog, pg_temp
as $$
    select o.id, c.used, p.projects
    from core.organizations o
    cross join lateral core._used(o.id, o.id, 'projects') c (used)
    cross join lateral (
        select count(*) as projects
        from core.projects p
        where p.tenant_id = o.id
    ) p
    where c.used <> p.projects
$$;

comment on function core.verify_projects() is
    'Organizations whose count of projects is wrong: none, when all is well.';

revoke execute on function core.verify_projects() from public;
grant execute on function core.verify_projects() to service_role, empathy_auditor;
