-- Counts the polls that have closed, and answers how many. A poll in which somebody is just voting is counted the next
-- time: who began before it closed is not passed over.

create or replace function content.count_polls()
returns integer
language plpgsql
volatile
security definer -- polls are counted by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    poll content.polls;
    counted integer := 0;
begin
    perform core._require_read_committed();
    for poll in
        select *
        from content.polls p
        where not p.anonymous and p.counted_at is null and p.closes_at <= clock_timestamp()
        order by p.tenant_id, p.id
        for update skip locked
    loop
        perform content._count_poll(
            poll.id,
            (
                select count(*)
                from content.ballots b
                where b.tenant_id = poll.tenant_id and b.poll_id = poll.id
            )
        );
        counted := counted + 1;
    end loop;
    return counted + content._shuffle_ballots();
end
$$;

comment on function content.count_polls() is 'Counts the polls that have closed, and answers how many.';

revoke execute on function content.count_polls() from public;
grant execute on function content.count_polls() to service_role;
