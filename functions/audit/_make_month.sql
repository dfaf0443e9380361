-- Makes one month's partition of a table. Nobody is granted anything on it: it is read through its table.
-- What already lies in the default partition for that month would stand in the way, so it is moved.

create or replace function audit._make_month(name text, clock text, month timestamptz)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
set timezone = 'UTC'
as $$
declare
    partition constant text := format('audit.%s_%s', name, to_char(month, 'YYYY_MM'));
    following constant timestamptz := month + interval '1 month';
    stray boolean;
begin
    execute format(
        'create table %s (like audit.%I including defaults including constraints)', partition, name
    );
    execute format('select exists (select from audit.%I_default where %I >= $1 and %2$I < $2)', name, clock)
    into stray using month, following;
    if stray then
        execute format('lock table audit.%I in access exclusive mode', name);
        alter table audit.changes_default disable trigger _010_erase_only;
        execute format(
            'with moved as (delete from audit.%1$I_default where %2$I >= $1 and %2$I < $2 returning *) '
            'insert into %3$s select * from moved',
            name, clock, partition
        ) using month, following;
        alter table audit.changes_default enable always trigger _010_erase_only;
    end if;
    execute format('alter table %s enable row level security', partition);
    execute format(
        'comment on table %s is %L', partition, to_char(month, 'FMMonth YYYY') || ' of audit.' || name || '.'
    );
    execute format(
        'alter table audit.%I attach partition %s for values from (%L) to (%L)', name, partition, month, following
    );
    if name = 'changes' then
        execute format(
            'create trigger _020_append_only before truncate on %s '
            'for each statement execute function audit.tg__append_only()',
            partition
        );
        execute format('alter table %s enable always trigger _020_append_only', partition);
    end if;
end
$$;

comment on function audit._make_month(text, text, timestamptz) is 'Makes one month''s partition of a table.';

revoke execute on function audit._make_month(text, text, timestamptz) from public;
