-- A project or place in which nobody is left to manage it gets a manager, from those who manage what stands above.
-- The one way round the rule that nobody grants what they do not hold: without it such a place were lost for good.

create or replace function core.appoint_manager(scope_id uuid, person_id uuid)
returns uuid
language plpgsql
volatile
security definer -- memberships and roles are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    place core.scopes;
    membership_id uuid;
begin
    perform core._require('scope.manage', scope_id);
    -- Locked, so that of two who come to the rescue the second finds somebody there.
    select * into place from core.scopes s where s.id = appoint_manager.scope_id for update;
    if place.level = 0 then
        perform core._refuse('role_not_here', 'manager');
    end if;
    if exists (
        select
        from core.memberships m
        cross join lateral core._held('member.manage', m.person_id) held
        where m.tenant_id = place.tenant_id
            and m.scope_id = place.id
            and m.status = 'active'
            and held.scope_id = place.id
    ) then
        perform core._refuse('still_managed');
    end if;
    if person_id is null or not core._knows(place.tenant_id, person_id) then
        perform core._refuse('not_found', 'person');
    end if;
    select m.id into membership_id
    from core.memberships m
    where m.tenant_id = place.tenant_id
        and m.scope_id = place.id
        and m.person_id = appoint_manager.person_id
        and m.status = 'active';
    if membership_id is null then
        return core._join(place.id, person_id, array[core._manager_role(place.level)], core.me());
    end if;
    insert into core.membership_roles (tenant_id, membership_id, role_id, owns, granted_by)
    select r.tenant_id, appointed.id, r.id, r.is_owner, core.me()
    from core.roles r, (select membership_id) as appointed (id)
    where r.tenant_id = place.tenant_id and r.key = core._manager_role(place.level);
    return membership_id;
end
$$;

comment on function core.appoint_manager(uuid, uuid) is
    E'Gives a manager to a project or place in which nobody is left to manage it, and returns their membership.\n'
    'person_id: Who is to manage it.';

revoke execute on function core.appoint_manager(uuid, uuid) from public;
grant execute on function core.appoint_manager(uuid, uuid) to authenticated;
