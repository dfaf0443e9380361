-- Whether a person's identity was verified, at a time.

create or replace function core.is_verified(person_id uuid, at timestamptz default now())
returns boolean
language sql
stable
strict
security definer -- says yes or no, and nothing of the document
set search_path = pg_catalog, pg_temp
as $$
    select exists (
        select
        from core.verifications v
        -- By its checks, what is about a person is KYC, and only what was verified holds at any time.
        where v.person_id = is_verified.person_id and v.valid_during @> is_verified.at
    )
$$;

comment on function core.is_verified(uuid, timestamptz) is
    'Whether a person''s identity was verified, at a time.';

revoke execute on function core.is_verified(uuid, timestamptz) from public;
grant execute on function core.is_verified(uuid, timestamptz) to service_role;
