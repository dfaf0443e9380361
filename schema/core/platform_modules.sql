-- The modules of the platform. Each can be switched per scope; what is off answers as if it did not exist.

create table core.platform_modules (
    module text not null,
    version text not null,
    description text not null,
    always_on boolean not null default false,
    installed_at timestamptz not null default now(),
    constraint platform_modules_pkey primary key (module),
    constraint platform_modules_module_check check (module ~ '^[a-z_]+$')
);

comment on table core.platform_modules is 'The modules of the platform and their versions.';
comment on column core.platform_modules.module is 'The name, which is also the name of its Postgres schema.';
comment on column core.platform_modules.version is 'The version of the module that is installed.';
comment on column core.platform_modules.description is 'What the module is for.';
comment on column core.platform_modules.always_on is 'The kernel: cannot be switched off.';
comment on column core.platform_modules.installed_at is 'When the module came to this database.';
