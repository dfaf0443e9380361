-- What is wrong with one log, from a position on; no row: it is whole.
select v.finding, v.position, v.seq, v.table_name, v.key, v.message
from audit.verify($1::uuid, $2::bigint, $3::text) v;
