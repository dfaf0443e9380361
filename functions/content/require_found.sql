-- Refuses where somebody named a work and found none. For functions that run in the rights of whoever asks, which find
-- what the policies of works let them.

create or replace function content.require_found(work_id uuid)
returns void
language plpgsql
stable
security definer -- apps call no refusal by its name
set search_path = pg_catalog, pg_temp
as $$
begin
    if work_id is null then
        perform core._refuse('not_found', 'work');
    end if;
end
$$;

comment on function content.require_found(uuid) is 'Refuses where somebody named a work and found none.';

revoke execute on function content.require_found(uuid) from public;
grant execute on function content.require_found(uuid) to anon, authenticated, service_role;
