-- The works about which I decide: for myself, for somebody I act for, or in the name of a community that has to
-- consent, as long as I pass the protocols that they stand under.

create or replace function consent.mine_to_decide()
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
    from consent._spoken_for() s
    join content.works w on w.tenant_id = s.tenant_id and w.id = s.work_id
    where w.protocol_set_id is null or w.protocol_set_id in (select consent.passed_sets());
end
$$;

comment on function consent.mine_to_decide() is 'The works about which I decide, for myself or for a community.';

revoke execute on function consent.mine_to_decide() from public;
grant execute on function consent.mine_to_decide() to authenticated, service_role;
