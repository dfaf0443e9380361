-- Gives back to a suspended or banned membership what it gave.

create or replace function core.reinstate_membership(membership_id uuid)
returns uuid
language plpgsql
volatile
security definer -- memberships are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._change_membership(
        membership_id, array['suspended', 'banned']::core.membership_status[], 'active', null
    );
    return membership_id;
end
$$;

comment on function core.reinstate_membership(uuid) is
    'Gives back to a suspended or banned membership what it gave.';

revoke execute on function core.reinstate_membership(uuid) from public;
grant execute on function core.reinstate_membership(uuid) to authenticated;
