-- Compiles what works may be used for, and when they are shared with whom, from what was decided. Whoever changes what
-- that follows from calls this, in the same transaction. Works are locked first, in the order of their keys, and what
-- was decided is read in a statement of its own, after: of two who change the same work at once, the second sees what
-- the first did.

create or replace function consent._recompute(tenant_id uuid, work_ids uuid[])
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require_read_committed();
    perform
    from content.works w
    where w.tenant_id = _recompute.tenant_id and w.id = any (work_ids)
    order by w.id
    for no key update;

    delete from consent.effective e where e.tenant_id = _recompute.tenant_id and e.work_id = any (work_ids);
    insert into consent.effective (tenant_id, work_id, purpose, channel, version, during)
    select _recompute.tenant_id, n.work_id, n.purpose, n.channel, n.version, n.during
    from consent._effective(_recompute.tenant_id, work_ids) n;

    update content.works w
    set
        public_version = n.public_version,
        public_during = n.public_during * c.onward,
        organization_version = n.organization_version,
        organization_during = n.organization_during * c.onward,
        community_version = n.community_version,
        community_during = n.community_during * c.onward,
        compiled_at = lower(c.onward),
        revision = w.revision + 1
    from consent._windows(_recompute.tenant_id, work_ids) n,
        lateral (
            select tstzmultirange(tstzrange(greatest(w.compiled_at, now()), null)) as onward
            from content.works w
            where w.tenant_id = _recompute.tenant_id and w.id = n.work_id
        ) c
    where w.tenant_id = _recompute.tenant_id and w.id = n.work_id;

    perform consent._recall(_recompute.tenant_id, work_ids);
end
$$;

comment on function consent._recompute(uuid, uuid[]) is
    'Compiles what works may be used for, and when they are shared with whom.';

revoke execute on function consent._recompute(uuid, uuid[]) from public;
