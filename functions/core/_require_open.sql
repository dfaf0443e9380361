-- The place is open for change: not archived, nor its project, and its organization is active.

create or replace function core._require_open(scope_id uuid)
returns void
language plpgsql
stable
security definer -- looks at scopes the person may not see
set search_path = pg_catalog, pg_temp
as $$
declare
    place record;
begin
    select
        o.status as organization_status,
        coalesce(s.archived_at, p.archived_at, r.archived_at) as archived_at
    into place
    from core.scopes s
    join core.organizations o on o.id = s.tenant_id
    join core.scopes p on p.tenant_id = s.tenant_id and p.id = s.project_id
    join core.scopes r on r.tenant_id = s.tenant_id and r.id = s.tenant_id
    where s.id = _require_open.scope_id;
    if place.organization_status <> 'active' then
        perform core._refuse('organization_not_active', place.organization_status::text);
    end if;
    if place.archived_at is not null then
        perform core._refuse('scope_archived');
    end if;
end
$$;

comment on function core._require_open(uuid) is 'Refuses a change in what is archived or suspended.';

revoke execute on function core._require_open(uuid) from public;
