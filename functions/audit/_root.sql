-- The root of a tree, from its peaks: the smallest first, each under the next greater one.

create or replace function audit._root(peaks bytea[])
returns bytea
language plpgsql
immutable
set search_path = pg_catalog, pg_temp
as $$
declare
    root bytea;
    peak bytea;
begin
    foreach peak in array peaks loop
        if peak is not null then
            root := coalesce(sha256('\x01'::bytea || peak || root), peak);
        end if;
    end loop;
    return coalesce(root, sha256(''));
end
$$;

comment on function audit._root(bytea[]) is 'The root of a tree, from its peaks.';

revoke execute on function audit._root(bytea[]) from public;
