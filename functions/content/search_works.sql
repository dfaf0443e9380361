-- Finds the works that I may know of by the words of what I read of them: title, summary, and the text of my version,
-- unless the work is restricted. The best come first, among equals the newest. Asked as people ask search engines: all
-- of these words, "a phrase", this or that, -not this. Words of what I do not read find nothing, and change nothing.
--
-- The index sieves what has the words and is addressed to me, or is mine. What comes through is looked at from the
-- newest on (content.known_works decides) until 5,000 works are found, and these are ranked: whoever finds more has the
-- oldest left out, and better asks for more words. What is hidden leaves nothing out.

create or replace function content.search_works(
    query text,
    kind text default null,
    scope_id uuid default null,
    tag_id uuid default null
)
returns setof content.found_work
language plpgsql
stable
rows 100
security definer -- looks at words of works the person may not see: of those it says nothing
set search_path = pg_catalog, pg_temp
-- Planned for words that nobody knows yet, it goes by the index; for common ones it would read every row there is.
set plan_cache_mode = force_generic_plan
as $$
declare
    everybody constant uuid := '00000000-0000-0000-0000-000000000000';
    mine constant uuid[] := everybody || core.reach(0) || core.reach(2) || core.granted('work.review', 2);
    dictionaries text[] := '{}';
    questions tsquery[] := '{}';
    sieve tsquery;
    understood record;
begin
    -- Each question goes to the works that are in its language, unless it is the same for all.
    for understood in
        select
            u.words, array_agg(u.dictionary) as dictionaries,
            string_agg(quote_literal('in ' || u.dictionary), '|')::tsquery as languages,
            count(*) = sum(count(*)) over () as is_only
        from content._understood(search_works.query) u
        group by u.words
    loop
        -- Nothing is left of it there, or only what it is not about.
        continue when querytree(understood.words) in ('', 'T');
        dictionaries := dictionaries || understood.dictionaries;
        questions := questions || array_fill(understood.words, array[cardinality(understood.dictionaries)]);
        if not understood.is_only then
            understood.words := understood.languages && understood.words;
        end if;
        sieve := coalesce(sieve || understood.words, understood.words);
    end loop;

    return query
    select e.tenant_id, e.work_id, e.version, ts_rank(e.words, q.words), search_works.query
    from (
        select sieved.*
        from (
            select e.tenant_id, e.work_id, e.version, e.created_at
            from content.search_entries e
            where search_works.scope_id is null and e.words @@ sieve and e.audiences && mine
            union all
            select e.tenant_id, e.work_id, e.version, e.created_at
            from content.search_entries e
            where search_works.scope_id is not null
                and e.words @@ sieve
                and e.audiences && mine
                and e.places @> array[search_works.scope_id]
            union all
            -- What is for nobody else, or not in this version.
            select e.tenant_id, e.work_id, e.version, e.created_at
            from (
                select a.work_id from consent.asking_me() a (work_id)
                union
                select c.work_id from content._concerning_me() c
            ) involving
            join content.works w on w.id = involving.work_id
            join content.search_entries e on e.tenant_id = w.tenant_id and e.work_id = w.id
            where e.words @@ sieve
                and not e.audiences && mine
                and (search_works.scope_id is null or e.places @> array[search_works.scope_id])
            order by created_at desc, work_id desc
            offset 0
        ) sieved
        where (
            select
                w.read_version = sieved.version
                and (search_works.kind is null or w.kind = search_works.kind)
                and (
                    search_works.tag_id is null
                    or exists (
                        select
                        from content.work_tags t
                        where t.tenant_id = w.tenant_id and t.work_id = w.id and t.tag_id = search_works.tag_id
                    )
                )
            from content.known_works w
            where w.tenant_id = sieved.tenant_id and w.id = sieved.work_id
        )
        order by sieved.created_at desc, sieved.work_id desc
        limit 5000
    ) f
    join content.search_entries e on e.tenant_id = f.tenant_id and e.work_id = f.work_id and e.version = f.version
    join unnest(dictionaries, questions) q (dictionary, words) on q.dictionary = e.dictionary
    order by 4 desc, e.created_at desc, e.work_id desc;
end
$$;

comment on function content.search_works(text, text, uuid, uuid) is
    E'Finds works by the words of what I read of them: the best first, then the newest. All of these words, "a '
    'phrase", this or that, -not this; of a kind, in a place and all below it, or with a tag.\n'
    'query: What to look for.\n'
    'scope_id: Only works of this organization, project or place.\n'
    'kind: Only works of this kind.\n'
    'tag_id: Only works that are called by this word.';

revoke execute on function content.search_works(text, text, uuid, uuid) from public;
grant execute on function content.search_works(text, text, uuid, uuid) to anon, authenticated;
