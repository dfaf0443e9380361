-- Locks every row of these people, also those that turned out to be them, and returns which those are. One transaction
-- at a time: nobody turns out to be somebody else until it ends, so whose rows are one is known before the first of
-- them is locked. Call it before anything else of a person is locked, or somebody who waits here has what it waits for.

create or replace function core._hold_people(person_ids uuid[])
returns uuid[]
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    survivors uuid[];
    held uuid[];
begin
    perform pg_advisory_xact_lock(hashtextextended('core._hold_people', 0));
    select array_agg(coalesce(p.merged_into, p.id)) into survivors from core.people p where p.id = any (person_ids);
    select array_agg(l.id) into held
    from (
        select p.id
        from core.people p
        where p.id = any (survivors) or p.merged_into = any (survivors)
        order by p.id
        for update
    ) l;
    return held;
end
$$;

comment on function core._hold_people(uuid[]) is 'Locks every row of these people, and returns which those are.';

revoke execute on function core._hold_people(uuid[]) from public;
