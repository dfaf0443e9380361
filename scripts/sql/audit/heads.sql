-- How far each log is sealed.
select h.tenant_id, h.size
from audit.heads h
order by h.tenant_id;
