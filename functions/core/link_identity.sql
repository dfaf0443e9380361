-- One person, several logins: a server that saw both sign-ins succeed ties the second to the person.

create or replace function core.link_identity(person_id uuid, issuer text, subject text)
returns void
language plpgsql
volatile
security definer -- logins are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require_present(person_id);
    insert into core.identities (issuer, subject, person_id)
    values (link_identity.issuer, link_identity.subject, link_identity.person_id);
end
$$;

comment on function core.link_identity(uuid, text, text) is 'Ties one more login to a person.';

revoke execute on function core.link_identity(uuid, text, text) from public;
grant execute on function core.link_identity(uuid, text, text) to service_role;
