-- Seals what was written: every change of a transaction that can no longer be followed by an older one gets its place
-- in its tenant's log, and each log that grew gets a block. Returns how many changes it sealed.
--
-- Writers are not waited for: a change is left to a later call while any transaction as old as its own still runs.
-- One sealer at a time; the others find the row locked and go. Should one be killed, all it did is undone.

create or replace function audit.seal(batch bigint default 50000)
returns bigint
language plpgsql
volatile
security definer -- nobody may write the log
set search_path = pg_catalog, pg_temp
set work_mem = '64MB'
as $$
declare
    progress audit.progress;
    horizon xid8;
    sealed bigint;
begin
    perform core._require_read_committed();
    select * into progress from audit.progress for update skip locked;
    if not found then
        return 0;
    end if;

    -- A batch ends between transactions, never within one.
    horizon := least(
        pg_snapshot_xmin(pg_current_snapshot()),
        (
            select c.xid
            from audit.changes c
            where c.era = progress.era
                and c.xid > (
                    select o.xid
                    from audit.changes o
                    where o.era = progress.era and o.xid >= progress.sealed_below
                    order by o.xid
                    offset greatest(batch, 1) - 1
                    limit 1
                )
            order by c.xid
            limit 1
        )
    );

    sealed := audit._seal_due(progress.era, progress.sealed_below::text, horizon::text);
    if sealed > 0 then
        update audit.progress p set sealed_below = horizon, sealed_at = clock_timestamp();
    end if;
    return sealed;
end
$$;

comment on function audit.seal(bigint) is 'Seals what was written, and returns how many changes it sealed.';

revoke execute on function audit.seal(bigint) from public;
grant execute on function audit.seal(bigint) to service_role;
