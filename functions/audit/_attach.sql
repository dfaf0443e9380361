-- Makes the log follow a table: writes its capture function from the registry, hangs it on the table and on its
-- partitions, and notes the rows that are there already. The function is written, not general: a statement known
-- beforehand is planned once, and costs what it must. Done again, it changes only what has to change; where a column
-- that was there has another type now, every row is noted once more, as the log sees it from now on.

create or replace function audit._attach(table_name text)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
-- As the functions that it writes: it notes rows, too.
set timezone = 'UTC'
set datestyle = 'ISO, YMD'
set intervalstyle = 'iso_8601'
set extra_float_digits = '1'
set bytea_output = 'hex'
set client_encoding = 'UTF8'
as $$
declare
    function_name constant text := 'tg_' || replace(table_name, '.', '_') || '__capture';
    settings constant text := audit._settings(table_name);
    shape constant text := audit._shape(table_name);
    body constant text := format(
        $body$
-- %s
%s
declare
    c constant record := audit._context();
begin
    if tg_op = 'INSERT' then%s
    elsif tg_op = 'UPDATE' then%s
    elsif tg_op = 'DELETE' then%s
    else -- of a partition, its own rows
        execute format(%L, tg_relid::regclass);
    end if;
    return null;
end
$body$,
        settings, -- so that the text tells whether they are the same
        shape,
        audit._capture_statement(table_name, 'I', 'new_rows'),
        audit._capture_statement(table_name, 'U', 'new_rows'),
        audit._capture_statement(table_name, 'D', 'old_rows'),
        audit._capture_statement(table_name, 'T', 'only %s')
    );
    before text;
    capture record;
begin
    select p.prosrc into before
    from pg_proc p
    where p.pronamespace = 'audit'::regnamespace and p.proname = function_name;

    if before is distinct from body then
        -- Nobody writes between the old way of seeing a row and the new one.
        execute format('lock table %s in share row exclusive mode', table_name);
        -- Images are stored as they were written: no setting of a session may decide how.
        execute format(
            $function$
                create or replace function audit.%I()
                returns trigger
                language plpgsql
                security definer -- nobody may write the log
                %s
                as %L
            $function$,
            function_name, settings, body
        );
        execute format('revoke execute on function audit.%I() from public', function_name);
        execute format(
            'comment on function audit.%I() is %L',
            function_name, 'Writes what happens to rows of ' || table_name || ' into the log.'
        );
        if before is null
            or exists (
                select
                from regexp_matches(before, '^-- (\w+): (.*)$', 'gn') was
                full join regexp_matches(shape, '^-- (\w+): (.*)$', 'gn') became on became[1] = was[1]
                where became[2] <> was[2]
                    -- One hash stands for all such columns.
                    or (became[2] is null or was[2] is null) and concat(became[2], was[2]) ~ ' by its hash alone$'
            )
        then
            execute audit._capture_statement(table_name, 'S', table_name);
        end if;
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

    -- A statement on a partition fires the partition's triggers, one on the table the table's.
    for capture in
        select r.relation, captures.*
        from (
            values
                ('insert', 'after', 'referencing new table as new_rows'),
                ('update', 'after', 'referencing new table as new_rows'),
                ('delete', 'after', 'referencing old table as old_rows'),
                ('truncate', 'before', '')
        ) as captures (event, moment, rows)
        cross join (
            select _attach.table_name::regclass
            union
            select p.relid from pg_partition_tree(_attach.table_name::regclass) p
        ) as r (relation)
        where not exists (
            select
            from pg_trigger t
            where t.tgrelid = r.relation and t.tgname = '_900_capture_' || captures.event and t.tgenabled = 'A'
        )
    loop
        execute format(
            'create or replace trigger _900_capture_%1$s %2$s %1$s on %3$s %4$s '
            'for each statement execute function audit.%5$I()',
            capture.event, capture.moment, capture.relation, capture.rows, function_name
        );
        execute format(
            'alter table %s enable always trigger _900_capture_%s', capture.relation, capture.event
        );
    end loop;
end
$$;

comment on function audit._attach(text) is 'Makes the log follow a table.';

revoke execute on function audit._attach(text) from public;
