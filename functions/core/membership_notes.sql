-- What stands beside the memberships of a scope, for those who manage them: what people said when they asked to
-- join, and why somebody was suspended or banned.

create or replace function core.membership_notes(scope_id uuid)
returns table (membership_id uuid, person_id uuid, status core.membership_status, message text, reason text)
language plpgsql
stable
security definer -- these columns are granted to nobody
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require_me();
    if scope_id is null or not core.can('member.manage', scope_id) then
        perform core._refuse('not_permitted', 'member.manage');
    end if;
    return query
    select m.id, m.person_id, m.status, m.message, m.reason
    from core.memberships m
    where m.scope_id = membership_notes.scope_id
    order by m.created_at;
end
$$;

comment on function core.membership_notes(uuid) is
    E'For those who manage members: what people said when they asked to join, and why somebody was suspended or '
    'banned.\n'
    'membership_id: The membership.\n'
    'person_id: The person.\n'
    'status: How it stands.\n'
    'message: What they said when they asked to join.\n'
    'reason: Why they were suspended or banned.';

revoke execute on function core.membership_notes(uuid) from public;
grant execute on function core.membership_notes(uuid) to authenticated;
