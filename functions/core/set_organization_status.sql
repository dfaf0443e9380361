-- Suspends an organization, closes it, or brings it back. For the platform's own hands.

create or replace function core.set_organization_status(organization_id uuid, status core.organization_status)
returns void
language plpgsql
volatile
security definer -- organizations are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    update core.organizations o
    set status = set_organization_status.status
    where o.id = set_organization_status.organization_id;
    if not found then
        perform core._refuse('not_found', 'organization');
    end if;
end
$$;

comment on function core.set_organization_status(uuid, core.organization_status) is
    'Suspends an organization, closes it, or brings it back.';

revoke execute on function core.set_organization_status(uuid, core.organization_status) from public;
grant execute on function core.set_organization_status(uuid, core.organization_status) to service_role;
