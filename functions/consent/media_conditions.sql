-- What the communities ask of whoever opens something restricted in a work: for those who may read the work, and pass.

create or replace function consent.media_conditions(media_id uuid)
returns setof consent.condition
language sql
stable
security definer -- tells readers what a community asks of them, members or not
set search_path = pg_catalog, pg_temp
as $$
    select c.*
    from content.media m
    cross join lateral consent._conditions(m.protocol_set_id) c
    where m.id = media_conditions.media_id
        and m.protocol_set_id in (select consent.passed_sets())
        and m.work_id in (select content.visible(array[m.work_id]))
$$;

comment on function consent.media_conditions(uuid) is
    'What the communities ask of whoever opens something restricted in a work.';

revoke execute on function consent.media_conditions(uuid) from public;
grant execute on function consent.media_conditions(uuid) to authenticated;
