-- What I have opened, and may read still: of which works, under which protocols. In another transaction than this one.

create or replace function consent._openings()
returns table (tenant_id uuid, work_id uuid, protocol_set_id uuid)
language sql
stable
rows 10
security definer -- called by what policies ask
set search_path = pg_catalog, pg_temp
as $$
    select o.tenant_id, o.work_id, o.protocol_set_id
    from consent.openings o
    where o.person_id = core.me()
        and o.open_until > now()
        and o.opened_in is distinct from pg_current_xact_id_if_assigned()
$$;

comment on function consent._openings() is 'What I have opened, and may read still.';

revoke execute on function consent._openings() from public;
