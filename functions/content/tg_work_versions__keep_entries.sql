-- A work is found by the words of its first version once that is written. A later one nobody reads before the work says
-- so, and comes with that.

create or replace function content.tg_work_versions__keep_entries()
returns trigger
language plpgsql
security definer -- nobody may write these
set search_path = pg_catalog, pg_temp
as $$
begin
    perform
    from content.works w
    where w.tenant_id = new.tenant_id
        and w.id = new.work_id
        and new.number in (w.current_version, w.public_version, w.organization_version, w.community_version)
    for no key update;
    if found then
        perform content._keep_entries(new.tenant_id, new.work_id);
    end if;
    return null;
end
$$;

comment on function content.tg_work_versions__keep_entries() is
    'Keeps the words by which a work is found when its first version is written.';

revoke execute on function content.tg_work_versions__keep_entries() from public;
