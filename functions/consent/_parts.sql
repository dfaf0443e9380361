-- What a protocol set is made of, in the form that consent._protocol_set() takes; of none, nothing.

create or replace function consent._parts(tenant_id uuid, set_id uuid)
returns jsonb
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select
        coalesce(
            jsonb_object_agg(
                c.scope_id,
                jsonb_build_object(
                    'match', c.match,
                    'protocols', array(
                        select m.protocol_id
                        from consent.protocol_set_members m
                        where m.tenant_id = c.tenant_id and m.set_id = c.set_id and m.scope_id = c.scope_id
                        order by m.protocol_id
                    )
                )
            ),
            '{}'
        )
    from consent.protocol_set_communities c
    where c.tenant_id = _parts.tenant_id and c.set_id = _parts.set_id
$$;

comment on function consent._parts(uuid, uuid) is 'What a protocol set is made of.';

revoke execute on function consent._parts(uuid, uuid) from public;
