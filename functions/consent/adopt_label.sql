-- Takes up a label for a community, or a notice for a place that holds something for others. Done again, nothing
-- changes.

create or replace function consent.adopt_label(scope_id uuid, label text)
returns void
language plpgsql
volatile
security definer -- labels are taken up by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    of_kind constant consent.label_kind := (select l.kind from consent.labels l where l.key = adopt_label.label);
begin
    perform core._require(case when of_kind = 'notice' then 'scope.manage' else 'protocol.modify' end, scope_id);
    if of_kind is null then
        perform core._refuse('not_found', 'label');
    end if;
    insert into consent.community_labels (tenant_id, scope_id, level, label, kind, adopted_by)
    select s.tenant_id, s.id, s.level, adopt_label.label, of_kind, core.me()
    from core.scopes s
    where s.id = adopt_label.scope_id
    on conflict on constraint community_labels_pkey do nothing;
end
$$;

comment on function consent.adopt_label(uuid, text) is
    E'Takes up a label for a community, or a notice for a place that holds something for others.\n'
    'label: The key of a label or notice.\n'
    'scope_id: The community; of a notice, whoever holds something for others.';

revoke execute on function consent.adopt_label(uuid, text) from public;
grant execute on function consent.adopt_label(uuid, text) to authenticated;
