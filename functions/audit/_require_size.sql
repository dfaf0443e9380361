-- Demands that a log has been as large as that.

create or replace function audit._require_size(tenant_id uuid, size bigint)
returns void
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
begin
    if size < 0
        or size > coalesce((select h.size from audit.heads h where h.tenant_id = _require_size.tenant_id), 0)
    then
        perform core._refuse('log_size', size::text);
    end if;
end
$$;

comment on function audit._require_size(uuid, bigint) is 'Demands that a log has been as large as that.';

revoke execute on function audit._require_size(uuid, bigint) from public;
