-- Nobody grants what they do not hold.

create or replace function core._require_grantable(role_id uuid, scope_id uuid)
returns void
language plpgsql
stable
security definer -- reads roles whoever asks
set search_path = pg_catalog, pg_temp
as $$
declare
    lacking constant text := core._lacks(core.me(), role_id, scope_id);
begin
    if lacking is not null then
        perform core._refuse('grant_unheld', lacking);
    end if;
end
$$;

comment on function core._require_grantable(uuid, uuid) is
    'Refuses to grant a role that holds more than its granter.';

revoke execute on function core._require_grantable(uuid, uuid) from public;
