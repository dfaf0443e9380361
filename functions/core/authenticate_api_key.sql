-- What a server asks before it lets a key in: the claims to set for it, or nothing. It asks with the key's SHA-256,
-- which is what is stored: the key itself stays out of statements, and so out of logs.

create or replace function core.authenticate_api_key(key_hash bytea)
returns jsonb
language plpgsql
volatile
strict
security definer -- keys are nobody's to read
set search_path = pg_catalog, pg_temp
as $$
declare
    api_key core.api_keys;
begin
    select * into api_key
    from core.api_keys k
    where k.key_hash = authenticate_api_key.key_hash
        and k.revoked_at is null
        and k.expires_at > now();
    if not found then
        return null;
    end if;
    -- Once a day: a busy key is not a busy row. Nobody waits for it.
    if api_key.last_used_on is distinct from current_date then
        update core.api_keys k
        set last_used_on = current_date
        where k.id = (select l.id from core.api_keys l where l.id = api_key.id for no key update skip locked);
    end if;
    return jsonb_build_object(
        'role', 'authenticated',
        'person', api_key.person_id,
        'api_key', api_key.id,
        'channel', api_key.channel,
        'requests_per_minute', api_key.requests_per_minute,
        'exp', floor(extract(epoch from api_key.expires_at))
    );
end
$$;

comment on function core.authenticate_api_key(bytea) is
    'The claims to set for an API key, named by its SHA-256, or null.';

revoke execute on function core.authenticate_api_key(bytea) from public;
grant execute on function core.authenticate_api_key(bytea) to service_role;
