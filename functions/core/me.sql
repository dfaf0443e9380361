-- Who is asking: the person the token names, else the person its issuer and subject lead to.

create or replace function core.me()
returns uuid
language plpgsql -- its plan is kept from one statement to the next
stable
security definer -- identities are nobody's to read but their person's
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
    claims constant jsonb := core._claims();
    person uuid := (claims ->> 'person')::uuid;
begin
    if claims is null then
        return null;
    end if;
    if person is null then
        select i.person_id into person
        from core.identities i
        where i.issuer = claims ->> 'iss' and i.subject = claims ->> 'sub';
    end if;
    return (select coalesce(p.merged_into, p.id) from core.people p where p.id = person and p.erased_at is null);
end
$$;

comment on function core.me() is 'The person who is signed in, or null.';

revoke execute on function core.me() from public;
grant execute on function core.me() to anon, authenticated, service_role, empathy_keyholder;
