-- What every table holds: whose it is, how long it is kept, whether the audit log follows it.

create table ops.table_classes (
    table_name text not null,
    tenancy ops.tenancy not null,
    retention text not null,
    untracked_because text,
    untold_because text,
    constraint table_classes_pkey primary key (table_name),
    constraint table_classes_table_name_check check (table_name ~ '^[a-z_]+\.[a-z_]+$'),
    constraint table_classes_retention_check check (
        retention in (
            'catalog', 'account', 'membership', 'content', 'contract', 'finance', 'security', 'operational', 'audit'
        )
    ),
    constraint table_classes_reasons_check check (untracked_because ~ '\S' and untold_because ~ '\S')
);

comment on table ops.table_classes is 'What every table holds. A sweep refuses a table that is not here.';
comment on column ops.table_classes.table_name is 'schema.table.';
comment on column ops.table_classes.tenancy is
    'Whether its rows belong to an organization, or to the platform or a person.';
comment on column ops.table_classes.retention is
    'How long its rows are kept: the name of a class of retention rules.';
comment on column ops.table_classes.untold_because is
    'Why a person is not told in their own history what happens to rows about them; null when they are.';
comment on column ops.table_classes.untracked_because is
    'Why the audit log does not follow it; null when it does.';
