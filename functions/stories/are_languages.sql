-- Whether these are the tags of up to twenty different languages, none unknown.

create or replace function stories.are_languages(langs text[])
returns boolean
language sql
immutable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(
        count(*) <= 20 and count(distinct l.lang) = count(*) and bool_and(core.is_lang(l.lang)), true
    )
    from unnest(langs) as l (lang)
$$;

comment on function stories.are_languages(text[]) is 'Whether these are the tags of different languages.';

revoke execute on function stories.are_languages(text[]) from public;
grant execute on function stories.are_languages(text[]) to anon, authenticated, service_role;
