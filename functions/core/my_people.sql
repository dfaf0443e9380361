-- Those I act for: myself, also under the rows that turned out to be me, and whoever I am the guardian of.

create or replace function core.my_people()
returns setof uuid
language plpgsql -- its plan is kept from one statement to the next
stable
rows 2
security definer -- policies ask this
set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    select p.id
    from core.people p
    where p.erased_at is null
        and (p.id = core.me() or p.merged_into = core.me() or p.guardian_id = core.me())
        and core._claims() ->> 'api_key' is null; -- a key acts in its scope, not in a life
end
$$;

comment on function core.my_people() is 'Those I act for: myself, and whoever I am the guardian of.';

revoke execute on function core.my_people() from public;
grant execute on function core.my_people() to authenticated, service_role;
