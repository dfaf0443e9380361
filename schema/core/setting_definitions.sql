-- The settings there are: what kind of value each takes, where it can be set, what it is when nobody set it.

create table core.setting_definitions (
    key text not null,
    module text not null,
    type core.setting_type not null,
    levels smallint[] not null,
    default_value jsonb not null,
    choices text[],
    minimum bigint,
    maximum bigint,
    description text not null,
    constraint setting_definitions_pkey primary key (key),
    constraint setting_definitions_module_fkey
        foreign key (module) references core.platform_modules (module),
    constraint setting_definitions_key_check check (key ~ '^[a-z_]+\.[a-z_]+$'),
    constraint setting_definitions_levels_check check (
        levels <@ array[0, 1, 2]::smallint[] and cardinality(levels) > 0
    ),
    constraint setting_definitions_choices_check check ((type = 'choice') = (choices is not null)),
    constraint setting_definitions_default_value_check check (
        core._setting_fits(default_value, type, choices, minimum, maximum)
    )
);

create index setting_definitions_module_idx on core.setting_definitions (module);

comment on table core.setting_definitions is 'The settings there are, and what each takes.';
comment on column core.setting_definitions.key is 'module.name.';
comment on column core.setting_definitions.module is 'The module that reads it.';
comment on column core.setting_definitions.type is 'What kind of value it takes.';
comment on column core.setting_definitions.levels is
    'Where it can be set: 0 organization, 1 project, 2 place.';
comment on column core.setting_definitions.default_value is 'What it is when nobody set it.';
comment on column core.setting_definitions.choices is 'For a choice: the values to choose from.';
comment on column core.setting_definitions.minimum is 'For an integer: the least.';
comment on column core.setting_definitions.maximum is 'For an integer: the most; for a text: its length.';
comment on column core.setting_definitions.description is 'What it decides, in words.';
