-- A label that a place uses, for those who belong there or look after its labels to put on works or take off; or a
-- refusal. It is not ratified meanwhile: whoever ratifies it waits, or was first.

create or replace function consent._label_to_put(scope_id uuid, label text)
returns record -- of consent.community_labels, which is built after this
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    adopted consent.community_labels;
begin
    select l.* into adopted
    from consent.community_labels l
    where l.scope_id = _label_to_put.scope_id
        and l.label = _label_to_put.label
        and (
            l.scope_id = any (core.reach(l.level))
            or core.can(case l.kind when 'label' then 'protocol.modify' else 'scope.manage' end, l.scope_id)
        )
    for key share;
    if adopted.label is null then
        perform core._refuse('not_found', 'label of this place');
    end if;
    return adopted;
end
$$;

comment on function consent._label_to_put(uuid, text) is 'A label that a place uses, to put on works or take off.';

revoke execute on function consent._label_to_put(uuid, text) from public;
