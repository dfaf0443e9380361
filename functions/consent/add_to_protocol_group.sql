-- Takes a member of the community into one of its groups. Done again, nothing changes.

create or replace function consent.add_to_protocol_group(group_id uuid, membership_id uuid)
returns void
language plpgsql
volatile
security definer -- groups are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    membership core.memberships;
begin
    perform core._require_me();
    select m.* into membership
    from consent.protocol_groups g
    join core.memberships m on m.tenant_id = g.tenant_id and m.scope_id = g.scope_id
    where g.id = add_to_protocol_group.group_id
        and m.id = add_to_protocol_group.membership_id
        and m.ended_at is null
        and core.can('protocol.admit', g.scope_id);
    if membership.id is null then
        perform core._refuse('not_found', 'group or member of its community');
    end if;
    perform core._require_open(membership.scope_id);
    insert into consent.protocol_group_members (tenant_id, group_id, scope_id, membership_id, added_by)
    values (membership.tenant_id, add_to_protocol_group.group_id, membership.scope_id, membership.id, core.me())
    on conflict on constraint protocol_group_members_pkey do nothing;
end
$$;

comment on function consent.add_to_protocol_group(uuid, uuid) is 'Takes a member into a group.';

revoke execute on function consent.add_to_protocol_group(uuid, uuid) from public;
grant execute on function consent.add_to_protocol_group(uuid, uuid) to authenticated;
