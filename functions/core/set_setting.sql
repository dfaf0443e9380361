-- Sets a setting in a scope; null leaves it to the scope above again.

create or replace function core.set_setting(scope_id uuid, key text, value jsonb default null)
returns void
language plpgsql
volatile
security definer -- settings are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require('setting.manage', scope_id);
    if value is null then
        delete from core.settings t where t.scope_id = set_setting.scope_id and t.key = set_setting.key;
        return;
    end if;
    insert into core.settings (tenant_id, scope_id, key, value, updated_by)
    select s.tenant_id, s.id, set_setting.key, set_setting.value, core.me()
    from core.scopes s
    where s.id = set_setting.scope_id
    on conflict on constraint settings_pkey do update
    set value = excluded.value, updated_by = excluded.updated_by;
exception
    when foreign_key_violation then
        perform core._refuse('not_found', 'setting');
end
$$;

comment on function core.set_setting(uuid, text, jsonb) is
    'Sets a setting in a scope; null leaves it to the scope above.';

revoke execute on function core.set_setting(uuid, text, jsonb) from public;
grant execute on function core.set_setting(uuid, text, jsonb) to authenticated;
