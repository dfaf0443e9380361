-- What a setting is in a scope: set here, else in the project, else in the organization, else the default.

create or replace function core.setting(key text, scope_id uuid)
returns jsonb
language sql
stable
strict
security definer -- settings decide how functions behave for everybody
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(
        (
            select t.value
            from core.scopes s
            join core.settings t
                on t.tenant_id = s.tenant_id and t.scope_id in (s.id, s.project_id, s.tenant_id)
            where s.id = setting.scope_id and t.key = setting.key
            order by t.scope_id = s.id desc, t.scope_id = s.project_id desc
            limit 1
        ),
        (select d.default_value from core.setting_definitions d where d.key = setting.key)
    )
$$;

comment on function core.setting(text, uuid) is
    E'What a setting is in a scope: the nearest value above it, or the default.\n'
    'key: The key of a setting.\n'
    'scope_id: The scope.';

revoke execute on function core.setting(text, uuid) from public;
grant execute on function core.setting(text, uuid) to authenticated, service_role;
