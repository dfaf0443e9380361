-- Asks to join a scope that can be found. Somebody who may decides.

create or replace function core.request_membership(scope_id uuid, message text default '')
returns uuid
language plpgsql
volatile
security definer -- memberships are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column -- what conflicts names columns, and cannot be qualified
declare
    me constant uuid := core._require_person();
    place core.scopes;
    membership_id uuid;
begin
    select * into place
    from core.scopes s
    where s.id = request_membership.scope_id
        and (
            s.visibility = 'public'
            or (s.visibility = 'organization' and s.tenant_id = any (core.reach(0)))
        );
    if place.id is null
        or place.id in (select core.barred())
        or core.setting('members.may_request', place.id) = 'false'
    then
        perform core._refuse('not_found', 'place');
    end if;
    perform core._require_open(place.id);
    perform core._require_present(me);
    insert into core.memberships (tenant_id, scope_id, level, project_id, person_id, status, message)
    values (
        place.tenant_id, place.id, place.level, place.project_id, me, 'requested', request_membership.message
    )
    on conflict (tenant_id, scope_id, person_id) where ended_at is null do nothing
    returning id into membership_id;
    if membership_id is null then
        perform core._refuse('already_member');
    end if;
    return membership_id;
end
$$;

comment on function core.request_membership(uuid, text) is
    'Asks to join a scope, and returns the id of the request.';

revoke execute on function core.request_membership(uuid, text) from public;
grant execute on function core.request_membership(uuid, text) to authenticated;
