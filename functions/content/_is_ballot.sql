-- Whether somebody can vote like this: one number for each of two options or more. One of them is chosen; or some are
-- approved of; or each gets a score; or some are ranked, 1 the best, without a gap and none like another; or dots are
-- shared out, no more than there are.

create or replace function content._is_ballot(method content.poll_method, most integer, choices integer[])
returns boolean
language sql
immutable
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(
        array_ndims(choices) = 1
        and array_lower(choices, 1) = 1
        and cardinality(choices) >= 2
        and array_position(choices, null) is null
        and (
            select
                min(c) >= 0
                and case method
                    when 'approval' then max(c) = 1
                    when 'score' then max(c) <= most
                    when 'ranked' then
                        max(c) >= 1
                        and max(c) = count(*) filter (where c > 0)
                        and max(c) = count(distinct c) filter (where c > 0)
                    when 'dot' then sum(c) between 1 and most
                    else sum(c) = 1
                end
            from unnest(choices) c
        ),
        false
    )
$$;

comment on function content._is_ballot(content.poll_method, integer, integer[]) is
    'Whether somebody can vote like this.';

revoke execute on function content._is_ballot(content.poll_method, integer, integer[]) from public;
