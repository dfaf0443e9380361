-- What was taken back of transfers is noted on what they brought in, and on what they shared.

create or replace function value._note_returned(transfer_ids uuid[])
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    update value.value_events v
    set returned = value._returned(v.tenant_id, v.transfer_id, v.account_id)
    where v.transfer_id = any (transfer_ids);
    update value.distributions d
    set returned = - value._returned(d.tenant_id, d.transfer_id, v.account_id)
    from value.value_events v
    where d.transfer_id = any (transfer_ids) and v.tenant_id = d.tenant_id and v.id = d.event_id;
end
$$;

comment on function value._note_returned(uuid[]) is
    'Notes what was taken back of what came in, and of what was shared.';

revoke execute on function value._note_returned(uuid[]) from public;
