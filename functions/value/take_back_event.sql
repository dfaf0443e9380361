-- Takes back what was written down by mistake. What came in through the ledger is taken back there, by reversing the
-- transfer, and is noted by itself.

create or replace function value.take_back_event(event_id uuid)
returns void
language plpgsql
volatile
security definer -- the ledger is written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    event record;
begin
    select e.scope_id, e.transfer_id into event from value.value_events e where e.id = take_back_event.event_id;
    if event.scope_id is null then
        perform core._refuse('not_found', 'event');
    end if;
    if not core._is_service() then
        perform core._require('value.manage', event.scope_id);
    end if;
    if event.transfer_id is not null then
        perform core._refuse('transfer_state', 'posted');
    end if;
    update value.value_events e set returned = e.amount where e.id = take_back_event.event_id;
end
$$;

comment on function value.take_back_event(uuid) is
    E'Takes back what was written down by mistake, and did not come in through the ledger.\n'
    'event_id: What was written down.';

revoke execute on function value.take_back_event(uuid) from public;
grant execute on function value.take_back_event(uuid) to authenticated, service_role;
