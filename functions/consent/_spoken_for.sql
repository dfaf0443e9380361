-- The works to which I consent in the name of a community, whether I pass the protocols that they stand under or not.

create or replace function consent._spoken_for()
returns table (tenant_id uuid, work_id uuid)
language sql
stable
rows 10
set search_path = pg_catalog, pg_temp
as $$
    select p.tenant_id, p.work_id
    from unnest(core.granted('consent.give', 2)) as here (scope_id)
    join consent.consent_parties p on p.scope_id = here.scope_id
$$;

comment on function consent._spoken_for() is 'The works to which I consent in the name of a community.';

revoke execute on function consent._spoken_for() from public;
