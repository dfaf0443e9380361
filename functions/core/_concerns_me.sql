-- Whether a matter about a person is my own: about me, or somebody I turned out to be, or am the guardian of. Unlike
-- core.acts_for() this holds through an API key, too: it keeps people from deciding in their own matter.

create or replace function core._concerns_me(person_id uuid)
returns boolean
language sql
stable
security definer -- guardianship is not for everybody to read
set search_path = pg_catalog, pg_temp
as $$
    select exists (
        select
        from core.people p
        where p.id = _concerns_me.person_id and core.me() in (p.id, p.merged_into, p.guardian_id)
    )
$$;

comment on function core._concerns_me(uuid) is 'Whether a matter about a person is my own, or my ward''s.';

revoke execute on function core._concerns_me(uuid) from public;
