-- What a protocol set is made of is written with it; a set that is there becomes no other.

create or replace function consent.tg_protocol_sets__written_at_once()
returns trigger
language plpgsql
security definer -- looks at sets that nobody may see
set search_path = pg_catalog, pg_temp
as $$
begin
    if exists (
        select
        from new_rows n
        join consent.protocol_sets s on s.tenant_id = n.tenant_id and s.id = n.set_id
        where s.written_in <> pg_current_xact_id()
    ) then
        perform core._refuse('append_only', 'consent.protocol_sets');
    end if;
    return null;
end
$$;

comment on function consent.tg_protocol_sets__written_at_once() is
    'Refuses to add to a protocol set that is there already.';

revoke execute on function consent.tg_protocol_sets__written_at_once() from public;
