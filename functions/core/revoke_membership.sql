-- Ends a membership, or turns down a request. The person may be invited again.

create or replace function core.revoke_membership(membership_id uuid, reason text default null)
returns uuid
language plpgsql
volatile
security definer -- memberships are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._change_membership(
        membership_id,
        array['invited', 'requested', 'active', 'suspended', 'banned']::core.membership_status[],
        'revoked',
        reason
    );
    return membership_id;
end
$$;

comment on function core.revoke_membership(uuid, text) is 'Ends a membership, or turns down a request.';

revoke execute on function core.revoke_membership(uuid, text) from public;
grant execute on function core.revoke_membership(uuid, text) to authenticated;
