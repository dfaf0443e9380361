-- A person asks to be forgotten. Their secrets become unreadable, their name and logins go, their memberships end;
-- the row stays, so that what others wrote to and with them still stands. An owner hands over first. Rows that
-- turned out to be the same person are forgotten with them.

create or replace function core.erase_person(person_id uuid)
returns void
language plpgsql
volatile
security definer -- people are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    erased uuid[];
begin
    -- A server may carry out a request that reached it by other ways; a person, only for those they act for.
    if not (coalesce(core.acts_for(person_id), false) or core._is_service()) then
        perform core._refuse('not_yours', 'person');
    end if;
    -- Before anything of theirs is locked: who joins comes from the person to the membership.
    erased := core._hold_people(array[person_id]);
    if erased is null then
        perform core._refuse('not_found', 'person');
    end if;

    -- A hold on a place also keeps who belongs or belonged there; not who only asked to, or anybody could find out
    -- where there are holds.
    if exists (select from unnest(erased) e (id) where ops.is_held(null, e.id))
        or exists (
            select
            from core.memberships m
            where m.person_id = any (erased) and m.joined_at is not null and ops.is_held(m.scope_id)
        )
    then
        perform core._refuse('held');
    end if;

    update core.memberships m
    set status = 'left', ended_at = now()
    where m.person_id = any (erased) and m.ended_at is null and m.status <> 'banned';
    update core.memberships m set message = '' where m.person_id = any (erased) and m.message <> '';
    -- Also where there was no key yet: none is made for somebody who is forgotten.
    insert into core.person_keys as k (person_id, destroyed_at)
    select e.id, now()
    from unnest(erased) e (id)
    on conflict on constraint person_keys_pkey do update
    set wrapped_key = null, kek_id = null, destroyed_at = coalesce(k.destroyed_at, excluded.destroyed_at);
    update core.membership_permissions mp
    set reason = ''
    from core.memberships m
    where m.person_id = any (erased)
        and mp.tenant_id = m.tenant_id
        and mp.membership_id = m.id
        and mp.reason <> '';
    -- An invitation for their address would otherwise keep the hash of it; unbound, it would be for anybody.
    update core.invitations i
    set email_index = null, message = '', revoked_at = coalesce(i.revoked_at, now())
    where i.email_index in (select s.email_index from core.person_secrets s where s.person_id = any (erased));
    delete from core.person_secrets s where s.person_id = any (erased);
    delete from core.identities i where i.person_id = any (erased);
    delete from core.trust_scores t where t.person_id = any (erased);
    delete from core.person_limits l where l.person_id = any (erased);
    update core.verifications v set evidence_uri = null where v.person_id = any (erased);
    update core.api_keys k
    set revoked_at = now()
    where k.person_id = any (erased) and k.revoked_at is null;
    update core.people p set guardian_id = null where p.guardian_id = any (erased);
    update core.people p
    set
        display_name = 'Erased person', handle = null, bio = '', avatar_url = null, locale = 'en',
        country_code = null, deceased_on = null, guardian_id = null, erased_at = now()
    where p.id = any (erased);
    perform audit._erase_people(erased, 'the person was forgotten');
end
$$;

comment on function core.erase_person(uuid) is
    E'Forgets a person: secrets unreadable, name and logins gone, memberships ended. An owner hands over first.\n'
    'person_id: Whom: me, or somebody I am the guardian of.';

revoke execute on function core.erase_person(uuid) from public;
grant execute on function core.erase_person(uuid) to authenticated, service_role;
