-- A receipt for a decision, for whoever made it, and for those who act or speak for them: what was decided, about what,
-- for what, from when until when, how it stands now, and what the work was used for meanwhile. Its parts are those of
-- ISO/IEC TS 27560; purposes are named by the Data Privacy Vocabulary as well.

create or replace function consent.receipt(consent_id uuid)
returns jsonb
language sql
stable
security definer -- whoever decided is told with whom it lies, also where they have left
set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'schema_version', 'ISO/IEC TS 27560:2023',
        'record_id', c.id,
        'pii_principal_id', coalesce(p.person_id, p.scope_id),
        'controller', jsonb_build_object(
            'id', o.id, 'name', o.name, 'jurisdiction', o.jurisdiction, 'data_location', o.data_location
        ),
        'processing', jsonb_build_object(
            'work_id', c.work_id,
            'version', c.through_version,
            'purpose', jsonb_build_object('key', u.key, 'name', u.name, 'type', u.dpv),
            'channel', c.channel,
            'attribution_required', c.attribution_required
        ),
        'event', jsonb_build_object(
            'type', c.decision,
            'time', c.recorded_at,
            'recorded_by', c.recorded_by,
            'valid_from', lower(c.during),
            'valid_until', upper(c.during),
            'state', case
                when c.during @> now() then c.decision::text
                when lower(c.during) > now() then 'not yet'
                else coalesce(next.decision::text, 'expired')
            end
        ),
        'uses', (
            select coalesce(
                jsonb_agg(
                    jsonb_build_object(
                        'run_id', h.run_id, 'version', h.version, 'handed_out_at', h.handed_out_at,
                        'recalled_at', h.recalled_at, 'irrevocable', h.irrevocable
                    )
                    order by h.handed_out_at, h.run_id
                ),
                '[]'
            )
            from consent.run_works h
            join consent.runs r on r.tenant_id = h.tenant_id and r.id = h.run_id
            where h.tenant_id = c.tenant_id and h.work_id = c.work_id and r.purpose = c.purpose
        )
    )
    from consent.consents c
    join consent.consent_parties p on p.tenant_id = c.tenant_id and p.id = c.party_id
    join consent.purposes u on u.key = c.purpose
    join core.organizations o on o.id = c.tenant_id
    -- What took its place.
    left join lateral (
        select n.decision
        from consent.consents n
        where n.tenant_id = c.tenant_id
            and n.party_id = c.party_id
            and n.purpose = c.purpose
            and (n.channel is null or n.channel = c.channel)
            and n.recorded_at >= c.recorded_at
            and n.during @> coalesce(upper(c.during), now())
        order by n.recorded_at desc
        limit 1
    ) next on true
    where c.id = receipt.consent_id
        and (
            core._is_service()
            or (
                c.work_id in (select consent.mine_to_decide())
                and (
                    p.person_id in (select core.my_people())
                    or p.scope_id = any (core.granted('consent.give', 2))
                )
            )
        )
$$;

comment on function consent.receipt(uuid) is
    E'A receipt for a decision, and how it stands now.\n'
    'consent_id: The decision.';

revoke execute on function consent.receipt(uuid) from public;
grant execute on function consent.receipt(uuid) to authenticated, service_role;
