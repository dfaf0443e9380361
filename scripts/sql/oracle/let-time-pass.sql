-- It becomes later: what was consented to being counted until some instant ($1) was consented to until now.

with ended as (
    update consent.consents c
    set during = tstzrange(lower(c.during), now())
    where c.purpose = 'insight' and upper(c.during) = $1::timestamptz
    returning c.tenant_id, c.work_id
),
effective as (
    update consent.effective e
    set during = e.during * tstzmultirange(tstzrange(null, now()))
    where (e.tenant_id, e.work_id) in (select d.tenant_id, d.work_id from ended d) and e.purpose = 'insight'
),
over as (
    delete from insights.contributions c
    where (c.tenant_id, c.work_id) in (select d.tenant_id, d.work_id from ended d)
        and c.group_id is null
        and c.during * tstzmultirange(tstzrange(null, now())) = '{}'
),
contributions as (
    update insights.contributions c
    set during = c.during * tstzmultirange(tstzrange(null, now()))
    where (c.tenant_id, c.work_id) in (select d.tenant_id, d.work_id from ended d)
        and (c.group_id is not null or c.during * tstzmultirange(tstzrange(null, now())) <> '{}')
)
update insights.groups g set ends_at = now() where g.ends_at = $1::timestamptz
