-- of which: leaves, commitments, tree and chain
-- rounds: 3

set work_mem = '64MB'; -- as audit.verify() does

set jit = off;

select
    h.size as done,
    (select count(*) from audit._verify_changes(h.tenant_id, 0))
    + (select count(*) from audit._verify_blocks(h.tenant_id, 0)) as findings
from audit.heads h
where h.tenant_id = '0b000000-0000-4000-8000-000000000000';
