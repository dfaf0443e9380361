-- The works that I, or those I act for, help to make, and those to which I consent in the name of a community: whether
-- I pass the protocols that they stand under or not. Who is kept from a place helps with nothing there.

create or replace function content._concerning_me()
returns table (tenant_id uuid, work_id uuid)
language plpgsql -- its plan is kept from one statement to the next
stable
rows 10
set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    select c.tenant_id, c.work_id
    from content.work_collaborators c
    where c.person_id = any (array(select core.my_people()))
        and (
            not exists (select from core.barred())
            or not exists (
                select
                from content.works w
                where w.tenant_id = c.tenant_id and w.id = c.work_id and w.scope_id in (select core.barred())
            )
        )
    union all
    select s.tenant_id, s.work_id
    from consent._spoken_for() s;
end
$$;

comment on function content._concerning_me() is
    'The works that I help to make or speak for a community about, whatever protocols they stand under.';

revoke execute on function content._concerning_me() from public;
