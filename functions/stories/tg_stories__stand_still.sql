-- What a story says of its day and its place stays as it is read, as what it says does. To say less is always possible:
-- no day, no place, or the same place less precisely.

create or replace function stories.tg_stories__stand_still()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
    decimals constant integer := stories.decimals(new.place_precision);
begin
    if (
            coalesce(new.recorded_on, old.recorded_on) is distinct from old.recorded_on
            or coalesce(new.place_name, old.place_name) is distinct from old.place_name
            or (new.latitude, new.longitude)
                is distinct from (round(old.latitude, decimals), round(old.longitude, decimals))
            or new.place_precision > old.place_precision
        )
        and content._stands_still(new.tenant_id, new.id, false)
    then
        perform core._refuse('under_review');
    end if;
    return new;
end
$$;

comment on function stories.tg_stories__stand_still() is
    'Refuses another day or place of a story that is being reviewed, or was.';

revoke execute on function stories.tg_stories__stand_still() from public;
