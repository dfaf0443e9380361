-- The restricted works that I have opened, and may read still: under the protocols that they stand under now.

create or replace function consent.opened()
returns setof uuid
language plpgsql -- its plan is kept from one statement to the next
stable
rows 10
security definer -- policies ask this
set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    select o.work_id
    from consent._openings() o
    join content.works w
        on w.tenant_id = o.tenant_id and w.id = o.work_id and w.protocol_set_id = o.protocol_set_id;
end
$$;

comment on function consent.opened() is 'The restricted works that I have opened, and may read still.';

revoke execute on function consent.opened() from public;
grant execute on function consent.opened() to authenticated, service_role;
