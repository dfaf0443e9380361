-- Says how a community shares what its works bring in. What is left out of it stays out. Where the community decides
-- about that, it takes a decision in force, which is used up.

create or replace function consent.set_benefits(
    scope_id uuid,
    model consent.benefit_model,
    decision_process content.decision_process,
    rules jsonb default '{}'
)
returns void
language plpgsql
volatile
security definer -- settings are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    decision_id uuid;
begin
    perform core._require('protocol.modify', scope_id);
    if core.setting('benefits.decided', scope_id) = 'true' then
        perform core._require_read_committed();
        -- One after the other, so that each finds what the one before used up.
        perform from core.scopes s where s.id = set_benefits.scope_id for no key update;
        decision_id := content._decision_in_force('benefits.set', scope_id);
        if decision_id is null then
            perform core._refuse('decision_missing', 'benefits.set');
        end if;
    end if;
    insert into consent.benefit_settings as b (
        tenant_id, scope_id, model, decision_process, rules, decision_id, updated_by
    )
    select
        s.tenant_id, s.id, set_benefits.model, set_benefits.decision_process, set_benefits.rules,
        decision_id, core.me()
    from core.scopes s
    where s.id = set_benefits.scope_id
    on conflict on constraint benefit_settings_pkey do update
    set
        model = excluded.model, decision_process = excluded.decision_process,
        rules = excluded.rules, decision_id = excluded.decision_id, updated_by = excluded.updated_by;
end
$$;

comment on function consent.set_benefits(
    uuid, consent.benefit_model, content.decision_process, jsonb
) is
    E'Says how a community shares what its works bring in.\n'
    'scope_id: The community.\n'
    'model: By which model: equal parts, by contribution, or by rules of its own.\n'
    'decision_process: How it decides about that.\n'
    'rules: What the model needs to know, such as {"kept": 20, "credits": {"teller": 3}}: of a hundred, how many the '
    'community keeps, and what each credit weighs; of a custom one, the rules.';

revoke execute on function consent.set_benefits(
    uuid, consent.benefit_model, content.decision_process, jsonb
) from public;
grant execute on function consent.set_benefits(
    uuid, consent.benefit_model, content.decision_process, jsonb
) to authenticated;
