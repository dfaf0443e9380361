-- Makes a scope below another and gives whoever makes it the roles that its kind needs to begin with.

create or replace function core._create_scope(
    parent_id uuid,
    kind text,
    slug text,
    name text,
    visibility core.scope_visibility,
    roles text[]
)
returns uuid
language plpgsql
volatile
security definer -- scopes are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core.me();
    scope_id uuid;
begin
    perform core._require('scope.create', parent_id);
    insert into core.scopes (tenant_id, kind, level, parent_id, parent_level, slug, name, visibility, created_by)
    select
        p.tenant_id, k.kind, k.level, p.id, p.level,
        _create_scope.slug, btrim(_create_scope.name), _create_scope.visibility, me
    from core.scopes p, core.scope_kinds k
    where p.id = _create_scope.parent_id
        and k.kind = _create_scope.kind
        and core.module_on(k.module, p.id) -- a module that is off brings nothing
    returning id into scope_id;
    if scope_id is null then
        perform core._refuse('not_found', 'kind of scope');
    end if;
    perform core._join(scope_id, me, _create_scope.roles);
    return scope_id;
end
$$;

comment on function core._create_scope(uuid, text, text, text, core.scope_visibility, text[]) is
    'Makes a scope below another.';

revoke execute on function core._create_scope(uuid, text, text, text, core.scope_visibility, text[]) from public;
