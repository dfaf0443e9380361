-- A log as lines of text that whoever distrusts this database can verify by themselves: docs/audit-format.md says how.
-- The command writes them to a file, with the notes it was given and a hash over all of it at the end.

create or replace function audit.bundle(tenant_id uuid, with_personal boolean default false)
returns setof text
language plpgsql
stable
security definer -- changes are nobody's to read but the auditors'
set search_path = pg_catalog, pg_temp
as $$
begin
    perform audit._require_access(tenant_id);
    if with_personal and not audit._sees_all() then
        perform core._refuse('not_permitted', 'an auditor');
    end if;

    -- Whoever reads of an erasure has to find its order: it is sealed first.
    if exists (
        select
        from audit.changes c
        where c.tenant_id = bundle.tenant_id
            and c.table_name = 'audit.erasure_orders'
            and not exists (select from audit.leaves l where l.tenant_id = c.tenant_id and l.seq = c.seq)
    ) then
        perform core._refuse('order_unsealed');
    end if;

    return next row_to_json(r)::text
    from (
        select
            'empathy-ledger audit bundle' as format,
            1 as version,
            audit.origin(bundle.tenant_id) as origin,
            bundle.tenant_id as tenant_id,
            coalesce(max(h.size), 0)::text as size,
            case when with_personal then 'included' else 'withheld' end as personal
        from audit.heads h
        where h.tenant_id = bundle.tenant_id
    ) r;

    return query
    select line
    from (
        select
            l.position,
            0 as rank,
            case
                when c.seq is null then '{"put_away":' || row_to_json(away)::text || '}'
                else '{"change":' || row_to_json(change)::text || '}'
            end as line
        from audit.leaves l
        left join audit.changes c
            on c.tenant_id = l.tenant_id and c.seq = l.seq and c.recorded_at = l.recorded_at
        cross join lateral (select l.position::text, encode(l.hash, 'hex') as hash) away
        cross join lateral (
            select
                l.position::text, c.seq::text, c.era, c.xid::text,
                audit._microseconds(c.recorded_at)::text as recorded_at,
                c.actor, c.role, c.session_role, c.flags, c.request_id, c.table_name, c.operation::text, c.key, c.clear,
                encode(c.personal_commitment, 'hex') as personal_commitment,
                encode(c.body_commitment, 'hex') as body_commitment,
                case when with_personal then c.personal end as personal,
                -- A salt alone would let a body be guessed.
                case when with_personal and c.personal is not null then encode(c.salt, 'hex') end as salt,
                c.erased_under
        ) change
        where l.tenant_id = bundle.tenant_id
        union all
        select
            b.size - 1,
            1,
            '{"block":' || row_to_json(block)::text || '}'
        from audit.blocks b
        cross join lateral (
            select
                b.number::text, b.size::text, encode(b.root, 'hex') as root,
                audit._microseconds(b.sealed_at)::text as sealed_at, b.next_xid::text,
                encode(b.previous_hash, 'hex') as previous_hash, encode(b.hash, 'hex') as hash
        ) block
        where b.tenant_id = bundle.tenant_id
    ) lines
    order by position, rank;
end
$$;

comment on function audit.bundle(uuid, boolean) is
    E'A log as lines of text that can be verified without this database.\n'
    'tenant_id: Whose log: an organization, or the platform.\n'
    'with_personal: Whether what is personal comes along; for auditors.';

revoke execute on function audit.bundle(uuid, boolean) from public;
grant execute on function audit.bundle(uuid, boolean) to authenticated, service_role, empathy_auditor;
