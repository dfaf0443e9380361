-- Judges an appeal: not whoever imposed the sanction, not whoever is under it, nor their guardian.
-- Overturning lifts the sanction.

create or replace function core.judge_appeal(appeal_id uuid, overturn boolean, outcome text)
returns void
language plpgsql
volatile
security definer -- appeals are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core.me();
    appeal core.sanction_appeals;
    scope_id uuid;
begin
    select * into appeal from core.sanction_appeals a where a.id = judge_appeal.appeal_id for no key update;
    select s.scope_id into scope_id
    from core.sanctions s
    where s.tenant_id = appeal.tenant_id and s.id = appeal.sanction_id;
    perform core._require('sanction.judge', scope_id);
    if core._concerns_me(appeal.imposed_by) or core._concerns_me(appeal.person_id) then
        perform core._refuse('judge_is_party');
    end if;
    if appeal.status <> 'open' then
        perform core._refuse('appeal_closed');
    end if;
    update core.sanction_appeals a
    set
        status = case when judge_appeal.overturn then 'overturned' else 'upheld' end::core.appeal_status,
        judged_by = me,
        judged_at = now(),
        outcome = judge_appeal.outcome
    where a.tenant_id = appeal.tenant_id and a.id = appeal.id;
    update core.sanctions s
    set lifted_at = now(), lifted_by = me
    where s.tenant_id = appeal.tenant_id
        and s.id = appeal.sanction_id
        and s.lifted_at is null
        and judge_appeal.overturn;
end
$$;

comment on function core.judge_appeal(uuid, boolean, text) is
    E'Judges an appeal; overturning it lifts the sanction.\n'
    'overturn: Whether the sanction is lifted.\n'
    'outcome: The judgement, in words.';

revoke execute on function core.judge_appeal(uuid, boolean, text) from public;
grant execute on function core.judge_appeal(uuid, boolean, text) to authenticated;
