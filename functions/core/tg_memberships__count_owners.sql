-- A membership that stops or starts being active takes or gives its organization an owner, if it owns. None is
-- deleted while it has roles, so that deleting changes nothing here.

create or replace function core.tg_memberships__count_owners()
returns trigger
language plpgsql
security definer -- reads roles whoever writes
set search_path = pg_catalog, pg_temp
as $$
declare
    owns constant boolean := exists (
        select
        from core.membership_roles mr
        where mr.tenant_id = old.tenant_id
            and mr.membership_id = old.id
            and mr.owns
            and mr.revoked_at is null
    );
    was constant boolean := owns and old.status = 'active';
    is_now constant boolean := owns and new.status = 'active';
begin
    perform core._require_read_committed();
    if owns and lower(new.valid_during) > now() then
        perform core._refuse('owner_from_now');
    end if;
    if was <> is_now then
        perform core._count_owners(old.tenant_id, is_now::integer - was::integer);
    end if;
    return null;
end
$$;

comment on function core.tg_memberships__count_owners() is 'Keeps the count of active owners.';

revoke execute on function core.tg_memberships__count_owners() from public;
