-- Stops a key: whoever made it, in person, or whoever manages keys there.

create or replace function core.revoke_api_key(api_key_id uuid)
returns void
language plpgsql
volatile
security definer -- keys are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    api_key core.api_keys;
begin
    select * into api_key from core.api_keys k where k.id = revoke_api_key.api_key_id;
    perform core._require_me();
    if not coalesce(core.acts_for(api_key.person_id), false) then
        perform core._require('key.manage', api_key.scope_id);
    end if;
    update core.api_keys k set revoked_at = coalesce(k.revoked_at, now()) where k.id = api_key.id;
end
$$;

comment on function core.revoke_api_key(uuid) is 'Stops a key at once.';

revoke execute on function core.revoke_api_key(uuid) from public;
grant execute on function core.revoke_api_key(uuid) to authenticated;
