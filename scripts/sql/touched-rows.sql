-- How many rows this transaction has inserted, changed and deleted in ordinary tables so far.
select coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) as touched
from pg_catalog.pg_stat_xact_user_tables
where schemaname <> 'graphile_migrate'
