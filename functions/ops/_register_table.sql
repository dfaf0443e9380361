-- Declares what a table holds: whose it is, whether the audit log follows it, how long it is kept, and for every
-- column whether it says something about a person and how the log keeps it. Declaring again replaces what differs.

create or replace function ops._register_table(
    table_name text,
    tenancy ops.tenancy,
    retention text,
    clear text[] default '{}',
    personal text[] default '{}',
    body text[] default '{}',
    secret text[] default '{}',
    untracked_because text default null,
    untold_because text default null
)
returns void
language sql
volatile
set search_path = pg_catalog, pg_temp
as $$
    insert into ops.table_classes as t (table_name, tenancy, retention, untracked_because, untold_because)
    values (
        _register_table.table_name, _register_table.tenancy,
        _register_table.retention, _register_table.untracked_because, _register_table.untold_because
    )
    on conflict on constraint table_classes_pkey do update
    set
        tenancy = excluded.tenancy, retention = excluded.retention,
        untracked_because = excluded.untracked_because, untold_because = excluded.untold_because
    where (t.tenancy, t.retention, t.untracked_because, t.untold_because)
        is distinct from (excluded.tenancy, excluded.retention, excluded.untracked_because, excluded.untold_because);

    delete from ops.column_classes c
    where c.table_name = _register_table.table_name
        and (c.column_name, c.pii, c.audit) not in (
            select d.column_name, d.pii, d.audit from ops._column_classes(clear, personal, body, secret) d
        );

    insert into ops.column_classes (table_name, column_name, pii, audit)
    select _register_table.table_name, d.column_name, d.pii, d.audit
    from ops._column_classes(clear, personal, body, secret) d
    where not exists (
        select
        from ops.column_classes c
        where c.table_name = _register_table.table_name
            and (c.column_name, c.pii, c.audit) = (d.column_name, d.pii, d.audit)
    )
$$;

comment on function ops._register_table(text, ops.tenancy, text, text[], text[], text[], text[], text, text) is
    'Declares what a table and each of its columns holds.';

revoke execute on function ops._register_table(
    text, ops.tenancy, text, text[], text[], text[], text[], text, text
) from public;
