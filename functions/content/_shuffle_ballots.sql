-- Empties the place where anonymous ballots wait, in one transaction, and answers how many polls it counted. The
-- ballots of polls that have closed are written where they stay; those of the others go back to waiting. All get new
-- random ids and a random order, and who has voted in these polls is written anew with them, so that no id, no order,
-- no position and no number of a transaction leads from one to the other. The place is truncated: rows that are only
-- deleted stay in its file until they are cleared away.
--
-- A poll is one batch, however many it has: those who read the ballots of a poll have never seen fewer of them. One
-- batch after another, with what stands between, would tell who is in which. Fewer than three are not written at all
-- (see content._count_poll).
--
-- Truncating waits for everybody who reads the table, such as a backup, and writing for who is being forgotten; whoever
-- votes waits meanwhile. After a second it leaves all as it is, for the next time.

create or replace function content._shuffle_ballots()
returns integer
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
set lock_timeout = '1s'
as $$
declare
    due constant uuid[] := array(
        select p.id
        from content.polls p
        where p.anonymous and p.counted_at is null and p.closes_at <= clock_timestamp()
        order by p.tenant_id, p.id
        for update skip locked
    );
    closed uuid;
    waiting content.waiting_ballots[];
    voted content.voters[];
begin
    -- What one transaction wrote, the last shuffle wrote.
    if due = '{}' and (select count(distinct w.xmin::text) from content.waiting_ballots w) < 2 then
        return 0;
    end if;
    lock table content.waiting_ballots in access exclusive mode;
    waiting := array(select w from content.waiting_ballots w);
    truncate content.waiting_ballots;
    insert into content.waiting_ballots (tenant_id, poll_id, method, most, choices)
    select w.tenant_id, w.poll_id, w.method, w.most, w.choices
    from unnest(waiting) w
    where w.poll_id <> all (due)
    order by gen_random_uuid();
    insert into content.anonymous_ballots (tenant_id, poll_id, method, most, choices)
    select w.tenant_id, w.poll_id, w.method, w.most, w.choices
    from (select u.*, count(*) over (partition by u.poll_id) as together from unnest(waiting) u) w
    where w.poll_id = any (due) and w.together >= 3
    order by gen_random_uuid();
    voted := array(
        select v from content.voters v where v.poll_id in (select w.poll_id from unnest(waiting) w)
    );
    delete from content.voters v where v.poll_id in (select w.poll_id from unnest(waiting) w);
    insert into content.voters (tenant_id, poll_id, person_id)
    select v.tenant_id, v.poll_id, v.person_id
    from unnest(voted) v
    order by gen_random_uuid();
    foreach closed in array due loop
        perform content._count_poll(closed, (select count(*) from unnest(waiting) w where w.poll_id = closed));
    end loop;
    return cardinality(due);
exception
    when lock_not_available then
        return 0;
end
$$;

comment on function content._shuffle_ballots() is
    'Empties the place where anonymous ballots wait, and answers how many polls it counted.';

revoke execute on function content._shuffle_ballots() from public;
