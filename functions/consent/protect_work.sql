-- Puts a work under protocols of a community, in place of those of the same community that it stood under; with none,
-- takes it from under them. Its owner may, as long as it stands under none of that community, or never left their
-- hands: from then on the community's stewards alone decide, about what was brought to their community or stands under
-- its protocols, and they can read.

create or replace function consent.protect_work(
    work_id uuid,
    scope_id uuid,
    protocol_ids uuid[],
    match consent.protocol_match default 'all'
)
returns void
language plpgsql
volatile
security definer -- works are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    work content.works;
    mine boolean;
    parts jsonb;
begin
    perform core._require_person();
    perform core._require_read_committed();
    select w.* into work from content.works w where w.id = protect_work.work_id for no key update;
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
    where c.tenant_id = work.tenant_id and c.set_id = work.protocol_set_id;
    if work.id is null
        or not (
            mine
            or (
                core.can('protocol.modify', scope_id)
                and (work.scope_id = protect_work.scope_id or parts ? scope_id::text)
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
                and p.scope_id = protect_work.scope_id
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
    update content.works w
    set protocol_set_id = consent._protocol_set(work.tenant_id, parts), revision = w.revision + 1
    where w.tenant_id = work.tenant_id and w.id = work.id;
    -- What the community has to agree to now, and did not, is taken back.
    perform consent._recall(work.tenant_id, array[work.id]);
    perform ops._emit(
        work.tenant_id, work.scope_id, 'work.protected', jsonb_build_object('work_id', work.id)
    );
end
$$;

comment on function consent.protect_work(uuid, uuid, uuid[], consent.protocol_match) is
    'Puts a work under protocols of a community, or takes it from under them.';

revoke execute on function consent.protect_work(uuid, uuid, uuid[], consent.protocol_match) from public;
grant execute on function consent.protect_work(uuid, uuid, uuid[], consent.protocol_match) to authenticated;
