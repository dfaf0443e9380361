-- When works are shared with whom, and in which version: what is effective of the three purposes of sharing, no
-- further than the owner meant, and only while a work is published. What was published as it was approved, or decided
-- on, is shared as that: an older version that everyone agreed to is not what they read.

create or replace function consent._windows(tenant_id uuid, work_ids uuid[])
returns table (
    work_id uuid,
    public_version integer,
    public_during tstzmultirange,
    organization_version integer,
    organization_during tstzmultirange,
    community_version integer,
    community_during tstzmultirange
)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select
        w.id,
        p.version, coalesce(p.during, '{}'),
        o.version, coalesce(o.during, '{}'),
        c.version, coalesce(c.during, '{}')
    from content.works w
    join content.work_transitions m on m.tenant_id = w.tenant_id and m.work_id = w.id and m.number = w.moves
    cross join lateral (
        select case when m.from_state = 'approved' or m.decision_id is not null then w.current_version else 1 end
        as oldest
    ) v
    left join consent.effective p
        on p.tenant_id = w.tenant_id and p.work_id = w.id and p.purpose = 'public_sharing' and p.channel = ''
        and w.state = 'published' and w.visibility = 'public' and p.version >= v.oldest
    left join consent.effective o
        on o.tenant_id = w.tenant_id and o.work_id = w.id and o.purpose = 'organization_sharing' and o.channel = ''
        and w.state = 'published' and w.visibility in ('organization', 'public') and o.version >= v.oldest
    left join consent.effective c
        on c.tenant_id = w.tenant_id and c.work_id = w.id and c.purpose = 'community_sharing' and c.channel = ''
        and w.state = 'published' and w.visibility <> 'private' and c.version >= v.oldest
    where w.tenant_id = _windows.tenant_id and w.id = any (work_ids)
$$;

comment on function consent._windows(uuid, uuid[]) is 'When works are shared with whom, and in which version.';

revoke execute on function consent._windows(uuid, uuid[]) from public;
