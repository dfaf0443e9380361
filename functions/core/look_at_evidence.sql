-- Compliance looks at the evidence of a verification. The look is written down before the answer is given.

create or replace function core.look_at_evidence(verification_id uuid, reason text)
returns text
language plpgsql
volatile
security definer -- evidence is read through this alone
set search_path = pg_catalog, pg_temp
as $$
declare
    evidence text;
begin
    if not core.platform_can('verification.read') then
        perform core._refuse('not_permitted', 'verification.read');
    end if;
    insert into core.verification_looks (verification_id, person_id, reason)
    values (look_at_evidence.verification_id, core.me(), look_at_evidence.reason);
    select v.evidence_uri into evidence
    from core.verifications v
    where v.id = look_at_evidence.verification_id;
    return evidence;
exception
    when foreign_key_violation then
        perform core._refuse('not_found', 'verification');
        return null;
end
$$;

comment on function core.look_at_evidence(uuid, text) is
    E'Where the evidence of a verification lies. Who looked, when and why is kept, and the person can read it.\n'
    'reason: Why I look; the person can read it.';

revoke execute on function core.look_at_evidence(uuid, text) from public;
grant execute on function core.look_at_evidence(uuid, text) to authenticated, service_role;
