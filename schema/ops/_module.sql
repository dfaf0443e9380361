-- The module ops: what has to run? What must be told to the world outside, kept, held, handed out, counted.

create schema ops;

comment on schema ops is
    'What has to run? The outbox, jobs, exports, legal holds, and the registry of what every column holds.';

grant usage on schema ops to authenticated, service_role, empathy_auditor;

create type ops.tenancy as enum ('global', 'tenant');
comment on type ops.tenancy is
    'Tenant: rows belong to one organization. Global: they belong to the platform or to a person.';

create type ops.pii_class as enum ('none', 'personal', 'secret');
comment on type ops.pii_class is
    'Whether a column can say something about a person. Secret: only ever stored encrypted or hashed.';

create type ops.audit_class as enum ('clear', 'personal', 'body', 'omitted');
comment on type ops.audit_class is
    'How the audit log keeps a column: in clear, separately erasable, by its hash alone, or not at all.';

create type ops.export_status as enum ('queued', 'running', 'ready', 'halted', 'failed', 'expired');
comment on type ops.export_status is
    E'How far an export has come.\n'
    'queued: It waits.\n'
    'running: It is being made.\n'
    'ready: It can be fetched.\n'
    'halted: Consent was withdrawn while it was under way.\n'
    'failed: It could not be made.\n'
    'expired: It can be fetched no more.';
