-- Granting or ending the owner's role on an active membership changes the number of owners.

create or replace function core.tg_membership_roles__count_owners()
returns trigger
language plpgsql
security definer -- reads memberships whoever writes
set search_path = pg_catalog, pg_temp
as $$
declare
    role constant core.membership_roles := coalesce(new, old);
    membership core.memberships;
    was boolean := tg_op <> 'INSERT';
    is_now boolean := tg_op <> 'DELETE';
begin
    if not role.owns then
        return null;
    end if;
    -- Locked, so that a status that changes at the same time is counted once, here or there.
    select * into membership
    from core.memberships m
    where m.tenant_id = role.tenant_id and m.id = role.membership_id
    for no key update;
    if tg_op <> 'INSERT' then
        was := old.revoked_at is null and membership.status = 'active';
    end if;
    if tg_op <> 'DELETE' then
        is_now := new.revoked_at is null and membership.status = 'active';
        if new.revoked_at is null and lower(membership.valid_during) > now() then
            perform core._refuse('owner_from_now');
        end if;
    end if;
    perform core._count_owners(role.tenant_id, is_now::integer - was::integer);
    return null;
end
$$;

comment on function core.tg_membership_roles__count_owners() is 'Keeps the count of active owners.';

revoke execute on function core.tg_membership_roles__count_owners() from public;
