-- The outcome of a decision is what its poll came to, whoever writes what; until that is counted, none.

create or replace function content.tg_decisions__follow()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
    poll content.polls;
begin
    select p.* into poll from content.polls p where p.tenant_id = new.tenant_id and p.id = new.poll_id;
    new.outcome := case
        when poll.counted_at is not null
            then content._outcome(new.process, poll.ballots >= poll.quorum, poll.tallies)
    end;
    new.decided_at := poll.counted_at;
    return new;
end
$$;

comment on function content.tg_decisions__follow() is 'Gives a decision the outcome that its poll came to.';

revoke execute on function content.tg_decisions__follow() from public;
