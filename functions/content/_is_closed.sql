-- Whether nothing is changed in a place: it is archived, or its organization is not active.

create or replace function content._is_closed(scope_id uuid)
returns boolean
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require_open(scope_id);
    return false;
exception
    when sqlstate 'EL010' or sqlstate 'EL011' then
        return true;
end
$$;

comment on function content._is_closed(uuid) is 'Whether nothing is changed in a place.';

revoke execute on function content._is_closed(uuid) from public;
