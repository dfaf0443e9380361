-- Makes what a label asks a protocol of the community, and returns its id: whatever bears the label stands under it
-- from then on, and what will. Ratified again, the same protocol is set as this says, in another season or with other
-- words to acknowledge. Where the community decides on that, it takes a decision in force to ratify this label, which
-- is used up.

create or replace function consent.ratify_label(
    scope_id uuid,
    label text,
    season_from text default null,
    season_until text default null,
    season_zone text default null,
    acknowledgement text default null
)
returns uuid
language plpgsql
volatile
security definer -- labels are ratified by this function alone
set search_path = pg_catalog, pg_temp
as $$
declare
    adopted consent.community_labels;
    template consent.labels;
    ratified_id uuid;
    by_decision_id uuid;
    bearing uuid[];
    alike record;
    set_id uuid;
begin
    perform core._require_person();
    perform core._require('protocol.modify', scope_id);
    perform core._require_read_committed();
    -- Nobody labels a work with it, or ratifies it, meanwhile.
    select l.* into adopted
    from consent.community_labels l
    where l.scope_id = ratify_label.scope_id and l.label = ratify_label.label
    for update;
    select t.* into template from consent.labels t where t.key = adopted.label and t.binding;
    if template.key is null then
        perform core._refuse('not_found', 'label to ratify');
    end if;
    if template.needs_season and season_from is null then
        perform core._refuse('season_missing', template.key);
    end if;
    if core.setting('labels.decided', scope_id) = 'true' then
        by_decision_id := content._decision_in_force('label.ratify', scope_id, subject => template.key);
        if by_decision_id is null then
            perform core._refuse('decision_missing', 'label.ratify');
        end if;
    end if;
    if adopted.ratified then
        ratified_id := adopted.protocol_id;
        update consent.protocols p
        set
            audience = template.audience,
            enforcement = template.enforcement,
            season_from = ratify_label.season_from,
            season_until = ratify_label.season_until,
            season_zone = ratify_label.season_zone,
            acknowledgement = coalesce(ratify_label.acknowledgement, template.acknowledgement),
            retired_at = null
        where p.tenant_id = adopted.tenant_id and p.id = adopted.protocol_id;
        perform ops._emit(
            adopted.tenant_id, adopted.scope_id, 'protocol.changed', jsonb_build_object('protocol_id', ratified_id)
        );
    else
        ratified_id := consent.create_protocol(
            scope_id, template.name, template.key, template.audience, template.description, template.enforcement,
            season_from, season_until, season_zone, coalesce(ratify_label.acknowledgement, template.acknowledgement)
        );
    end if;
    update consent.community_labels l
    set protocol_id = ratified_id, decision_id = by_decision_id, ratified_by = core.me(), ratified_at = now()
    where (l.tenant_id, l.scope_id, l.label) = (adopted.tenant_id, adopted.scope_id, adopted.label);
    -- What bears it already.
    bearing := array(
        select b.work_id
        from consent.work_labels b
        where (b.tenant_id, b.scope_id, b.label) = (adopted.tenant_id, adopted.scope_id, adopted.label)
            and not b.ratified
    );
    for alike in
        select w.protocol_set_id, array_agg(w.id) as work_ids
        from (
            select l.id, l.protocol_set_id
            from content.works l
            where l.tenant_id = adopted.tenant_id and l.id = any (bearing)
            order by l.id
            for no key update
        ) w
        group by w.protocol_set_id
    loop
        set_id := consent._with_protocol(adopted.tenant_id, alike.protocol_set_id, adopted.scope_id, ratified_id);
        perform consent._put_under(adopted.tenant_id, alike.work_ids, set_id);
        update consent.work_labels b
        set protocol_id = ratified_id, protocol_set_id = set_id, brought = true
        where (b.tenant_id, b.scope_id, b.label) = (adopted.tenant_id, adopted.scope_id, adopted.label)
            and b.work_id = any (alike.work_ids);
    end loop;
    return ratified_id;
end
$$;

comment on function consent.ratify_label(uuid, text, text, text, text, text) is
    E'Makes what a label asks a protocol of the community, for whatever bears it, and returns the id of the '
    'protocol.\n'
    'scope_id: The community.\n'
    'label: The key of the label.\n'
    'season_from: The first day of its season, as MM-DD.\n'
    'season_until: The last day of its season, as MM-DD.\n'
    'season_zone: Where these days begin and end, such as America/Winnipeg.';

revoke execute on function consent.ratify_label(uuid, text, text, text, text, text) from public;
grant execute on function consent.ratify_label(uuid, text, text, text, text, text) to authenticated;
