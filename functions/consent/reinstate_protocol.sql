-- Sets a protocol again that was retired: whoever passed it before passes again, as far as they still would. What the
-- community decided by ratifying a label takes another decision (consent.ratify_label).

create or replace function consent.reinstate_protocol(protocol_id uuid)
returns void
language plpgsql
volatile
security definer -- protocols are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    protocol constant consent.protocols := consent._my_protocol(protocol_id, 'protocol.modify', retired => true);
begin
    perform consent._require_undecided(protocol.tenant_id, protocol.id);
    update consent.protocols p
    set retired_at = null
    where p.tenant_id = protocol.tenant_id and p.id = protocol.id;
    perform ops._emit(
        protocol.tenant_id, protocol.scope_id, 'protocol.changed', jsonb_build_object('protocol_id', protocol.id)
    );
end
$$;

comment on function consent.reinstate_protocol(uuid) is 'Sets a protocol again that was retired.';

revoke execute on function consent.reinstate_protocol(uuid) from public;
grant execute on function consent.reinstate_protocol(uuid) to authenticated;
