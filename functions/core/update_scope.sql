-- The name, description, slug and visibility of a project or place. What is null stays as it is.

create or replace function core.update_scope(
    scope_id uuid,
    name text default null,
    description text default null,
    slug text default null,
    visibility core.scope_visibility default null
)
returns uuid
language plpgsql
volatile
security definer -- scopes are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require('scope.manage', scope_id);
    update core.scopes s
    set
        name = coalesce(btrim(update_scope.name), s.name),
        description = coalesce(update_scope.description, s.description),
        slug = coalesce(update_scope.slug, s.slug),
        visibility = coalesce(update_scope.visibility, s.visibility)
    where s.id = update_scope.scope_id;
    update core.organizations o
    set
        name = coalesce(btrim(update_scope.name), o.name),
        slug = coalesce(update_scope.slug, o.slug)
    where o.id = update_scope.scope_id and num_nonnulls(update_scope.name, update_scope.slug) > 0;
    return scope_id;
end
$$;

comment on function core.update_scope(uuid, text, text, text, core.scope_visibility) is
    'Changes the name, description, slug or visibility of a scope.';

revoke execute on function core.update_scope(uuid, text, text, text, core.scope_visibility) from public;
grant execute on function core.update_scope(uuid, text, text, text, core.scope_visibility) to authenticated;
