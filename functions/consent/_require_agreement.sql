-- An agreement that holds now, and that I may act under: whoever manages agreements where it was signed, or a server.
-- Or a refusal. It is not ended before this transaction is over; whoever ends it waits for those who act under it, and
-- can end it before it holds, and after it ran out.

create or replace function consent._require_agreement(agreement_id uuid, ends boolean default false)
returns record -- of consent.agreements, which is built after this
language plpgsql
volatile
security definer -- looks at agreements the person may not see
set search_path = pg_catalog, pg_temp
as $$
declare
    agreement consent.agreements;
begin
    select a.* into agreement
    from consent.agreements a
    where a.id = _require_agreement.agreement_id
        and (a.during @> now() or ends)
        and (core._is_service() or core.can('agreement.manage', a.scope_id));
    if ends then
        perform
        from consent.agreements a
        where a.tenant_id = agreement.tenant_id and a.id = agreement.id
        for update;
    else
        perform
        from consent.agreements a
        where a.tenant_id = agreement.tenant_id and a.id = agreement.id
        for key share;
        perform core._require_open(agreement.scope_id);
    end if;
    -- Asked when nobody else is ending it.
    if agreement.id is null
        or exists (
            select
            from consent.agreement_ends e
            where e.tenant_id = agreement.tenant_id and e.agreement_id = agreement.id
        )
    then
        perform core._refuse('not_found', 'agreement in force');
    end if;
    return agreement;
end
$$;

comment on function consent._require_agreement(uuid, boolean) is
    'An agreement that holds now, and that I may act under.';

revoke execute on function consent._require_agreement(uuid, boolean) from public;
