-- What an organization says of itself. What is null stays as it is.

create or replace function core.update_organization(
    organization_id uuid,
    name text default null,
    region text default null,
    jurisdiction text default null,
    data_location text default null
)
returns uuid
language plpgsql
volatile
security definer -- organizations are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require('scope.manage', organization_id);
    update core.organizations o
    set
        name = coalesce(btrim(update_organization.name), o.name),
        region = coalesce(update_organization.region, o.region),
        jurisdiction = coalesce(update_organization.jurisdiction, o.jurisdiction),
        data_location = coalesce(update_organization.data_location, o.data_location)
    where o.id = update_organization.organization_id;
    if not found then
        perform core._refuse('not_found', 'organization');
    end if;
    update core.scopes s
    set name = btrim(update_organization.name)
    where s.tenant_id = organization_id and s.id = organization_id and update_organization.name is not null;
    return organization_id;
end
$$;

comment on function core.update_organization(uuid, text, text, text, text) is
    'Changes what an organization says of itself.';

revoke execute on function core.update_organization(uuid, text, text, text, text) from public;
grant execute on function core.update_organization(uuid, text, text, text, text) to authenticated;
