-- A person arrives: whoever holds a token that leads to nobody yet becomes somebody.

create or replace function core.register(display_name text, handle text default null, locale text default 'en')
returns uuid
language plpgsql
volatile
security definer -- people and logins are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    claims constant jsonb := core._claims();
    person_id uuid;
begin
    if claims ->> 'iss' is null or claims ->> 'sub' is null then
        perform core._refuse('not_signed_in');
    end if;
    if core.me() is not null then
        perform core._refuse('already_registered');
    end if;
    insert into core.people (display_name, handle, locale)
    values (btrim(register.display_name), register.handle, register.locale)
    returning id into person_id;
    insert into core.identities (issuer, subject, person_id)
    values (claims ->> 'iss', claims ->> 'sub', person_id);
    return person_id;
end
$$;

comment on function core.register(text, text, text) is
    E'Makes a person of whoever signed in for the first time, and returns their id.\n'
    'display_name: The name they want to be called by.\n'
    'handle: A short name of their choosing, unique on the platform; none is needed.\n'
    'locale: The language they want to be addressed in.';

revoke execute on function core.register(text, text, text) from public;
grant execute on function core.register(text, text, text) to authenticated;
