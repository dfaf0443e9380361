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
$$;

-- What a statement with one column answers; or that it is refused, and how. For one session.

create or replace function pg_temp.answers(statement text)
returns setof text
language plpgsql
as $$
begin
    return query execute statement;
exception
    when others then
        return next 'refused ' || sqlstate;
end
$$
