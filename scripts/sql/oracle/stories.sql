-- The stories there are, always in the same order, whose they are, and by which move they were given in last.

select
    w.tenant_id, w.id, w.scope_id, w.owner_id, w.current_version, w.state,
    (
        select max(m.number)
        from content.work_transitions m
        where m.tenant_id = w.tenant_id and m.work_id = w.id and m.to_state = 'submitted'
    ) as submission
from content.works w
where w.kind = 'story'
order by w.id
