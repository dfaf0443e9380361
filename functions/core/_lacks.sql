-- What a person lacks to give a role in a scope, or null. Nobody grants what they do not hold: each permission of the
-- role is asked for, in the scope it is granted in. An owner's role is an owner's to give.

create or replace function core._lacks(person_id uuid, role_id uuid, scope_id uuid)
returns text
language sql
stable
security definer -- reads roles whoever asks
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(
        (
            select r.key
            from core.roles r
            where r.tenant_id = s.tenant_id
                and r.id = _lacks.role_id
                and r.is_owner
                and not exists (
                    select
                    from core._live_memberships(_lacks.person_id) m
                    join core.membership_roles mr
                        on mr.tenant_id = m.tenant_id
                        and mr.membership_id = m.membership_id
                        and mr.owns
                        and mr.revoked_at is null
                    where m.scope_id = s.id
                )
        ),
        (
            select rp.permission
            from core.role_permissions rp
            where rp.tenant_id = s.tenant_id
                and rp.role_id = _lacks.role_id
                and not core._could(_lacks.person_id, rp.permission, s.id)
            order by rp.permission
            limit 1
        )
    )
    from core.scopes s
    where s.id = _lacks.scope_id
$$;

comment on function core._lacks(uuid, uuid, uuid) is 'What a person lacks to give a role in a scope, or null.';

revoke execute on function core._lacks(uuid, uuid, uuid) from public;
