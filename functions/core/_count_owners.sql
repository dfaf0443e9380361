-- Adds to the number of active owners of an organization. The check on the row refuses to go below one.

create or replace function core._count_owners(tenant_id uuid, delta integer)
returns void
language plpgsql
security definer -- nobody may write the count
set search_path = pg_catalog, pg_temp
as $$
begin
    if delta > 0 then
        insert into core.owner_counts as c (tenant_id, owners)
        values (_count_owners.tenant_id, delta)
        on conflict on constraint owner_counts_pkey do update set owners = c.owners + excluded.owners;
    elsif delta < 0 then
        update core.owner_counts c
        set owners = c.owners + delta
        where c.tenant_id = _count_owners.tenant_id;
    end if;
exception
    when check_violation then
        perform core._refuse('last_owner');
end
$$;

comment on function core._count_owners(uuid, integer) is
    'Adds to the number of active owners; never below one.';

revoke execute on function core._count_owners(uuid, integer) from public;
