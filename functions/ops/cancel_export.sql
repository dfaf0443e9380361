-- Takes back an export that has not been handed out yet.

create or replace function ops.cancel_export(export_id uuid)
returns void
language plpgsql
volatile
security definer -- exports are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require_person();
    update ops.exports e
    set status = 'halted', halted_at = now(), reason = 'taken back'
    where e.id = cancel_export.export_id
        and e.status in ('queued', 'running')
        and core.acts_for(e.requested_by);
    if not found then
        perform core._refuse('not_found', 'export under way');
    end if;
end
$$;

comment on function ops.cancel_export(uuid) is 'Takes back an export that has not been handed out yet.';

revoke execute on function ops.cancel_export(uuid) from public;
grant execute on function ops.cancel_export(uuid) to authenticated;
