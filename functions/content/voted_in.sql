-- The polls that are not anonymous in which I have voted.

create or replace function content.voted_in()
returns setof uuid
language plpgsql -- its plan is kept from one statement to the next
stable
rows 10
security definer -- policies ask this
set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    select b.poll_id from content.ballots b where b.person_id = core.me();
end
$$;

comment on function content.voted_in() is 'The polls that are not anonymous in which I have voted.';

revoke execute on function content.voted_in() from public;
grant execute on function content.voted_in() to authenticated;
