-- Makes an invitation usable only by the person whose confirmed email address this is. Whoever made it does, before
-- it is used.

create or replace function core.bind_invitation(token text, email text)
returns void
language plpgsql
volatile
security definer -- invitations are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
begin
    if token is null or token !~ '^[0-9a-f]{32}\.[A-Za-z0-9_-]{43}$' then
        perform core._refuse('invitation_unusable');
    end if;
    update core.invitations i
    set email_index = core._blind_index(bind_invitation.email)
    where i.tenant_id = split_part(token, '.', 1)::uuid
        and i.token_hash = sha256(convert_to(split_part(token, '.', 2), 'utf8'))
        and i.created_by = me
        and i.uses = 0
        and i.revoked_at is null;
    if not found then
        perform core._refuse('invitation_unusable');
    end if;
end
$$;

comment on function core.bind_invitation(text, text) is
    'Makes an invitation usable only by the person whose confirmed email address this is.';

revoke execute on function core.bind_invitation(text, text) from public;
grant execute on function core.bind_invitation(text, text) to empathy_keyholder;
