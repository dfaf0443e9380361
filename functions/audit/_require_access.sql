-- Demands that whoever asks may look into a log: a server, an auditor; somebody to whom the organization gave it; for
-- the platform's own log, whom the platform gave it.

create or replace function audit._require_access(tenant_id uuid)
returns void
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
begin
    if audit._sees_all() then
        return;
    end if;
    perform core._require_me();
    if not coalesce(
        case
            when tenant_id = audit.platform() then core.platform_can('audit.read')
            else core.can('audit.read', tenant_id)
        end,
        false
    ) then
        perform core._refuse('not_permitted', 'audit.read');
    end if;
end
$$;

comment on function audit._require_access(uuid) is 'Demands that whoever asks may look into a log.';

revoke execute on function audit._require_access(uuid) from public;
