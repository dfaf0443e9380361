-- Asks for an identity to be verified: mine, my ward's, or that of an organization I manage.

create or replace function core.request_verification(
    document_type text,
    evidence_uri text,
    person_id uuid default null,
    organization_id uuid default null
)
returns uuid
language plpgsql
volatile
security definer -- verifications are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
    subject constant uuid := coalesce(person_id, case when organization_id is null then me end);
    verification_id uuid;
begin
    if organization_id is not null then
        perform core._require('scope.manage', organization_id);
    elsif not core.acts_for(subject) then
        perform core._refuse('not_yours', 'verification');
    else
        perform core._require_unerased(subject);
    end if;
    insert into core.verifications (kind, person_id, organization_id, document_type, evidence_uri)
    values (
        case when organization_id is null then 'kyc' else 'kyb' end::core.verification_kind,
        subject, request_verification.organization_id, request_verification.document_type,
        request_verification.evidence_uri
    )
    returning id into verification_id;
    return verification_id;
exception
    when foreign_key_violation then
        perform core._refuse('not_found', 'organization');
        return null;
end
$$;

comment on function core.request_verification(text, text, uuid, uuid) is
    'Asks for an identity to be verified, mine or that of an organization, and returns the id of the request.';

revoke execute on function core.request_verification(text, text, uuid, uuid) from public;
grant execute on function core.request_verification(text, text, uuid, uuid) to authenticated;
