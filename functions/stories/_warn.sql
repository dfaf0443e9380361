-- Stories to which somebody has to consent who has died warn of that, and others do not. Whoever changes what that
-- follows from calls this, and holds it still until they are done.

create or replace function stories._warn(tenant_id uuid, story_ids uuid[])
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    delete from stories.content_warnings c
    where c.tenant_id = _warn.tenant_id
        and c.work_id = any (story_ids)
        and c.source = 'record'
        and c.work_id not in (select d from stories._of_the_dead(_warn.tenant_id, story_ids) as d);
    insert into stories.content_warnings (tenant_id, work_id, kind, source)
    select _warn.tenant_id, d, 'deceased', 'record'
    from stories._of_the_dead(_warn.tenant_id, story_ids) as d
    on conflict on constraint content_warnings_pkey do nothing;
end
$$;

comment on function stories._warn(uuid, uuid[]) is 'Lets stories warn of those on record as having died.';

revoke execute on function stories._warn(uuid, uuid[]) from public;
