-- Founds an organization. Whoever founds it owns it.

create or replace function core.create_organization(
    slug text,
    name text,
    region text default 'unspecified',
    jurisdiction text default 'unspecified',
    data_location text default 'unspecified'
)
returns uuid
language plpgsql
volatile
security definer -- organizations are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
    organization_id uuid;
begin
    if not core._is_service()
        and exists (
            select
            from core.platform_config c
            where c.key = 'organizations.founded_by' and c.value = '"service"'
        )
    then
        perform core._refuse('founding_closed');
    end if;
    insert into core.organizations (slug, name, region, jurisdiction, data_location)
    values (
        create_organization.slug, btrim(create_organization.name), create_organization.region,
        create_organization.jurisdiction, create_organization.data_location
    )
    returning id into organization_id;
    perform core._join(organization_id, me, array['owner']);
    return organization_id;
end
$$;

comment on function core.create_organization(text, text, text, text, text) is
    'Founds an organization, which I then own, and returns its id.';

revoke execute on function core.create_organization(text, text, text, text, text) from public;
grant execute on function core.create_organization(text, text, text, text, text)
to authenticated, service_role;
