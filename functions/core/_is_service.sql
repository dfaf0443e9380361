-- Whether a server is asking in its own name: the role that Supabase calls service_role.

create or replace function core._is_service()
returns boolean
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select 'service_role' in (current_setting('role', true), session_user)
$$;

comment on function core._is_service() is 'Whether a server is asking in its own name.';

revoke execute on function core._is_service() from public;
