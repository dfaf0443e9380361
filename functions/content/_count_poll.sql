-- Writes down what a poll came to, with so many ballots. Of an anonymous one with fewer than three nothing is told:
-- with two, each of those who voted would know what the other did.

create or replace function content._count_poll(poll_id uuid, ballots bigint)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    poll content.polls;
begin
    update content.polls p
    set
        counted_at = clock_timestamp(),
        ballots = _count_poll.ballots,
        tallies = case when told then coalesce(t.tallies, '{}') end,
        places = case when told then coalesce(t.places, '{}') end
    from (
        select array_agg(t.tally order by t.number) as tallies, array_agg(t.place order by t.number) as places
        from content._tally(_count_poll.poll_id) t
    ) t
    cross join lateral (
        select not q.anonymous or _count_poll.ballots >= 3 as told
        from content.polls q
        where q.id = _count_poll.poll_id
    ) q
    where p.id = _count_poll.poll_id
    returning p.* into poll;
    perform ops._emit(poll.tenant_id, poll.scope_id, 'poll.counted', jsonb_build_object('poll_id', poll.id));
end
$$;

comment on function content._count_poll(uuid, bigint) is 'Writes down what a poll came to.';

revoke execute on function content._count_poll(uuid, bigint) from public;
