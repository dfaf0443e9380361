-- Of how many people a group would have to be by now, by all places that have a part in it; nothing, where one of them
-- wants no figures of it any more.

create or replace function insights._asked_of(tenant_id uuid, group_id uuid)
returns integer
language sql
stable
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
    select case
        when bool_and(core.module_on('insights', p.id)) then max((insights._smallest(p.id))[3 - g.level])
    end
    from insights.groups g
    cross join lateral (select unnest(g.places) union select g.scope_id) p (id)
    where g.tenant_id = _asked_of.tenant_id and g.id = _asked_of.group_id
$$;

comment on function insights._asked_of(uuid, uuid) is 'Of how many people a group would have to be by now.';

revoke execute on function insights._asked_of(uuid, uuid) from public;
