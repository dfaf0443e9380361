-- Recounts what every work may be used for, and when it is shared with whom. Empty when all is well.

create or replace function consent.verify_effective()
returns table (tenant_id uuid, work_id uuid, problem text)
language sql
stable
security definer -- recounts what nobody may read whole
set search_path = pg_catalog, pg_temp
as $$
    with works as (
        select w.tenant_id, array_agg(w.id) as ids from content.works w group by w.tenant_id
    ),
    recounted as (
        select t.tenant_id, n.* from works t cross join lateral consent._effective(t.tenant_id, t.ids) n
    )
    select
        coalesce(e.tenant_id, n.tenant_id), coalesce(e.work_id, n.work_id),
        'effective ' || concat_ws(' ', coalesce(e.purpose, n.purpose), nullif(coalesce(e.channel, n.channel), ''))
    from consent.effective e
    full join recounted n
        on (n.tenant_id, n.work_id, n.purpose, n.channel) = (e.tenant_id, e.work_id, e.purpose, e.channel)
    where (e.version, e.during) is distinct from (n.version, n.during)
    union all
    select w.tenant_id, w.id, 'windows'
    from works t
    cross join lateral consent._windows(t.tenant_id, t.ids) n
    join content.works w on w.tenant_id = t.tenant_id and w.id = n.work_id
    cross join lateral (select tstzmultirange(tstzrange(w.compiled_at, null)) as onward) c
    where (
            w.public_version, w.public_during, w.organization_version, w.organization_during,
            w.community_version, w.community_during
        ) is distinct from (
            n.public_version, n.public_during * c.onward, n.organization_version, n.organization_during * c.onward,
            n.community_version, n.community_during * c.onward
        )
$$;

comment on function consent.verify_effective() is
    'Works whose uses or windows are not what was decided: none, when all is well.';

revoke execute on function consent.verify_effective() from public;
grant execute on function consent.verify_effective() to service_role, empathy_auditor;
