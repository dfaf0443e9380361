-- A row as it was at an instant, with what was personal, for functions that bring back what is somebody's own: null
-- where the log has nothing of it from then. It says whether what was personal was erased since, and whether the row
-- began only later.

create or replace function audit._as_of(tenant_id uuid, table_name text, key jsonb, instant timestamptz)
returns table (image jsonb, erased boolean, began_later boolean)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select
        case
            when c.operation not in ('D', 'T') then coalesce(c.clear::jsonb, '{}') || coalesce(c.personal::jsonb, '{}')
        end,
        c.erased_under is not null,
        c.seq is null and exists (
            select
            from audit.changes later
            where later.tenant_id = _as_of.tenant_id
                and later.table_name = _as_of.table_name
                and coalesce(later.key, later.personal_key) = k.key
                and later.operation = 'I'
                and later.recorded_at > instant
        )
    from (select audit._key_text(_as_of.table_name, _as_of.key)) k (key)
    left join lateral (
        select c.*
        from audit.changes c
        where c.tenant_id = _as_of.tenant_id
            and c.table_name = _as_of.table_name
            and coalesce(c.key, c.personal_key) = k.key
            and c.recorded_at <= instant
        order by c.seq desc
        limit 1
    ) c on true
$$;

comment on function audit._as_of(uuid, text, jsonb, timestamptz) is
    'A row as it was at an instant, with what was personal.';

revoke execute on function audit._as_of(uuid, text, jsonb, timestamptz) from public;
