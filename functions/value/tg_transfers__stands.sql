-- A transfer stands as it was made. That a pending one was resolved is written on it once, with what resolved it. To
-- take it away is to make it distinct from what it was, too.

create or replace function value.tg_transfers__stands()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    if old.resolution_id is not null then
        perform core._refuse('append_only', 'value.transfers');
    end if;
    old.resolution_id := new.resolution_id;
    old.resolution := new.resolution;
    old.state := new.state;
    if old is distinct from new then
        perform core._refuse('append_only', 'value.transfers');
    end if;
    return new;
end
$$;

comment on function value.tg_transfers__stands() is 'Refuses to change a transfer, but for what became of it.';

revoke execute on function value.tg_transfers__stands() from public;
