-- Gives a key a successor, once. Both work until the overlap has passed; then the old one stops.

create or replace function core.rotate_api_key(
    api_key_id uuid,
    overlap interval default '7 days',
    expires_at timestamptz default null
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
    old_key core.api_keys;
    key_id uuid;
begin
    select * into old_key
    from core.api_keys k
    where k.id = rotate_api_key.api_key_id
        and k.person_id = me
        and k.revoked_at is null
        and k.expires_at > now()
    for no key update;
    if old_key.id is null then
        perform core._refuse('not_found', 'API key');
    end if;
    perform core._require('key.manage', old_key.scope_id);
    perform core._require_ahead(rotate_api_key.expires_at);
    insert into core.api_keys (
        key_hash, tenant_id, scope_id, person_id, name, channel, requests_per_minute, expires_at, rotated_from
    )
    values (
        sha256(convert_to(secret, 'utf8')), old_key.tenant_id, old_key.scope_id, me, old_key.name,
        old_key.channel, old_key.requests_per_minute,
        coalesce(rotate_api_key.expires_at, now() + (old_key.expires_at - old_key.created_at)), old_key.id
    )
    returning id into key_id;
    insert into core.api_key_permissions (api_key_id, permission)
    select key_id, kp.permission from core.api_key_permissions kp where kp.api_key_id = old_key.id;
    update core.api_keys k
    set expires_at = least(k.expires_at, now() + greatest(overlap, interval '1 minute'))
    where k.id = old_key.id;
    return secret;
exception
    when unique_violation then
        perform core._refuse('key_rotated');
        return null;
end
$$;

comment on function core.rotate_api_key(uuid, interval, timestamptz) is
    E'Gives a key its successor, which is shown this once; both work until the overlap has passed.\n'
    'overlap: How long the old one still works.';

revoke execute on function core.rotate_api_key(uuid, interval, timestamptz) from public;
grant execute on function core.rotate_api_key(uuid, interval, timestamptz) to authenticated;
