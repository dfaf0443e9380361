-- Where what is mine is kept, or of those I act for: with which organization, under which law, in which place; and how
-- much, with the works of others in which I have a part. Also where I have left.

create or replace function stories.data_locations()
returns table (
    organization_id uuid,
    organization_name text,
    region text,
    jurisdiction text,
    data_location text,
    works bigint,
    restricted_works bigint,
    works_of_others bigint,
    memberships bigint
)
language sql
stable
security definer -- organizations that one has left are not seen otherwise
set search_path = pg_catalog, pg_temp
as $$
    with mine as (
        select
            w.tenant_id, count(*) as works, count(w.protocol_set_id) as restricted_works, 0 as works_of_others,
            0 as memberships
        from content.works w
        where w.owner_id = any (array(select core.my_people()))
        group by w.tenant_id
        union all
        select p.tenant_id, 0, 0, count(distinct p.work_id), 0
        from consent.consent_parties p
        join content.works w on w.tenant_id = p.tenant_id and w.id = p.work_id
        where p.person_id = any (array(select core.my_people())) and w.owner_id <> all (array(select core.my_people()))
        group by p.tenant_id
        union all
        select m.tenant_id, 0, 0, 0, count(*)
        from core.memberships m
        where m.person_id = any (array(select core.my_people())) and m.status = 'active' and m.valid_during @> now()
        group by m.tenant_id
    )
    select
        o.id, o.name, o.region, o.jurisdiction, o.data_location,
        sum(mine.works)::bigint, sum(mine.restricted_works)::bigint, sum(mine.works_of_others)::bigint,
        sum(mine.memberships)::bigint
    from mine
    join core.organizations o on o.id = mine.tenant_id
    group by o.id, o.name, o.region, o.jurisdiction, o.data_location
    order by o.name, o.id
$$;

comment on function stories.data_locations() is
    E'Where what is mine is kept: with whom, under which law, in which place.\n'
    'organization_id: The organization.\n'
    'organization_name: What it is called.\n'
    'region: Where it works.\n'
    'jurisdiction: Whose law governs its data.\n'
    'data_location: Where its data is stored.\n'
    'works: How many works of mine it has.\n'
    'restricted_works: How many of them are restricted.\n'
    'works_of_others: In how many works of others I have a part.\n'
    'memberships: How many memberships of mine.';

revoke execute on function stories.data_locations() from public;
grant execute on function stories.data_locations() to authenticated;
