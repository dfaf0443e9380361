-- The kinds of scope and the level each stands at. Modules add kinds of places; nothing adds a level.

create table core.scope_kinds (
    kind text not null,
    level smallint not null,
    module text not null,
    description text not null,
    constraint scope_kinds_pkey primary key (kind),
    constraint scope_kinds_kind_level_key unique (kind, level),
    constraint scope_kinds_kind_check check (kind ~ '^[a-z_]+$'),
    constraint scope_kinds_level_check check (
        level = case kind when 'organization' then 0 when 'project' then 1 else 2 end
    ),
    constraint scope_kinds_module_fkey foreign key (module) references core.platform_modules (module)
);

create index scope_kinds_module_idx on core.scope_kinds (module);

comment on table core.scope_kinds is 'The kinds of scope and the level each stands at.';
comment on column core.scope_kinds.kind is 'organization, project, or a kind of place.';
comment on column core.scope_kinds.level is '0 organization, 1 project, 2 place.';
comment on column core.scope_kinds.module is 'The module that brings the kind.';
comment on column core.scope_kinds.description is 'What such a scope is.';
