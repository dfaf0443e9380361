-- Puts a label of a community on a work, or a notice of whoever holds it. If the label is ratified, the work stands
-- under its protocol as well from then on, with all others of that community that it stands under. Done again, nothing
-- changes. Who may, consent._work_to_label() says.

create or replace function consent.label_work(work_id uuid, scope_id uuid, label text)
returns void
language plpgsql
volatile
security definer -- works are labelled by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    adopted consent.community_labels;
    work content.works;
    set_id uuid;
    brought boolean := false;
begin
    perform core._require_person();
    perform core._require_read_committed();
    -- Before the work is locked: whoever ratifies a label comes from it to the works.
    adopted := consent._label_to_put(scope_id, label);
    work := consent._work_to_label(work_id, scope_id, adopted.kind);
    if exists (
        select
        from consent.work_labels b
        where (b.tenant_id, b.work_id, b.scope_id, b.label)
            = (work.tenant_id, work.id, adopted.scope_id, adopted.label)
    ) then
        return;
    end if;
    if adopted.ratified then
        if exists (
            select
            from consent.protocols p
            where p.tenant_id = adopted.tenant_id and p.id = adopted.protocol_id and p.retired_at is not null
        ) then
            perform core._refuse('not_found', 'protocol');
        end if;
        brought := not coalesce(
            consent._parts(work.tenant_id, work.protocol_set_id) -> adopted.scope_id::text -> 'protocols'
            ? adopted.protocol_id::text,
            false
        );
        set_id := consent._with_protocol(
            work.tenant_id, work.protocol_set_id, adopted.scope_id, adopted.protocol_id
        );
        perform consent._put_under(work.tenant_id, array[work.id], set_id);
    end if;
    insert into consent.work_labels (
        tenant_id, work_id, scope_id, label, protocol_id, protocol_set_id, brought, added_by
    )
    values (
        work.tenant_id, work.id, adopted.scope_id, adopted.label, adopted.protocol_id, set_id, brought, core.me()
    );
    perform ops._emit(
        work.tenant_id, work.scope_id, 'work.labelled',
        jsonb_build_object('work_id', work.id, 'scope_id', adopted.scope_id, 'label', adopted.label)
    );
end
$$;

comment on function consent.label_work(uuid, uuid, text) is
    E'Puts a label of a community on a work, or a notice of whoever holds it.\n'
    'scope_id: The community or place whose label it is.\n'
    'label: The key of the label.';

revoke execute on function consent.label_work(uuid, uuid, text) from public;
grant execute on function consent.label_work(uuid, uuid, text) to authenticated;
