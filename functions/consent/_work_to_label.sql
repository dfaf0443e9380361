-- A work that I may put this label of a community on, or take it off, locked until I am done with it; or a refusal. Who
-- may protect it there, may label it: its stewards; for notices, who manages the place.

create or replace function consent._work_to_label(work_id uuid, scope_id uuid, kind consent.label_kind)
returns record -- of content.works, which is built after this
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    work content.works;
begin
    -- Of a work that they may not know of, nobody waits for who holds it.
    select w.* into work
    from content.works w
    where w.id in (select content.visible(array[_work_to_label.work_id]))
    for no key update;
    perform consent._require_protecting(
        work.id,
        scope_id,
        (kind = 'label' and consent._parts(work.tenant_id, work.protocol_set_id) ? scope_id::text)
        or exists (
            select
            from consent.work_labels b
            join consent.labels t on t.key = b.label
            where b.tenant_id = work.tenant_id
                and b.work_id = work.id
                and b.scope_id = _work_to_label.scope_id
                and t.kind = _work_to_label.kind
        ),
        case kind when 'label' then 'protocol.modify' else 'scope.manage' end
    );
    return work;
end
$$;

comment on function consent._work_to_label(uuid, uuid, consent.label_kind) is
    'A work that I may put a label of a community on, or take it off, locked; or a refusal.';

revoke execute on function consent._work_to_label(uuid, uuid, consent.label_kind) from public;
