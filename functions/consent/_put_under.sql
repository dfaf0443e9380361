-- Puts works under a protocol set, or under none, and takes back what may not be used as before. Whoever calls this has
-- locked them. What a label brought that a work bears is in there, or the keys of
-- consent.work_labels refuse it.

create or replace function consent._put_under(tenant_id uuid, work_ids uuid[], set_id uuid)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    update content.works w
    set protocol_set_id = _put_under.set_id, revision = w.revision + 1
    where w.tenant_id = _put_under.tenant_id and w.id = any (work_ids);
    update consent.work_labels b
    set protocol_set_id = _put_under.set_id
    where b.tenant_id = _put_under.tenant_id and b.work_id = any (work_ids) and b.ratified;
    -- What the community has to agree to now, and did not, is taken back.
    perform consent._recall(_put_under.tenant_id, work_ids);
    perform ops._emit(w.tenant_id, w.scope_id, 'work.protected', jsonb_build_object('work_id', w.id))
    from content.works w
    where w.tenant_id = _put_under.tenant_id and w.id = any (work_ids);
end
$$;

comment on function consent._put_under(uuid, uuid[], uuid) is 'Puts works under a protocol set, or under none.';

revoke execute on function consent._put_under(uuid, uuid[], uuid) from public;
