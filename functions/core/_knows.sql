-- Whether an organization has ever had to do with a person: they belong to it somewhere, did, or asked to. What it
-- decides about people, it decides about these.

create or replace function core._knows(tenant_id uuid, person_id uuid)
returns boolean
language sql
stable
security definer -- reads memberships whoever asks
set search_path = pg_catalog, pg_temp
as $$
    select exists (
        select
        from core.people p
        join core.memberships m on m.person_id = p.id
        where _knows.person_id in (p.id, p.merged_into) and m.tenant_id = _knows.tenant_id
    )
$$;

comment on function core._knows(uuid, uuid) is 'Whether an organization has ever had to do with a person.';

revoke execute on function core._knows(uuid, uuid) from public;
