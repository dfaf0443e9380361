-- Adds an option to a poll of mine, as long as nobody has voted, and I could still put the question; returns its
-- number.

create or replace function content.add_poll_option(poll_id uuid, label text)
returns integer
language plpgsql
volatile
security definer -- options are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
    poll content.polls;
begin
    select p.* into poll
    from content.polls p
    where p.id = add_poll_option.poll_id
        and p.opened_by = me
        and core.can('poll.open', p.scope_id)
        and (p.work_id is null or p.work_id in (select content.involving_me()))
    for update;
    if poll.id is null then
        perform core._refuse('not_found', 'poll of yours');
    end if;
    perform core._require_open(poll.scope_id);
    if poll.scope_id in (select core.barred('vote')) then
        perform core._refuse('barred', 'vote');
    end if;
    if clock_timestamp() >= poll.closes_at then
        perform core._refuse('poll_closed');
    end if;
    insert into content.poll_options (tenant_id, poll_id, number, label)
    values (poll.tenant_id, poll.id, poll.options + 1, btrim(add_poll_option.label));
    return poll.options + 1;
end
$$;

comment on function content.add_poll_option(uuid, text) is
    'Adds an option to a poll of mine, as long as nobody has voted, and returns its number.';

revoke execute on function content.add_poll_option(uuid, text) from public;
grant execute on function content.add_poll_option(uuid, text) to authenticated;
