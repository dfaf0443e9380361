-- A transfer moves something, or sets it aside: it is not committed without entries.

create or replace function value.tg_transfers__has_entries()
returns trigger
language plpgsql
security definer -- it runs at the end, as whoever ends the transaction
set search_path = pg_catalog, pg_temp
as $$
begin
    if not exists (
        select from value.entries e where e.tenant_id = new.tenant_id and e.transfer_id = new.id
    ) then
        perform core._refuse('transfer_unbalanced');
    end if;
    return null;
end
$$;

comment on function value.tg_transfers__has_entries() is 'Refuses a transfer without entries.';

revoke execute on function value.tg_transfers__has_entries() from public;
