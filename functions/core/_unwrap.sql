-- Opens a wrapped key with the key-encryption key that wraps it: the present one, or, while keys are being
-- rotated, the one before.

create or replace function core._unwrap(wrapped_key bytea, kek_id text)
returns bytea
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    kek bytea := core._kek();
begin
    if core._kek_id(kek) <> kek_id then
        kek := core._kek('empathy.kek_previous');
        if core._kek_id(kek) <> kek_id then
            perform core._refuse('secrets_unavailable');
        end if;
    end if;
    return core._open(wrapped_key, kek);
end
$$;

comment on function core._unwrap(bytea, text) is 'Opens a wrapped key.';

revoke execute on function core._unwrap(bytea, text) from public;
