-- What is looked for, as each language understands it that works are written in: a question says it in the words of the
-- work, whichever those are, and nobody has to say which language they write. It is never refused; of a long one the
-- first 300 letters count.

create or replace function content._understood(query text)
returns table (dictionary text, words tsquery)
language sql
stable
rows 3
set search_path = pg_catalog, pg_temp
as $$
    with recursive known (dictionary) as (
        select min(e.dictionary) from content.search_entries e
        union all
        -- From one to the next, without a look at all the rows between.
        select (select min(e.dictionary) from content.search_entries e where e.dictionary > k.dictionary)
        from known k
        where k.dictionary is not null
    )
    select k.dictionary, websearch_to_tsquery(k.dictionary::regconfig, left(query, 300))
    from known k
    where k.dictionary is not null
$$;

comment on function content._understood(text) is 'What is looked for, as each language understands it.';

revoke execute on function content._understood(text) from public;
