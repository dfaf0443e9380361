-- Opens a community, and says what holds it together. Whoever opens it is its first steward.

create or replace function stories.create_community(
    parent_id uuid,
    slug text,
    name text,
    basis stories.community_basis,
    visibility core.scope_visibility default 'private',
    territory text default '',
    languages text[] default '{}',
    founded_on date default null
)
returns uuid
language plpgsql
volatile
security definer -- communities are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    scope_id constant uuid := core.create_place(parent_id, 'community', slug, name, visibility);
begin
    perform stories.describe_community(scope_id, basis, territory, languages, founded_on);
    return scope_id;
end
$$;

comment on function stories.create_community(
    uuid, text, text, stories.community_basis, core.scope_visibility, text, text[], date
) is 'Opens a community, which I then manage and am the first steward of, and returns its id.';

revoke execute on function stories.create_community(
    uuid, text, text, stories.community_basis, core.scope_visibility, text, text[], date
) from public;
grant execute on function stories.create_community(
    uuid, text, text, stories.community_basis, core.scope_visibility, text, text[], date
) to authenticated;
