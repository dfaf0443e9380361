-- Why a work may be used for a purpose at an instant, or not: one row for each who has to consent, with what they said.
-- For those who decide about it.

create or replace function consent.explain(
    work_id uuid,
    purpose text,
    at timestamptz default null,
    channel text default null
)
returns table (
    party_id uuid,
    person_id uuid,
    scope_id uuid,
    capacity consent.party_capacity,
    allows boolean,
    says text
)
language sql
stable
security definer -- what others decided is told here to those whom it concerns
set search_path = pg_catalog, pg_temp
as $$
    select
        p.id, p.person_id, p.scope_id, p.capacity, coalesce(d.decision = 'given', false),
        case
            when d.decision is null then 'silent'
            when d.decision <> 'given'
                then d.decision || ' since ' || (lower(d.during) at time zone 'UTC')::timestamp(0) || ' UTC'
            when d.through_version < w.current_version
                then format('given, for version %s; the newest is %s', d.through_version, w.current_version)
            else 'given' || coalesce(' until ' || (upper(d.during) at time zone 'UTC')::timestamp(0) || ' UTC', '')
        end
    from content.works w
    cross join lateral (select coalesce(at, greatest(now(), w.compiled_at)) as instant) t
    join consent.consent_parties p on p.tenant_id = w.tenant_id and p.work_id = w.id
    left join lateral (
        select c.decision, c.during, c.through_version
        from consent.consents c
        where c.tenant_id = p.tenant_id
            and c.party_id = p.id
            and c.purpose = explain.purpose
            and (c.channel is null or c.channel = explain.channel)
            and c.during @> t.instant
        order by c.channel -- what was decided for one alone stands before what was decided in general
        limit 1
    ) d on true
    where w.id = explain.work_id
        and w.id in (select consent.mine_to_decide())
    order by p.added_at, p.id
$$;

comment on function consent.explain(uuid, text, timestamptz, text) is
    E'Why a work may be used for a purpose at an instant, or not.\n'
    'purpose: What for: the key of a purpose.\n'
    'at: The instant; now, unless told otherwise.\n'
    'channel: By which way of sharing, such as radio; any, unless told otherwise.\n'
    'party_id: Whose decision it is.\n'
    'person_id: The person, if it is a person.\n'
    'scope_id: The community, if it is a community.\n'
    'capacity: As what they have to consent.\n'
    'allows: Whether they allow it.\n'
    'says: What they said, if anything.';

revoke execute on function consent.explain(uuid, text, timestamptz, text) from public;
grant execute on function consent.explain(uuid, text, timestamptz, text) to authenticated;
