-- How much of what came in was neither taken back nor shared.

create or replace function value._left_to_share(tenant_id uuid, event_id uuid)
returns bigint
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select (
        e.amount - e.returned - coalesce(
            (
                select sum(d.amount - d.returned)
                from value.distributions d
                where d.tenant_id = e.tenant_id and d.event_id = e.id and d.transfer_id is not null
            ),
            0
        )
    )::bigint
    from value.value_events e
    where e.tenant_id = _left_to_share.tenant_id and e.id = _left_to_share.event_id
$$;

comment on function value._left_to_share(uuid, uuid) is
    'How much of what came in is left to share.';

revoke execute on function value._left_to_share(uuid, uuid) from public;
