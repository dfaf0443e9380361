-- Tables and functions that this transaction has met so far. What is counted is sent off at its end, so that the
-- next transaction on this connection begins at nothing.
with sent as (
    select pg_catalog.pg_stat_force_next_flush()
)
select t.schemaname || '.' || t.relname as name
from pg_catalog.pg_stat_xact_user_tables t, sent
where t.seq_scan + coalesce(t.idx_scan, 0) + t.n_tup_ins + t.n_tup_upd + t.n_tup_del > 0

union

select f.schemaname || '.' || f.funcname
from pg_catalog.pg_stat_xact_user_functions f
where f.calls > 0
