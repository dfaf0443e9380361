-- What is the same for every change of a statement: who, as what, by which way, on behalf of which request.
-- Attested: the session is the API server's, which verified a token; anybody else could have claimed to be anyone.

create or replace function audit._context(
    out actor uuid,
    out role text,
    out session_role text,
    out flags smallint,
    out request_id text
)
language plpgsql -- its plan is kept from one statement to the next
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    actor := core.me();
    session_role := session_user;
    role := coalesce(nullif(current_setting('role', true), 'none'), session_role);
    flags := (session_role in ('authenticator', 'empathy_keyholder'))::integer
        + 2 * (current_setting('session_replication_role') = 'replica')::integer;
    request_id := nullif(current_setting('app.request_id', true), '');
end
$$;

comment on function audit._context() is 'What is the same for every change of a statement.';

revoke execute on function audit._context() from public;
