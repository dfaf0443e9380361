-- Notes what somebody did that changes no row: signed in, was refused, looked, exported. Servers do.

create or replace function audit.note_activity(
    kind text,
    person_id uuid default null,
    tenant_id uuid default null,
    ip inet default null,
    user_agent text default null,
    request_id text default null
)
returns uuid
language sql
volatile
security definer -- activity is written by functions alone
set search_path = pg_catalog, pg_temp
as $$
    insert into audit.activity (kind, person_id, tenant_id, ip, user_agent, request_id)
    values (
        note_activity.kind, note_activity.person_id, note_activity.tenant_id, note_activity.ip,
        left(note_activity.user_agent, 300), left(note_activity.request_id, 100)
    )
    returning id
$$;

comment on function audit.note_activity(text, uuid, uuid, inet, text, text) is
    'Notes what somebody did that changes no row.';

revoke execute on function audit.note_activity(text, uuid, uuid, inet, text, text) from public;
grant execute on function audit.note_activity(text, uuid, uuid, inet, text, text) to service_role;
