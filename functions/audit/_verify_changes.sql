-- Holds changes and leaves against each other: what was altered, what went, what was put in, what is personal and
-- does not fit its commitment. Stretch by stretch in the order of their numbers, so that a long log takes no more
-- memory than a short one. Since a size that was verified before: the leaves after it, and the changes that have
-- numbers from theirs on.

create or replace function audit._verify_changes(tenant_id uuid, since bigint)
returns table (finding text, "position" bigint, seq bigint, table_name text, key text, message text)
language plpgsql
stable
set search_path = pg_catalog, pg_temp
set enable_seqscan = off -- each stretch by its numbers, not the whole log for each
set jit = off -- compiling takes longer than it saves
as $$
declare
    stretch constant integer := 250000;
    from_seq bigint := audit._first_seq(tenant_id, since);
    next_seq bigint;
    -- A month was put away whole, or it was not put away.
    put_away constant timestamptz[] := array(
        select m.month::timestamp at time zone 'UTC'
        from audit.archived_months m
        where not exists (
            select
            from audit.changes c
            where c.recorded_at >= m.month::timestamp at time zone 'UTC'
                and c.recorded_at < (m.month + interval '1 month') at time zone 'UTC'
        )
    );
begin
    while from_seq is not null loop
        next_seq := (
            select l.seq
            from audit.leaves l
            where l.tenant_id = _verify_changes.tenant_id and l.seq >= from_seq
            order by l.seq
            offset stretch
            limit 1
        );
        return query
        select
            case
                when c.seq is null then 'change_missing'
                when l.seq is null then 'change_unsealed'
                when l.hash is distinct from c.leaf or l.recorded_at <> c.recorded_at then 'change_altered'
                else 'personal_altered'
            end,
            l.position,
            coalesce(l.seq, c.seq),
            c.table_name,
            c.key,
            case
                when c.seq is null then 'the log holds this change, and it is gone'
                when l.seq is null then 'this change was put in: its transaction is sealed, and it is not'
                when l.hash is distinct from c.leaf or l.recorded_at <> c.recorded_at
                    then 'this change is not what was sealed'
                else 'what is personal in this change is not what was committed to'
            end
        from (
            select l.position, l.seq, l.recorded_at, l.hash
            from audit.leaves l
            where l.tenant_id = _verify_changes.tenant_id
                and l.position >= since
                and l.seq between from_seq and coalesce(next_seq - 1, 9223372036854775807)
        ) l
        full join (
            select
                c.seq, c.recorded_at, c.table_name, c.key, c.leaf, c.era, c.xid,
                c.personal is not null
                and (
                    c.personal_commitment is distinct from sha256(c.salt || convert_to(c.personal, 'utf8'))
                    or (
                        c.key is null
                        and ((coalesce(c.clear::jsonb, '{}') || c.personal::jsonb) @> c.personal_key::jsonb) is not true
                    )
                ) as misfits
            from audit.hashed_changes c
            where c.tenant_id = _verify_changes.tenant_id
                and c.seq between from_seq and coalesce(next_seq - 1, 9223372036854775807)
        ) c on c.seq = l.seq
        where (
                c.seq is null
                and date_trunc('month', l.recorded_at, 'UTC') <> all (put_away)
            )
            or (
                l.seq is null
                and (
                    c.era < (select p.era from audit.progress p)
                    or c.xid < (select p.sealed_below from audit.progress p)
                )
                and not exists (
                    select
                    from audit.leaves earlier
                    where earlier.tenant_id = _verify_changes.tenant_id and earlier.seq = c.seq
                )
            )
            or l.hash <> c.leaf
            or l.recorded_at <> c.recorded_at
            or (l.seq is not null and c.misfits);
        from_seq := next_seq;
    end loop;
end
$$;

comment on function audit._verify_changes(uuid, bigint) is 'Holds changes and leaves against each other.';

revoke execute on function audit._verify_changes(uuid, bigint) from public;
