-- How Postgres understands words of a language: it knows endings and words that say nothing, of some. Whatever it does
-- not know (most of the languages there are) is understood word by word, as it is written. These are the ones that
-- every version from 15 on knows: with another list, the same rows would be other words after an upgrade.

create or replace function content._dictionary(lang text)
returns text
language sql
immutable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(
        (
            select known.dictionary
            from (
                values
                    ('ar', 'arabic'), ('ca', 'catalan'), ('da', 'danish'), ('de', 'german'), ('el', 'greek'),
                    ('en', 'english'), ('es', 'spanish'), ('eu', 'basque'), ('fi', 'finnish'), ('fr', 'french'),
                    ('ga', 'irish'), ('hi', 'hindi'), ('hu', 'hungarian'), ('hy', 'armenian'), ('id', 'indonesian'),
                    ('it', 'italian'), ('lt', 'lithuanian'), ('nb', 'norwegian'), ('ne', 'nepali'), ('nl', 'dutch'),
                    ('nn', 'norwegian'), ('no', 'norwegian'), ('pt', 'portuguese'), ('ro', 'romanian'),
                    ('ru', 'russian'), ('sr', 'serbian'), ('sv', 'swedish'), ('ta', 'tamil'), ('tr', 'turkish'),
                    ('yi', 'yiddish')
            ) as known (lang, dictionary)
            where known.lang = split_part(_dictionary.lang, '-', 1)
        ),
        'simple'
    )
$$;

comment on function content._dictionary(text) is 'How words of a language are understood.';

revoke execute on function content._dictionary(text) from public;
