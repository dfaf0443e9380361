-- A setting has to fit its definition, and the level it is set at.

create or replace function core.tg_settings__check_value()
returns trigger
language plpgsql
security definer -- reads definitions and scopes whoever writes
set search_path = pg_catalog, pg_temp
as $$
declare
    definition core.setting_definitions;
    level smallint;
begin
    select * into definition from core.setting_definitions d where d.key = new.key;
    if not found then
        return new; -- the foreign key says so
    end if;
    select s.level into level from core.scopes s where s.tenant_id = new.tenant_id and s.id = new.scope_id;
    if not level = any (definition.levels) then
        perform core._refuse('setting_not_here', new.key);
    end if;
    if not core._setting_fits(
        new.value, definition.type, definition.choices, definition.minimum, definition.maximum
    ) then
        perform core._refuse('setting_misfit', new.key, definition.type::text);
    end if;
    return new;
end
$$;

comment on function core.tg_settings__check_value() is
    'Refuses a value that does not fit the definition of its setting.';

revoke execute on function core.tg_settings__check_value() from public;
