-- Who is asking, or a refusal.

create or replace function core._require_me()
returns uuid
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core.me();
begin
    if me is null then
        perform core._refuse('not_signed_in');
    end if;
    return me;
end
$$;

comment on function core._require_me() is 'The person who is signed in, or a refusal.';

revoke execute on function core._require_me() from public;
