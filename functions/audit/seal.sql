-- Seals what was written: every change of a transaction that can no longer be followed by an older one gets its place
-- in its tenant's log, and each log that grew gets a block. Returns how many changes it sealed.
--
-- Writers are not waited for: a change is left to a later call while any transaction as old as its own still runs.
-- One sealer at a time; the others find the lock taken and go. Should one be killed, all it did is undone.

create or replace function audit.seal(batch bigint default 50000)
returns bigint
language plpgsql
volatile
security definer -- nobody may write the log
set search_path = pg_catalog, pg_temp
set client_encoding = 'UTF8' -- leaves are hashed in it, whatever the session speaks
set work_mem = '64MB'
as $$
declare
    progress audit.progress;
    horizon xid8;
    -- A transaction that has written before cannot tell who began after it.
    may_date constant boolean := pg_current_xact_id_if_assigned() is null;
    sealed_at timestamptz;
    next_xid text;
    sealed bigint;
begin
    perform core._require_read_committed();
    if not pg_try_advisory_xact_lock(hashtextextended('audit.seal', 0)) then
        return 0;
    end if;
    select * into progress from audit.progress;

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
    if not exists (
        select from audit.changes c where c.era = progress.era and c.xid >= progress.sealed_below and c.xid < horizon
    ) then
        return 0;
    end if;

    -- In this order: what is due was written before, and whoever gets a later number than this transaction writes
    -- after.
    sealed_at := clock_timestamp();
    if may_date then
        next_xid := pg_current_xact_id()::text::numeric + 1;
    end if;
    sealed := audit._seal_due(progress.era, progress.sealed_below::text, horizon::text, sealed_at, next_xid);
    update audit.progress p
    set
        sealed_below = horizon,
        -- A clock that is set back does not let a change stand before a block.
        sealed_at = greatest(clock_timestamp(), (select max(h.sealed_at) from audit.heads h));
    return sealed;
end
$$;

comment on function audit.seal(bigint) is 'Seals what was written, and returns how many changes it sealed.';

revoke execute on function audit.seal(bigint) from public;
grant execute on function audit.seal(bigint) to service_role;
