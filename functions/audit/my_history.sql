-- What happened to what is about me, and to those I act for: newest first. It says what happened and when, and whether
-- it was me; not who else, which is not mine to know.

create or replace function audit.my_history(before timestamptz default null, at_most integer default 100)
returns table (
    recorded_at timestamptz,
    tenant_id uuid,
    table_name text,
    operation text,
    by_me boolean,
    clear jsonb
)
language sql
stable
security definer -- changes are nobody's to read but the auditors'
set search_path = pg_catalog, pg_temp
as $$
    select
        c.recorded_at, nullif(c.tenant_id, audit.platform()), c.table_name, c.operation::text,
        coalesce(c.actor = core.me(), false), c.clear::jsonb
    from audit.changes c
    where c.subjects && array(select core.my_people())
        and not exists (
            select from ops.table_classes k where k.table_name = c.table_name and k.untold_because is not null
        )
        and (before is null or c.recorded_at < before)
    order by c.seq desc
    limit least(greatest(at_most, 1), 1000)
$$;

comment on function audit.my_history(timestamptz, integer) is
    E'What happened to what is about me: what and when, and whether it was me.\n'
    'before: Only what happened before this instant.\n'
    'at_most: How many changes to look at: 100, unless told otherwise.\n'
    'recorded_at: When.\n'
    'tenant_id: In which organization; none, where it was none''s.\n'
    'table_name: In which table.\n'
    'operation: What was done: I inserted, U updated, D deleted, T truncated.\n'
    'by_me: Whether it was me.\n'
    'clear: What changed, of what the log keeps in clear.';

revoke execute on function audit.my_history(timestamptz, integer) from public;
grant execute on function audit.my_history(timestamptz, integer) to authenticated;
