-- Compares the rows of a table with their newest changes: what was changed without the log, was changed behind its
-- back. A column that came after the change, or that has gone since, is not compared. Since a size that was verified
-- before, only rows that changed after it are looked at.

create or replace function audit._verify_rows(tenant_id uuid, tracked text, since bigint)
returns table (finding text, "position" bigint, seq bigint, table_name text, key text, message text)
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    seen record;
    live text;
    newest text;
    compared text;
begin
    select * into seen from audit._portrait(tracked);
    live := format(
        'select coalesce(%1$s, %2$s) as id, %1$s as key, %3$s as clear, %4$s as personal, %5$s as body from %6$s n%7$s',
        seen.key, seen.personal_key, seen.clear, seen.personal, seen.body, tracked, seen.gathered
    );
    newest := format(
        $newest$
        select distinct on (coalesce(c.key, c.personal_key))
            coalesce(c.key, c.personal_key) as id,
            c.key, c.seq, c.operation, c.clear, c.personal, c.salt, c.body_commitment, c.erased_under
        from audit.changes c
        where c.tenant_id = $1 and c.table_name = %L and num_nonnulls(c.key, c.personal_key) > 0 %s
        order by coalesce(c.key, c.personal_key), c.seq desc
        $newest$,
        tracked,
        case when since > 0 then $since$
            and coalesce(c.key, c.personal_key) in (
                select coalesce(r.key, r.personal_key)
                from audit.changes r
                where r.tenant_id = $1 and r.table_name = c.table_name and r.recorded_at >= (
                    select min(l.recorded_at) from audit.leaves l where l.tenant_id = $1 and l.position >= $2
                )
            )
        $since$ else '' end
    );
    compared := case
        when since > 0 then format(
            '(%s) c left join lateral (%s cross join jsonb_populate_record(null::%s, c.id::jsonb) k where %s) n on true',
            newest, live, tracked,
            (
                select string_agg(format('n.%1$I = k.%1$I', key_column), ' and ')
                from unnest(audit._key_columns(tracked)) key_column
            )
        )
        else format('(%s) c full join (%s where %s = $1) n on n.id = c.id', newest, live, seen.tenant_id)
    end;
    return query execute format(
        $query$
        select
            case
                when c.id is null then 'row_unrecorded'
                when n.id is null then 'row_missing'
                when c.operation in ('D', 'T') then 'row_unrecorded'
                else 'row_altered'
            end,
            (select l.position from audit.leaves l where l.tenant_id = $1 and l.seq = c.seq),
            c.seq,
            %L,
            coalesce(c.key, n.key),
            case
                when c.id is null then 'this row is there, and no change says how it came'
                when n.id is null then 'this row is gone, and no change says so'
                when c.operation in ('D', 'T') then 'this row is there, and its newest change says that it went'
                else 'this row is not as its newest change left it'
            end
        from %s
        where c.id is null
            or (n.id is null) <> (c.operation in ('D', 'T'))
            or (n.clear <> c.clear and not audit._same(n.clear, c.clear))
            or (n.personal <> c.personal and not audit._same(n.personal, c.personal))
            or sha256(c.salt || n.body) <> c.body_commitment
        $query$,
        tracked, compared
    ) using tenant_id, since;
end
$$;

comment on function audit._verify_rows(uuid, text, bigint) is 'Compares the rows of a table with their newest changes.';

revoke execute on function audit._verify_rows(uuid, text, bigint) from public;
