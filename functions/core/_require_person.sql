-- A person is asking, in person: what concerns a whole life is not for an API key to do. And they are not forgotten
-- until this transaction ends, or what they do would stay behind them.

create or replace function core._require_person()
returns uuid
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_me();
begin
    if core._claims() ->> 'api_key' is not null then
        perform core._refuse('not_with_key');
    end if;
    perform core._require_present(me);
    return me;
end
$$;

comment on function core._require_person() is 'The person who is signed in, in person, or a refusal.';

revoke execute on function core._require_person() from public;
