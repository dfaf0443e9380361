-- What somebody may see of a poll and of how it stands, as one text that changes when that does.
select jsonb_build_object(
    'tenantId', p.tenant_id,
    'options', p.options,
    'closed', p.closes_at <= now(),
    'countedAt', p.counted_at,
    'ballots', p.ballots
) as poll
from content.polls p
where p.id = $1;
