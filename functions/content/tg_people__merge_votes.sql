-- Two who voted on a work turn out to be one: the survivor's vote stands. And what turns out to be their own work, they
-- have no vote on.

create or replace function content.tg_people__merge_votes()
returns trigger
language plpgsql
security definer -- votes are taken away by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    delete from content.votes v
    using content.votes kept
    where v.person_id = new.id
        and kept.tenant_id = v.tenant_id
        and kept.work_id = v.work_id
        and kept.person_id = new.merged_into;
    delete from content.votes v
    where (v.person_id, v.work_owner_id) in ((new.id, new.merged_into), (new.merged_into, new.id));
    return null;
end
$$;

comment on function content.tg_people__merge_votes() is
    'Leaves somebody who was two no second vote, nor one on their own.';

revoke execute on function content.tg_people__merge_votes() from public;
