-- The protocol sets that I pass at this moment, in the form that policies compare with. Nobody is told anything about a
-- restricted work who does not pass the set it stands under; what its protocols want acknowledged, opening it asks for.
--
-- A protocol is passed by those it is for, in its season; what is only recommended, by everybody; what is retired, by
-- nobody. Of a set every community has to be passed, by all of its protocols there or by any, and whoever is barred
-- from one of them passes none. A community without a protocol, or a set without a community, lets nobody pass. What is
-- only recommended is shown and opens nothing: where any will do, it has to be one that is required, if there is one.

create or replace function consent.passed_sets()
returns setof uuid
language plpgsql -- its plan is kept from one statement to the next
stable
rows 100
security definer -- policies ask this
set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    with mine as materialized (
        select m.tenant_id, m.membership_id, m.scope_id
        from core._live_memberships(core.me()) m
        where m.scope_id = any ((select core.reach(2))::uuid[])
    ),
    -- What can be passed without belonging; and what asks for belonging, of communities where I do.
    passed as materialized (
        select p.tenant_id, p.id, p.scope_id, p.enforcement = 'required' as required
        from consent.protocols p
        where p.retired_at is null
            and (
                p.enforcement <> 'required'
                or (
                    p.audience = 'everybody'
                    and consent._in_season(p.season_from, p.season_until, p.season_zone, now())
                )
            )
        union all
        select p.tenant_id, p.id, p.scope_id, p.enforcement = 'required'
        from mine m
        join consent.protocols p on p.tenant_id = m.tenant_id and p.scope_id = m.scope_id
        where p.retired_at is null
            and consent._in_season(p.season_from, p.season_until, p.season_zone, now())
            and (
                p.audience = 'members'
                or exists (
                    select
                    from consent.protocol_admissions a
                    where a.tenant_id = p.tenant_id
                        and a.protocol_id = p.id
                        and (
                            a.membership_id = m.membership_id
                            or exists (
                                select
                                from core.membership_roles r
                                where r.tenant_id = a.tenant_id
                                    and r.membership_id = m.membership_id
                                    and r.role_id = a.role_id
                                    and r.revoked_at is null
                            )
                            or exists (
                                select
                                from consent.protocol_group_members g
                                where g.tenant_id = a.tenant_id
                                    and g.group_id = a.group_id
                                    and g.membership_id = m.membership_id
                            )
                        )
                )
            )
    ),
    -- Of each community whether it is passed, in the sets of which anything is. Looked up by hash: however many
    -- protocols somebody passes, no plan expects more than a few.
    communities as (
        select
            c.set_id, c.scope_id,
            bool_and(s.protocol_id in (select p.id from passed p))
            or (c.match = 'any' and bool_or(s.protocol_id in (select p.id from passed p where p.required))) as enough
        from (
            select distinct s.tenant_id, s.set_id
            from passed p
            -- By the whole of a key, so that no plan looks for protocols through the sets.
            join consent.protocol_set_members s
                on s.tenant_id = p.tenant_id and s.protocol_id = p.id and s.scope_id = p.scope_id
        ) candidate
        join consent.protocol_set_communities c
            on c.tenant_id = candidate.tenant_id and c.set_id = candidate.set_id
        left join consent.protocol_set_members s
            on s.tenant_id = c.tenant_id and s.set_id = c.set_id and s.scope_id = c.scope_id
        group by c.set_id, c.scope_id, c.match
    )
    select c.set_id
    from communities c
    where core.me() is not null
    group by c.set_id
    having bool_and(coalesce(c.enough, false) and c.scope_id not in (select core.barred()));
end
$$;

comment on function consent.passed_sets() is 'The protocol sets that I pass at this moment.';

revoke execute on function consent.passed_sets() from public;
grant execute on function consent.passed_sets() to authenticated, service_role;
