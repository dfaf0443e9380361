-- Limits a resource in a scope; null takes the limit away. Limits come from above: a place's from its project, a
-- project's from its organization, an organization's from the platform.

create or replace function core.set_quota(
    scope_id uuid,
    resource text,
    amount bigint default null,
    strict boolean default false
)
returns void
language plpgsql
volatile
security definer -- quotas are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    place core.scopes;
    in_use bigint;
begin
    -- Before the lock: whoever may not do this makes nobody wait. An organization has nothing above it to ask.
    if not core._is_service() then
        perform core._require(
            'quota.manage', (select s.parent_id from core.scopes s where s.id = set_quota.scope_id)
        );
    end if;
    perform core._require_read_committed();
    -- Locked against core._count_use(), so that nothing is counted between the sum and the row.
    select * into place from core.scopes s where s.id = set_quota.scope_id for update;
    if place.id is null then
        perform core._refuse('not_found', 'scope');
    end if;

    in_use := core._used(place.tenant_id, place.id, resource);
    delete from core.usage_shards u
    where u.tenant_id = place.tenant_id and u.scope_id = place.id and u.resource = set_quota.resource;

    if amount is null then
        delete from core.quotas q
        where q.tenant_id = place.tenant_id and q.scope_id = place.id and q.resource = set_quota.resource;
    else
        insert into core.quotas (tenant_id, scope_id, resource, amount, strict, used)
        values (
            place.tenant_id, place.id, set_quota.resource, set_quota.amount, set_quota.strict,
            case when set_quota.strict then in_use else 0 end
        )
        on conflict on constraint quotas_pkey do update
        set amount = excluded.amount, strict = excluded.strict, used = excluded.used;
    end if;
    if amount is null or not strict then
        insert into core.usage_shards (tenant_id, scope_id, resource, shard, used)
        values (place.tenant_id, place.id, set_quota.resource, 0, in_use);
    end if;
exception
    when check_violation then
        perform core._refuse('quota_in_use', resource);
    when foreign_key_violation then
        perform core._refuse('not_found', 'resource');
end
$$;

comment on function core.set_quota(uuid, text, bigint, boolean) is
    'Limits a resource in a scope; null takes the limit away. What is in use already stays counted.';

revoke execute on function core.set_quota(uuid, text, bigint, boolean) from public;
grant execute on function core.set_quota(uuid, text, bigint, boolean) to authenticated, service_role;
