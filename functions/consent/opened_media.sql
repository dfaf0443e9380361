-- What is restricted in works, and I have opened it and may see it still: under the protocols that it stands under now.

create or replace function consent.opened_media()
returns setof uuid
language plpgsql -- its plan is kept from one statement to the next
stable
rows 10
security definer -- policies ask this
set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    select m.id
    from consent._openings() o
    join content.media m
        on m.tenant_id = o.tenant_id and m.work_id = o.work_id and m.protocol_set_id = o.protocol_set_id;
end
$$;

comment on function consent.opened_media() is 'What is restricted in works, and I have opened it and may see it still.';

revoke execute on function consent.opened_media() from public;
grant execute on function consent.opened_media() to authenticated, service_role;
