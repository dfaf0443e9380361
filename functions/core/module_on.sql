-- Whether a module is on in a scope: the nearest switch above it decides, none means off. The kernel always is.

create or replace function core.module_on(module text, scope_id uuid)
returns boolean
language sql
stable
strict
security definer -- switches decide how functions behave for everybody
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(
        (select true from core.platform_modules p where p.module = module_on.module and p.always_on),
        (
            select f.enabled
            from core.scopes s
            join core.feature_flags f
                on f.tenant_id = s.tenant_id and f.scope_id in (s.id, s.project_id, s.tenant_id)
            where s.id = module_on.scope_id and f.module = module_on.module
            order by f.scope_id = s.id desc, f.scope_id = s.project_id desc
            limit 1
        ),
        false
    )
$$;

comment on function core.module_on(text, uuid) is 'Whether a module is on in a scope.';

revoke execute on function core.module_on(text, uuid) from public;
grant execute on function core.module_on(text, uuid) to anon, authenticated, service_role;
