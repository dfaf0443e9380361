-- Makes a project the one that this transaction is for. Gives no access: it only narrows what is listed.

create or replace function core.switch_project(project_id uuid)
returns uuid
language plpgsql
volatile
security invoker -- a project that I cannot see, I cannot switch to
set search_path = pg_catalog, pg_temp
as $$
declare
    refusal core.error_codes;
begin
    if project_id is not null
        and not exists (select from core.scopes s where s.id = switch_project.project_id and s.level = 1)
    then
        -- Not core._refuse(), which whoever asks cannot call.
        select * into strict refusal from core.error_codes e where e.name = 'not_found';
        raise exception using
            errcode = refusal.code, message = format(refusal.message, 'project'), hint = refusal.hint;
    end if;
    perform set_config('app.current_project_id', coalesce(project_id::text, ''), true);
    return project_id;
end
$$;

comment on function core.switch_project(uuid) is 'Makes a project the one that this request is for.';

revoke execute on function core.switch_project(uuid) from public;
grant execute on function core.switch_project(uuid) to anon, authenticated, service_role;
