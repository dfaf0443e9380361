-- A row as it was at an instant: what the newest change until then left. Null where there was none, or where it had
-- gone. Auditors see what was personal too.

create or replace function audit.as_of(tenant_id uuid, table_name text, key jsonb, instant timestamptz)
returns jsonb
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select case when h.operation not in ('D', 'T') then coalesce(h.clear, '{}') || coalesce(h.personal, '{}') end
    from audit.history(tenant_id, table_name, key) h
    where h.recorded_at <= instant
    order by h.seq desc
    limit 1
$$;

comment on function audit.as_of(uuid, text, jsonb, timestamptz) is
    E'A row as it was at an instant.\n'
    'tenant_id: Whose log: an organization, or the platform.\n'
    'table_name: The table, with its module: content.works.\n'
    'key: The key of the row: its columns by name.\n'
    'instant: The instant.';

revoke execute on function audit.as_of(uuid, text, jsonb, timestamptz) from public;
grant execute on function audit.as_of(uuid, text, jsonb, timestamptz)
    to authenticated, service_role, empathy_auditor;
