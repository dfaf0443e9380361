-- Everything that happened to a row, in the order of the writes. Auditors see what was personal too; whom an
-- organization lets look into its log sees what is in clear.

create or replace function audit.history(tenant_id uuid, table_name text, key jsonb)
returns table (
    seq bigint,
    "position" bigint,
    recorded_at timestamptz,
    operation text,
    actor uuid,
    role text,
    attested boolean,
    replicated boolean,
    request_id text,
    clear jsonb,
    personal jsonb,
    erased boolean
)
language plpgsql
stable
security definer -- changes are nobody's to read but the auditors'
set search_path = pg_catalog, pg_temp
as $$
begin
    perform audit._require_access(tenant_id);
    perform audit._require_tracked(table_name);
    return query
    select
        c.seq, l.position, c.recorded_at, c.operation::text, c.actor, c.role,
        c.flags & 1 = 1, c.flags & 2 = 2, c.request_id,
        c.clear::jsonb, case when audit._sees_all() then c.personal::jsonb end, c.erased_under is not null
    from audit.changes c
    left join audit.leaves l on l.tenant_id = c.tenant_id and l.seq = c.seq
    where c.tenant_id = history.tenant_id
        and c.table_name = history.table_name
        and coalesce(c.key, c.personal_key) = audit._key_text(history.table_name, history.key)
    order by c.seq;
end
$$;

comment on function audit.history(uuid, text, jsonb) is
    E'Everything that happened to a row, in the order of the writes.\n'
    'tenant_id: Whose log: an organization, or the platform.\n'
    'table_name: The table, with its module: content.works.\n'
    'key: The key of the row: its columns by name.\n'
    'seq: The number of the change, in the order of the writes.\n'
    'position: Its place in the log, once it is sealed.\n'
    'recorded_at: When.\n'
    'operation: What was done: I inserted, U updated, D deleted, T truncated.\n'
    'actor: Who did it.\n'
    'role: In which role of the database.\n'
    'attested: Whether a token said who it was.\n'
    'replicated: Whether it came from another database.\n'
    'request_id: In which request, as the server''s log knows it.\n'
    'clear: What changed, of what the log keeps in clear.\n'
    'personal: What changed, of what is personal; for auditors.\n'
    'erased: Whether what was personal in it was erased.';

revoke execute on function audit.history(uuid, text, jsonb) from public;
grant execute on function audit.history(uuid, text, jsonb) to authenticated, service_role, empathy_auditor;
