-- The roles that every new organization starts with. Each organization has its own copy, to change as it likes.

create table core.role_templates (
    key text not null,
    name text not null,
    description text not null,
    levels smallint[] not null,
    requires_kyc boolean not null default false,
    constraint role_templates_pkey primary key (key),
    constraint role_templates_key_check check (key ~ '^[a-z_]+$'),
    constraint role_templates_levels_check check (
        levels <@ array[0, 1, 2]::smallint[] and cardinality(levels) > 0
    )
);

comment on table core.role_templates is 'The roles that every new organization starts with.';
comment on column core.role_templates.key is 'What programs call the role.';
comment on column core.role_templates.name is 'What people call it.';
comment on column core.role_templates.description is 'What it is for.';
comment on column core.role_templates.levels is 'Where it can be held: 0 organization, 1 project, 2 place.';
comment on column core.role_templates.requires_kyc is
    'Whether only a person whose identity was verified can hold it.';
