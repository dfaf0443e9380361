-- What the communities ask of whoever opens a restricted work: for those who may read it. Of works that stand under no
-- protocol there is nothing to tell, nor of those that are hidden.

create or replace function consent.conditions(work_id uuid)
returns setof consent.condition
language sql
stable
security definer -- tells readers what a community asks of them, members or not
set search_path = pg_catalog, pg_temp
as $$
    select c.*
    from content.works w
    cross join lateral consent._conditions(w.protocol_set_id) c
    where w.id = conditions.work_id and w.id in (select content.visible(array[w.id]))
$$;

comment on function consent.conditions(uuid) is 'What the communities ask of whoever opens a restricted work.';

revoke execute on function consent.conditions(uuid) from public;
grant execute on function consent.conditions(uuid) to authenticated;
