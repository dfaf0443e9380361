-- Puts an event into the outbox, in the transaction that causes it: both happen, or neither.

create or replace function ops._emit(tenant_id uuid, scope_id uuid, topic text, payload jsonb)
returns void
language sql
volatile
security definer -- the outbox is written by functions alone
set search_path = pg_catalog, pg_temp
as $$
    insert into ops.outbox (tenant_id, scope_id, topic, body)
    values (_emit.tenant_id, _emit.scope_id, _emit.topic, convert_to(_emit.payload::text, 'utf8'))
$$;

comment on function ops._emit(uuid, uuid, text, jsonb) is 'Puts an event into the outbox.';

revoke execute on function ops._emit(uuid, uuid, text, jsonb) from public;
