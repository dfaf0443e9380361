-- The root scope lives as long as its organization.

create or replace function core.tg_scopes__keep_root()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._refuse('root_kept');
    return null;
end
$$;

comment on function core.tg_scopes__keep_root() is 'Refuses to delete the root scope.';

revoke execute on function core.tg_scopes__keep_root() from public;
