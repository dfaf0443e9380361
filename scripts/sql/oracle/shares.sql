-- Writes who gets which share of distributions ($1), as their weights say.

with named as (
    select
        r.tenant_id, r.distribution_id, coalesce(r.person_id, r.scope_id) as recipient_id, r.person_id, r.scope_id,
        r.weight
    from jsonb_populate_recordset(null::value.recipients, $1) r
)
insert into value.recipients (tenant_id, distribution_id, person_id, scope_id, weight, amount)
select n.tenant_id, n.distribution_id, n.person_id, n.scope_id, n.weight, s.share
from value.distributions d
cross join lateral value._shares(
    d.amount, d.event_id,
    array(select n.recipient_id from named n where n.distribution_id = d.id order by n.recipient_id),
    array(select n.weight from named n where n.distribution_id = d.id order by n.recipient_id)
) s
join named n on n.distribution_id = d.id and n.recipient_id = s.id
