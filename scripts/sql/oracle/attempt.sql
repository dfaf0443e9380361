-- Tries a statement and answers how it was refused: its SQLSTATE, or nothing when it was not. For one session.

create or replace function pg_temp.attempt(statement text)
returns text
language plpgsql
as $$
begin
    execute statement;
    return null;
exception
    when others then
        return sqlstate;
end
$$
