-- Places want figures or not ($1: a list of {tenant_id, scope_id, enabled}), and ask for so many people at least, where
-- that is said ($2: a list of {tenant_id, scope_id, value}).

with switches as (
    insert into core.feature_flags (tenant_id, scope_id, module, enabled)
    select s.tenant_id, s.scope_id, 'insights', s.enabled
    from jsonb_to_recordset($1) as s (tenant_id uuid, scope_id uuid, enabled boolean)
    on conflict on constraint feature_flags_pkey do update set enabled = excluded.enabled
)
insert into core.settings (tenant_id, scope_id, key, value)
select s.tenant_id, s.scope_id, 'insights.smallest_group', s.value
from jsonb_to_recordset($2) as s (tenant_id uuid, scope_id uuid, value jsonb)
on conflict on constraint settings_pkey do update set value = excluded.value
