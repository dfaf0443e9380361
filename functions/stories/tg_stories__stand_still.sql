-- What a story says of its day and its place stays as it is read, while it is being reviewed and once it was approved.

create or replace function stories.tg_stories__stand_still()
returns trigger
language plpgsql
security definer -- asks of works whoever writes may not see
set search_path = pg_catalog, pg_temp
as $$
begin
    if exists (
        select
        from content.works w
        where w.tenant_id = new.tenant_id
            and w.id = new.id
            and w.state in ('submitted', 'in_review', 'approved')
    )
        and (old.recorded_on, old.place_name, old.latitude, old.longitude, old.place_precision)
            is distinct from (new.recorded_on, new.place_name, new.latitude, new.longitude, new.place_precision)
    then
        perform core._refuse('under_review');
    end if;
    return new;
end
$$;

comment on function stories.tg_stories__stand_still() is
    'Refuses another day or place of a story that is being reviewed, or was approved.';

revoke execute on function stories.tg_stories__stand_still() from public;
