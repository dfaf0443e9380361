-- Carries out the distributions that are decided on, of what came in through the ledger, where no legal hold covers the
-- account, and nobody was forgotten who is to get a share; answers the transfers.

select value.distribute(d.id) as id
from value.distributions d
join content.decisions c on c.tenant_id = d.tenant_id and c.id = d.decision_id and c.unlocks is not null
join value.value_events e on e.tenant_id = d.tenant_id and e.id = d.event_id and e.transfer_id is not null
where not ops.is_held(e.scope_id)
    and not exists (
        select
        from value.recipients r
        join core.people p on p.id = r.person_id
        where r.tenant_id = d.tenant_id and r.distribution_id = d.id and p.erased_at is not null
    )
order by d.id
