-- Puts a month of changes away for good, once it is older than the log is kept. What is still the newest change of a
-- row is noted once more first, so that the row can go on being verified. The leaves stay, so every proof still
-- holds. Whoever wants to keep what the month said takes a bundle before. The oldest month goes first: an order to
-- erase never goes before what it erased. Returns how many changes went.

create or replace function audit.archive_month(month date)
returns bigint
language plpgsql
volatile
security definer -- nobody may write the log
set search_path = pg_catalog, pg_temp
set timezone = 'UTC'
set datestyle = 'ISO, YMD'
set intervalstyle = 'iso_8601'
set extra_float_digits = '1'
set bytea_output = 'hex'
set client_encoding = 'UTF8'
set lock_timeout = '2s' -- every writer would wait behind it
as $$
declare
    first_day constant date := date_trunc('month', month);
    partition constant text := format('audit.changes_%s', to_char(first_day, 'YYYY_MM'));
    tracked text;
    unsealed bigint;
    put_away bigint;
begin
    perform core._require_read_committed();
    if to_regclass(partition) is null
        or exists (
            select
            from pg_inherits i
            join pg_class c on c.oid = i.inhrelid
            where i.inhparent = 'audit.changes'::regclass
                and c.relname < to_char(first_day, '"changes_"YYYY_MM')
        )
        or first_day >= date_trunc('month', now()) - (
            select make_interval(months => (c.value #>> '{}')::integer)
            from core.platform_config c
            where c.key = 'audit.kept_months'
        )
    then
        perform core._refuse('month_kept', to_char(first_day, 'YYYY-MM'));
    end if;
    execute format(
        'select count(*), count(*) filter (where not exists ('
        'select from audit.leaves l where l.tenant_id = c.tenant_id and l.seq = c.seq)) from %s c',
        partition
    ) into put_away, unsealed;
    if unsealed > 0 or exists (select from ops.legal_holds h where h.released_at is null) then
        perform core._refuse('held');
    end if;

    -- Whoever is writing ends first; whoever comes after writes after what is noted here.
    lock table audit.changes in share row exclusive mode;
    -- What the log follows no longer, or is no longer there, has nothing to be verified.
    for tracked in
        execute format(
            'select distinct c.table_name from %s c '
            'join ops.table_classes k on k.table_name = c.table_name and k.untracked_because is null',
            partition
        )
    loop
        execute audit._capture_statement(
            tracked, 'S',
            format(
                $rows$(
                    select n.*
                    from %1$s n%6$s
                    where coalesce(%2$s, %3$s) in (
                        select coalesce(c.key, c.personal_key)
                        from %4$s c
                        where c.table_name = %5$L
                            and not exists (
                                select
                                from audit.changes later
                                where later.tenant_id = c.tenant_id
                                    and later.table_name = c.table_name
                                    and coalesce(later.key, later.personal_key) = coalesce(c.key, c.personal_key)
                                    and later.seq > c.seq
                            )
                    )
                )$rows$,
                tracked, (audit._portrait(tracked)).key, (audit._portrait(tracked)).personal_key, partition, tracked,
                (audit._portrait(tracked)).gathered
            )
        );
    end loop;

    perform audit.finish_erasures(); -- what was noted about somebody who is forgotten
    insert into audit.archived_months (month, changes, archived_by) values (first_day, put_away, core.me());
    execute format('drop table %s', partition);
    return put_away;
end
$$;

comment on function audit.archive_month(date) is 'Puts a month of changes away for good; every proof still holds.';

revoke execute on function audit.archive_month(date) from public;
grant execute on function audit.archive_month(date) to service_role;
