-- A story that is told for somebody who has died warns of that.

create or replace function stories.tg_stories__warn()
returns trigger
language plpgsql
security definer -- warnings are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform
    from core.people e
    where e.id in (
        select p.person_id
        from consent.consent_parties p
        where p.tenant_id = new.tenant_id and p.work_id = new.id
    )
    order by e.id
    for share;
    perform stories._warn(new.tenant_id, array[new.id]);
    return null;
end
$$;

comment on function stories.tg_stories__warn() is 'Lets a new story warn of those on record as having died.';

revoke execute on function stories.tg_stories__warn() from public;
