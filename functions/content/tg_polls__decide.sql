-- When a poll is counted, the decision that hangs on it is made, and the one that it revokes is in force no longer.

create or replace function content.tg_polls__decide()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
    made content.decisions;
begin
    update content.decisions d
    set outcome = d.outcome -- which follows from the poll
    where d.tenant_id = new.tenant_id and d.poll_id = new.id
    returning d.* into made;
    if made.id is null then
        return null;
    end if;
    -- The first that revokes it does.
    update content.decisions d
    set revocation_id = made.id, revoked_at = made.decided_at
    where d.tenant_id = made.tenant_id and d.id = made.overturns and d.revocation_id is null;
    perform ops._emit(
        made.tenant_id, made.scope_id, 'decision.' || made.outcome, jsonb_build_object('decision_id', made.id)
    );
    return null;
end
$$;

comment on function content.tg_polls__decide() is 'Makes the decision that hangs on a poll.';

revoke execute on function content.tg_polls__decide() from public;
