-- Writes down what I decide, for myself, for somebody I act for, or in the name of a community, and ends what stood in
-- its way. For all purposes where none is named. Returns how many decisions were written.

create or replace function consent._decide(
    decision consent.decision,
    work_id uuid,
    purpose text,
    channel text,
    person_id uuid,
    scope_id uuid,
    begins timestamptz,
    until timestamptz,
    attribution_required boolean,
    version integer
)
returns integer
language plpgsql
volatile
security definer -- decisions are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
    party consent.consent_parties;
    work content.works;
    since timestamptz;
    written integer;
begin
    select p.* into party
    from consent.consent_parties p
    where p.work_id = _decide.work_id
        and case
            when _decide.scope_id is null
                then p.person_id = any (array(select core.my_people()))
                    and p.person_id = coalesce(_decide.person_id, p.person_id)
            else p.scope_id = _decide.scope_id
                and p.scope_id = any (core.granted('consent.give', 2))
                and (
                    p.work_id in (select consent.mine_to_decide())
                    -- What a community said yes to it takes back, also where others hid it from it meanwhile.
                    or (
                        _decide.decision <> 'given'
                        and exists (
                            select
                            from consent.consents c
                            where c.tenant_id = p.tenant_id
                                and c.party_id = p.id
                                and c.decision = 'given'
                                and c.during && tstzrange(now(), null)
                        )
                    )
                )
        end
    order by p.person_id = me desc, p.id
    limit 1;
    if party.id is null then
        perform core._refuse('not_found', 'work that asks for your consent');
    end if;
    if not exists (
        select from consent.purposes p where p.key = coalesce(_decide.purpose, p.key)
    ) then
        perform core._refuse('not_found', 'purpose');
    end if;

    if party.person_id <> me then
        perform core._require_unerased(party.person_id);
    end if;

    -- From here on, one at a time; and what was decided meanwhile, was decided before.
    select w.* into work
    from content.works w
    where w.tenant_id = party.tenant_id and w.id = party.work_id
    for no key update;
    -- What they read is what they say yes to, and not what took its place meanwhile.
    if version <> work.current_version then
        perform core._refuse('newer_version', work.current_version::text);
    end if;
    since := greatest(
        now(), begins,
        (
            select max(lower(c.during))
            from consent.consents c
            where c.tenant_id = party.tenant_id and c.party_id = party.id and c.recorded_at >= lower(c.during)
        )
    );
    if until <= since then
        perform core._refuse('ends_before_now');
    end if;

    update consent.consents c
    set during = case
        when lower(c.during) >= since then 'empty'::tstzrange
        else tstzrange(lower(c.during), since)
    end
    where c.tenant_id = party.tenant_id
        and c.party_id = party.id
        and c.purpose = coalesce(_decide.purpose, c.purpose)
        -- A no in general ends what was given for one channel alone; a yes in general leaves the no to one.
        and (
            c.channel is not distinct from _decide.channel
            or (_decide.channel is null and _decide.decision <> 'given')
        )
        and c.during && tstzrange(since, until);

    insert into consent.consents (
        tenant_id, work_id, party_id, purpose, channel, decision, during, through_version, attribution_required,
        recorded_by
    )
    select
        party.tenant_id, party.work_id, party.id, p.key, _decide.channel, _decide.decision,
        tstzrange(since, until), case when _decide.decision = 'given' then work.current_version end,
        _decide.attribution_required, me
    from consent.purposes p
    where p.key = coalesce(_decide.purpose, p.key);
    get diagnostics written = row_count;

    perform consent._recompute(party.tenant_id, array[party.work_id]);
    perform ops._emit(
        work.tenant_id, work.scope_id, 'consent.' || _decide.decision,
        jsonb_build_object('work_id', work.id, 'purpose', _decide.purpose, 'channel', _decide.channel)
    );
    return written;
end
$$;

comment on function consent._decide(
    consent.decision, uuid, text, text, uuid, uuid, timestamptz, timestamptz, boolean, integer
) is 'Writes down what somebody decides, and ends what stood in its way.';

revoke execute on function consent._decide(
    consent.decision, uuid, text, text, uuid, uuid, timestamptz, timestamptz, boolean, integer
) from public;
