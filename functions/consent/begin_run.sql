-- Begins a run under an agreement, for one of its purposes: a server, or whoever manages agreements where it was
-- signed.

create or replace function consent.begin_run(agreement_id uuid, purpose text, model text, channel text default null)
returns uuid
language plpgsql
volatile
security definer -- runs are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    agreement constant consent.agreements := consent._require_agreement(agreement_id);
    run_id uuid;
begin
    if not exists (
        select
        from consent.agreement_purposes p
        where p.tenant_id = agreement.tenant_id
            and p.agreement_id = agreement.id
            and p.purpose = begin_run.purpose
    ) then
        perform core._refuse('not_found', 'purpose in this agreement');
    end if;
    insert into consent.runs (tenant_id, agreement_id, scope_id, purpose, model, channel, started_by)
    values (
        agreement.tenant_id, agreement.id, agreement.scope_id, begin_run.purpose, btrim(begin_run.model),
        begin_run.channel, core.me()
    )
    returning id into run_id;
    return run_id;
end
$$;

comment on function consent.begin_run(uuid, text, text, text) is
    'Begins a run under an agreement, and returns its id.';

revoke execute on function consent.begin_run(uuid, text, text, text) from public;
grant execute on function consent.begin_run(uuid, text, text, text) to authenticated, service_role;
