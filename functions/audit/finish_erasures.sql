-- Empties what was still being written about somebody while they were forgotten, and what has since ceased to be
-- evidence. Returns how many changes it emptied.

create or replace function audit.finish_erasures()
returns bigint
language sql
volatile
security definer -- nobody may write the log
set search_path = pg_catalog, pg_temp
as $$
    select audit._erase_people(array_agg(p.id), 'the person was forgotten')
    from core.people p
    where p.erased_at is not null
$$;

comment on function audit.finish_erasures() is
    'Empties what was still being written about somebody while they were forgotten.';

revoke execute on function audit.finish_erasures() from public;
grant execute on function audit.finish_erasures() to service_role;
