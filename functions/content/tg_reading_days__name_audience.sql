-- As what whoever reads a work reads it: as nearly as they belong to it. In their own rights: of a work that they
-- cannot read it says nothing.

create or replace function content.tg_reading_days__name_audience()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    new.audience := coalesce(
        new.audience,
        (
            select case
                when w.scope_id = any (core.reach(2)) then 'community'
                when w.tenant_id = any (core.reach(0)) then 'organization'
            end
            from content.works w
            where w.tenant_id = new.tenant_id and w.id = new.work_id
        ),
        'public'
    );
    return new;
end
$$;

comment on function content.tg_reading_days__name_audience() is 'Says as what somebody reads a work.';

revoke execute on function content.tg_reading_days__name_audience() from public;
