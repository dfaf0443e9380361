-- The works about which I decide, my own among them; and those that I, or those I act for, help to make, as long as I
-- pass the protocols that they stand under.

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
    from content._concerning_me() c
    join content.works w on w.tenant_id = c.tenant_id and w.id = c.work_id
    where w.protocol_set_id is null or w.protocol_set_id in (select consent.passed_sets());
end
$$;

comment on function content.involving_me() is 'The works that I help to make or decide about.';

revoke execute on function content.involving_me() from public;
grant execute on function content.involving_me() to authenticated;
