-- Releases the figures of every organization that wants any, up to a month: the last that is over, unless told
-- otherwise. Called again, it has nothing to do. Returns how many organizations have new figures.

create or replace function insights.release(through date default null)
returns integer
language plpgsql
volatile
security definer -- figures are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    last_over constant date := date_trunc('month', now() at time zone 'UTC') - interval '1 month';
    organization_id uuid;
    released integer := 0;
begin
    if through > last_over or extract(day from through) <> 1 then
        perform core._refuse('month_not_over', through::text);
    end if;
    for organization_id in
        select o.id
        from core.organizations o
        where exists (
            select from core.feature_flags f where f.tenant_id = o.id and f.module = 'insights' and f.enabled
        )
            -- Who wants none any more has theirs taken away.
            or exists (select from insights.groups g where g.tenant_id = o.id and g.booked)
        order by o.id
    loop
        released := released + insights._release(organization_id, coalesce(through, last_over))::integer;
    end loop;
    if released > 0 then
        perform insights._refresh();
    end if;
    return released;
end
$$;

comment on function insights.release(date) is
    E'Releases the figures of every organization up to a month, and returns how many organizations have new ones.\n'
    'through: The month, by its first day: the last that is over, unless told otherwise.';

revoke execute on function insights.release(date) from public;
grant execute on function insights.release(date) to service_role;
