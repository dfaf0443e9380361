-- Whether somebody has a hand in a work, under any of their rows or for somebody they act for: they have to consent to
-- it, help to write it, wrote a version of it, or are named with it.

create or replace function content._has_a_hand_in(tenant_id uuid, work_id uuid, person_id uuid)
returns boolean
language sql
stable
security definer -- looks at people whoever asks may not see
set search_path = pg_catalog, pg_temp
as $$
    select exists (
        select
        from (
            select p.person_id
            from consent.consent_parties p
            where p.tenant_id = _has_a_hand_in.tenant_id and p.work_id = _has_a_hand_in.work_id
            union all
            select c.person_id
            from content.work_collaborators c
            where c.tenant_id = _has_a_hand_in.tenant_id
                and c.work_id = _has_a_hand_in.work_id
                and c.capability = 'edit'
            union all
            select v.created_by
            from content.work_versions v
            where v.tenant_id = _has_a_hand_in.tenant_id and v.work_id = _has_a_hand_in.work_id
            union all
            select a.person_id
            from content.attributions a
            where a.tenant_id = _has_a_hand_in.tenant_id and a.work_id = _has_a_hand_in.work_id
        ) involved
        join core.people named on named.id = involved.person_id
        join core.people one on one.id = coalesce(named.merged_into, named.id)
        join core.people asked on asked.id = _has_a_hand_in.person_id
        where coalesce(asked.merged_into, asked.id) in (one.id, one.guardian_id)
    )
$$;

comment on function content._has_a_hand_in(uuid, uuid, uuid) is
    'Whether somebody has to consent to a work, writes it, wrote it, or is named with it.';

revoke execute on function content._has_a_hand_in(uuid, uuid, uuid) from public;
