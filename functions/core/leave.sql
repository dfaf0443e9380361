-- I leave a scope, or take back my request. A ban or a suspension is not left, or an invitation would undo it; the last
-- owner hands over first.

create or replace function core.leave(scope_id uuid)
returns void
language plpgsql
volatile
security definer -- memberships are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
begin
    update core.memberships m
    set status = 'left', ended_at = now()
    where m.scope_id = leave.scope_id
        and m.person_id = me
        and m.ended_at is null
        and m.status not in ('suspended', 'banned');
    if not found then
        perform core._refuse('not_found', 'membership');
    end if;
end
$$;

comment on function core.leave(uuid) is 'I leave a scope, or take back my request to join it.';

revoke execute on function core.leave(uuid) from public;
grant execute on function core.leave(uuid) to authenticated;
