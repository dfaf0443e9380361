-- The world outside hears of a membership that began, changed or ended: its id, and nothing about the person.

create or replace function core.tg_memberships__tell()
returns trigger
language plpgsql
security definer -- the outbox is written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    if tg_op = 'INSERT' or new.status <> old.status then
        perform ops._emit(
            new.tenant_id, new.scope_id, 'membership.' || new.status,
            jsonb_build_object('membership_id', new.id, 'person_id', new.person_id)
        );
    end if;
    return null;
end
$$;

comment on function core.tg_memberships__tell() is 'Tells the outbox of a membership.';

revoke execute on function core.tg_memberships__tell() from public;
