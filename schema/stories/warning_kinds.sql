-- What whoever reads a story may want to be warned of. Modules and migrations add to them.

create table stories.warning_kinds (
    kind text not null,
    description text not null,
    constraint warning_kinds_pkey primary key (kind),
    constraint warning_kinds_kind_check check (kind ~ '^[a-z_]+$')
);

comment on table stories.warning_kinds is 'What whoever reads a story may want to be warned of.';
comment on column stories.warning_kinds.kind is 'The kind.';
comment on column stories.warning_kinds.description is 'The warning, as people read it.';
