-- How much of each limited resource a scope uses, and of how much.

create or replace function core.quota_use(scope_id uuid)
returns table (resource text, used bigint, amount bigint, strict boolean)
language plpgsql
stable
security definer -- counts are read through this alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require_me();
    if scope_id is null or not core.can('scope.manage', scope_id) then
        perform core._refuse('not_permitted', 'scope.manage');
    end if;
    return query
    select r.key, core._used(s.tenant_id, s.id, r.key), q.amount, coalesce(q.strict, false)
    from core.scopes s
    cross join core.quota_resources r
    left join core.quotas q on q.tenant_id = s.tenant_id and q.scope_id = s.id and q.resource = r.key
    where s.id = quota_use.scope_id
    order by r.key;
end
$$;

comment on function core.quota_use(uuid) is
    E'How much of each resource a scope uses, and how much it may; null is no limit.\n'
    'resource: The key of a resource.\n'
    'used: How much is in use.\n'
    'amount: How much may be; null is no limit.\n'
    'strict: Whether the limit is never passed, not even a little.';

revoke execute on function core.quota_use(uuid) from public;
grant execute on function core.quota_use(uuid) to authenticated;
