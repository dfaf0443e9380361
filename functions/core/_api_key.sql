-- The API key that is asking, if one is: its id and the scope it is for.

create or replace function core._api_key()
returns table (api_key_id uuid, tenant_id uuid, scope_id uuid, level smallint, project_id uuid)
language plpgsql -- its plan is kept from one statement to the next
stable
rows 1
security definer -- API keys are nobody's to read but their organization's
set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    select k.id, s.tenant_id, s.id, s.level, s.project_id
    from core.api_keys k
    join core.scopes s on s.tenant_id = k.tenant_id and s.id = k.scope_id
    where k.id = (core._claims() ->> 'api_key')::uuid
        and k.revoked_at is null
        and k.expires_at > now();
end
$$;

comment on function core._api_key() is 'The API key that is asking, if one is.';

revoke execute on function core._api_key() from public;
