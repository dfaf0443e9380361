-- What is written once and never again: nothing of it is changed or taken away.

create or replace function audit.tg__append_only()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._refuse('append_only', tg_table_schema || '.' || tg_table_name);
    return null;
end
$$;

comment on function audit.tg__append_only() is 'Refuses to change or take away rows of a table that is only added to.';

revoke execute on function audit.tg__append_only() from public;
