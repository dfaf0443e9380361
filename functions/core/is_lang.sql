-- A language tag as BCP 47 has them, as far as shape goes: en, pt-BR, iu-Latn-CA.

create or replace function core.is_lang(value text)
returns boolean
language sql
immutable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $$
    select length(value) <= 35 and value ~ '^[a-z]{2,8}(-[A-Za-z0-9]{1,8})*$'
$$;

comment on function core.is_lang(text) is 'Whether a text has the shape of a language tag.';

revoke execute on function core.is_lang(text) from public;
grant execute on function core.is_lang(text) to anon, authenticated, service_role;
