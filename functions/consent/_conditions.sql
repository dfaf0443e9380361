-- What a protocol set asks, and whether I acknowledged it. What is retired asks for nothing.

create or replace function consent._conditions(set_id uuid)
returns setof consent.condition
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select
        p.id, p.scope_id, p.name, p.kind, p.description, p.enforcement, c.match, p.acknowledgement, p.wording,
        exists (
            select
            from consent.protocol_acknowledgements a
            where a.tenant_id = p.tenant_id
                and a.protocol_id = p.id
                and a.person_id = core.me()
                and a.wording = p.wording
        )
    from consent.protocol_set_members m
    join consent.protocol_set_communities c
        on c.tenant_id = m.tenant_id and c.set_id = m.set_id and c.scope_id = m.scope_id
    join consent.protocols p on p.tenant_id = m.tenant_id and p.id = m.protocol_id and p.retired_at is null
    where m.set_id = _conditions.set_id
    order by p.scope_id, p.name, p.id
$$;

comment on function consent._conditions(uuid) is 'What a protocol set asks.';

revoke execute on function consent._conditions(uuid) from public;
