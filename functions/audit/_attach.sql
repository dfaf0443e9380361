-- Makes the log follow a table: writes its capture function from the registry, hangs it on the table, and notes the
-- rows that are there already. The function is written, not general: a statement known beforehand is planned once,
-- and costs what it must. Done again, it changes only what has to change.

create or replace function audit._attach(table_name text)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    function_name constant text := 'tg_' || replace(table_name, '.', '_') || '__capture';
    body constant text := format(
        $body$
begin
    if tg_op = 'INSERT' then%s
    elsif tg_op = 'UPDATE' then%s
    elsif tg_op = 'DELETE' then%s
    else%s
    end if;
    return null;
end
$body$,
        audit._capture_statement(table_name, 'I', 'new_rows'),
        audit._capture_statement(table_name, 'U', 'new_rows'),
        audit._capture_statement(table_name, 'D', 'old_rows'),
        audit._capture_statement(table_name, 'T', table_name)
    );
    capture record;
begin
    if not exists (
        select
        from pg_proc p
        where p.pronamespace = 'audit'::regnamespace and p.proname = function_name and p.prosrc = body
    ) then
        -- Images are stored as they were written: no setting of a session may decide how.
        execute format(
            $function$
                create or replace function audit.%I()
                returns trigger
                language plpgsql
                security definer -- nobody may write the log
                set search_path = pg_catalog, pg_temp
                set timezone = 'UTC'
                set datestyle = 'ISO, YMD'
                set intervalstyle = 'iso_8601'
                set extra_float_digits = '1'
                set bytea_output = 'hex'
                as %L
            $function$,
            function_name, body
        );
        execute format('revoke execute on function audit.%I() from public', function_name);
        execute format(
            'comment on function audit.%I() is %L',
            function_name, 'Writes what happens to rows of ' || table_name || ' into the log.'
        );
    end if;

    -- What is known by its key keeps it.
    if not exists (
        select
        from pg_trigger t
        where t.tgrelid = _attach.table_name::regclass
            and t.tgfoid = 'core.tg__freeze_key()'::regprocedure
            and t.tgattr::smallint[] @> (
                select i.indkey::smallint[] from pg_index i where i.indrelid = t.tgrelid and i.indisprimary
            )
    ) then
        execute format(
            'create or replace trigger _011_freeze_key before update of %s on %s '
            'for each row execute function core.tg__freeze_key()',
            (select string_agg(quote_ident(k), ', ') from unnest(audit._key_columns(table_name)) k), table_name
        );
    end if;

    for capture in
        select *
        from (
            values
                ('insert', 'after', 'referencing new table as new_rows'),
                ('update', 'after', 'referencing new table as new_rows'),
                ('delete', 'after', 'referencing old table as old_rows'),
                ('truncate', 'before', '')
        ) as captures (event, moment, rows)
        where not exists (
            select
            from pg_trigger t
            where t.tgrelid = _attach.table_name::regclass
                and t.tgname = '_900_capture_' || captures.event
                and t.tgenabled = 'A'
        )
    loop
        execute format(
            'create or replace trigger _900_capture_%1$s %2$s %1$s on %3$s %4$s '
            'for each statement execute function audit.%5$I()',
            capture.event, capture.moment, table_name, capture.rows, function_name
        );
        execute format('alter table %s enable always trigger _900_capture_%s', table_name, capture.event);
        if capture.event = 'insert' then
            execute audit._capture_statement(table_name, 'S', table_name);
        end if;
    end loop;
end
$$;

comment on function audit._attach(text) is 'Makes the log follow a table.';

revoke execute on function audit._attach(text) from public;
