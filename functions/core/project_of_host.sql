-- Which project a host name leads to; null where none, or while it is not verified.

create or replace function core.project_of_host(host text)
returns uuid
language sql
stable
strict
security definer -- a request names its host before anybody is signed in
set search_path = pg_catalog, pg_temp
as $$
    select d.project_id
    from core.project_domains d
    where d.host = lower(project_of_host.host) and d.verified_at is not null
$$;

comment on function core.project_of_host(text) is
    E'Which project a host name leads to.\n'
    'host: The host name.';

revoke execute on function core.project_of_host(text) from public;
grant execute on function core.project_of_host(text) to anon, authenticated, service_role;
