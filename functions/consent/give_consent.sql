-- Gives consent to a work as it is now: for a purpose, by one way of sharing or by any, from now or a later instant,
-- for good or for a time; in my own name, in that of somebody I act for, or in that of a community; on condition that
-- the work says whom it is by, or whether it does or not. Whoever says which version they read consents to that one, or
-- to nothing, where there is a newer one by now.

create or replace function consent.give_consent(
    work_id uuid,
    purpose text,
    channel text default null,
    begins timestamptz default null,
    until timestamptz default null,
    person_id uuid default null,
    attribution_required boolean default false,
    scope_id uuid default null,
    version integer default null
)
returns void
language plpgsql
volatile
security definer -- decisions are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    if purpose is null then -- each is given alone
        perform core._refuse('not_found', 'purpose');
    end if;
    perform consent._decide(
        'given', work_id, purpose, channel, person_id, scope_id, begins, until, attribution_required, version
    );
end
$$;

comment on function consent.give_consent(
    uuid, text, text, timestamptz, timestamptz, uuid, boolean, uuid, integer
) is
    E'Gives consent to a work as it is now, for a purpose.\n'
    'purpose: What for: the key of a purpose.\n'
    'channel: By which way of sharing alone; by any, unless told otherwise.\n'
    'begins: From when: now, unless told otherwise.\n'
    'until: Until when; for good, unless told otherwise.\n'
    'person_id: In whose name: mine, unless told otherwise.\n'
    'attribution_required: Whether only if the work says whom it is by.\n'
    'scope_id: The community in whose name, where a community has to consent.\n'
    'version: Which version was read; refused, where there is a newer one.';

revoke execute on function consent.give_consent(
    uuid, text, text, timestamptz, timestamptz, uuid, boolean, uuid, integer
) from public;
grant execute on function consent.give_consent(
    uuid, text, text, timestamptz, timestamptz, uuid, boolean, uuid, integer
) to authenticated;
