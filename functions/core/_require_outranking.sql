-- What reaches below a scope is not done to somebody who outranks whoever does it, there or above: each role they hold
-- has to be one that whoever asks could have given.

create or replace function core._require_outranking(person_id uuid, scope_id uuid)
returns void
language plpgsql
stable
security definer -- reads memberships whoever asks
set search_path = pg_catalog, pg_temp
as $$
begin
    -- Whoever owns the organization first stops owning it, which always leaves another owner who can act.
    if exists (
        select
        from core.scopes s
        join core.memberships m
            on m.tenant_id = s.tenant_id and m.scope_id = s.tenant_id and m.status = 'active'
        join core.membership_roles mr
            on mr.tenant_id = m.tenant_id and mr.membership_id = m.id and mr.owns and mr.revoked_at is null
        where s.id = _require_outranking.scope_id and m.person_id = _require_outranking.person_id
    ) then
        perform core._refuse('owner_first');
    end if;
    perform core._require_grantable(mr.role_id, _require_outranking.scope_id)
    from core.scopes s
    join core.memberships m
        on m.tenant_id = s.tenant_id
        and m.scope_id in (s.id, s.project_id, s.tenant_id)
        and m.person_id = _require_outranking.person_id
        and m.status = 'active'
    join core.membership_roles mr
        on mr.tenant_id = m.tenant_id and mr.membership_id = m.id and mr.revoked_at is null
    where s.id = _require_outranking.scope_id;
end
$$;

comment on function core._require_outranking(uuid, uuid) is 'Refuses to bar somebody of higher rank, here or above.';

revoke execute on function core._require_outranking(uuid, uuid) from public;
