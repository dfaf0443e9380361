-- What there is to see in works, always in the same order.

select tenant_id, id, work_id from content.media order by id
