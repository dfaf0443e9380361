-- What every column holds: whether it says something about a person, and how the audit log keeps it.

create table ops.column_classes (
    table_name text not null,
    column_name text not null,
    pii ops.pii_class not null,
    audit ops.audit_class not null,
    constraint column_classes_pkey primary key (table_name, column_name),
    constraint column_classes_table_name_fkey
        foreign key (table_name) references ops.table_classes (table_name) on delete cascade,
    constraint column_classes_personal_check check (pii = 'none' or audit <> 'clear'),
    constraint column_classes_secret_check check (pii <> 'secret' or audit = 'omitted')
);

comment on table ops.column_classes is 'What every column holds. A sweep refuses a column that is not here.';
comment on column ops.column_classes.table_name is 'schema.table.';
comment on column ops.column_classes.column_name is 'The column.';
comment on column ops.column_classes.pii is 'Whether it can say something about a person.';
comment on column ops.column_classes.audit is
    'How the audit log keeps it. Never in clear when it is personal.';
