-- Takes a member out of a group again: a steward, or whoever wants to leave it.

create or replace function consent.remove_from_protocol_group(group_id uuid, membership_id uuid)
returns void
language plpgsql
volatile
security definer -- groups are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require_me();
    delete from consent.protocol_group_members g
    using core.memberships m
    where g.group_id = remove_from_protocol_group.group_id
        and g.membership_id = remove_from_protocol_group.membership_id
        and m.tenant_id = g.tenant_id
        and m.id = g.membership_id
        and (m.person_id = core.me() or core.can('protocol.admit', g.scope_id));
    if not found then
        perform core._refuse('not_found', 'member of such a group');
    end if;
end
$$;

comment on function consent.remove_from_protocol_group(uuid, uuid) is 'Takes a member out of a group.';

revoke execute on function consent.remove_from_protocol_group(uuid, uuid) from public;
grant execute on function consent.remove_from_protocol_group(uuid, uuid) to authenticated;
