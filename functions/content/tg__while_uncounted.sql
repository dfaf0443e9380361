-- Ballots, and who has voted, are written until their poll is counted, and never after. A ballot is changed where the
-- poll says so. The poll stays as it is until this is committed.

create or replace function content.tg__while_uncounted()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
    poll content.polls;
begin
    if tg_op = 'DELETE' then
        select p.* into poll
        from content.polls p
        where p.tenant_id = old.tenant_id and p.id = old.poll_id
        for key share;
    else
        select p.* into poll
        from content.polls p
        where p.tenant_id = new.tenant_id and p.id = new.poll_id
        for key share;
    end if;
    if poll.counted_at is not null then
        perform core._refuse('poll_closed');
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    if tg_op = 'UPDATE' and not poll.may_change then
        perform core._refuse('already_voted');
    end if;
    return new;
end
$$;

comment on function content.tg__while_uncounted() is 'Refuses ballots of a poll that is counted.';

revoke execute on function content.tg__while_uncounted() from public;
