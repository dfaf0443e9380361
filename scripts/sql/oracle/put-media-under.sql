-- What there is to see is put under protocol sets ($1: a list of {id, protocol_set_id}).

update content.media m
set protocol_set_id = u.protocol_set_id
from jsonb_to_recordset($1) as u (id uuid, protocol_set_id uuid)
where m.id = u.id
