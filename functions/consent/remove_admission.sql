-- Takes back that a protocol names somebody. When nobody is left, it lets nobody pass.

create or replace function consent.remove_admission(admission_id uuid)
returns void
language plpgsql
volatile
security definer -- admissions are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require_me();
    delete from consent.protocol_admissions a
    where a.id = remove_admission.admission_id and core.can('protocol.admit', a.scope_id);
    if not found then
        perform core._refuse('not_found', 'admission');
    end if;
end
$$;

comment on function consent.remove_admission(uuid) is 'Takes back that a protocol names somebody.';

revoke execute on function consent.remove_admission(uuid) from public;
grant execute on function consent.remove_admission(uuid) to authenticated;
