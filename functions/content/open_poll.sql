-- Puts a question to those who belong to a place, and returns the id of the poll. It can be about a work that involves
-- whoever puts it.

create or replace function content.open_poll(
    scope_id uuid,
    question text,
    method content.poll_method,
    closes_at timestamptz,
    options text[] default '{}',
    description text default '',
    work_id uuid default null,
    most integer default 1,
    anonymous boolean default false,
    may_change boolean default false,
    results_shown content.results_shown default 'after_close',
    quorum integer default 0
)
returns uuid
language plpgsql
volatile
security definer -- polls are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require_person();
    if not core.can('poll.open', scope_id) then
        perform core._refuse('not_permitted', 'poll.open');
    end if;
    if work_id is not null and work_id not in (select content.involving_me()) then
        perform core._refuse('not_found', 'work of yours');
    end if;
    perform core._require_ahead(closes_at);
    return content._open_poll(
        scope_id, question, method, closes_at, options, description, work_id, most, null, anonymous, may_change,
        results_shown, quorum
    );
end
$$;

comment on function content.open_poll(
    uuid, text, content.poll_method, timestamptz, text[], text, uuid, integer, boolean, boolean, content.results_shown,
    integer
) is
    E'Puts a question to those who belong to a place, and returns the id of the poll.\n'
    'scope_id: To whom it is put: those who belong to this place when they vote.\n'
    'options: What can be chosen, in this order. More can be added as long as nobody has voted.';

revoke execute on function content.open_poll(
    uuid, text, content.poll_method, timestamptz, text[], text, uuid, integer, boolean, boolean, content.results_shown,
    integer
) from public;
grant execute on function content.open_poll(
    uuid, text, content.poll_method, timestamptz, text[], text, uuid, integer, boolean, boolean, content.results_shown,
    integer
) to authenticated;
