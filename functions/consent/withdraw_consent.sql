-- Takes back a consent, for a purpose or for all, by one way of sharing or by any: in force when this is committed.

create or replace function consent.withdraw_consent(
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
    perform consent._decide('withdrawn', work_id, purpose, channel, person_id, scope_id, null, null, true, null);
end
$$;

comment on function consent.withdraw_consent(uuid, text, text, uuid, uuid) is
    E'Takes back consent to a work, for a purpose or for all.\n'
    'purpose: What for: the key of a purpose; for all, unless told otherwise.\n'
    'channel: By which way of sharing alone; by any, unless told otherwise.\n'
    'person_id: In whose name: mine, unless told otherwise.\n'
    'scope_id: The community in whose name, where a community has to consent.';

revoke execute on function consent.withdraw_consent(uuid, text, text, uuid, uuid) from public;
grant execute on function consent.withdraw_consent(uuid, text, text, uuid, uuid) to authenticated;
