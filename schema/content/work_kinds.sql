-- The kinds of works there are. Each module that has one adds it, and keeps what only that kind has in a table beside.

create table content.work_kinds (
    kind text not null,
    module text not null,
    description text not null,
    review_settings text[] not null default '{}',
    constraint work_kinds_pkey primary key (kind),
    constraint work_kinds_module_fkey foreign key (module) references core.platform_modules (module),
    constraint work_kinds_kind_check check (kind ~ '^[a-z_]+$')
);

create index work_kinds_module_idx on content.work_kinds (module);

comment on table content.work_kinds is 'The kinds of works there are.';
comment on column content.work_kinds.kind is 'The kind.';
comment on column content.work_kinds.module is 'The module that has it; where that is switched off, none is begun.';
comment on column content.work_kinds.description is 'What it is.';
comment on column content.work_kinds.review_settings is
    'By which settings a place asks for a review of this kind, besides those for every kind.';
