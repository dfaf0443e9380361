-- Releases a legal hold.

create or replace function ops.release_hold(hold_id uuid)
returns void
language plpgsql
volatile
security definer -- holds are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    hold ops.legal_holds;
begin
    select * into hold from ops.legal_holds h where h.id = release_hold.hold_id for no key update;
    perform core._require('hold.manage', hold.scope_id);
    update ops.legal_holds h
    set released_at = now(), released_by = core.me()
    where h.tenant_id = hold.tenant_id and h.id = hold.id and h.released_at is null;
end
$$;

comment on function ops.release_hold(uuid) is 'Releases a legal hold.';

revoke execute on function ops.release_hold(uuid) from public;
grant execute on function ops.release_hold(uuid) to authenticated;
