-- Begins a new era: after a dump was restored, or the database moved to another cluster, transaction ids can no
-- longer be compared. Seals first what the old era left behind. The checkpoints that are known of outside are kept
-- with the era, so that what a restore has lost can be told.

create or replace function audit.begin_era(reason text, checkpoints text[] default '{}')
returns integer
language plpgsql
volatile
security definer -- nobody may write the log
set search_path = pg_catalog, pg_temp
as $$
declare
    progress audit.progress;
begin
    perform core._require_read_committed();
    select * into progress from audit.progress for update;
    -- Whoever is writing ends first; whoever comes after finds the new era.
    lock table audit.changes in share mode;
    -- The last change of the old era, and sealed with it: nothing of that era is sealed afterwards.
    insert into audit.eras (era, reason, checkpoints)
    values (progress.era + 1, begin_era.reason, begin_era.checkpoints);
    perform audit._seal_due(progress.era, '0', null);
    update audit.progress p set era = progress.era + 1, sealed_below = '0';
    perform audit._record_safeguards(); -- a dump keeps definitions, and not the transactions that wrote them
    return progress.era + 1;
end
$$;

comment on function audit.begin_era(text, text[]) is 'Begins a new era, after a restore or a move.';

revoke execute on function audit.begin_era(text, text[]) from public;
grant execute on function audit.begin_era(text, text[]) to service_role;
