-- Counts use of a resource (less than zero gives it back) in a scope and all above it, the highest first, so that
-- two who count at once meet in the same order. A strict quota is held by the check on its row.

create or replace function core._count_use(scope_id uuid, resource text, amount bigint)
returns void
language plpgsql
volatile
security definer -- nobody may write the counts
set search_path = pg_catalog, pg_temp
as $$
declare
    counted record;
    allowed bigint;
begin
    perform core._require_read_committed();
    for counted in
        select up.tenant_id, up.id
        from core.scopes s
        join core.scopes up on up.tenant_id = s.tenant_id and up.id in (s.id, s.project_id, s.tenant_id)
        where s.id = _count_use.scope_id
        order by up.level
        for key share of up -- a quota that turns strict meanwhile waits
    loop
        update core.quotas q
        set used = greatest(q.used + _count_use.amount, 0)
        where q.tenant_id = counted.tenant_id
            and q.scope_id = counted.id
            and q.resource = _count_use.resource
            and q.strict;
        if found then
            continue;
        end if;
        if _count_use.amount > 0 then
            select q.amount into allowed
            from core.quotas q
            where q.tenant_id = counted.tenant_id
                and q.scope_id = counted.id
                and q.resource = _count_use.resource;
            if allowed < _count_use.amount + core._used(counted.tenant_id, counted.id, resource) then
                perform core._refuse('quota_exceeded', resource);
            end if;
        end if;
        insert into core.usage_shards as u (tenant_id, scope_id, resource, shard, used)
        values (
            counted.tenant_id, counted.id, _count_use.resource, pg_backend_pid() % 16, _count_use.amount
        )
        on conflict on constraint usage_shards_pkey do update set used = u.used + excluded.used;
    end loop;
exception
    when check_violation then
        perform core._refuse('quota_exceeded', resource);
end
$$;

comment on function core._count_use(uuid, text, bigint) is
    'Counts use of a resource in a scope and all above it.';

revoke execute on function core._count_use(uuid, text, bigint) from public;
