-- Takes my vote on a work back, whether or not I may still read it. Says whether there was one.

create or replace function content.retract_vote(work_id uuid)
returns boolean
language plpgsql
volatile
security definer -- votes are taken away by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
begin
    delete from content.votes v
    where v.work_id = retract_vote.work_id
        and exists (select from core.people p where p.id = v.person_id and me in (p.id, p.merged_into));
    return found;
end
$$;

comment on function content.retract_vote(uuid) is 'Takes my vote on a work back, and says whether there was one.';

revoke execute on function content.retract_vote(uuid) from public;
grant execute on function content.retract_vote(uuid) to authenticated;
