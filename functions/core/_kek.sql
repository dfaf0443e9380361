-- The key-encryption key of this session. It comes as a connection option of the keyholder's own pool: never as a
-- statement, never as a parameter, because both can reach a log.

create or replace function core._kek(setting text default 'empathy.kek')
returns bytea
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    kek constant text := coalesce(current_setting(setting, true), '');
begin
    if kek !~ '^[0-9a-f]{64}$' then
        perform core._refuse('secrets_unavailable');
    end if;
    return decode(kek, 'hex');
end
$$;

comment on function core._kek(text) is 'The key-encryption key of this session.';

revoke execute on function core._kek(text) from public;
