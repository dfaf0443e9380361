-- Opens one of a person's secrets.

create or replace function core.read_secret(person_id uuid, field text)
returns text
language plpgsql
volatile
security definer -- secrets are read by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    held core.person_secrets;
    sealed bytea;
begin
    perform core._require_secret_access(person_id);
    select * into held from core.person_secrets s where s.person_id = read_secret.person_id;
    sealed := case field
        when 'email' then held.email
        when 'phone' then held.phone
        when 'legal_name' then held.legal_name
    end;
    if sealed is null then
        return null;
    end if;
    return convert_from(core._open(sealed, core._person_key(person_id)), 'utf8');
end
$$;

comment on function core.read_secret(uuid, text) is 'Opens my email, phone or legal_name.';

revoke execute on function core.read_secret(uuid, text) from public;
grant execute on function core.read_secret(uuid, text) to empathy_keyholder;
