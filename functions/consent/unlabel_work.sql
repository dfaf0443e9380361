-- Takes a label off a work, and the work from under the protocol that it brought; where the work stood under that one
-- before, it stays there. Who may, consent._work_to_label() says.

create or replace function consent.unlabel_work(work_id uuid, scope_id uuid, label text)
returns void
language plpgsql
volatile
security definer -- works are labelled by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    adopted consent.community_labels;
    work content.works;
    brought boolean;
begin
    perform core._require_person();
    perform core._require_read_committed();
    adopted := consent._label_to_put(scope_id, label);
    work := consent._work_to_label(work_id, scope_id, adopted.kind);
    delete from consent.work_labels b
    where (b.tenant_id, b.work_id, b.scope_id, b.label)
        = (work.tenant_id, work.id, adopted.scope_id, adopted.label)
    returning b.brought into brought;
    if brought is null then
        perform core._refuse('not_found', 'label on this work');
    end if;
    if brought then
        perform consent._put_under(
            work.tenant_id,
            array[work.id],
            consent._without_protocol(
                work.tenant_id, work.protocol_set_id, adopted.scope_id, adopted.protocol_id
            )
        );
    end if;
    perform ops._emit(
        work.tenant_id, work.scope_id, 'work.unlabelled',
        jsonb_build_object('work_id', work.id, 'scope_id', adopted.scope_id, 'label', adopted.label)
    );
end
$$;

comment on function consent.unlabel_work(uuid, uuid, text) is
    E'Takes a label off a work, and the work from under the protocol that it brought.\n'
    'scope_id: The community or place whose label it is.\n'
    'label: The key of the label.';

revoke execute on function consent.unlabel_work(uuid, uuid, text) from public;
grant execute on function consent.unlabel_work(uuid, uuid, text) to authenticated;
