-- The works that ask for my consent, or for that of somebody I act for: whoever owns one is the first who has to.

create or replace function consent.asking_me()
returns setof uuid
language plpgsql -- its plan is kept from one statement to the next
stable
rows 10
security definer -- policies ask this
set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    select p.work_id
    from consent.consent_parties p
    where p.person_id = any (array(select core.my_people()));
end
$$;

comment on function consent.asking_me() is 'The works that ask for my consent, my own among them.';

revoke execute on function consent.asking_me() from public;
grant execute on function consent.asking_me() to authenticated, service_role;
