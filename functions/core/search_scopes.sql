-- Finds the organizations, projects and places that I can see by their names, and by what they say of themselves. The
-- best come first, among equals the newest. Asked as people ask search engines: all of these words, "a phrase", this or
-- that, -not this. What I cannot see finds nothing, and changes nothing.

create or replace function core.search_scopes(query text, kind text default null, scope_id uuid default null)
returns setof core.found_scope
language plpgsql
stable
rows 100
security definer -- looks at scopes the person may not see: of those it says nothing
set search_path = pg_catalog, pg_temp
-- Planned for words that nobody knows yet, it goes by the index; for common ones it would read every row there is.
set plan_cache_mode = force_generic_plan
as $$
declare
    words constant tsquery := websearch_to_tsquery('simple', left(search_scopes.query, 300));
begin
    return query
    select s.tenant_id, s.id, ts_rank(core._scope_words(s.name, s.description), words)
    from core.known_scopes s
    where core._scope_words(s.name, s.description) @@ words
        and (search_scopes.kind is null or s.kind = search_scopes.kind)
        and (search_scopes.scope_id is null or search_scopes.scope_id = any (s.places))
    order by 3 desc, s.created_at desc, s.id desc
    limit 1000;
end
$$;

comment on function core.search_scopes(text, text, uuid) is
    E'Finds the scopes that I can see by their names and descriptions: the best first, then the newest. All of '
    'these words, "a phrase", this or that, -not this; of a kind, or within a scope.\n'
    'query: What to look for.\n'
    'scope_id: Only this scope, and what is below it.\n'
    'kind: Only scopes of this kind.';

revoke execute on function core.search_scopes(text, text, uuid) from public;
grant execute on function core.search_scopes(text, text, uuid) to anon, authenticated;
