-- The catalog of permissions: what a person can be allowed to do, and whether it reaches below where it is held.

create table core.permissions (
    key text not null,
    module text not null,
    levels smallint[] not null,
    inherits boolean not null,
    description text not null,
    constraint permissions_pkey primary key (key),
    constraint permissions_key_check check (key ~ '^[a-z_]+\.[a-z_]+$'),
    constraint permissions_levels_check check (levels <@ array[0, 1, 2]::smallint[] and cardinality(levels) > 0),
    constraint permissions_module_fkey foreign key (module) references core.platform_modules (module)
);

create index permissions_module_idx on core.permissions (module);

comment on table core.permissions is 'What a person can be allowed to do.';
comment on column core.permissions.key is 'thing.act, such as member.invite.';
comment on column core.permissions.module is 'The module that asks for it.';
comment on column core.permissions.levels is 'Where it can be held: 0 organization, 1 project, 2 place.';
comment on column core.permissions.inherits is
    'Whether holding it at a level also means holding it below. What a community must be free to give never does.';
comment on column core.permissions.description is 'What it allows, in words.';
