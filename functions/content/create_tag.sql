-- Brings in a word that works of an organization can be called by. Whoever belongs to it can read it.

create or replace function content.create_tag(organization_id uuid, slug text, name text)
returns uuid
language plpgsql
volatile
security definer -- words are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
    tag_id uuid;
begin
    if organization_id <> all (core.reach(0)) then
        perform core._refuse('not_permitted', 'membership');
    end if;
    perform core._require_open(organization_id);
    if organization_id in (select core.barred('create')) then
        perform core._refuse('barred', 'create');
    end if;
    insert into content.tags (tenant_id, slug, name, created_by)
    values (create_tag.organization_id, create_tag.slug, btrim(create_tag.name), me)
    returning id into tag_id;
    return tag_id;
end
$$;

comment on function content.create_tag(uuid, text, text) is
    E'Brings in a word that works can be called by, and returns its id.\n'
    'organization_id: The organization that finds its works by it.\n'
    'slug: The word in addresses.\n'
    'name: The word as people read it.';

revoke execute on function content.create_tag(uuid, text, text) from public;
grant execute on function content.create_tag(uuid, text, text) to authenticated;
