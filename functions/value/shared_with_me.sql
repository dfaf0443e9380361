-- The distributions of which I, or those I act for, get a share.

create or replace function value.shared_with_me()
returns setof uuid
language plpgsql -- its plan is kept from one statement to the next
stable
rows 10
security definer -- policies ask this
set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    select r.distribution_id from value.recipients r where r.person_id in (select core.my_people());
end
$$;

comment on function value.shared_with_me() is 'The distributions of which I get a share.';

revoke execute on function value.shared_with_me() from public;
grant execute on function value.shared_with_me() to authenticated;
