-- A role is granted no more. Whoever holds it keeps it until it is taken back.

create or replace function core.retire_role(organization_id uuid, key text)
returns void
language plpgsql
volatile
security definer -- roles are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require('role.define', organization_id);
    update core.roles r
    set retired_at = coalesce(r.retired_at, now())
    where r.tenant_id = organization_id and r.key = retire_role.key and not r.is_owner;
    if not found then
        perform core._refuse('not_found', 'role');
    end if;
end
$$;

comment on function core.retire_role(uuid, text) is 'A role is granted no more; whoever holds it keeps it.';

revoke execute on function core.retire_role(uuid, text) from public;
grant execute on function core.retire_role(uuid, text) to authenticated;
