-- Whoever makes a work is the first who has to consent to it.

create or replace function consent.tg_works__add_owner()
returns trigger
language plpgsql
security definer -- parties are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    insert into consent.consent_parties (tenant_id, work_id, person_id, capacity, added_by)
    values (new.tenant_id, new.id, new.owner_id, 'teller', new.owner_id);
    return null;
end
$$;

comment on function consent.tg_works__add_owner() is 'Makes whoever owns a work the first who has to consent to it.';

revoke execute on function consent.tg_works__add_owner() from public;
