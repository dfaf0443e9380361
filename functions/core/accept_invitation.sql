-- Accepts an invitation. Unknown, expired, used up and taken back are one answer, so that tokens cannot be probed.

create or replace function core.accept_invitation(token text)
returns uuid
language plpgsql
volatile
security definer -- invitations and memberships are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
    invitation core.invitations;
    roles text[];
begin
    if token is null or token !~ '^[0-9a-f]{32}\.[A-Za-z0-9_-]{43}$' then
        perform core._refuse('invitation_unusable');
    end if;
    -- Before the invitation, as whoever is erased goes from the person to the invitations for their address.
    perform core._require_present(me);
    -- The row is locked by the update: of two who race for the last use, the second sees it gone.
    update core.invitations i
    set uses = i.uses + 1
    where i.tenant_id = split_part(token, '.', 1)::uuid
        and i.token_hash = sha256(convert_to(split_part(token, '.', 2), 'utf8'))
        and i.uses < i.max_uses
        and i.revoked_at is null
        and i.expires_at > now()
        and (
            i.email_index is null
            or exists (
                select
                from core.person_secrets s
                join core.people p on p.id = s.person_id
                where me in (p.id, p.merged_into) and s.email_index = i.email_index
            )
        )
    returning * into invitation;
    -- An invitation does not outlive the rights of whoever gave it: they could still give all that it brings.
    if invitation.id is null
        or invitation.scope_id in (select core._barred('invite', invitation.created_by))
        or not core._could(invitation.created_by, 'member.invite', invitation.scope_id)
        or exists (
            select
            from core.invitation_roles ir
            join core.roles r on r.tenant_id = ir.tenant_id and r.id = ir.role_id
            where ir.tenant_id = invitation.tenant_id
                and ir.invitation_id = invitation.id
                and (
                    core._lacks(invitation.created_by, r.id, invitation.scope_id) is not null
                    or (
                        r.key <> core._default_role(invitation.scope_id)
                        and not core._could(invitation.created_by, 'role.grant', invitation.scope_id)
                    )
                )
        )
    then
        perform core._refuse('invitation_unusable');
    end if;
    if invitation.scope_id in (select core.barred()) then
        perform core._refuse('barred', 'access');
    end if;
    perform core._require_open(invitation.scope_id);
    select array_agg(r.key) into roles
    from core.invitation_roles ir
    join core.roles r on r.tenant_id = ir.tenant_id and r.id = ir.role_id
    where ir.tenant_id = invitation.tenant_id and ir.invitation_id = invitation.id;
    return core._join(invitation.scope_id, me, roles, invitation.created_by, invitation.id);
end
$$;

comment on function core.accept_invitation(text) is
    E'Accepts an invitation and returns the id of the new membership.\n'
    'token: What came with the invitation.';

revoke execute on function core.accept_invitation(text) from public;
grant execute on function core.accept_invitation(text) to authenticated;
