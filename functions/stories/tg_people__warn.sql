-- Somebody died, or that was an error, or they turned out to be somebody else: what they have to consent to warns of
-- it, or does not any more. Whoever says so sees what they were asked meanwhile: at a higher isolation they would not.

create or replace function stories.tg_people__warn()
returns trigger
language plpgsql
security definer -- warnings are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require_read_committed();
    perform stories._warn(affected.tenant_id, affected.work_ids)
    from (
        select p.tenant_id, array_agg(distinct p.work_id) as work_ids
        from consent.consent_parties p
        join core.people e on e.id = p.person_id
        where new.id in (e.id, e.merged_into)
        group by p.tenant_id
    ) affected;
    return null;
end
$$;

comment on function stories.tg_people__warn() is 'Lets stories follow what is on record of who has died.';

revoke execute on function stories.tg_people__warn() from public;
