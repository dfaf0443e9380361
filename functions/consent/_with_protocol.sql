-- The protocol set that is this one with one more protocol of a community: all that it has there have to be passed
-- then, also where any one would do before.

create or replace function consent._with_protocol(tenant_id uuid, set_id uuid, scope_id uuid, protocol_id uuid)
returns uuid
language sql
volatile
set search_path = pg_catalog, pg_temp
as $$
    select consent._protocol_set(
        _with_protocol.tenant_id,
        p.parts || jsonb_build_object(
            _with_protocol.scope_id,
            jsonb_build_object(
                'match', 'all',
                'protocols',
                coalesce(p.parts -> _with_protocol.scope_id::text -> 'protocols', '[]')
                || to_jsonb(_with_protocol.protocol_id)
            )
        )
    )
    from consent._parts(_with_protocol.tenant_id, _with_protocol.set_id) p (parts)
$$;

comment on function consent._with_protocol(uuid, uuid, uuid, uuid) is
    'The protocol set that is this one with one more protocol.';

revoke execute on function consent._with_protocol(uuid, uuid, uuid, uuid) from public;
