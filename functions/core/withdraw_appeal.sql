-- The person takes back their appeal.

create or replace function core.withdraw_appeal(appeal_id uuid)
returns void
language plpgsql
volatile
security definer -- appeals are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    update core.sanction_appeals a
    set status = 'withdrawn'
    where a.id = withdraw_appeal.appeal_id and a.status = 'open' and core.acts_for(a.person_id);
    if not found then
        perform core._refuse('not_found', 'open appeal');
    end if;
end
$$;

comment on function core.withdraw_appeal(uuid) is 'Takes back an appeal.';

revoke execute on function core.withdraw_appeal(uuid) from public;
grant execute on function core.withdraw_appeal(uuid) to authenticated;
