-- Sets a protocol no more. It lets nobody pass from then on: what stands under it is closed until a steward who passes
-- what else it stands under puts it under others, or any of them sets it again (consent.reinstate_protocol).

create or replace function consent.retire_protocol(protocol_id uuid)
returns void
language plpgsql
volatile
security definer -- protocols are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    protocol constant consent.protocols := consent._my_protocol(protocol_id, 'protocol.modify');
begin
    update consent.protocols p
    set retired_at = now()
    where p.tenant_id = protocol.tenant_id and p.id = protocol.id;
    perform ops._emit(
        protocol.tenant_id, protocol.scope_id, 'protocol.changed', jsonb_build_object('protocol_id', protocol.id)
    );
end
$$;

comment on function consent.retire_protocol(uuid) is 'Sets a protocol no more: it lets nobody pass.';

revoke execute on function consent.retire_protocol(uuid) from public;
grant execute on function consent.retire_protocol(uuid) to authenticated;
