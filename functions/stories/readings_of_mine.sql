-- Who opened what is restricted of mine, or of what I decide about: when, until when they could read it, and what they
-- had acknowledged by then. The newest first.

create or replace function stories.readings_of_mine(since timestamptz default '-infinity')
returns table (
    work_id uuid,
    title text,
    person_id uuid,
    display_name text,
    opened_at timestamptz,
    open_until timestamptz,
    acknowledged text[]
)
language sql
stable
security definer -- who reads what is mine may be unknown to me otherwise
set search_path = pg_catalog, pg_temp
as $$
    select
        w.id, w.title, e.id, e.display_name, o.opened_at, o.open_until,
        array(
            select p.name
            from consent.protocol_set_members m
            join consent.protocols p on p.tenant_id = m.tenant_id and p.id = m.protocol_id
            join consent.protocol_acknowledgements a
                on a.tenant_id = p.tenant_id and a.protocol_id = p.id and a.person_id = o.person_id
            where m.tenant_id = o.tenant_id and m.set_id = o.protocol_set_id and a.acknowledged_at <= o.opened_at
            group by p.name
            order by p.name
        )
    from consent.mine_to_decide() d (work_id)
    join content.works w on w.id = d.work_id
    join consent.openings o on o.tenant_id = w.tenant_id and o.work_id = w.id
    join core.people e on e.id = o.person_id
    where o.opened_at >= since
    order by o.opened_at desc, o.id desc
$$;

comment on function stories.readings_of_mine(timestamptz) is
    E'Who opened what is restricted of mine, and when.\n'
    'since: Only what happened since this instant.\n'
    'work_id: The work.\n'
    'title: What it is called.\n'
    'person_id: Who opened it.\n'
    'display_name: What they are called.\n'
    'opened_at: When.\n'
    'open_until: Until when they could read it.\n'
    'acknowledged: What they had acknowledged by then.';

revoke execute on function stories.readings_of_mine(timestamptz) from public;
grant execute on function stories.readings_of_mine(timestamptz) to authenticated;
