-- Keys do not change: other rows, the audit log and the world outside refer to them.

create or replace function core.tg__freeze_key()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._refuse('key_frozen', tg_table_name);
    return null;
end
$$;

comment on function core.tg__freeze_key() is 'Refuses to change the columns it is attached to.';

revoke execute on function core.tg__freeze_key() from public;
