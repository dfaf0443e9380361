-- Active memberships take seats, in their scope and all above it that count them.

create or replace function core.tg_memberships__count_seats()
returns trigger
language plpgsql
security definer -- nobody may write the count
set search_path = pg_catalog, pg_temp
as $$
declare
    was constant boolean := tg_op <> 'INSERT' and old.status = 'active';
    is_now constant boolean := tg_op <> 'DELETE' and new.status = 'active';
    membership constant core.memberships := coalesce(new, old);
begin
    if was <> is_now then
        perform core._count_use(membership.scope_id, 'seats', case when is_now then 1 else -1 end);
    end if;
    return null;
end
$$;

comment on function core.tg_memberships__count_seats() is 'Counts seats.';

revoke execute on function core.tg_memberships__count_seats() from public;
