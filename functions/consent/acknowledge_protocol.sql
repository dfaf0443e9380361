-- Acknowledges what a protocol asks, in its present wording. Whoever says which wording they read acknowledges that
-- one, or nothing, where there is another by now. Done again, nothing changes.

create or replace function consent.acknowledge_protocol(protocol_id uuid, wording integer default null)
returns void
language plpgsql
volatile
security definer -- acknowledgements are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
    protocol consent.protocols;
begin
    select p.* into protocol
    from consent.protocols p
    where p.id = acknowledge_protocol.protocol_id
        and p.acknowledgement is not null
        and p.retired_at is null
        and (
            p.scope_id = any (core.reach(2))
            or exists (
                select
                from consent.protocol_set_members m
                where m.tenant_id = p.tenant_id
                    and m.protocol_id = p.id
                    and m.set_id in (select consent.passed_sets())
            )
        );
    if protocol.id is null then
        perform core._refuse('not_found', 'protocol to acknowledge');
    end if;
    if wording <> protocol.wording then
        perform core._refuse('newer_version', protocol.wording::text);
    end if;
    insert into consent.protocol_acknowledgements (tenant_id, protocol_id, person_id, wording)
    values (protocol.tenant_id, protocol.id, me, protocol.wording)
    on conflict on constraint protocol_acknowledgements_once_key do nothing;
end
$$;

comment on function consent.acknowledge_protocol(uuid, integer) is
    E'Acknowledges what a protocol asks, in its present wording.\n'
    'wording: Which wording was read; refused, where there is a newer one. The newest, unless told otherwise.';

revoke execute on function consent.acknowledge_protocol(uuid, integer) from public;
grant execute on function consent.acknowledge_protocol(uuid, integer) to authenticated;
