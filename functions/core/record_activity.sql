-- Marks the day on which I was last active in a scope. One write a day, however often it is called.

create or replace function core.record_activity(scope_id uuid)
returns void
language sql
volatile
security definer -- memberships are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
    update core.memberships m
    set last_active_on = current_date
    where m.scope_id = record_activity.scope_id
        and m.person_id = core.me()
        and m.status = 'active'
        and m.last_active_on is distinct from current_date
$$;

comment on function core.record_activity(uuid) is 'Marks today as the last day I was active in a scope.';

revoke execute on function core.record_activity(uuid) from public;
grant execute on function core.record_activity(uuid) to authenticated;
