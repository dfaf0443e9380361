-- The root of the tree over the leaves of a log from one position up to another: RFC 6962's MTH. A complete subtree
-- of 256^k leaves is read where it is kept; what is smaller is computed from its leaves.

create or replace function audit._subtree(tenant_id uuid, from_position bigint, to_position bigint)
returns bytea
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    length constant bigint := to_position - from_position;
    half bigint := 1;
    levels integer := 1;
    kept bytea;
begin
    if length < 256 then
        return (
            select audit._root((audit._append(0, string_agg(l.hash, ''::bytea order by l.position), '{}')).peaks)
            from audit.leaves l
            where l.tenant_id = _subtree.tenant_id and l.position >= from_position and l.position < to_position
        );
    end if;
    while half * 2 < length loop
        half := half * 2;
        levels := levels + 1;
    end loop;
    if half * 2 = length and levels % 8 = 0 then
        select n.hash into kept
        from audit.nodes n
        where n.tenant_id = _subtree.tenant_id and n.height = levels and n.index = from_position / length;
        return kept;
    end if;
    return sha256(
        '\x01'::bytea
        || audit._subtree(tenant_id, from_position, from_position + half)
        || audit._subtree(tenant_id, from_position + half, to_position)
    );
end
$$;

comment on function audit._subtree(uuid, bigint, bigint) is 'The root of the tree over some leaves of a log.';

revoke execute on function audit._subtree(uuid, bigint, bigint) from public;
