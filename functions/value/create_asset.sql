-- Begins to count something in an organization.

create or replace function value.create_asset(
    organization_id uuid,
    code text,
    kind value.asset_kind,
    scale integer,
    name text
)
returns text
language plpgsql
volatile
security definer -- the ledger is written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require('value.manage', organization_id);
    insert into value.assets (tenant_id, code, kind, scale, name)
    select s.id, create_asset.code, create_asset.kind, create_asset.scale, btrim(create_asset.name)
    from core.scopes s
    where s.id = organization_id and s.level = 0;
    if not found then
        perform core._refuse('not_found', 'organization');
    end if;
    return code;
end
$$;

comment on function value.create_asset(uuid, text, value.asset_kind, integer, text) is
    E'Begins to count something in an organization, and returns its code.\n'
    'organization_id: The organization.\n'
    'code: What it is called in short; a currency as ISO 4217 calls it.\n'
    'kind: What kind of thing it is.\n'
    'scale: How many decimals it has: 2, where a hundred of the smallest unit make one. That never changes.\n'
    'name: What it is called.';

revoke execute on function value.create_asset(uuid, text, value.asset_kind, integer, text) from public;
grant execute on function value.create_asset(uuid, text, value.asset_kind, integer, text) to authenticated;
