-- Who is in a group with whom: of all that waits, in one month and of one kind, which parts make which groups. From the
-- place upwards: whom there are too few of in a place is grouped in its project, and then in the organization; who is
-- left even there waits. Every group counts at least as many people as each of its places asks for, and as few as that
-- allows, so that little is lost when one of them takes back consent; as many as there are, where nobody can.
--
-- Within a place, those who told of the same make groups of their own, where they are enough, and whoever is left is
-- nobody or enough, too. Whom chance puts beside whom follows from the salt alone, which nobody keeps.

create or replace function insights._grouping(parts insights.waiting_part[], salt text, undivided boolean default false)
returns setof insights.grouped_part
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    waiting insights.waiting_part[] := parts;
    placed insights.grouped_part[];
begin
    for step in 1..3 loop
        placed := array(select g from insights._grouping_at(waiting, step, salt, undivided) g);
        return query
        select p.* from unnest(placed) p;
        waiting := array(
            select w from unnest(waiting) w where w.number not in (select p.part from unnest(placed) p)
        );
    end loop;
end
$$;

comment on function insights._grouping(insights.waiting_part[], text, boolean) is 'Who is in a group with whom.';

revoke execute on function insights._grouping(insights.waiting_part[], text, boolean) from public;
