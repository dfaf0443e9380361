-- Says where a story of mine belongs, as precisely as I choose: what is finer is not kept. The same place, less
-- precisely, follows from what is kept of it: two ways to say it would tell more than either. Without anything, it
-- belongs nowhere in particular.

create or replace function stories.place_story(
    story_id uuid,
    place_name text default null,
    latitude numeric default null,
    longitude numeric default null,
    "precision" stories.place_precision default null
)
returns void
language plpgsql
volatile
security definer -- works are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    story constant stories.stories := stories._my_story(story_id);
    decimals constant integer := stories.decimals(story.place_precision);
begin
    -- Before the table would refuse it, with the row in its words.
    if ("precision" is not null and num_nulls(latitude, longitude) > 0)
        or latitude not between -90 and 90
        or longitude not between -180 and 180
        or length(btrim(place_name)) not between 1 and 300
    then
        perform core._refuse('not_a_place');
    end if;
    if "precision" < story.place_precision
        and (round(latitude, decimals), round(longitude, decimals)) = (story.latitude, story.longitude)
    then
        latitude := story.latitude;
        longitude := story.longitude;
    end if;
    update stories.stories s
    set
        place_name = btrim(place_story.place_name),
        latitude = round(place_story.latitude, stories.decimals(place_story."precision")),
        longitude = round(place_story.longitude, stories.decimals(place_story."precision")),
        place_precision = place_story."precision"
    where s.tenant_id = story.tenant_id and s.id = story.id;
end
$$;

comment on function stories.place_story(uuid, text, numeric, numeric, stories.place_precision) is
    E'Says where a story of mine belongs, as precisely as I choose.\n'
    'precision: How precisely: what is finer is not kept.';

revoke execute on function stories.place_story(uuid, text, numeric, numeric, stories.place_precision) from public;
grant execute on function stories.place_story(uuid, text, numeric, numeric, stories.place_precision)
to authenticated;
