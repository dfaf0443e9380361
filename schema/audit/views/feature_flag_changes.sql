-- Who switched which module on or off, where and when: read from the log.

create view audit.feature_flag_changes
with (security_invoker = true)
as
select
    c.tenant_id,
    c.seq,
    c.recorded_at as changed_at,
    c.actor,
    c.operation::text as operation,
    (coalesce(c.clear, c.key)::jsonb ->> 'scope_id')::uuid as scope_id,
    coalesce(c.clear, c.key)::jsonb ->> 'module' as module,
    (c.clear::jsonb ->> 'enabled')::boolean as enabled
from audit.changes c
where c.table_name = 'core.feature_flags';

comment on view audit.feature_flag_changes is 'Who switched which module on or off, where and when.';
