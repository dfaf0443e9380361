-- Whether what is to resolve a pending transfer does something else: leaves some of it set aside, or frees what was
-- not; or moves more than was set aside, or the other way.

create or replace function value._resolves_otherwise(
    tenant_id uuid,
    child_id uuid,
    parent_id uuid,
    resolves_as value.transfer_state
)
returns boolean
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select exists (
        select
        from (
            select e.account_id, e.amount, e.reserved_in, e.reserved_out
            from value.entries e
            where e.tenant_id = _resolves_otherwise.tenant_id and e.transfer_id = _resolves_otherwise.child_id
        ) child
        full join (
            select e.account_id, e.reserved_in, e.reserved_out
            from value.entries e
            where e.tenant_id = _resolves_otherwise.tenant_id and e.transfer_id = _resolves_otherwise.parent_id
        ) parent using (account_id)
        where (child.reserved_in = - parent.reserved_in and child.reserved_out = - parent.reserved_out) is not true
            or not child.amount between - parent.reserved_out and parent.reserved_in
            or (child.amount <> 0 and resolves_as <> 'posted')
    )
$$;

comment on function value._resolves_otherwise(uuid, uuid, uuid, value.transfer_state) is
    'Whether what is to resolve a pending transfer does something else.';

revoke execute on function value._resolves_otherwise(uuid, uuid, uuid, value.transfer_state) from public;
