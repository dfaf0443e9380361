-- What was committed since a snapshot (pg_current_snapshot(), as text): of these tables, and whatever is about these
-- people. For servers that pass on what happens. A snapshot knows exactly which transactions had ended when it was
-- taken, so nothing is missed and nothing comes twice, however long a transaction took; and writers are not asked to
-- tell anybody. (A notify in each transaction was measured instead: it has them commit one after the other, see
-- docs/api.md.)
--
-- After a crash Postgres gives away again the numbers of the last transactions that came to nothing, and the snapshot
-- takes them for ended. Whoever lost the connection meanwhile names the instant of the snapshot, too: what was written
-- after it is new, whatever its number.

create or replace function audit.changes_since(
    snapshot text,
    table_names text[],
    people uuid[],
    at_most integer,
    taken_at timestamptz default null
)
returns table (
    tenant_id uuid,
    table_name text,
    operation text,
    key jsonb,
    clear jsonb,
    recorded_at timestamptz,
    actor uuid,
    about uuid[]
)
language plpgsql -- its plan is kept from one call to the next
stable
security invoker -- servers read the log
set search_path = pg_catalog, pg_temp
as $$
declare
    before constant pg_snapshot := snapshot::pg_snapshot;
    present constant integer := (select p.era from audit.progress p);
    -- As many as may have been given away before a crash without being written down.
    forgettable constant numeric := 100000;
begin
    return query
    select
        c.tenant_id, c.table_name, c.operation::text, c.key::jsonb, c.clear::jsonb, c.recorded_at, c.actor,
        case
            when not exists (
                select
                from ops.table_classes k
                where k.table_name = c.table_name and k.untold_because is not null
            )
            then array(select unnest(c.subjects) intersect select unnest(changes_since.people))
            else '{}'
        end
    from (
        select n.*
        from audit.changes n
        where n.era = present and n.xid >= pg_snapshot_xmax(before)
        union all
        select n.*
        from audit.changes n
        where n.era = present and n.xid = any (array(select pg_snapshot_xip(before)))
        union all
        select n.*
        from audit.changes n
        where n.era = present
            and n.recorded_at > taken_at
            and n.xid < pg_snapshot_xmax(before)
            and n.xid >= greatest(pg_snapshot_xmin(before)::text::numeric - forgettable, 3)::text::xid8
            and pg_visible_in_snapshot(n.xid, before)
    ) c
    where c.table_name = any (table_names) or c.subjects && changes_since.people
    limit at_most;
end
$$;

comment on function audit.changes_since(text, text[], uuid[], integer, timestamptz) is
    'What was committed since a snapshot was taken.';

revoke execute on function audit.changes_since(text, text[], uuid[], integer, timestamptz) from public;
grant execute on function audit.changes_since(text, text[], uuid[], integer, timestamptz) to service_role;
