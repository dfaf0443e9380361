-- Makes a key for a program. It acts for whoever makes it, in one scope, with some of their permissions there.
-- Returns the key, once: it is not stored.

create or replace function core.create_api_key(
    scope_id uuid,
    name text,
    permissions text[],
    expires_at timestamptz default null,
    channel text default null,
    requests_per_minute integer default 600
)
returns text
language plpgsql
volatile
security definer -- keys are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
    secret constant text := 'el_' || core._new_token();
    key_id uuid;
    unheld text;
begin
    perform core._require('key.manage', scope_id);
    select p into unheld
    from unnest(permissions) p
    where core.can(p, scope_id) is not true
    limit 1;
    if found then
        perform core._refuse('grant_unheld', unheld);
    end if;
    perform core._require_ahead(expires_at);
    insert into core.api_keys (
        key_hash, tenant_id, scope_id, person_id, name, channel, requests_per_minute, expires_at
    )
    select
        sha256(convert_to(secret, 'utf8')), s.tenant_id, s.id, me, btrim(create_api_key.name),
        create_api_key.channel, create_api_key.requests_per_minute,
        coalesce(create_api_key.expires_at, now() + interval '1 year')
    from core.scopes s
    where s.id = create_api_key.scope_id
    returning id into key_id;
    insert into core.api_key_permissions (api_key_id, permission)
    select distinct key_id, p from unnest(permissions) p;
    return secret;
end
$$;

comment on function core.create_api_key(uuid, text, text[], timestamptz, text, integer) is
    E'Makes a key for a program. The key that it returns is shown this once.\n'
    'permissions: Which of my permissions it may make use of, by their keys.';

revoke execute on function core.create_api_key(uuid, text, text[], timestamptz, text, integer) from public;
grant execute on function core.create_api_key(uuid, text, text[], timestamptz, text, integer)
to authenticated;
