-- Claims a host name for a project. Returns what to publish in DNS; before it is verified it leads nowhere.

create or replace function core.claim_domain(project_id uuid, host text)
returns text
language plpgsql
volatile
security definer -- domains are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    token text;
begin
    perform core._require('domain.manage', project_id);
    insert into core.project_domains as d (host, tenant_id, project_id)
    select lower(claim_domain.host), p.tenant_id, p.id
    from core.projects p
    where p.id = claim_domain.project_id
    on conflict on constraint project_domains_pkey do update set verified_at = d.verified_at
    returning d.verification_token into token;
    if token is null then
        perform core._refuse('not_found', 'project');
    end if;
    return token;
end
$$;

comment on function core.claim_domain(uuid, text) is
    E'Claims a host name for a project, and returns the text to publish in its DNS.\n'
    'host: The host name.';

revoke execute on function core.claim_domain(uuid, text) from public;
grant execute on function core.claim_domain(uuid, text) to authenticated;
