-- The words by which a scope is found. Names are of any language, so words are taken as they are written. An index of
-- core.scopes asks this, and so does whoever searches it.

create or replace function core._scope_words(name text, description text)
returns tsvector
language sql
immutable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $$
    select setweight(to_tsvector('simple', name), 'A') || setweight(to_tsvector('simple', description), 'B')
$$;

comment on function core._scope_words(text, text) is 'The words by which a scope is found.';

revoke execute on function core._scope_words(text, text) from public;
