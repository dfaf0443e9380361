-- What came in, and what of it was shared: for each place and work, by kind and asset.

create view value.value_metrics
with (security_invoker = true)
as
select
    e.tenant_id,
    e.scope_id,
    e.work_id,
    e.kind,
    e.asset,
    count(*) as events,
    sum(e.amount - e.returned)::bigint as generated,
    sum(s.shared)::bigint as shared,
    min(e.occurred_on) as first_on,
    max(e.occurred_on) as last_on
from value.value_events e
cross join lateral (
    select coalesce(sum(d.amount - d.returned), 0) as shared
    from value.distributions d
    where d.tenant_id = e.tenant_id and d.event_id = e.id and d.transfer_id is not null
) s
group by e.tenant_id, e.scope_id, e.work_id, e.kind, e.asset;

comment on view value.value_metrics is 'What came in, and what of it was shared.';
comment on column value.value_metrics.tenant_id is 'The organization.';
comment on column value.value_metrics.scope_id is 'The place, project or organization for which it came in.';
comment on column value.value_metrics.work_id is 'The work that brought it in, if it was one.';
comment on column value.value_metrics.kind is 'What it was: a licence, a donation, a grant.';
comment on column value.value_metrics.asset is 'Of what.';
comment on column value.value_metrics.events is 'How often.';
comment on column value.value_metrics.generated is 'How much came in, without what was taken back.';
comment on column value.value_metrics.shared is 'How much of it was shared, without what was given back.';
comment on column value.value_metrics.first_on is 'When it was for the first time.';
comment on column value.value_metrics.last_on is 'When it was for the last time.';
