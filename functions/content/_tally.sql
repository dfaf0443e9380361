-- Counts a poll: what each option got, and its place; none before the first ballot.
--
-- Where options are ranked, it is counted in rounds (instant run-off). In each, a ballot counts for the option it ranks
-- best among those still there, and the one with the fewest ballots leaves. Of several with the fewest, the one leaves
-- that fewer rank first of all; of those, the one that stands last in the list. The last two are decided between in
-- one round. What an option got is what it had in its last round. Otherwise what options got is added up, and those
-- that got the same share a place.

create or replace function content._tally(poll_id uuid)
returns table (number integer, tally bigint, place integer)
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    standing integer[] := array(
        select o.number
        from content.polls p
        join content.poll_options o on o.tenant_id = p.tenant_id and o.poll_id = p.id
        where p.id = _tally.poll_id
        order by o.number
    );
    cast_at_all constant boolean := exists (select from content._choices(_tally.poll_id));
    firsts constant bigint[] := array(
        select (select count(*) from content._choices(_tally.poll_id) c (choices) where c.choices[s.number] = 1)
        from unnest(standing) s (number)
        order by s.number
    );
begin
    if (select p.method <> 'ranked' from content.polls p where p.id = _tally.poll_id) then
        return query
        select o.number, s.total, case when cast_at_all then (rank() over (order by s.total desc))::integer end
        from unnest(standing) o (number)
        cross join lateral (
            select coalesce(sum(c.choices[o.number]), 0) from content._choices(_tally.poll_id) c (choices)
        ) s (total);
        return;
    end if;
    while standing <> '{}' loop
        for number, tally in
            select o.number, count(c.best)
            from unnest(standing) o (number)
            left join (
                select
                    c.choices,
                    (
                        select s.number
                        from unnest(standing) s (number)
                        where c.choices[s.number] > 0
                        order by c.choices[s.number]
                        limit 1
                    ) as best
                from content._choices(_tally.poll_id) c (choices)
            ) c on c.best = o.number
            group by o.number
            order by count(c.best), firsts[o.number], o.number desc
            limit case cardinality(standing) when 2 then 2 else 1 end
        loop
            place := case when cast_at_all then cardinality(standing) end;
            return next;
            standing := array_remove(standing, number);
        end loop;
    end loop;
end
$$;

comment on function content._tally(uuid) is 'Counts a poll: what each option got, and its place.';

revoke execute on function content._tally(uuid) from public;
