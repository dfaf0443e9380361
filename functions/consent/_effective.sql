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
    with decisions as (
        select c.work_id, c.party_id, c.purpose, coalesce(c.channel, '') as channel, c.during, c.through_version
        from consent.consents c
        where c.tenant_id = _effective.tenant_id and c.work_id = any (work_ids) and not isempty(c.during)
    ),
    asked as (
        select d.work_id, d.purpose, d.channel from decisions d
        union
        select d.work_id, d.purpose, '' from decisions d
    ),
    -- What each party decided about what was asked, for that channel or in general; or nothing. Only a yes is to a
    -- version.
    answers as (
        select
            a.work_id, a.purpose, a.channel, p.id as party_id, coalesce(e.merged_into, e.id) as person_id,
            d.channel as said_for, d.during, d.through_version
        from asked a
        join consent.consent_parties p on p.tenant_id = _effective.tenant_id and p.work_id = a.work_id
        left join core.people e on e.id = p.person_id
        left join decisions d on d.party_id = p.id and d.purpose = a.purpose and d.channel in ('', a.channel)
    ),
    yes as (
        select s.work_id, s.purpose, s.channel, s.person_id, max(s.through_version) as through_version
        from answers s
        group by s.work_id, s.purpose, s.channel, s.party_id, s.person_id
    ),
    -- The newest version to which no party is missing.
    agreed as (
        select distinct on (a.work_id, a.purpose, a.channel)
            a.work_id, a.purpose, a.channel, v.number as version, v.material_version,
            coalesce(author.merged_into, author.id) as author_id
        from asked a
        join content.work_versions v on v.tenant_id = _effective.tenant_id and v.work_id = a.work_id
        join content.work_versions m
            on m.tenant_id = v.tenant_id and m.work_id = v.work_id and m.number = v.material_version
        join core.people author on author.id = m.created_by
        where not exists (
            select
            from yes y
            where (y.work_id, y.purpose, y.channel) = (a.work_id, a.purpose, a.channel)
                and (
                    -- Of whoever wrote it, any yes will do.
                    y.through_version >= case y.person_id
                        when coalesce(author.merged_into, author.id) then 1 else v.material_version
                    end
                ) is not true
        )
        order by a.work_id, a.purpose, a.channel, v.number desc
    ),
    said as (
        select
            g.work_id, g.purpose, g.channel, g.version,
            -- Whatever was decided for this channel alone stands before what was decided in general.
            coalesce(range_agg(s.during) filter (where s.said_for = g.channel and t.agrees), '{}') + (
                coalesce(range_agg(s.during) filter (where t.agrees), '{}')
                - coalesce(range_agg(s.during) filter (where s.said_for = g.channel), '{}')
            ) as during
        from agreed g
        join answers s on (s.work_id, s.purpose, s.channel) = (g.work_id, g.purpose, g.channel)
        cross join lateral (
            select s.through_version >= case s.person_id when g.author_id then 1 else g.material_version end as agrees
        ) t
        group by g.work_id, g.purpose, g.channel, g.version, s.party_id
    )
    select
        a.work_id, a.purpose, a.channel, max(s.version), coalesce(range_intersect_agg(s.during), '{}')
    from asked a
    left join said s on (s.work_id, s.purpose, s.channel) = (a.work_id, a.purpose, a.channel)
    group by a.work_id, a.purpose, a.channel
$$;

comment on function consent._effective(uuid, uuid[]) is 'What everyone''s decisions about works come to.';

revoke execute on function consent._effective(uuid, uuid[]) from public;
