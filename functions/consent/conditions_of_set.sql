-- What a protocol set asks, for those who pass it, and for those whose work stands under it.

create or replace function consent.conditions_of_set(set_id uuid)
returns table (
    protocol_id uuid,
    scope_id uuid,
    name text,
    kind text,
    description text,
    enforcement consent.protocol_enforcement,
    match consent.protocol_match,
    acknowledgement text,
    acknowledged boolean
)
language sql
stable
security definer -- tells readers what a community asks of them, members or not
set search_path = pg_catalog, pg_temp
as $$
    select
        p.id, p.scope_id, p.name, p.kind, p.description, p.enforcement, c.match, p.acknowledgement,
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
    join consent.protocols p on p.tenant_id = m.tenant_id and p.id = m.protocol_id
    where m.set_id = conditions_of_set.set_id
        and (
            m.set_id in (select consent.passed_sets())
            or exists (
                select
                from content.works w
                where w.tenant_id = m.tenant_id
                    and w.protocol_set_id = m.set_id
                    and w.id in (select consent.asking_me())
            )
        )
    order by p.scope_id, p.name, p.id
$$;

comment on function consent.conditions_of_set(uuid) is 'What a protocol set asks.';

revoke execute on function consent.conditions_of_set(uuid) from public;
grant execute on function consent.conditions_of_set(uuid) to authenticated;
