-- Something ends at a time that is still to come, or never.

create or replace function core._require_ahead(until timestamptz)
returns void
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
begin
    if until <= now() then
        perform core._refuse('ends_before_now');
    end if;
end
$$;

comment on function core._require_ahead(timestamptz) is 'Refuses an end that is not to come.';

revoke execute on function core._require_ahead(timestamptz) from public;
