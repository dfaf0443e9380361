-- What is being reviewed, or was, stays as it is read, published or not; so does what was decided on. Whoever wants to
-- change it takes it back first.

create or replace function content.tg_work_versions__stand_still()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    if content._stands_still(new.tenant_id, new.work_id, new.material_version = new.number) then
        perform core._refuse('under_review');
    end if;
    return null;
end
$$;

comment on function content.tg_work_versions__stand_still() is
    'Refuses another version of what is reviewed, or was, and would not be again.';

revoke execute on function content.tg_work_versions__stand_still() from public;
