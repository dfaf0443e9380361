-- The decision in force that lets something happen in a place, or with a work of it: accepted, not revoked, and not
-- revoked either until this transaction ends, nor used up by a change before. Of a work only one that was made of what
-- the work says now. Null, where there is none.

create or replace function content._decision_in_force(
    matter text,
    scope_id uuid,
    work_id uuid default null,
    subject text default null
)
returns uuid
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    decision_id uuid;
begin
    select d.id into decision_id
    from content.decisions d
    where d.scope_id = _decision_in_force.scope_id
        and d.unlocks = _decision_in_force.matter
        and d.work_id is not distinct from _decision_in_force.work_id
        and (_decision_in_force.subject is null or d.subject = _decision_in_force.subject)
        and d.revoked_at is null
        and not exists (
            select from content.decision_uses u where u.tenant_id = d.tenant_id and u.decision_id = d.id
        )
        and (
            d.work_id is null
            or exists (
                select
                from content.works w
                join content.work_versions v
                    on v.tenant_id = w.tenant_id and v.work_id = w.id and v.number = w.current_version
                where w.tenant_id = d.tenant_id and w.id = d.work_id and v.material_version <= d.work_version
            )
        )
    order by d.decided_at desc
    limit 1
    for share of d;
    return decision_id;
end
$$;

comment on function content._decision_in_force(text, uuid, uuid, text) is
    'The decision in force that lets something happen, or null.';

revoke execute on function content._decision_in_force(text, uuid, uuid, text) from public;
