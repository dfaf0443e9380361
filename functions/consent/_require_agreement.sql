-- An agreement that holds now, and that I may act under: whoever manages agreements where it was signed, or a server.
-- Or a refusal.

create or replace function consent._require_agreement(agreement_id uuid)
returns record -- of consent.agreements, which is built after this
language plpgsql
stable
security definer -- looks at agreements the person may not see
set search_path = pg_catalog, pg_temp
as $$
declare
    agreement consent.agreements;
begin
    select a.* into agreement
    from consent.agreements a
    where a.id = _require_agreement.agreement_id
        and a.during @> now()
        and not exists (
            select from consent.agreement_ends e where e.tenant_id = a.tenant_id and e.agreement_id = a.id
        )
        and (core._is_service() or core.can('agreement.manage', a.scope_id));
    if agreement.id is null then
        perform core._refuse('not_found', 'agreement in force');
    end if;
    perform core._require_open(agreement.scope_id);
    return agreement;
end
$$;

comment on function consent._require_agreement(uuid) is 'An agreement that holds now, and that I may act under.';

revoke execute on function consent._require_agreement(uuid) from public;
