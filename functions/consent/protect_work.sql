-- Puts a work under protocols of a community, in place of those of the same community that it stood under; with none,
-- takes it from under them. Who may, consent._protected() says.

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
    set_id uuid;
begin
    perform core._require_person();
    perform core._require_read_committed();
    -- Of a work that they may not know of, nobody waits for who holds it.
    select w.* into work
    from content.works w
    where w.id in (select content.visible(array[protect_work.work_id]))
    for no key update;
    set_id := consent._protected(work.id, work.protocol_set_id, scope_id, protocol_ids, match);
    update content.works w
    set protocol_set_id = set_id, revision = w.revision + 1
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
