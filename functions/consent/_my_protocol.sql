-- A protocol of a community that I may do this for, locked until I am done with it; or a refusal. One that is set, or
-- one that was retired.

create or replace function consent._my_protocol(protocol_id uuid, permission text, retired boolean default false)
returns record -- of consent.protocols, which is built after this
language plpgsql
volatile
security definer -- looks at protocols the person may not see
set search_path = pg_catalog, pg_temp
as $$
declare
    protocol consent.protocols;
begin
    perform core._require_me();
    select p.* into protocol
    from consent.protocols p
    where p.id = _my_protocol.protocol_id
        and (p.retired_at is not null) = _my_protocol.retired
        and core.can(permission, p.scope_id)
    for no key update;
    if protocol.id is null then
        perform core._refuse('not_found', 'protocol');
    end if;
    perform core._require_open(protocol.scope_id);
    return protocol;
end
$$;

comment on function consent._my_protocol(uuid, text, boolean) is
    'A protocol of a community that I may do this for, locked.';

revoke execute on function consent._my_protocol(uuid, text, boolean) from public;
