-- Votes in a poll: a number for each option, in their order (see content.ballots). Whoever belongs to the place now, or
-- holds the role there that the poll asks for; in person, and once, unless the poll lets ballots be changed. Nothing
-- else is written: no event, no entry of the log, no time that could be held against an anonymous ballot.

create or replace function content.cast_ballot(poll_id uuid, choices integer[])
returns void
language plpgsql
volatile
security definer -- ballots are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
    poll content.polls;
begin
    perform core._require_present(me);
    -- From here on it gets no more options and is not counted.
    select p.* into poll
    from content.polls p
    where p.id = cast_ballot.poll_id
        and p.scope_id = any (core.reach(2))
        and (p.work_id is null or p.id in (select content.polls_on_works()))
    for key share;
    if poll.id is null then
        perform core._refuse('not_found', 'poll');
    end if;
    perform core._require_open(poll.scope_id);
    if poll.scope_id in (select core.barred('vote')) then
        perform core._refuse('barred', 'vote');
    end if;
    if poll.role_key is not null and not core._holds_role(poll.role_key, poll.scope_id) then
        perform core._refuse('not_permitted', poll.role_key);
    end if;
    -- By the clock: a transaction may have begun long ago, and may have waited.
    if clock_timestamp() >= poll.closes_at then
        perform core._refuse('poll_closed');
    end if;
    -- Checked before it is written: what a constraint refuses is written into the server's log.
    if not content._is_ballot(poll.method, poll.most, choices) or cardinality(choices) <> poll.options then
        perform core._refuse('ballot_misfit', poll.method::text);
    end if;
    if poll.anonymous then
        insert into content.voters (tenant_id, poll_id, person_id)
        values (poll.tenant_id, poll.id, me)
        on conflict on constraint voters_pkey do nothing;
        if not found then
            perform core._refuse('already_voted');
        end if;
        insert into content.waiting_ballots (tenant_id, poll_id, method, most, choices)
        values (poll.tenant_id, poll.id, poll.method, poll.most, cast_ballot.choices);
    else
        insert into content.ballots (tenant_id, poll_id, person_id, method, most, choices)
        values (poll.tenant_id, poll.id, me, poll.method, poll.most, cast_ballot.choices)
        on conflict on constraint ballots_pkey do update
        set choices = excluded.choices, cast_at = excluded.cast_at;
    end if;
end
$$;

comment on function content.cast_ballot(uuid, integer[]) is
    E'Votes in a poll: a number for each option, in their order.\n'
    'choices: For each option, in their order: 1 if it is chosen or approved of, its score, its rank, its dots; '
    'else 0.';

revoke execute on function content.cast_ballot(uuid, integer[]) from public;
grant execute on function content.cast_ballot(uuid, integer[]) to authenticated;
