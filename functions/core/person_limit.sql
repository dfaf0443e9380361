-- How much of a resource a person's tier allows; null is no limit.

create or replace function core.person_limit(person_id uuid, resource text)
returns bigint
language sql
stable
strict
security definer -- tiers of others are not for everybody to read; through an API key mine still limits me
set search_path = pg_catalog, pg_temp
as $$
    select l.amount
    from core.tier_limits l
    where l.resource = person_limit.resource
        and l.tier = coalesce(
            (select p.tier from core.person_limits p where p.person_id = person_limit.person_id),
            (select t.key from core.tiers t order by t.position limit 1)
        )
        and (core._concerns_me(person_limit.person_id) or core._is_service())
$$;

comment on function core.person_limit(uuid, text) is
    E'How much of a resource my tier allows me; null is no limit.\n'
    'person_id: The person.\n'
    'resource: The key of a resource.';

revoke execute on function core.person_limit(uuid, text) from public;
grant execute on function core.person_limit(uuid, text) to authenticated, service_role;
