-- How the log is: whether it is sealed in time, whether the coming months are there, whether what it stands on is as
-- a migration left it. ops.health() tells it with the rest.

create or replace function audit._health()
returns table (name text, level text, finding text, advice text)
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    progress audit.progress;
    waiting interval;
    ahead integer;
    strays boolean;
    altered bigint;
    touched bigint;
begin
    select * into progress from audit.progress;
    select clock_timestamp() - min(c.recorded_at) into waiting
    from audit.changes c
    where c.era = progress.era and c.xid >= progress.sealed_below;

    name := 'sealing of the log';
    if pg_snapshot_xmax(pg_current_snapshot()) < progress.sealed_below then
        level := 'wrong';
        finding := 'transactions are numbered anew, as after a dump is restored: nothing is sealed any more';
        advice := 'select audit.begin_era(''restored'', …): docs/audit-for-auditors.md';
    elsif waiting > interval '5 minutes' then
        level := 'wrong';
        finding := format('a change has waited for %s', date_trunc('second', waiting));
        advice := 'see that the job seal_log runs; look for old transactions in pg_stat_activity and pg_prepared_xacts';
    else
        level := 'ok';
        finding := coalesce('a change waits since ' || date_trunc('second', waiting), 'nothing waits');
        advice := '';
    end if;
    return next;

    select count(*) into ahead
    from pg_inherits i
    join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'audit.changes'::regclass
        and c.relname > to_char(now() at time zone 'UTC', '"changes_"YYYY_MM')
        and c.relname <> 'changes_default';
    select exists (select from audit.changes_default) or exists (select from audit.activity_default) into strays;
    name := 'months of the log';
    level := case when ahead = 0 then 'wrong' when strays then 'note' else 'ok' end;
    finding := format('%s months ahead are there', ahead)
        || case when strays then '; some rows have none' else '' end;
    advice := case level when 'ok' then '' else 'see that the job make_months runs, or call audit.make_months()' end;
    return next;

    select count(*) filter (where s.finding <> 'safeguard_touched'), count(*) into altered, touched
    from audit._verify_safeguards() s;
    name := 'what the log stands on';
    level := case when altered > 0 then 'wrong' when touched > 0 then 'note' else 'ok' end;
    finding := case
        when altered > 0 then format('%s things are not as a migration left them', altered)
        when touched > 0 then format('%s things were written again since a migration, and are the same', touched)
        else 'as a migration left it'
    end;
    advice := case level when 'ok' then '' else 'select * from audit.verify(audit.platform())' end;
    return next;
end
$$;

comment on function audit._health() is 'How the log is.';

revoke execute on function audit._health() from public;
