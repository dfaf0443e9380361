-- Asks whether there are figures of this kind for a place, project or organization, and whether I may read them: who
-- belongs there may, and whoever was given that to do.

create or replace function insights._require_node(scope_id uuid, levels smallint[])
returns void
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
begin
    if not exists (
        select
        from core.scopes s
        where s.id = _require_node.scope_id
            and s.level = any (levels)
            and core.module_on('insights', s.id)
            and (
                core._is_service()
                or core.can('insight.read', s.id)
                or s.id = any (core.reach(s.level))
            )
    ) then
        perform core._refuse('not_found', 'place with figures');
    end if;
end
$$;

comment on function insights._require_node(uuid, smallint[]) is
    'Asks whether there are figures of this kind for a place, and whether I may read them.';

revoke execute on function insights._require_node(uuid, smallint[]) from public;
