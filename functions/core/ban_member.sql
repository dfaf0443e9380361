-- Bars a person from a scope and all below it, whatever roles they hold there.

create or replace function core.ban_member(membership_id uuid, reason text)
returns uuid
language plpgsql
volatile
security definer -- memberships are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._change_membership(
        membership_id,
        array['invited', 'requested', 'active', 'suspended']::core.membership_status[],
        'banned',
        reason
    );
    return membership_id;
end
$$;

comment on function core.ban_member(uuid, text) is
    E'Bars a person from a scope and all below it, whatever roles they hold.\n'
    'reason: Why.';

revoke execute on function core.ban_member(uuid, text) from public;
grant execute on function core.ban_member(uuid, text) to authenticated;
