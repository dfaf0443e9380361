-- How much readers did with works, on average: three times the comments, and the reactions, for each, as the score of a
-- work has it. Nothing, where there are none.

create or replace function insights._engagement(comments bigint, reactions bigint, items bigint)
returns numeric
language sql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
    select insights._two_figures((3 * comments + reactions)::numeric / nullif(items, 0))
$$;

comment on function insights._engagement(bigint, bigint, bigint) is 'How much readers did with works, on average.';

revoke execute on function insights._engagement(bigint, bigint, bigint) from public;
