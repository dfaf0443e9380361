-- The scopes I am kept from.

create or replace function core.barred(capability text default 'access')
returns setof uuid
language sql
stable
strict
rows 10
security definer -- policies ask this
set search_path = pg_catalog, pg_temp
as $$
    select core._barred(barred.capability, core.me())
$$;

comment on function core.barred(text) is 'The scopes I am kept from, for a capability; access stands for everything.';

revoke execute on function core.barred(text) from public;
grant execute on function core.barred(text) to anon, authenticated, service_role;
