-- A legal hold: what it covers is neither deleted nor moved until it is released.

create or replace function ops.impose_hold(
    scope_id uuid,
    reason text,
    person_id uuid default null,
    applies_to text default 'all'
)
returns uuid
language plpgsql
volatile
security definer -- holds are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    hold_id uuid;
begin
    perform core._require('hold.manage', scope_id);
    insert into ops.legal_holds (tenant_id, scope_id, person_id, applies_to, reason, imposed_by)
    select
        s.tenant_id, s.id, impose_hold.person_id, impose_hold.applies_to, impose_hold.reason, core.me()
    from core.scopes s
    where s.id = impose_hold.scope_id
        and (impose_hold.person_id is null or core._knows(s.tenant_id, impose_hold.person_id))
    returning id into hold_id;
    if hold_id is null then
        perform core._refuse('not_found', 'person');
    end if;
    return hold_id;
end
$$;

comment on function ops.impose_hold(uuid, text, uuid, text) is
    E'Puts a legal hold on a scope, or on one person''s data in it, and returns its id.\n'
    'person_id: Only what belongs to this person; everybody''s, unless told otherwise.\n'
    'applies_to: What is held: all, or the equity or BUZ of a venture.\n'
    'reason: Why.';

revoke execute on function ops.impose_hold(uuid, text, uuid, text) from public;
grant execute on function ops.impose_hold(uuid, text, uuid, text) to authenticated;
