-- A change that rests on a decision uses it up, whoever makes the change; one that was used up before carries no other.

create or replace function content.tg__use_decision()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    insert into content.decision_uses (tenant_id, decision_id, scope_id, unlocks)
    values (new.tenant_id, new.decision_id, new.scope_id, new.decision_unlocks);
    return null;
end
$$;

comment on function content.tg__use_decision() is 'Uses up the decision that a change rests on.';

revoke execute on function content.tg__use_decision() from public;
