-- Makes somebody an active member of a scope, with these roles. Who is on the way in already is let in.

create or replace function core._join(
    scope_id uuid,
    person_id uuid,
    roles text[],
    invited_by uuid default null,
    invitation_id uuid default null
)
returns uuid
language plpgsql
volatile
security definer -- memberships are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column -- what conflicts names columns, and cannot be qualified
declare
    place core.scopes;
    membership core.memberships;
begin
    perform core._require_present(person_id);
    select * into strict place from core.scopes s where s.id = _join.scope_id;
    insert into core.memberships as m (
        tenant_id, scope_id, level, project_id, person_id, status, joined_at, invited_by, invitation_id
    )
    values (
        place.tenant_id, place.id, place.level, place.project_id, _join.person_id, 'active', now(),
        _join.invited_by, _join.invitation_id
    )
    on conflict (tenant_id, scope_id, person_id) where ended_at is null do update
    set
        status = 'active',
        joined_at = now(),
        invited_by = coalesce(excluded.invited_by, m.invited_by),
        invitation_id = coalesce(excluded.invitation_id, m.invitation_id)
    where m.status in ('invited', 'requested')
    returning * into membership;
    if membership.id is null then
        perform core._refuse('already_member');
    end if;
    insert into core.membership_roles (tenant_id, membership_id, role_id, owns, granted_by)
    select r.tenant_id, membership.id, r.id, r.is_owner, _join.invited_by
    from core.roles r
    where r.tenant_id = place.tenant_id and r.key = any (_join.roles)
    on conflict (tenant_id, membership_id, role_id) where revoked_at is null do nothing;
    return membership.id;
end
$$;

comment on function core._join(uuid, uuid, text[], uuid, uuid) is
    'Makes somebody an active member of a scope.';

revoke execute on function core._join(uuid, uuid, text[], uuid, uuid) from public;
