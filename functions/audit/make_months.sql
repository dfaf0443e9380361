-- Makes the partitions of the coming months, so that a write finds its month; where there is none, it lands in the
-- default and is moved into its month here. Returns how many were made.

create or replace function audit.make_months(ahead integer default 12)
returns integer
language plpgsql
volatile
security definer -- nobody may write the log
set search_path = pg_catalog, pg_temp
set timezone = 'UTC'
as $$
declare
    made integer := 0;
    wanted record;
begin
    for wanted in
        select t.name, t.clock, date_trunc('month', now()) + make_interval(months => i) as month
        from (values ('changes', 'recorded_at'), ('activity', 'happened_at')) as t (name, clock)
        cross join generate_series(0, ahead) i
        order by 1, 3
    loop
        if to_regclass(format('audit.%s_%s', wanted.name, to_char(wanted.month, 'YYYY_MM'))) is null then
            perform audit._make_month(wanted.name, wanted.clock, wanted.month);
            made := made + 1;
        end if;
    end loop;
    return made;
end
$$;

comment on function audit.make_months(integer) is 'Makes the partitions of the coming months.';

revoke execute on function audit.make_months(integer) from public;
grant execute on function audit.make_months(integer) to service_role;
