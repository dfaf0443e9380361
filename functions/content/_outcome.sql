-- What a group decided, from how many of it agreed, abstained, objected and blocked (in this order). Without their
-- quorum, or with so few that it is not told, it lapsed.

create or replace function content._outcome(
    process content.decision_process,
    quorum_met boolean,
    tallies bigint[]
)
returns content.decision_outcome
language sql
immutable
set search_path = pg_catalog, pg_temp
as $$
    select case
        when not quorum_met or tallies is null then 'lapsed'
        when case process
            when 'consensus' then tallies[1] > 0 and tallies[3] + tallies[4] = 0
            when 'elder_council' then tallies[1] > tallies[3] and tallies[4] = 0
            else tallies[1] > tallies[3] + tallies[4]
        end then 'accepted'
        else 'rejected'
    end::content.decision_outcome
$$;

comment on function content._outcome(content.decision_process, boolean, bigint[]) is
    'What a group decided, from how many of it agreed, abstained, objected and blocked.';

revoke execute on function content._outcome(content.decision_process, boolean, bigint[]) from public;
