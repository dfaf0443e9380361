-- Takes from a membership everything it gives, until it is reinstated.

create or replace function core.suspend_membership(membership_id uuid, reason text)
returns uuid
language plpgsql
volatile
security definer -- memberships are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._change_membership(membership_id, array['active']::core.membership_status[], 'suspended', reason);
    return membership_id;
end
$$;

comment on function core.suspend_membership(uuid, text) is
    'Takes from a membership what it gives, until it is reinstated.';

revoke execute on function core.suspend_membership(uuid, text) from public;
grant execute on function core.suspend_membership(uuid, text) to authenticated;
