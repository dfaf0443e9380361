-- Opens what stands under a protocol set in a work, for me, and says until when: whoever acknowledged what is required.

create or replace function consent._open_set(tenant_id uuid, work_id uuid, protocol_set_id uuid)
returns timestamptz
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    open_until timestamptz;
begin
    if exists (
        select
        from consent._conditions(protocol_set_id) c
        where c.enforcement = 'required' and c.acknowledgement is not null and not c.acknowledged
    ) then
        perform core._refuse('acknowledgement_missing');
    end if;
    insert into consent.openings (tenant_id, work_id, protocol_set_id, person_id, open_until)
    select
        w.tenant_id, w.id, _open_set.protocol_set_id, core.me(),
        now() + make_interval(mins => core.setting('protocols.opening_minutes', w.scope_id)::integer)
    from content.works w
    where w.tenant_id = _open_set.tenant_id and w.id = _open_set.work_id
    returning openings.open_until into open_until;
    return open_until;
end
$$;

comment on function consent._open_set(uuid, uuid, uuid) is
    'Opens what stands under a protocol set in a work, for me, and says until when.';

revoke execute on function consent._open_set(uuid, uuid, uuid) from public;
