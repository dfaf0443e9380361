-- What everyone's decisions about works come to: for each purpose and channel the newest version that everyone agreed
-- to, and when they all agree. The one place that says so; consent._recompute keeps it, consent.verify_effective holds
-- what is kept against it.
--
-- A party agreed to a version when it gave consent while there was that version or a later one; or wrote it. A minor
-- version is agreed to with the material one it belongs to. What a party decided for a channel alone stands before what
-- it decided in general. Where somebody said something and not everyone agreed, there is no version, and no time.

create or replace function consent._effective(tenant_id uuid, work_ids uuid[])
returns table (work_id uuid, purpose text, channel text, version integer, during tstzmultirange)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    with parties as (
        select p.work_id, p.id, coalesce(e.merged_into, e.id) as person_id
        from consent.consent_parties p
        left join core.people e on e.id = p.person_id
        where p.tenant_id = _effective.tenant_id and p.work_id = any (work_ids)
    ),
    decisions as (
        select c.work_id, c.party_id, c.purpose, coalesce(c.channel, '') as channel, c.decision, c.during,
            c.through_version
        from consent.consents c
        where c.tenant_id = _effective.tenant_id and c.work_id = any (work_ids) and not isempty(c.during)
    ),
    asked as (
        select distinct d.work_id, d.purpose, d.channel from decisions d
        union
        select distinct d.work_id, d.purpose, '' from decisions d
    ),
    given as (
        select
            a.work_id, a.purpose, a.channel, p.id as party_id, p.person_id,
            d.channel as given_for, d.during, d.through_version
        from asked a
        join parties p on p.work_id = a.work_id
        join decisions d
            on d.party_id = p.id
            and d.purpose = a.purpose
            and d.channel in ('', a.channel)
            and d.decision = 'given'
    ),
    -- The newest version to which no party is missing.
    agreed as (
        select a.work_id, a.purpose, a.channel, max(v.number) as version
        from asked a
        join content.work_versions v on v.tenant_id = _effective.tenant_id and v.work_id = a.work_id
        join content.work_versions m
            on m.tenant_id = v.tenant_id and m.work_id = v.work_id and m.number = v.material_version
        join core.people author on author.id = m.created_by
        where not exists (
            select
            from parties p
            where p.work_id = a.work_id
                and not exists (
                    select
                    from given g
                    where g.work_id = a.work_id
                        and g.purpose = a.purpose
                        and g.channel = a.channel
                        and g.party_id = p.id
                        and (
                            g.through_version >= m.number
                            or g.person_id = coalesce(author.merged_into, author.id)
                        )
                )
        )
        group by a.work_id, a.purpose, a.channel
    ),
    said as (
        select
            a.work_id, a.purpose, a.channel, a.version, p.id as party_id,
            coalesce(o.during, '{}') + (coalesce(o.in_general, '{}') - coalesce(x.during, '{}')) as during
        from agreed a
        join content.work_versions v
            on v.tenant_id = _effective.tenant_id and v.work_id = a.work_id and v.number = a.version
        join content.work_versions m
            on m.tenant_id = v.tenant_id and m.work_id = v.work_id and m.number = v.material_version
        join core.people author on author.id = m.created_by
        join parties p on p.work_id = a.work_id
        cross join lateral (
            select
                range_agg(g.during) filter (where g.given_for = a.channel) as during,
                range_agg(g.during) filter (where g.given_for <> a.channel) as in_general
            from given g
            where g.work_id = a.work_id
                and g.purpose = a.purpose
                and g.channel = a.channel
                and g.party_id = p.id
                and (
                    g.through_version >= m.number or g.person_id = coalesce(author.merged_into, author.id)
                )
        ) o
        -- Whatever was decided for this channel alone stands before what was decided in general.
        cross join lateral (
            select range_agg(d.during) as during
            from decisions d
            where d.party_id = p.id and d.purpose = a.purpose and d.channel = a.channel
        ) x
    )
    select
        a.work_id, a.purpose, a.channel, max(s.version), coalesce(range_intersect_agg(s.during), '{}')
    from asked a
    left join said s on (s.work_id, s.purpose, s.channel) = (a.work_id, a.purpose, a.channel)
    group by a.work_id, a.purpose, a.channel
$$;

comment on function consent._effective(uuid, uuid[]) is 'What everyone''s decisions about works come to.';

revoke execute on function consent._effective(uuid, uuid[]) from public;
