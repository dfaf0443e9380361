-- What the verified token says, as the server set it on the transaction.

create or replace function core._claims()
returns jsonb
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
    return nullif(current_setting('request.jwt.claims', true), '')::jsonb;
end
$$;

comment on function core._claims() is 'The claims of the verified token, or null.';

revoke execute on function core._claims() from public;
