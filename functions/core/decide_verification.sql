-- Records the outcome of a verification. Nobody decides about themselves, or their ward.

create or replace function core.decide_verification(
    verification_id uuid,
    verified boolean,
    verifier text,
    valid_until timestamptz default null,
    reason text default null
)
returns void
language plpgsql
volatile
security definer -- verifications are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    verification core.verifications;
begin
    if not core.platform_can('verification.decide') then
        perform core._refuse('not_permitted', 'verification.decide');
    end if;
    select * into verification
    from core.verifications v
    where v.id = decide_verification.verification_id
    for no key update;
    if verification.id is null then
        perform core._refuse('not_found', 'verification');
    end if;
    if core._concerns_me(verification.person_id) then
        perform core._refuse('not_on_yourself');
    end if;
    if verification.status <> 'pending' then
        perform core._refuse('verification_decided');
    end if;
    if verified then
        perform core._require_ahead(valid_until);
    end if;
    update core.verifications v
    set
        status = case when decide_verification.verified then 'verified' else 'rejected' end::core.verification_status,
        verifier = decide_verification.verifier,
        decided_by = core.me(),
        decided_at = now(),
        valid_during = case
            when decide_verification.verified then tstzrange(now(), decide_verification.valid_until)
        end,
        reason = decide_verification.reason
    where v.id = verification.id;
    if verification.person_id is not null then
        perform core.compute_trust(verification.person_id);
    end if;
exception
    when check_violation then
        -- Again, without the detail: it would show the row, and where its evidence lies.
        raise exception using errcode = 'check_violation', message = sqlerrm;
end
$$;

comment on function core.decide_verification(uuid, boolean, text, timestamptz, text) is
    E'Records the outcome of a verification.\n'
    'verified: Whether it was found to be true.\n'
    'valid_until: Until when that counts.';

revoke execute on function core.decide_verification(uuid, boolean, text, timestamptz, text) from public;
grant execute on function core.decide_verification(uuid, boolean, text, timestamptz, text)
to authenticated, service_role;
