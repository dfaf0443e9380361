-- Opens what shows that I decided, and who was there.

create or replace function consent.read_evidence(consent_id uuid, out evidence text, out witness text)
language plpgsql
volatile
security definer -- secrets are read by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    held consent.consent_evidence;
    key bytea;
begin
    select e.* into held from consent.consent_evidence e where e.consent_id = read_evidence.consent_id;
    perform core._require_secret_access(held.person_id);
    key := core._person_key(held.person_id);
    evidence := convert_from(core._open(held.evidence, key), 'utf8');
    witness := convert_from(core._open(held.witness, key), 'utf8');
end
$$;

comment on function consent.read_evidence(uuid) is 'Opens what shows that I decided, and who was there.';

revoke execute on function consent.read_evidence(uuid) from public;
grant execute on function consent.read_evidence(uuid) to empathy_keyholder;
