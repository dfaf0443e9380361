-- Tries one thing after the other, each undone before the next, and answers what came of each: what its last statement
-- answered or did, or all that its error says. In the rights of whoever calls.

create schema attacks;
grant usage on schema attacks to public;

create function attacks.attempts(sequences jsonb)
returns text[]
language plpgsql
as $$
declare
    answers text[] := '{}';
    answer text;
    sequence jsonb;
    statement text;
    changed bigint;
    message text;
    detail text;
    hint text;
    "schema" text;
    "table" text;
    "column" text;
    "constraint" text;
    "type" text;
    context text;
begin
    for sequence in select s from jsonb_array_elements(sequences) s loop
        begin
            for statement in select t from jsonb_array_elements_text(sequence) t loop
                if statement ~* '^(select|with)' then
                    execute format(
                        'select coalesce(jsonb_agg(to_jsonb(a) order by to_jsonb(a)), ''[]'') from (%s) a', statement
                    )
                    into answer;
                else
                    execute statement;
                    get diagnostics changed = row_count;
                    answer := changed || ' rows';
                end if;
            end loop;
            -- What would be refused at the end.
            set constraints all immediate;
            raise exception using errcode = 'DONE0';
        exception
            when others then
                if sqlstate <> 'DONE0' then
                    get stacked diagnostics
                        message = message_text, detail = pg_exception_detail, hint = pg_exception_hint,
                        "schema" = schema_name, "table" = table_name, "column" = column_name,
                        "constraint" = constraint_name, "type" = pg_datatype_name, context = pg_exception_context;
                    answer := concat_ws(
                        E'\n', sqlstate, message, detail, hint, "schema", "table", "column", "constraint", "type",
                        context
                    );
                end if;
        end;
        answers := answers || answer;
    end loop;
    return answers;
end
$$;
