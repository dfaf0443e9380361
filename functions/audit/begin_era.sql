-- Begins a new era: after a dump was restored, or the database moved to another cluster, transaction ids can no
-- longer be compared. Seals first what the old era left behind. The checkpoints that are known of outside are kept
-- with the era, so that what a restore has lost can be told. Call it with nobody else connected: whoever began
-- before, and sees the past only, would write in the old era (and be sealed when this is called once more).

create or replace function audit.begin_era(reason text, checkpoints text[] default '{}')
returns integer
language plpgsql
volatile
security definer -- nobody may write the log
set search_path = pg_catalog, pg_temp
set client_encoding = 'UTF8' -- leaves are hashed in it, whatever the session speaks
as $$
declare
    progress audit.progress;
begin
    perform core._require_read_committed();
    perform pg_advisory_xact_lock(hashtextextended('audit.seal', 0));
    select * into progress from audit.progress;
    -- Whoever is writing ends first; whoever comes after finds the new era.
    lock table audit.changes in share mode;
    -- The last change of the old era, and sealed with it: nothing of that era is sealed afterwards.
    insert into audit.eras (era, reason, checkpoints)
    values (progress.era + 1, begin_era.reason, begin_era.checkpoints);
    perform audit._seal_due(progress.era, '0', null, clock_timestamp(), null);
    update audit.progress p set era = progress.era + 1, sealed_below = '0';
    -- A sequence that fell behind would give a number twice.
    perform setval('audit.change_seq', greatest(max(c.seq), (select s.last_value from audit.change_seq s)))
    from audit.changes c;
    -- A dump keeps definitions, and not the transactions that wrote them.
    update audit.safeguards s
    set catalog_xmin = n.catalog_xmin::xid, recorded_at = now()
    from audit._safeguards() n
    where n.object = s.object and n.digest = s.digest and s.catalog_xmin is distinct from n.catalog_xmin::xid;
    return progress.era + 1;
end
$$;

comment on function audit.begin_era(text, text[]) is 'Begins a new era, after a restore or a move.';

revoke execute on function audit.begin_era(text, text[]) from public;
grant execute on function audit.begin_era(text, text[]) to service_role;
