-- Ends an agreement, also one that does not hold yet or ran out: nothing more is handed out under it, and what was is
-- taken back, as if everyone had withdrawn their consent. One that runs out by itself takes nothing back.

create or replace function consent.end_agreement(agreement_id uuid, reason text default '')
returns void
language plpgsql
volatile
security definer -- agreements are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    agreement constant consent.agreements := consent._require_agreement(agreement_id, ends => true);
    handed_out uuid[];
begin
    perform core._require_read_committed();
    insert into consent.agreement_ends (tenant_id, agreement_id, reason, ended_by)
    values (agreement.tenant_id, agreement.id, end_agreement.reason, core.me());
    select array_agg(distinct h.work_id) into handed_out
    from consent.runs r
    join consent.run_works h on h.tenant_id = r.tenant_id and h.run_id = r.id and h.stands
    where r.tenant_id = agreement.tenant_id and r.agreement_id = agreement.id;
    perform
    from content.works w
    where w.tenant_id = agreement.tenant_id and w.id = any (handed_out)
    order by w.id
    for no key update;
    perform consent._recall(agreement.tenant_id, handed_out);
    update consent.runs r
    set halted_at = now()
    where r.tenant_id = agreement.tenant_id
        and r.agreement_id = agreement.id
        and r.finished_at is null
        and r.halted_at is null;
end
$$;

comment on function consent.end_agreement(uuid, text) is
    E'Ends an agreement, and takes back what was handed out under it.\n'
    'reason: Why.';

revoke execute on function consent.end_agreement(uuid, text) from public;
grant execute on function consent.end_agreement(uuid, text) to authenticated;
