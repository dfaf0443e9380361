-- Raises a refusal from the one list of them, with its code, words and hint.

create or replace function core._refuse(name text, variadic details text[] default '{}')
returns void
language plpgsql
stable
security definer -- the list is not for apps to read while they are being refused
set search_path = pg_catalog, pg_temp
as $$
declare
    refusal core.error_codes;
begin
    select * into refusal from core.error_codes e where e.name = _refuse.name;
    if not found then
        raise exception 'no refusal is called %', name;
    end if;
    raise exception using
        errcode = refusal.code,
        message = format(refusal.message, variadic details),
        hint = refusal.hint;
end
$$;

comment on function core._refuse(text, text[]) is 'Raises a refusal from core.error_codes.';

revoke execute on function core._refuse(text, text[]) from public;
