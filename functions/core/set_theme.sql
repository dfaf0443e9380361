-- Sets one token of a project's look; null takes it back.

create or replace function core.set_theme(project_id uuid, token text, value text default null)
returns void
language plpgsql
volatile
security definer -- themes are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require('theme.manage', project_id);
    if value is null then
        delete from core.project_themes t where t.project_id = set_theme.project_id and t.token = set_theme.token;
        return;
    end if;
    insert into core.project_themes (tenant_id, project_id, token, value)
    select p.tenant_id, p.id, set_theme.token, set_theme.value
    from core.projects p
    where p.id = set_theme.project_id
    on conflict on constraint project_themes_pkey do update set value = excluded.value;
end
$$;

comment on function core.set_theme(uuid, text, text) is
    E'Sets one token of a project''s look; null takes it back.\n'
    'token: The name of the token, such as colour-accent.\n'
    'value: Its value; null takes it back.';

revoke execute on function core.set_theme(uuid, text, text) from public;
grant execute on function core.set_theme(uuid, text, text) to authenticated;
