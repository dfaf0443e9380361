-- The protocol set that is this one without a protocol of a community; null, where that leaves nothing.

create or replace function consent._without_protocol(tenant_id uuid, set_id uuid, scope_id uuid, protocol_id uuid)
returns uuid
language sql
volatile
set search_path = pg_catalog, pg_temp
as $$
    select consent._protocol_set(
        _without_protocol.tenant_id,
        case
            when l.rest = '[]' then p.parts - _without_protocol.scope_id::text
            else jsonb_set(p.parts, array[_without_protocol.scope_id::text, 'protocols'], l.rest)
        end
    )
    from consent._parts(_without_protocol.tenant_id, _without_protocol.set_id) p (parts)
    cross join lateral (
        select
            (p.parts -> _without_protocol.scope_id::text -> 'protocols') - _without_protocol.protocol_id::text
            as rest
    ) l
$$;

comment on function consent._without_protocol(uuid, uuid, uuid, uuid) is
    'The protocol set that is this one without a protocol, or null.';

revoke execute on function consent._without_protocol(uuid, uuid, uuid, uuid) from public;
