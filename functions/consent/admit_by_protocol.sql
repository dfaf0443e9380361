-- Says whom a protocol names: those who hold a role in its community, one of its groups, or one member. Said twice, it
-- is said once.

create or replace function consent.admit_by_protocol(
    protocol_id uuid,
    role_id uuid default null,
    group_id uuid default null,
    membership_id uuid default null
)
returns uuid
language plpgsql
volatile
security definer -- admissions are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    protocol constant consent.protocols := consent._my_protocol(protocol_id, 'protocol.admit');
begin
    insert into consent.protocol_admissions (
        tenant_id, protocol_id, scope_id, role_id, group_id, membership_id, added_by
    )
    values (
        protocol.tenant_id, protocol.id, protocol.scope_id, admit_by_protocol.role_id, admit_by_protocol.group_id,
        admit_by_protocol.membership_id, core.me()
    )
    on conflict on constraint protocol_admissions_named_key do nothing;
    return (
        select a.id
        from consent.protocol_admissions a
        where a.tenant_id = protocol.tenant_id
            and a.protocol_id = protocol.id
            and (a.role_id, a.group_id, a.membership_id) is not distinct from (
                admit_by_protocol.role_id, admit_by_protocol.group_id, admit_by_protocol.membership_id
            )
    );
exception
    when foreign_key_violation or check_violation then
        perform core._refuse('not_found', 'role or group or member of this community');
        return null;
end
$$;

comment on function consent.admit_by_protocol(uuid, uuid, uuid, uuid) is
    E'Says whom a protocol names.\n'
    'role_id: Those who hold this role in the community.\n'
    'group_id: Those in this group.\n'
    'membership_id: This member.';

revoke execute on function consent.admit_by_protocol(uuid, uuid, uuid, uuid) from public;
grant execute on function consent.admit_by_protocol(uuid, uuid, uuid, uuid) to authenticated;
