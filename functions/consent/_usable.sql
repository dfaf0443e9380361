-- Which of these works a run may have at this moment, and in which version: those that its agreement covers and that
-- everyone consents to, for its purpose and by its channel. What stands under protocols only where the communities
-- whose protocols they are signed the agreement themselves; and nothing, where the agreement was ended. One that ran
-- out leaves what was handed out while it held.

create or replace function consent._usable(tenant_id uuid, run_id uuid, work_ids uuid[])
returns table (work_id uuid, version integer)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select w.id, e.version
    from consent.runs r
    join consent.agreements a on a.tenant_id = r.tenant_id and a.id = r.agreement_id
    join content.works w
        on w.tenant_id = r.tenant_id
        and w.id = any (work_ids)
        and a.scope_id in (w.scope_id, w.project_id, w.tenant_id)
    -- What nobody decided for a channel alone is decided as in general.
    cross join lateral (
        select e.version, e.during
        from consent.effective e
        where e.tenant_id = w.tenant_id
            and e.work_id = w.id
            and e.purpose = r.purpose
            and e.channel in ('', r.channel)
        order by e.channel desc
        limit 1
    ) e
    where r.tenant_id = _usable.tenant_id
        and r.id = _usable.run_id
        and (
            a.whole_scope
            or exists (
                select
                from consent.agreement_works named
                where named.tenant_id = a.tenant_id and named.agreement_id = a.id and named.work_id = w.id
            )
        )
        and not exists (
            select from consent.agreement_ends d where d.tenant_id = a.tenant_id and d.agreement_id = a.id
        )
        and e.during @> greatest(now(), w.compiled_at)
        and not exists (
            select
            from consent.protocol_sets s
            left join consent.protocol_set_communities c on c.tenant_id = s.tenant_id and c.set_id = s.id
            where s.tenant_id = w.tenant_id
                and s.id = w.protocol_set_id
                and c.scope_id is distinct from a.scope_id
        )
$$;

comment on function consent._usable(uuid, uuid, uuid[]) is
    'Which of these works a run may have at this moment, and in which version.';

revoke execute on function consent._usable(uuid, uuid, uuid[]) from public;
