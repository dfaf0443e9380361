-- Ends an agreement: nothing more is handed out under it, and what runs still is halted.

create or replace function consent.end_agreement(agreement_id uuid, reason text default '')
returns void
language plpgsql
volatile
security definer -- agreements are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    agreement constant consent.agreements := consent._require_agreement(agreement_id);
begin
    insert into consent.agreement_ends (tenant_id, agreement_id, reason, ended_by)
    values (agreement.tenant_id, agreement.id, end_agreement.reason, core._require_me());
    update consent.runs r
    set halted_at = now()
    where r.tenant_id = agreement.tenant_id
        and r.agreement_id = agreement.id
        and r.finished_at is null
        and r.halted_at is null;
end
$$;

comment on function consent.end_agreement(uuid, text) is 'Ends an agreement, and halts what runs under it.';

revoke execute on function consent.end_agreement(uuid, text) from public;
grant execute on function consent.end_agreement(uuid, text) to authenticated;
