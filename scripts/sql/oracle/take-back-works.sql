-- Works ($1) are taken back by their owners, where they are published and shared with nobody.

with taken as (
    update content.works w
    set state = 'withdrawn', moves = w.moves + 1
    where w.id = any ($1::uuid[])
        and w.state = 'published'
        and (w.public_during, w.organization_during, w.community_during) = ('{}', '{}', '{}')
    returning w.tenant_id, w.id, w.moves, w.owner_id
)
insert into content.work_transitions (
    tenant_id, work_id, number, from_state, to_state, capacity, actor_id, owner_id
)
select t.tenant_id, t.id, t.moves, 'published', 'withdrawn', 'owner', t.owner_id, t.owner_id
from taken t
