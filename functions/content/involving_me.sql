-- The works that I, or those I act for, help to make or have to consent to; whoever owns one is the first who has to.

create or replace function content.involving_me()
returns setof uuid
language plpgsql -- its plan is kept from one statement to the next
stable
rows 10
security definer -- policies ask this
set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    select c.work_id
    from content.work_collaborators c
    where c.person_id = any (array(select core.my_people()))
    union
    select p.work_id
    from consent.consent_parties p
    where p.person_id = any (array(select core.my_people()));
end
$$;

comment on function content.involving_me() is 'The works that I help to make or have to consent to.';

revoke execute on function content.involving_me() from public;
grant execute on function content.involving_me() to authenticated;
