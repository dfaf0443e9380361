-- Whether I hold a role in a scope, at this moment.

create or replace function core._holds_role(role_key text, scope_id uuid)
returns boolean
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select exists (
        select
        from core._live_memberships(core.me()) m
        join core.membership_roles mr
            on mr.tenant_id = m.tenant_id and mr.membership_id = m.membership_id and mr.revoked_at is null
        join core.roles r on r.tenant_id = mr.tenant_id and r.id = mr.role_id
        where m.scope_id = _holds_role.scope_id and r.key = _holds_role.role_key
    )
$$;

comment on function core._holds_role(text, uuid) is 'Whether I hold a role in a scope, at this moment.';

revoke execute on function core._holds_role(text, uuid) from public;
