-- Opens a place, such as a community, in a project or straight in an organization. Whoever opens it is its first
-- steward: what only a community may decide has to begin with somebody.

create or replace function core.create_place(
    parent_id uuid,
    kind text,
    slug text,
    name text,
    visibility core.scope_visibility default 'private'
)
returns uuid
language plpgsql
volatile
security definer -- scopes are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    if kind in ('organization', 'project') then
        perform core._refuse('not_found', 'kind of place');
    end if;
    return core._create_scope(parent_id, kind, slug, name, visibility, array['place_manager', 'steward']);
end
$$;

comment on function core.create_place(uuid, text, text, text, core.scope_visibility) is
    E'Opens a place, such as a community, which I then manage, and returns its id.\n'
    'parent_id: The project that it hangs under, or the organization.\n'
    'kind: What kind of place it is, such as community.\n'
    'slug: The name in addresses, unique among siblings.\n'
    'name: The name as people read it.\n'
    'visibility: Who can find it. What is in it has rules of its own.';

revoke execute on function core.create_place(uuid, text, text, text, core.scope_visibility) from public;
grant execute on function core.create_place(uuid, text, text, text, core.scope_visibility) to authenticated;
