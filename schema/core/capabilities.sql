-- What a sanction can take from a person. Modules add what they ask for.

create table core.capabilities (
    key text not null,
    module text not null,
    description text not null,
    constraint capabilities_pkey primary key (key),
    constraint capabilities_module_fkey foreign key (module) references core.platform_modules (module),
    constraint capabilities_key_check check (key ~ '^[a-z_]+$')
);

create index capabilities_module_idx on core.capabilities (module);

comment on table core.capabilities is 'What a sanction can take from a person.';
comment on column core.capabilities.key is 'The capability; access stands for everything.';
comment on column core.capabilities.module is 'The module that asks for it.';
comment on column core.capabilities.description is 'What cannot be done without it.';
