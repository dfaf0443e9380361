-- Takes back an invitation; who has used it already stays.

create or replace function core.revoke_invitation(invitation_id uuid)
returns void
language plpgsql
volatile
security definer -- invitations are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    invitation core.invitations;
begin
    select * into invitation from core.invitations i where i.id = revoke_invitation.invitation_id;
    perform core._require_me();
    if not coalesce(core.acts_for(invitation.created_by), false) then
        perform core._require('member.invite', invitation.scope_id);
    end if;
    update core.invitations i
    set revoked_at = coalesce(i.revoked_at, now())
    where i.tenant_id = invitation.tenant_id and i.id = invitation.id;
end
$$;

comment on function core.revoke_invitation(uuid) is
    'Takes back an invitation; who has used it already stays.';

revoke execute on function core.revoke_invitation(uuid) from public;
grant execute on function core.revoke_invitation(uuid) to authenticated;
