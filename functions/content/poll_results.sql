-- What a poll came to: for each option what it got, and its place. The one way to results, for those the poll was put
-- to, servers and auditors. It refuses, whoever asks, until they are to be seen: before a poll is counted, it answers
-- only where the poll shows them meanwhile.

create or replace function content.poll_results(poll_id uuid)
returns table (number integer, label text, tally bigint, place integer, ballots integer, quorum_met boolean)
language plpgsql
stable
security definer -- counts ballots that nobody reads
set search_path = pg_catalog, pg_temp
as $$
declare
    poll content.polls;
begin
    select p.* into poll
    from content.polls p
    where p.id = poll_results.poll_id
        and (
            audit._sees_all()
            or (
                p.scope_id = any (core.reach(2))
                and (p.work_id is null or p.id in (select content.polls_on_works()))
            )
        );
    if poll.id is null then
        perform core._refuse('not_found', 'poll');
    end if;
    if poll.counted_at is null
        and poll.results_shown <> 'always'
        and (poll.results_shown <> 'after_vote' or poll.id not in (select content.voted_in()))
    then
        perform core._refuse('results_hidden');
    end if;
    if poll.counted_at is not null and poll.tallies is null then
        perform core._refuse('too_few_ballots');
    end if;
    if poll.counted_at is null then
        select count(*) into poll.ballots from content._choices(poll.id);
        select array_agg(t.tally order by t.number), array_agg(t.place order by t.number)
        into poll.tallies, poll.places
        from content._tally(poll.id) t;
    end if;
    return query
    select
        o.number::integer, o.label, poll.tallies[o.number], poll.places[o.number], poll.ballots,
        poll.ballots >= poll.quorum
    from content.poll_options o
    where o.tenant_id = poll.tenant_id and o.poll_id = poll.id
    order by o.number;
end
$$;

comment on function content.poll_results(uuid) is
    E'What a poll came to, once it is to be seen.\n'
    'number: Which option, from 1.\n'
    'label: What it says.\n'
    'tally: What it got.\n'
    'place: Its place, the best first.\n'
    'ballots: How many voted.\n'
    'quorum_met: Whether enough did.';

revoke execute on function content.poll_results(uuid) from public;
grant execute on function content.poll_results(uuid) to authenticated, service_role, empathy_auditor;
