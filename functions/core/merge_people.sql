-- Two rows turn out to be one person. Everything that hung on the first hangs on the second; nothing is lost.
-- Where both belong to one scope the survivor's membership stays and takes over what the other held; a ban
-- stays a ban. What has ended stays with the first row, and the person sees it there.

create or replace function core.merge_people(duplicate_id uuid, survivor_id uuid)
returns void
language plpgsql
volatile
security definer -- moves rows of a person nobody else may write
set search_path = pg_catalog, pg_temp
as $$
declare
    duplicate core.people;
    moved core.memberships;
    kept core.memberships;
    sanction core.sanctions;
begin
    if duplicate_id = survivor_id then
        perform core._refuse('merge_with_self');
    end if;
    -- One at a time, as core._hold_people() has it.
    perform pg_advisory_xact_lock(hashtextextended('core._hold_people', 0));
    -- Before the people, as whoever accepts one comes from there to the person who gave it: else each would wait for
    -- the other.
    perform from core.invitations i where i.created_by = duplicate_id order by i.tenant_id, i.id for no key update;
    perform core._hold_people(array[duplicate_id, survivor_id]);
    if (
        select count(*)
        from core.people p
        where p.id in (duplicate_id, survivor_id) and p.merged_into is null and p.erased_at is null
    ) <> 2 then
        perform core._refuse('not_found', 'person');
    end if;

    update core.identities i set person_id = survivor_id where i.person_id = duplicate_id;
    -- Before the roles: some need a verified identity.
    update core.verifications v
    set person_id = survivor_id
    where v.person_id = duplicate_id and v.decided_by is distinct from survivor_id;

    -- The person of a membership never changes: the old one ends, and one of the survivor's takes its place.
    for moved in
        select * from core.memberships m where m.person_id = duplicate_id and m.ended_at is null for no key update
    loop
        -- Both at once would take two seats where there may be none left: the seat is handed on.
        if moved.status = 'active' then
            perform core._count_use(moved.scope_id, 'seats', -1);
        end if;
        select * into kept
        from core.memberships m
        where m.tenant_id = moved.tenant_id
            and m.scope_id = moved.scope_id
            and m.person_id = survivor_id
            and m.ended_at is null
        for no key update;
        if found then
            -- What was taken stays taken: a ban before a suspension, either before what is active.
            update core.memberships m
            set
                status = case
                    when 'banned' in (m.status, moved.status) then 'banned'
                    when 'suspended' in (m.status, moved.status) then 'suspended'
                    when 'active' in (m.status, moved.status) then 'active'
                    else m.status
                end,
                reason = case
                    when moved.status in ('banned', 'suspended') and m.status <> 'banned' then moved.reason
                    else m.reason
                end,
                valid_during = case
                    when m.valid_during && moved.valid_during then m.valid_during + moved.valid_during
                    when upper(m.valid_during) <= now() then moved.valid_during
                    else m.valid_during
                end,
                joined_at = least(m.joined_at, moved.joined_at),
                last_active_on = greatest(m.last_active_on, moved.last_active_on)
            where m.tenant_id = kept.tenant_id and m.id = kept.id;
        else
            insert into core.memberships (
                tenant_id, scope_id, level, project_id, person_id, status, valid_during,
                invited_by, invitation_id, message, reason, joined_at, last_active_on
            )
            values (
                moved.tenant_id, moved.scope_id, moved.level, moved.project_id, survivor_id, moved.status,
                moved.valid_during, moved.invited_by, moved.invitation_id, moved.message, moved.reason,
                moved.joined_at, moved.last_active_on
            )
            returning * into kept;
        end if;
        insert into core.membership_roles (tenant_id, membership_id, role_id, owns, granted_by, granted_at)
        select mr.tenant_id, kept.id, mr.role_id, mr.owns, mr.granted_by, mr.granted_at
        from core.membership_roles mr
        where mr.tenant_id = moved.tenant_id and mr.membership_id = moved.id and mr.revoked_at is null
        on conflict (tenant_id, membership_id, role_id) where revoked_at is null do nothing;
        insert into core.membership_permissions (
            tenant_id, membership_id, permission, effect, reason, granted_by, granted_at
        )
        select mp.tenant_id, kept.id, mp.permission, mp.effect, mp.reason, mp.granted_by, mp.granted_at
        from core.membership_permissions mp
        where mp.tenant_id = moved.tenant_id and mp.membership_id = moved.id
        on conflict on constraint membership_permissions_pkey do update
        set
            effect = excluded.effect, reason = excluded.reason,
            granted_by = excluded.granted_by, granted_at = excluded.granted_at
        where excluded.effect = 'deny';
        update core.memberships m
        set status = 'revoked', ended_at = now(), reason = 'merged'
        where m.tenant_id = moved.tenant_id and m.id = moved.id;
        if moved.status = 'active' then
            perform core._count_use(moved.scope_id, 'seats', 1);
        end if;
    end loop;

    -- A sanction follows its person, as far as none of theirs covers the time already, and so does its appeal.
    for sanction in
        select * from core.sanctions s where s.person_id = duplicate_id and s.lifted_at is null for no key update
    loop
        with carried as (
            insert into core.sanctions (
                tenant_id, scope_id, person_id, capability, during, reason, notice, imposed_by, imposed_at
            )
            select
                sanction.tenant_id, sanction.scope_id, survivor_id, sanction.capability, left_over.during,
                sanction.reason, sanction.notice, sanction.imposed_by, sanction.imposed_at
            from unnest(
                tstzmultirange(sanction.during) - (
                    select coalesce(range_agg(s.during), '{}')
                    from core.sanctions s
                    where s.tenant_id = sanction.tenant_id
                        and s.scope_id = sanction.scope_id
                        and s.person_id = survivor_id
                        and s.capability = sanction.capability
                        and s.lifted_at is null
                )
            ) as left_over (during)
            where sanction.imposed_by <> survivor_id
            returning tenant_id, id, person_id, imposed_by
        )
        insert into core.sanction_appeals (tenant_id, sanction_id, person_id, imposed_by, statement, created_at)
        select c.tenant_id, c.id, c.person_id, c.imposed_by, a.statement, a.created_at
        from carried c
        join core.sanction_appeals a
            on a.tenant_id = sanction.tenant_id and a.sanction_id = sanction.id and a.status = 'open';
        update core.sanction_appeals a
        set status = 'withdrawn'
        where a.tenant_id = sanction.tenant_id and a.sanction_id = sanction.id and a.status = 'open';
        update core.sanctions s
        set lifted_at = now()
        where s.tenant_id = sanction.tenant_id and s.id = sanction.id;
    end loop;

    update core.api_keys k set person_id = survivor_id where k.person_id = duplicate_id;
    -- They are as good as whoever gave them.
    update core.invitations i set created_by = survivor_id where i.created_by = duplicate_id;
    insert into core.person_limits as l (person_id, tier, since)
    select survivor_id, d.tier, d.since
    from core.person_limits d
    where d.person_id = duplicate_id
    on conflict on constraint person_limits_pkey do update
    set tier = excluded.tier, since = excluded.since
    where (select t.position from core.tiers t where t.key = excluded.tier)
        > (select t.position from core.tiers t where t.key = l.tier);

    -- What the survivor says of themselves stands; what only the other row knew fills the gaps.
    select * into duplicate from core.people p where p.id = duplicate_id;
    update core.people p set guardian_id = survivor_id where p.guardian_id = duplicate_id and p.id <> survivor_id;
    update core.people p set merged_into = survivor_id where p.merged_into = duplicate_id;
    update core.people p
    set merged_into = survivor_id, handle = null, guardian_id = null
    where p.id = duplicate_id;
    update core.people p
    set
        handle = coalesce(p.handle, duplicate.handle),
        bio = coalesce(nullif(p.bio, ''), duplicate.bio),
        avatar_url = coalesce(p.avatar_url, duplicate.avatar_url),
        country_code = coalesce(p.country_code, duplicate.country_code),
        deceased_on = coalesce(p.deceased_on, duplicate.deceased_on),
        guardian_id = coalesce(nullif(p.guardian_id, duplicate_id), nullif(duplicate.guardian_id, survivor_id))
    where p.id = survivor_id;
end
$$;

comment on function core.merge_people(uuid, uuid) is
    'Two rows turn out to be one person: logins, memberships, roles, sanctions and verifications move over.';

revoke execute on function core.merge_people(uuid, uuid) from public;
grant execute on function core.merge_people(uuid, uuid) to service_role;
