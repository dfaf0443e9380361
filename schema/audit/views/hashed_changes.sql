-- Every change with its leaf: what the tree holds of it. RFC 6962 hashes a leaf behind a zero byte; the bytes are the
-- binary form of this record, in which every field stands with its type and its length. docs/audit-format.md says it
-- byte by byte. The one place that says what a leaf is.

create view audit.hashed_changes
with (security_invoker = true)
as
select
    c.*,
    sha256('\x00'::bytea || record_send(row(
        c.tenant_id, c.seq, c.era, c.xid, c.recorded_at, c.actor, c.role, c.session_role, c.flags, c.request_id,
        c.table_name, c.operation, c.key, c.clear, c.personal_commitment, c.body_commitment
    ))) as leaf
from audit.changes c;

comment on view audit.hashed_changes is 'Every change with its leaf: what the tree holds of it.';
