-- The protocols that works stand under, of communities all of whose protocols have to be passed there.

select w.tenant_id, w.id as work_id, w.protocol_set_id, m.scope_id, m.protocol_id
from content.works w
join consent.protocol_set_communities c
    on c.tenant_id = w.tenant_id and c.set_id = w.protocol_set_id and c.match = 'all'
join consent.protocol_set_members m
    on m.tenant_id = c.tenant_id and m.set_id = c.set_id and m.scope_id = c.scope_id
order by w.id, m.protocol_id
