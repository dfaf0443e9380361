-- Puts a person on a tier.

create or replace function core.set_tier(person_id uuid, tier text)
returns void
language sql
volatile
security definer -- tiers are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
    select core._require_present(set_tier.person_id);

    insert into core.person_limits (person_id, tier)
    values (set_tier.person_id, set_tier.tier)
    on conflict on constraint person_limits_pkey do update set tier = excluded.tier, since = now()
$$;

comment on function core.set_tier(uuid, text) is 'Puts a person on a tier.';

revoke execute on function core.set_tier(uuid, text) from public;
grant execute on function core.set_tier(uuid, text) to service_role;
