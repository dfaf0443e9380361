-- Brings what is mine, or of somebody I act for, back to how it was at an instant: their profile, and every work of
-- theirs as restore_work_as_of() does. It says what became of each thing that was otherwise. Done again, nothing is
-- left to do. The profile comes first, then the works in the order of their keys: so is whoever is forgotten.

create or replace function content.recover_person(at timestamptz, person_id uuid default null)
returns setof content.recovered
language plpgsql
volatile
rows 100
security definer -- works are written by functions alone, and the log is nobody's to read
set search_path = pg_catalog, pg_temp
as $$
declare
    whose constant uuid := coalesce(person_id, core.me());
    found content.recovered[];
    brought content.recoverable[];
    was core.people;
begin
    -- The stronger lock first: of two who hold the weaker one and want this, one would have to give way.
    if core.acts_for(whose) then
        perform from core.people p where p.id = whose for no key update;
    end if;
    perform core._require_person();
    if not coalesce(core.acts_for(whose), false) then
        perform core._refuse('not_yours', 'person');
    end if;
    perform core._require_unerased(whose);
    found := array(select r from content._profile_recovery(whose, recover_person.at) r);
    brought := array(select f.what from unnest(found) f where f.outcome = 'brought_back');
    if cardinality(brought) > 0 then
        select p.* into was
        from audit._as_of(audit.platform(), 'core.people', jsonb_build_object('id', whose), recover_person.at) t
        cross join lateral jsonb_populate_record(null::core.people, t.image) p;
        -- What is null is left as it is there, and what is empty is cleared.
        perform core.update_profile(
            whose,
            display_name => case when 'display_name' = any (brought) then was.display_name end,
            bio => case when 'bio' = any (brought) then was.bio end,
            avatar_url => case when 'avatar_url' = any (brought) then coalesce(was.avatar_url, '') end,
            locale => case when 'locale' = any (brought) then was.locale end,
            country_code => case when 'country_code' = any (brought) then coalesce(was.country_code, '') end
        );
    end if;
    return query select f.* from unnest(found) f;
    return query select r.* from content._recover(content._works_of(whose), recover_person.at) r;
end
$$;

comment on function content.recover_person(timestamptz, uuid) is
    E'Brings my profile and my works, or those of somebody I act for, back to how they were at an instant, and '
    'says what became of what. Nothing is shared further. content.recovery_preview() says before what would be '
    'done.\n'
    'at: The instant to go back to.\n'
    'person_id: Whose: mine, unless told otherwise.';

revoke execute on function content.recover_person(timestamptz, uuid) from public;
grant execute on function content.recover_person(timestamptz, uuid) to authenticated;
