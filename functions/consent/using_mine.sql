-- The runs to which works were handed out about which I decide.

create or replace function consent.using_mine()
returns setof uuid
language plpgsql -- its plan is kept from one statement to the next
stable
rows 10
security definer -- policies ask this
set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    select distinct h.run_id
    from consent.mine_to_decide() d (work_id)
    join content.works w on w.id = d.work_id
    join consent.run_works h on h.tenant_id = w.tenant_id and h.work_id = w.id;
end
$$;

comment on function consent.using_mine() is 'The runs to which works were handed out about which I decide.';

revoke execute on function consent.using_mine() from public;
grant execute on function consent.using_mine() to authenticated, service_role;
