-- From which number on the changes are that a log took in after it had a size; null when there are none.

create or replace function audit._first_seq(tenant_id uuid, since bigint)
returns bigint
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select case
        when since = 0 then -9223372036854775808
        else (
            select min(later.seq)
            from (
                select l.seq
                from audit.leaves l
                where l.tenant_id = _first_seq.tenant_id and l.position >= since
                offset 0 -- by position; not by seq, through all that came before
            ) later
        )
    end
$$;

comment on function audit._first_seq(uuid, bigint) is
    'From which number on the changes are that a log took in after it had a size.';

revoke execute on function audit._first_seq(uuid, bigint) from public;
