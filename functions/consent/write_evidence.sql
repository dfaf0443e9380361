-- Keeps what shows that somebody decided, and who was there: whoever decided, or a server. Once.

create or replace function consent.write_evidence(
    consent_id uuid,
    evidence text default null,
    witness text default null
)
returns void
language plpgsql
volatile
security definer -- secrets are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    decided consent.consents;
    key bytea;
begin
    select c.* into decided from consent.consents c where c.id = write_evidence.consent_id;
    perform core._require_secret_access(decided.recorded_by);
    key := core._person_key(decided.recorded_by);
    insert into consent.consent_evidence (tenant_id, consent_id, person_id, evidence, witness)
    values (
        decided.tenant_id, decided.id, decided.recorded_by,
        core._seal(convert_to(write_evidence.evidence, 'utf8'), key),
        core._seal(convert_to(write_evidence.witness, 'utf8'), key)
    );
end
$$;

comment on function consent.write_evidence(uuid, text, text) is
    'Keeps what shows that somebody decided, and who was there.';

revoke execute on function consent.write_evidence(uuid, text, text) from public;
grant execute on function consent.write_evidence(uuid, text, text) to empathy_keyholder;
