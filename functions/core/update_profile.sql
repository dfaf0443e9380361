-- How I, or someone I am the guardian of, want to be called and shown. What is null stays as it is.

create or replace function core.update_profile(
    person_id uuid,
    display_name text default null,
    handle text default null,
    bio text default null,
    avatar_url text default null,
    locale text default null,
    country_code text default null
)
returns uuid
language plpgsql
volatile
security definer -- people are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require_person();
    if person_id is null or not core.acts_for(person_id) then
        perform core._refuse('not_yours', 'profile');
    end if;
    perform core._require_unerased(person_id);
    update core.people p
    set
        display_name = coalesce(btrim(update_profile.display_name), p.display_name),
        handle = coalesce(nullif(update_profile.handle, ''), case when update_profile.handle is null then p.handle end),
        bio = coalesce(update_profile.bio, p.bio),
        avatar_url = coalesce(
            nullif(update_profile.avatar_url, ''),
            case when update_profile.avatar_url is null then p.avatar_url end
        ),
        locale = coalesce(update_profile.locale, p.locale),
        country_code = coalesce(
            nullif(update_profile.country_code, ''),
            case when update_profile.country_code is null then p.country_code end
        )
    where p.id = update_profile.person_id;
    return person_id;
end
$$;

comment on function core.update_profile(uuid, text, text, text, text, text, text) is
    E'Changes my profile, or that of someone I am the guardian of. Null leaves a value, empty text clears it.\n'
    'person_id: Whose: mine, or that of somebody I am the guardian of.\n'
    'display_name: The name to be called by.\n'
    'handle: A short name, unique on the platform.\n'
    'bio: A few words about oneself.\n'
    'avatar_url: A picture.\n'
    'locale: The language to be addressed in.\n'
    'country_code: The country one lives in, as ISO 3166 has it.';

revoke execute on function core.update_profile(uuid, text, text, text, text, text, text) from public;
grant execute on function core.update_profile(uuid, text, text, text, text, text, text) to authenticated;
