-- Moves so much ($5) from an account to another, or sets it aside, where no legal hold covers the first; answers the
-- transfer.

select r.id
from value.accounts a
left join content.works w on w.tenant_id = a.tenant_id and w.id = a.work_id
cross join lateral value._record(
    a.tenant_id, 'gift', $1, '{}',
    value._changes(array[row(a.id, - $5::bigint)::value.leg, row($3::uuid, $5)::value.leg], $4), '', current_date, $4
) r (id)
where a.id = $2 and not ops.is_held(coalesce(a.scope_id, w.scope_id, a.tenant_id), a.person_id)
