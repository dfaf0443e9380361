-- The works there are, always in the same order.

select tenant_id, id, owner_id, current_version from content.works order by id
