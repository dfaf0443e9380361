-- A server saw the text in DNS: from now on the host name leads to the project. One host, one project.

create or replace function core.verify_domain(host text, token text)
returns void
language plpgsql
volatile
security definer -- domains are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    update core.project_domains d
    set verified_at = coalesce(d.verified_at, now())
    where d.host = lower(verify_domain.host) and d.verification_token = verify_domain.token;
    if not found then
        perform core._refuse('not_found', 'claim on that host');
    end if;
exception
    when unique_violation then
        perform core._refuse('host_taken', host);
end
$$;

comment on function core.verify_domain(text, text) is 'Records that a host name was verified.';

revoke execute on function core.verify_domain(text, text) from public;
grant execute on function core.verify_domain(text, text) to service_role;
