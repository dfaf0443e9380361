-- Invites into a scope, with roles, or as somebody who simply belongs. Returns the token, once: it is not stored.
-- An invitation is for whoever holds it, up to max_uses people.

create or replace function core.invite(
    scope_id uuid,
    roles text[] default '{}',
    max_uses integer default 1,
    expires_at timestamptz default null,
    message text default ''
)
returns text
language plpgsql
volatile
security definer -- invitations are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core.me();
    secret constant text := core._new_token();
    belonging constant text := core._default_role(scope_id);
    tenant uuid;
    level smallint;
    invitation uuid;
    role record;
begin
    perform core._require('member.invite', scope_id);
    if scope_id in (select core.barred('invite')) then
        perform core._refuse('barred', 'invite');
    end if;
    perform core._require_ahead(expires_at);
    select s.tenant_id, s.level into strict tenant, level from core.scopes s where s.id = invite.scope_id;
    insert into core.invitations (tenant_id, scope_id, token_hash, message, max_uses, expires_at, created_by)
    values (
        tenant, invite.scope_id, sha256(convert_to(secret, 'utf8')), invite.message, invite.max_uses,
        coalesce(
            invite.expires_at,
            now() + (core.setting('invitations.expire_after', invite.scope_id) #>> '{}')::interval
        ),
        me
    )
    returning id into invitation;
    for role in
        select k.key, r.id, r.levels
        from unnest(case when cardinality(invite.roles) > 0 then invite.roles else array[belonging] end) as k (key)
        left join core.roles r on r.tenant_id = tenant and r.key = k.key and r.retired_at is null
    loop
        if role.id is null then
            perform core._refuse('not_found', 'role');
        end if;
        if not level = any (role.levels) then
            perform core._refuse('role_not_here', role.key);
        end if;
        -- Whoever may invite may give the role of somebody who simply belongs, if they hold it; no other one.
        if role.key <> belonging then
            perform core._require('role.grant', scope_id);
        end if;
        perform core._require_grantable(role.id, scope_id);
        insert into core.invitation_roles (tenant_id, invitation_id, role_id)
        values (tenant, invitation, role.id)
        on conflict on constraint invitation_roles_pkey do nothing;
    end loop;
    -- The organization stands in front, so that the secret is looked for among its invitations only.
    return replace(tenant::text, '-', '') || '.' || secret;
end
$$;

comment on function core.invite(uuid, text[], integer, timestamptz, text) is
    E'Invites into a scope, with roles. The token that it returns is shown this once.\n'
    'roles: The roles that it brings, by their keys; without any, that of somebody who belongs.\n'
    'max_uses: How many people may use it.\n'
    'expires_at: Until when it can be used.\n'
    'message: A few words from whoever invites.';

revoke execute on function core.invite(uuid, text[], integer, timestamptz, text) from public;
grant execute on function core.invite(uuid, text[], integer, timestamptz, text) to authenticated;
