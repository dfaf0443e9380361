-- Compares the rows of a table with their newest changes: what was changed without the log, was changed behind its
-- back. A column that came after the change, or that has gone since, is not compared. Since a size that was verified
-- before, only rows that changed after it are looked at.
--
-- First by digests alone, so that the images of a large table need not be sorted; where they differ, image by image.

create or replace function audit._verify_rows(tenant_id uuid, tracked text, since bigint)
returns table (finding text, "position" bigint, seq bigint, table_name text, key text, message text)
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    seen record;
    live text;
    from_seq constant bigint := audit._first_seq(tenant_id, since);
    seqs bigint[];
    parts oid[];
    places tid[];
begin
    if from_seq is null then
        return;
    end if;
    select * into seen from audit._portrait(tracked);
    live := format(
        'select coalesce(%1$s, %2$s) as id, %1$s as key, %3$s as clear, %4$s as personal, %5$s as body,'
        ' n.tableoid as part, n.ctid as place from %6$s n%7$s',
        seen.key, seen.personal_key, seen.clear, seen.personal, seen.body, tracked, seen.gathered
    );
    execute case
        when since = 0 then format(
            $suspects$
            select array_agg(c.seq) as seqs, array_agg(n.part) as parts, array_agg(n.place) as places
            from (
                select distinct on (d.id) d.*
                from (
                    select
                        sha256(textsend(coalesce(c.key, c.personal_key))) as id, c.seq, c.operation,
                        sha256(textsend(c.clear)) as clear,
                        sha256(textsend(c.personal)) as personal,
                        %3$s as salt, %4$s as body_commitment
                    from audit.changes c
                    where c.tenant_id = $1 and c.table_name = %1$L and num_nonnulls(c.key, c.personal_key) > 0
                ) d
                order by d.id, d.seq desc
            ) c
            full join (
                select
                    sha256(textsend(n.id)) as id, n.part, n.place, n.body,
                    sha256(textsend(n.clear)) as clear,
                    sha256(textsend(n.personal)) as personal
                from (%2$s where %5$s = $1) n
            ) n on n.id = c.id
            where c.id is null
                or (n.id is null) <> (c.operation in ('D', 'T'))
                or n.clear <> c.clear
                or n.personal <> c.personal
                or sha256(c.salt || n.body) <> c.body_commitment
            $suspects$,
            tracked, live,
            -- What is not asked for is not carried along.
            case when seen.body = 'null::bytea' then seen.body else 'c.salt' end,
            case when seen.body = 'null::bytea' then seen.body else 'c.body_commitment' end,
            seen.tenant_id
        )
        -- The newest change of what changed since is one of those since.
        else format(
            $suspects$
            select array_agg(c.seq) as seqs, array_agg(n.part) as parts, array_agg(n.place) as places
            from (
                select distinct on (coalesce(c.key, c.personal_key)) coalesce(c.key, c.personal_key) as id, c.seq
                from audit.changes c
                where c.tenant_id = $1
                    and c.table_name = %1$L
                    and c.seq >= $2
                    and num_nonnulls(c.key, c.personal_key) > 0
                order by coalesce(c.key, c.personal_key), c.seq desc
            ) c
            cross join jsonb_populate_record(null::%1$s, c.id::jsonb) k
            left join lateral (select n.tableoid as part, n.ctid as place from %1$s n where %2$s) n on true
            $suspects$,
            tracked,
            (
                select string_agg(format('n.%1$I = k.%1$I', key_column), ' and ')
                from unnest(audit._key_columns(tracked)) key_column
            )
        )
    end into seqs, parts, places using tenant_id, from_seq;
    return query execute format(
        $query$
        select
            case
                when c.seq is null then 'row_unrecorded'
                when n.id is null then 'row_missing'
                when c.operation in ('D', 'T') then 'row_unrecorded'
                else 'row_altered'
            end,
            (select l.position from audit.leaves l where l.tenant_id = $1 and l.seq = c.seq),
            c.seq,
            %1$L,
            coalesce(c.key, n.key),
            case
                when c.seq is null then 'this row is there, and no change says how it came'
                when n.id is null then 'this row is gone, and no change says so'
                when c.operation in ('D', 'T') then 'this row is there, and its newest change says that it went'
                else 'this row is not as its newest change left it'
            end
        from unnest($2, $3, $4) s (seq, part, place)
        left join audit.changes c on c.tenant_id = $1 and c.seq = s.seq
        left join lateral (%2$s where n.tableoid = s.part and n.ctid = s.place) n on true
        where c.seq is null
            or (n.id is null) <> (c.operation in ('D', 'T'))
            or (n.clear <> c.clear and not audit._same(n.clear, c.clear))
            or (n.personal <> c.personal and not audit._same(n.personal, c.personal))
            or sha256(c.salt || n.body) <> c.body_commitment
        $query$,
        tracked, live
    ) using tenant_id, seqs, parts, places;
end
$$;

comment on function audit._verify_rows(uuid, text, bigint) is 'Compares the rows of a table with their newest changes.';

revoke execute on function audit._verify_rows(uuid, text, bigint) from public;
