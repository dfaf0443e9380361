-- Takes a capability from a person in a scope and all below it, until a time or until lifted.

create or replace function core.impose_sanction(
    scope_id uuid,
    person_id uuid,
    capability text,
    reason text,
    until timestamptz default null,
    notice text default ''
)
returns uuid
language plpgsql
volatile
security definer -- sanctions are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core.me();
    sanction_id uuid;
begin
    perform core._require('sanction.impose', scope_id);
    if person_id = me then
        perform core._refuse('not_on_yourself');
    end if;
    perform core._require_outranking(person_id, scope_id);
    perform core._require_ahead(until);
    insert into core.sanctions (tenant_id, scope_id, person_id, capability, during, reason, notice, imposed_by)
    select
        s.tenant_id, s.id, impose_sanction.person_id, impose_sanction.capability,
        tstzrange(now(), impose_sanction.until), impose_sanction.reason, impose_sanction.notice, me
    from core.scopes s
    where s.id = impose_sanction.scope_id and core._knows(s.tenant_id, impose_sanction.person_id)
    returning id into sanction_id;
    if sanction_id is null then
        perform core._refuse('not_found', 'person or capability');
    end if;
    return sanction_id;
exception
    when exclusion_violation then
        perform core._refuse('sanction_stands');
        return null;
    when foreign_key_violation then
        perform core._refuse('not_found', 'person or capability');
        return null;
end
$$;

comment on function core.impose_sanction(uuid, uuid, text, text, timestamptz, text) is
    E'Takes a capability from a person in a scope and all below it, and returns the id of the sanction.\n'
    'scope_id: Where it holds, and everywhere below.\n'
    'person_id: Whom it concerns.\n'
    'until: Until when; without an end, until it is lifted.';

revoke execute on function core.impose_sanction(uuid, uuid, text, text, timestamptz, text) from public;
grant execute on function core.impose_sanction(uuid, uuid, text, text, timestamptz, text) to authenticated;
