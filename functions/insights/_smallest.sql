-- Of how many people a group has to be at least in a place, in its project and in its organization: never fewer further
-- up.

create or replace function insights._smallest(scope_id uuid)
returns integer[]
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select array[p.asks, greatest(p.asks, j.asks), greatest(p.asks, j.asks, o.asks)]
    from core.scopes s
    cross join lateral (select (core.setting('insights.smallest_group', s.id) #>> '{}')::integer as asks) p
    cross join lateral (select (core.setting('insights.smallest_group', s.project_id) #>> '{}')::integer as asks) j
    cross join lateral (select (core.setting('insights.smallest_group', s.tenant_id) #>> '{}')::integer as asks) o
    where s.id = _smallest.scope_id
$$;

comment on function insights._smallest(uuid) is
    'Of how many people a group has to be at least in a place, in its project and in its organization.';

revoke execute on function insights._smallest(uuid) from public;
