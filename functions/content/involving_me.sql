-- The works that I, or those I act for, have to consent to, my own among them; and those that I help to make, as long
-- as I pass the protocols that they stand under.

create or replace function content.involving_me()
returns setof uuid
language plpgsql -- its plan is kept from one statement to the next
stable
rows 10
security definer -- policies ask this
set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    select a.work_id
    from consent.asking_me() a (work_id)
    union
    select w.id
    from (
        select c.tenant_id, c.work_id
        from content.work_collaborators c
        where c.person_id = any (array(select core.my_people()))
        union all
        select p.tenant_id, p.work_id
        from unnest(core.granted('consent.give', 2)) as here (scope_id)
        join consent.consent_parties p on p.scope_id = here.scope_id
    ) concerned
    join content.works w on w.tenant_id = concerned.tenant_id and w.id = concerned.work_id
    where w.protocol_set_id is null or w.protocol_set_id in (select consent.passed_sets());
end
$$;

comment on function content.involving_me() is 'The works that I help to make or have to consent to.';

revoke execute on function content.involving_me() from public;
grant execute on function content.involving_me() to authenticated;
