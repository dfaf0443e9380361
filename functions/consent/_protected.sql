-- The protocol set of something in a work, or of the work itself, once a community put it under these protocols of its
-- own, in place of those of the same community that it stood under. The owner of the work may, as long as it stands
-- under none of that community, or the work never left their hands: from then on the community's stewards alone decide,
-- about what was brought to their community or stands under its protocols, and they can read. The work is locked.

create or replace function consent._protected(
    work_id uuid,
    protocol_set_id uuid,
    scope_id uuid,
    protocol_ids uuid[],
    match consent.protocol_match
)
returns uuid
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    work content.works;
    mine boolean;
    parts jsonb;
begin
    select w.* into work from content.works w where w.id = _protected.work_id;
    mine := work.owner_id = any (array(select core.my_people())) and scope_id = any (core.reach(2));
    select
        coalesce(
            jsonb_object_agg(
                c.scope_id,
                jsonb_build_object(
                    'match', c.match,
                    'protocols', array(
                        select m.protocol_id
                        from consent.protocol_set_members m
                        where m.tenant_id = c.tenant_id and m.set_id = c.set_id and m.scope_id = c.scope_id
                        order by m.protocol_id
                    )
                )
            ),
            '{}'
        )
    into parts
    from consent.protocol_set_communities c
    where c.tenant_id = work.tenant_id and c.set_id = _protected.protocol_set_id;
    if work.id is null
        or not (
            mine
            or (
                core.can('protocol.modify', scope_id)
                and (work.scope_id = _protected.scope_id or parts ? scope_id::text)
                and work.id in (select content.visible(array[work.id]))
            )
        )
    then
        perform core._refuse('not_found', 'work for you to protect');
    end if;
    if parts ? scope_id::text and work.moves > 1 and not core.can('protocol.modify', scope_id) then
        perform core._refuse('protocols_stand');
    end if;
    perform core._require_open(work.scope_id);
    if exists (
        select
        from unnest(protocol_ids) wanted (id)
        where not exists (
            select
            from consent.protocols p
            where p.tenant_id = work.tenant_id
                and p.id = wanted.id
                and p.scope_id = _protected.scope_id
                and p.retired_at is null
        )
    ) then
        perform core._refuse('not_found', 'protocol');
    end if;
    parts := parts - scope_id::text;
    if cardinality(protocol_ids) > 0 then
        parts := parts || jsonb_build_object(
            scope_id, jsonb_build_object('match', match, 'protocols', protocol_ids)
        );
    end if;
    return consent._protocol_set(work.tenant_id, parts);
end
$$;

comment on function consent._protected(uuid, uuid, uuid, uuid[], consent.protocol_match) is
    'The protocol set of something that a community put under these protocols of its own; or a refusal.';

revoke execute on function consent._protected(uuid, uuid, uuid, uuid[], consent.protocol_match) from public;
