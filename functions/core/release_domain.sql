-- Gives up a host name.

create or replace function core.release_domain(project_id uuid, host text)
returns void
language plpgsql
volatile
security definer -- domains are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require('domain.manage', project_id);
    delete from core.project_domains d
    where d.project_id = release_domain.project_id and d.host = lower(release_domain.host);
    if not found then
        perform core._refuse('not_found', 'claim on that host');
    end if;
end
$$;

comment on function core.release_domain(uuid, text) is
    E'Gives up a host name of a project.\n'
    'host: The host name.';

revoke execute on function core.release_domain(uuid, text) from public;
grant execute on function core.release_domain(uuid, text) to authenticated;
