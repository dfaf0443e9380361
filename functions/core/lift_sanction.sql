-- Lifts a sanction before its end.

create or replace function core.lift_sanction(sanction_id uuid)
returns void
language plpgsql
volatile
security definer -- sanctions are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core.me();
    sanction core.sanctions;
begin
    select * into sanction from core.sanctions s where s.id = lift_sanction.sanction_id for no key update;
    perform core._require('sanction.impose', sanction.scope_id);
    if core._concerns_me(sanction.person_id) then
        perform core._refuse('not_on_yourself');
    end if;
    update core.sanctions s
    set lifted_at = now(), lifted_by = me
    where s.tenant_id = sanction.tenant_id and s.id = sanction.id and s.lifted_at is null;
end
$$;

comment on function core.lift_sanction(uuid) is 'Lifts a sanction before its end.';

revoke execute on function core.lift_sanction(uuid) from public;
grant execute on function core.lift_sanction(uuid) to authenticated;
