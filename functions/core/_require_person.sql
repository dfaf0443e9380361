-- A person is asking, in person. What concerns a whole life is not for an API key to do.

create or replace function core._require_person()
returns uuid
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
begin
    if core._claims() ->> 'api_key' is not null then
        perform core._refuse('not_with_key');
    end if;
    return core._require_me();
end
$$;

comment on function core._require_person() is 'The person who is signed in, in person, or a refusal.';

revoke execute on function core._require_person() from public;
