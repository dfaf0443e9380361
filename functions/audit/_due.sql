-- The changes to be sealed now: those of these transactions; or, without a bound, whatever of eras until this one was
-- never sealed. Transaction ids come as text: the generator of the API knows no other form of them.

create or replace function audit._due(era integer, from_xid text, before_xid text)
returns table (tenant_id uuid, seq bigint, recorded_at timestamptz, leaf bytea)
language plpgsql -- its plans are kept from one call to the next
stable
rows 1000
set search_path = pg_catalog, pg_temp
as $$
begin
    if before_xid is not null then
        return query
        select c.tenant_id, c.seq, c.recorded_at, c.leaf
        from audit.hashed_changes c
        where c.era = _due.era and c.xid >= from_xid::xid8 and c.xid < before_xid::xid8;
    else
        return query
        select c.tenant_id, c.seq, c.recorded_at, c.leaf
        from audit.hashed_changes c
        where c.era <= _due.era
            and not exists (select from audit.leaves l where l.tenant_id = c.tenant_id and l.seq = c.seq);
    end if;
end
$$;

comment on function audit._due(integer, text, text) is 'The changes to be sealed now.';

revoke execute on function audit._due(integer, text, text) from public;
