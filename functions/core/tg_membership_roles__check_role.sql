-- A role that needs a verified identity is not granted without one, and a retired role not at all. What counts is
-- when it was granted: merging two rows of one person takes over what they hold.

create or replace function core.tg_membership_roles__check_role()
returns trigger
language plpgsql
security definer -- reads roles and verifications whoever writes
set search_path = pg_catalog, pg_temp
as $$
declare
    asked record;
begin
    select r.key, r.levels, r.requires_kyc, r.retired_at, m.level, m.person_id
    into asked
    from core.roles r, core.memberships m
    where r.tenant_id = new.tenant_id
        and r.id = new.role_id
        and m.tenant_id = new.tenant_id
        and m.id = new.membership_id;
    if not asked.level = any (asked.levels) then
        perform core._refuse('role_not_here', asked.key);
    end if;
    if asked.retired_at <= new.granted_at then
        perform core._refuse('role_retired', asked.key);
    end if;
    if asked.requires_kyc and not core.is_verified(asked.person_id, new.granted_at) then
        perform core._refuse('kyc_required', asked.key);
    end if;
    return new;
end
$$;

comment on function core.tg_membership_roles__check_role() is
    'Refuses a role at the wrong level, one that is retired, and one that needs a verified identity.';

revoke execute on function core.tg_membership_roles__check_role() from public;
