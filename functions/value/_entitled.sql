-- Who gets something of what came in, and by which weight, as the community has set it: equal parts to each who had a
-- hand in the work, or, where it came in for the place, to each who belongs there; or by contribution, which is what
-- each is credited with in the work (rules.credits weighs them, 1 unless told otherwise), or how many works of theirs
-- are published in the place. Of either, rules.kept is the part in a hundred that the community keeps.

create or replace function value._entitled(event_id uuid, model consent.benefit_model, rules jsonb)
returns setof value.share
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    with event as (
        select e.tenant_id, e.scope_id, e.work_id from value.value_events e where e.id = _entitled.event_id
    ),
    hands as (
        select w.owner_id as person_id, 'owner' as credit
        from event
        join content.works w on w.tenant_id = event.tenant_id and w.id = event.work_id
        where not exists (
            select
            from content.attributions a
            where a.tenant_id = w.tenant_id and a.work_id = w.id and a.person_id = w.owner_id
        )
        union all
        select a.person_id, a.credit
        from event
        join content.attributions a on a.tenant_id = event.tenant_id and a.work_id = event.work_id
        where a.person_id is not null
        union all
        select m.person_id, 'member'
        from event
        join core.memberships m on m.tenant_id = event.tenant_id and m.scope_id = event.scope_id
        where event.work_id is null and model = 'equal' and m.status = 'active' and m.valid_during @> now()
        union all
        select w.owner_id, 'work'
        from event
        join content.works w on w.tenant_id = event.tenant_id and w.scope_id = event.scope_id
        where event.work_id is null and model = 'contribution' and w.state = 'published'
    ),
    people as (
        select
            s.id as person_id,
            case
                when model = 'equal' then 1
                else sum(coalesce((rules #>> array['credits', h.credit])::bigint, 1))
            end as weight
        from hands h
        join core.people p on p.id = h.person_id
        join core.people s on s.id = coalesce(p.merged_into, p.id)
        where s.erased_at is null
        group by s.id
    ),
    kept as (
        select coalesce((rules ->> 'kept')::bigint, 0) as percent
    )
    select p.person_id, null::uuid, (p.weight * (100 - k.percent))::bigint
    from people p
    cross join kept k
    where p.weight > 0 and k.percent < 100
    union all
    select
        null, event.scope_id,
        (k.percent * (select coalesce(sum(p.weight), 1) from people p where p.weight > 0))::bigint
    from event
    cross join kept k
    where k.percent > 0
$$;

comment on function value._entitled(uuid, consent.benefit_model, jsonb) is
    'Who gets something of what came in, and by which weight.';

revoke execute on function value._entitled(uuid, consent.benefit_model, jsonb) from public;
