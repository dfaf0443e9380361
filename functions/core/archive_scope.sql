-- Archives a scope: it can be read, nothing new begins in it. Or brings it back.

create or replace function core.archive_scope(scope_id uuid, archived boolean default true)
returns uuid
language plpgsql
volatile
security definer -- scopes are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require_me();
    -- Not core._require(): what is archived could never be brought back. Only the organization has to be open.
    if scope_id is null or archived is null or not core.can('scope.manage', scope_id) then
        perform core._refuse('not_permitted', 'scope.manage');
    end if;
    perform core._require_open(s.tenant_id) from core.scopes s where s.id = archive_scope.scope_id;
    update core.scopes s
    set archived_at = case when archive_scope.archived then coalesce(s.archived_at, now()) end
    where s.id = archive_scope.scope_id and s.level > 0;
    if not found then
        perform core._refuse('root_kept');
    end if;
    return scope_id;
end
$$;

comment on function core.archive_scope(uuid, boolean) is
    E'Archives a project or place, or brings it back.\n'
    'archived: Whether it is archived, or brought back.';

revoke execute on function core.archive_scope(uuid, boolean) from public;
grant execute on function core.archive_scope(uuid, boolean) to authenticated;
