-- The person sanctioned, or their guardian, asks for somebody else to look at it.

create or replace function core.appeal_sanction(sanction_id uuid, statement text)
returns uuid
language plpgsql
volatile
security definer -- appeals are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    appeal_id uuid;
begin
    perform core._require_person();
    insert into core.sanction_appeals (tenant_id, sanction_id, person_id, imposed_by, statement)
    select s.tenant_id, s.id, s.person_id, s.imposed_by, appeal_sanction.statement
    from core.sanctions s
    where s.id = appeal_sanction.sanction_id and s.lifted_at is null and core.acts_for(s.person_id)
    returning id into appeal_id;
    if appeal_id is null then
        perform core._refuse('not_found', 'sanction');
    end if;
    return appeal_id;
exception
    when unique_violation then
        perform core._refuse('appeal_open');
        return null;
end
$$;

comment on function core.appeal_sanction(uuid, text) is
    E'Appeals against a sanction, and returns the id of the appeal.\n'
    'statement: Why it should be lifted.';

revoke execute on function core.appeal_sanction(uuid, text) from public;
grant execute on function core.appeal_sanction(uuid, text) to authenticated;
