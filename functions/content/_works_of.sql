-- The works of somebody whom I act for, also under the rows that turned out to be them.

create or replace function content._works_of(person_id uuid)
returns uuid[]
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(array_agg(w.id order by w.id), '{}')
    from content.works w
    where w.owner_id in (
        select p.id
        from core.people p
        where _works_of.person_id in (p.id, p.merged_into) and p.id in (select core.my_people())
    )
$$;

comment on function content._works_of(uuid) is 'The works of somebody whom I act for.';

revoke execute on function content._works_of(uuid) from public;
