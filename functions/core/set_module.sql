-- Switches a module on or off in a scope and below; null leaves it to the scope above again.

create or replace function core.set_module(scope_id uuid, module text, enabled boolean default null)
returns void
language plpgsql
volatile
security definer -- switches are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require('module.manage', scope_id);
    if exists (select from core.platform_modules p where p.module = set_module.module and p.always_on) then
        perform core._refuse('module_always_on', module);
    end if;
    if enabled is null then
        delete from core.feature_flags f where f.scope_id = set_module.scope_id and f.module = set_module.module;
        return;
    end if;
    insert into core.feature_flags (tenant_id, scope_id, module, enabled, updated_by)
    select s.tenant_id, s.id, set_module.module, set_module.enabled, core.me()
    from core.scopes s
    where s.id = set_module.scope_id
    on conflict on constraint feature_flags_pkey do update
    set enabled = excluded.enabled, updated_by = excluded.updated_by;
exception
    when foreign_key_violation then
        perform core._refuse('not_found', 'module');
end
$$;

comment on function core.set_module(uuid, text, boolean) is
    E'Switches a module on or off in a scope and below; null leaves it to the scope above.\n'
    'module: The module.\n'
    'enabled: Whether it is on; null leaves it to the scope above.';

revoke execute on function core.set_module(uuid, text, boolean) from public;
grant execute on function core.set_module(uuid, text, boolean) to authenticated;
