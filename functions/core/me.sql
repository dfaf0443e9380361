-- Who is asking: the person the token names, else the person its issuer and subject lead to.

create or replace function core.me()
returns uuid
language plpgsql -- its plan is kept from one statement to the next
stable
security definer -- identities are nobody's to read but their person's
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
    return (
        with claims as materialized (select core._claims() as c)
        select coalesce(p.merged_into, p.id)
        from claims
        join core.people p
            on p.id = coalesce(
                (c ->> 'person')::uuid,
                (
                    select i.person_id
                    from core.identities i
                    where i.issuer = c ->> 'iss' and i.subject = c ->> 'sub'
                )
            )
        where p.erased_at is null
    );
end
$$;

comment on function core.me() is 'The person who is signed in, or null.';

revoke execute on function core.me() from public;
grant execute on function core.me() to anon, authenticated, service_role, empathy_keyholder;
