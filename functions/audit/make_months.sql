-- Makes the partitions of the coming months, so that a write finds its month; where there is none, it lands in the
-- default and is moved into its month here. Returns how many were made.

create or replace function audit.make_months(ahead integer default 12)
returns integer
language plpgsql
volatile
security definer -- nobody may write the log
set search_path = pg_catalog, pg_temp
set timezone = 'UTC'
set lock_timeout = '2s' -- every writer would wait behind it; it is called again
as $$
declare
    made integer := 0;
    wanted record;
    -- Read beforehand: what is still being read cannot be altered.
    strays constant timestamptz[] := array(
        select distinct date_trunc('month', c.recorded_at) from audit.changes_default c
    );
    stray_activity constant timestamptz[] := array(
        select distinct date_trunc('month', a.happened_at) from audit.activity_default a
    );
begin
    for wanted in
        select t.name, t.clock, date_trunc('month', now()) + make_interval(months => i) as month
        from (values ('changes', 'recorded_at'), ('activity', 'happened_at')) as t (name, clock)
        cross join generate_series(0, ahead) i
        union
        select 'changes', 'recorded_at', m from unnest(strays) m where m < now() + make_interval(months => ahead)
        union
        select 'activity', 'happened_at', m from unnest(stray_activity) m
        where m < now() + make_interval(months => ahead)
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
