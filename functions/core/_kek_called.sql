-- The key-encryption key of this session that has this id: the present one or, while keys are being rotated, the one
-- before.

create or replace function core._kek_called(kek_id text)
returns bytea
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    kek bytea := core._kek();
begin
    if core._kek_id(kek) <> kek_id and current_setting('empathy.kek_previous', true) <> '' then
        kek := core._kek('empathy.kek_previous');
    end if;
    if core._kek_id(kek) <> kek_id then
        perform core._refuse('kek_unknown');
    end if;
    return kek;
end
$$;

comment on function core._kek_called(text) is 'The key-encryption key of this session that has this id.';

revoke execute on function core._kek_called(text) from public;
