-- verifying a log whole: changes a second, on one core (aim: 300,000)
-- rounds: 1

vacuum analyze;

select h.size as done, (select count(*) from audit.verify(h.tenant_id)) as findings
from audit.heads h
where h.tenant_id = '0b000000-0000-4000-8000-000000000000';
