-- Demands a table that the log follows.

create or replace function audit._require_tracked(table_name text)
returns void
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
begin
    if not exists (
        select
        from ops.table_classes k
        where k.table_name = _require_tracked.table_name and k.untracked_because is null
    ) then
        perform core._refuse('not_found', 'table in the log');
    end if;
end
$$;

comment on function audit._require_tracked(text) is 'Demands a table that the log follows.';

revoke execute on function audit._require_tracked(text) from public;
