-- Puts a question to those who belong to a place, or to those of them who hold a role there. Who may put it, the caller
-- has looked at. A poll for consent has its four options; any other can be given more until the first ballot.

create or replace function content._open_poll(
    scope_id uuid,
    question text,
    method content.poll_method,
    closes_at timestamptz,
    options text[],
    description text,
    work_id uuid,
    most integer,
    role_key text,
    anonymous boolean,
    may_change boolean,
    results_shown content.results_shown,
    quorum integer
)
returns uuid
language plpgsql
volatile
security definer -- polls are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    poll content.polls;
begin
    perform core._require_open(scope_id);
    if scope_id in (select core.barred('vote')) then
        perform core._refuse('barred', 'vote');
    end if;
    insert into content.polls (
        tenant_id, scope_id, work_id, question, description, method, most, role_key, anonymous, may_change,
        results_shown, quorum, opened_by, closes_at
    )
    select
        s.tenant_id, s.id, _open_poll.work_id, btrim(_open_poll.question), _open_poll.description, _open_poll.method,
        _open_poll.most, _open_poll.role_key, _open_poll.anonymous, _open_poll.may_change, _open_poll.results_shown,
        _open_poll.quorum, core.me(), _open_poll.closes_at
    from core.scopes s
    where s.id = _open_poll.scope_id
    returning * into poll;
    insert into content.poll_options (tenant_id, poll_id, number, label)
    select poll.tenant_id, poll.id, o.number, btrim(o.label)
    from unnest(
        case when poll.method = 'consent' then '{Agree,Abstain,Object,Block}'::text[] end || _open_poll.options
    ) with ordinality o (label, number);
    perform ops._emit(poll.tenant_id, poll.scope_id, 'poll.opened', jsonb_build_object('poll_id', poll.id));
    return poll.id;
end
$$;

comment on function content._open_poll(
    uuid, text, content.poll_method, timestamptz, text[], text, uuid, integer, text, boolean, boolean,
    content.results_shown, integer
) is 'Puts a question to those who belong to a place.';

revoke execute on function content._open_poll(
    uuid, text, content.poll_method, timestamptz, text[], text, uuid, integer, text, boolean, boolean,
    content.results_shown, integer
) from public;
