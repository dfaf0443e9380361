-- The peaks of a log's tree when it had this size: the roots of its complete subtrees, by height.

create or replace function audit._peaks(tenant_id uuid, size bigint)
returns bytea[]
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    peaks bytea[] := '{}'::bytea[];
    here bigint := 0;
begin
    for height in reverse 62 .. 0 loop
        if size & (1::bigint << height) <> 0 then
            if here = 0 then
                peaks := array_fill(null::bytea, array[height + 1]);
            end if;
            peaks[height + 1] := audit._subtree(tenant_id, here, here + (1::bigint << height));
            here := here + (1::bigint << height);
        end if;
    end loop;
    return peaks;
end
$$;

comment on function audit._peaks(uuid, bigint) is 'The peaks of a log''s tree when it had this size.';

revoke execute on function audit._peaks(uuid, bigint) from public;
