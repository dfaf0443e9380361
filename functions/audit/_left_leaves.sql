-- How many leaves the left subtree of a tree has: the greatest power of two below their number (RFC 6962, 2.1).

create or replace function audit._left_leaves(leaves bigint)
returns bigint
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
    half bigint := 1;
begin
    while half * 2 < leaves loop
        half := half * 2;
    end loop;
    return half;
end
$$;

comment on function audit._left_leaves(bigint) is 'How many leaves the left subtree of a tree has.';

revoke execute on function audit._left_leaves(bigint) from public;
