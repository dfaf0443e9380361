-- Holds what is missing against the orders: what was personal is gone only where an order in the log names the change,
-- and where one does, it is gone. Since a size that was verified before, of what no order names only what is new is
-- looked at.

create or replace function audit._verify_erasures(tenant_id uuid, since bigint)
returns table (finding text, "position" bigint, seq bigint, table_name text, key text, message text)
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    from_seq constant bigint := audit._first_seq(tenant_id, since);
begin
    return query
    with ordered as (
        select o.id, unnest(o.seqs) as seq
        from audit.erasure_orders o
        where o.tenant_id = _verify_erasures.tenant_id
    ),
    emptied as (
        select c.seq, c.table_name, c.key, c.erased_under
        from audit.changes c
        where c.tenant_id = _verify_erasures.tenant_id
            and c.seq >= from_seq
            and (
                (c.personal_commitment is not null and c.personal is null)
                or (c.body_commitment is not null and c.salt is null)
                or c.erased_under is not null
            )
    )
    select
        'erased_without_order', l.position, e.seq, e.table_name, e.key,
        'what was personal in this change is gone, and no order says so'
    from emptied e
    left join audit.leaves l on l.tenant_id = _verify_erasures.tenant_id and l.seq = e.seq
    where not exists (select from ordered o where o.id = e.erased_under and o.seq = e.seq)
    union all
    select
        'order_not_carried_out', l.position, c.seq, c.table_name, c.key,
        'an order says that this change was emptied, and it was not'
    from ordered o
    join audit.leaves l on l.tenant_id = _verify_erasures.tenant_id and l.seq = o.seq
    join audit.changes c
        on c.tenant_id = _verify_erasures.tenant_id and c.seq = o.seq and c.recorded_at = l.recorded_at
    where c.erased_under is null or num_nonnulls(c.personal_key, c.personal, c.salt, c.subjects) > 0;
end
$$;

comment on function audit._verify_erasures(uuid, bigint) is 'Holds what is missing against the orders.';

revoke execute on function audit._verify_erasures(uuid, bigint) from public;
