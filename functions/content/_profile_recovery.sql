-- What of somebody's profile is otherwise than it was at an instant, and what becomes of it when it is brought back. A
-- handle is for them to choose anew: somebody else may have it now.

create or replace function content._profile_recovery(person_id uuid, at timestamptz)
returns setof content.recovered
language sql
stable
rows 5
set search_path = pg_catalog, pg_temp
as $$
    select
        null::uuid, null::uuid, p.id, d.what::content.recoverable, d.outcome::content.recovery_outcome,
        null::integer, null::integer
    from core.people p
    cross join lateral audit._as_of(
        audit.platform(), 'core.people', jsonb_build_object('id', p.id), _profile_recovery.at
    ) t
    cross join lateral jsonb_populate_record(null::core.people, t.image) was
    cross join lateral (
        values
            (
                1, 'profile', t.image is null or t.erased,
                case when t.erased then 'erased' when t.began_later then 'began_later' else 'not_recorded' end
            ),
            (2, 'display_name', was.display_name <> p.display_name, 'brought_back'),
            (3, 'bio', was.bio <> p.bio, 'brought_back'),
            -- Who had a name then, had these as well, or none.
            (
                4, 'avatar_url', was.display_name <> '' and was.avatar_url is distinct from p.avatar_url,
                'brought_back'
            ),
            (5, 'locale', was.locale <> p.locale, 'brought_back'),
            (
                6, 'country_code',
                was.display_name <> '' and was.country_code is distinct from p.country_code,
                'brought_back'
            ),
            (7, 'handle', was.display_name <> '' and was.handle is distinct from p.handle, 'left_to_you')
    ) d (nth, what, differs, outcome)
    where p.id = _profile_recovery.person_id and d.differs
    order by d.nth
$$;

comment on function content._profile_recovery(uuid, timestamptz) is
    'What of somebody''s profile is otherwise than it was at an instant, and what becomes of it.';

revoke execute on function content._profile_recovery(uuid, timestamptz) from public;
