-- Begins a group of a community's members whom protocols can admit together.

create or replace function consent.create_protocol_group(scope_id uuid, name text)
returns uuid
language plpgsql
volatile
security definer -- groups are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    group_id uuid;
begin
    perform core._require('protocol.admit', scope_id);
    insert into consent.protocol_groups (tenant_id, scope_id, name, created_by)
    select s.tenant_id, s.id, btrim(create_protocol_group.name), core.me()
    from core.scopes s
    where s.id = create_protocol_group.scope_id
    returning id into group_id;
    return group_id;
end
$$;

comment on function consent.create_protocol_group(uuid, text) is 'Begins a group, and returns its id.';

revoke execute on function consent.create_protocol_group(uuid, text) from public;
grant execute on function consent.create_protocol_group(uuid, text) to authenticated;
