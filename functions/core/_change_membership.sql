-- Moves a membership from one of these states to another. The row is locked, so two who decide at once do not both.

create or replace function core._change_membership(
    membership_id uuid,
    from_states core.membership_status[],
    to_state core.membership_status,
    reason text
)
returns core.membership_status
language plpgsql
volatile
security definer -- memberships are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    membership core.memberships;
begin
    select * into membership
    from core.memberships m
    where m.id = _change_membership.membership_id
    for no key update;
    perform core._require('member.manage', membership.scope_id);
    if membership.person_id = core.me() then
        perform core._refuse('not_on_yourself');
    end if;
    if not membership.status = any (from_states) then
        perform core._refuse('membership_state', membership.status::text, to_state::text);
    end if;
    -- Whoever outranks stays out of reach: nobody ends a role they could not have given.
    perform core._require_grantable(mr.role_id, membership.scope_id)
    from core.membership_roles mr
    where mr.tenant_id = membership.tenant_id
        and mr.membership_id = membership.id
        and mr.revoked_at is null;
    -- A ban reaches further than the membership that it began with.
    if to_state = 'banned' then
        perform core._require_outranking(membership.person_id, membership.scope_id);
    end if;
    update core.memberships m
    set
        status = to_state,
        reason = coalesce(_change_membership.reason, m.reason),
        joined_at = case when to_state = 'active' then coalesce(m.joined_at, now()) else m.joined_at end,
        ended_at = case when to_state in ('left', 'revoked') then now() end
    where m.tenant_id = membership.tenant_id and m.id = membership.id;
    return membership.status;
end
$$;

comment on function core._change_membership(uuid, core.membership_status[], core.membership_status, text) is
    'Moves a membership from one of these states to another.';

revoke execute on function core._change_membership(
    uuid, core.membership_status[], core.membership_status, text
) from public;
