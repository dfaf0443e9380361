-- Refuses consent to a work, for a purpose or for all, by one way of sharing or by any. It is kept that it was asked.

create or replace function consent.refuse_consent(
    work_id uuid,
    purpose text default null,
    channel text default null,
    person_id uuid default null,
    scope_id uuid default null
)
returns void
language plpgsql
volatile
security definer -- decisions are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform consent._decide('refused', work_id, purpose, channel, person_id, scope_id, null, null, true, null);
end
$$;

comment on function consent.refuse_consent(uuid, text, text, uuid, uuid) is
    'Refuses consent to a work, for a purpose or for all.';

revoke execute on function consent.refuse_consent(uuid, text, text, uuid, uuid) from public;
grant execute on function consent.refuse_consent(uuid, text, text, uuid, uuid) to authenticated;
