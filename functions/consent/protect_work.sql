-- Puts a work under protocols of a community, in place of those of the same community that it stood under; with none,
-- takes it from under them. What a label brought that the work bears stays, and counts with all the others. Who may,
-- consent._require_protecting() says.

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
    perform consent._put_under(work.tenant_id, array[work.id], set_id);
    -- What its stewards chose stays when the label is taken off.
    update consent.work_labels b
    set brought = false
    where b.tenant_id = work.tenant_id and b.work_id = work.id and b.protocol_id = any (protocol_ids);
exception
    -- A label that the work bears brought one of the protocols that it would not stand under then, or not by itself.
    when foreign_key_violation or check_violation then
        perform core._refuse('label_binds');
end
$$;

comment on function consent.protect_work(uuid, uuid, uuid[], consent.protocol_match) is
    E'Puts a work under protocols of a community, or takes it from under them.\n'
    'scope_id: The community.\n'
    'protocol_ids: The protocols of that community that it stands under from now on; with none, it stands under '
    'none of theirs.\n'
    'match: Whether all of them have to be passed, or any one.';

revoke execute on function consent.protect_work(uuid, uuid, uuid[], consent.protocol_match) from public;
grant execute on function consent.protect_work(uuid, uuid, uuid[], consent.protocol_match) to authenticated;
