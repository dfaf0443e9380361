-- Says what only a community has: of one that was opened before, or anew. What is left out is empty.

create or replace function stories.describe_community(
    scope_id uuid,
    basis stories.community_basis,
    territory text default '',
    languages text[] default '{}',
    founded_on date default null
)
returns void
language plpgsql
volatile
security definer -- communities are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require('scope.manage', scope_id);
    insert into stories.communities as c (tenant_id, id, basis, territory, languages, founded_on)
    select
        s.tenant_id, s.id, describe_community.basis, btrim(describe_community.territory),
        describe_community.languages, describe_community.founded_on
    from core.scopes s
    where s.id = describe_community.scope_id and s.kind = 'community' and core.module_on('stories', s.id)
    on conflict on constraint communities_pkey do update
    set
        basis = excluded.basis, territory = excluded.territory,
        languages = excluded.languages, founded_on = excluded.founded_on;
    if not found then
        perform core._refuse('not_found', 'community');
    end if;
end
$$;

comment on function stories.describe_community(uuid, stories.community_basis, text, text[], date) is
    'Says what holds a community together, where it is at home, and what it speaks.';

revoke execute on function stories.describe_community(uuid, stories.community_basis, text, text[], date) from public;
grant execute on function stories.describe_community(uuid, stories.community_basis, text, text[], date)
to authenticated;
