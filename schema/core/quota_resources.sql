-- What can be limited: works, storage, seats, requests. Modules add what they count.

create table core.quota_resources (
    key text not null,
    module text not null,
    unit text not null,
    description text not null,
    constraint quota_resources_pkey primary key (key),
    constraint quota_resources_module_fkey foreign key (module) references core.platform_modules (module),
    constraint quota_resources_key_check check (key ~ '^[a-z_]+$')
);

create index quota_resources_module_idx on core.quota_resources (module);

comment on table core.quota_resources is 'What can be limited.';
comment on column core.quota_resources.key is 'The resource.';
comment on column core.quota_resources.module is 'The module that counts it.';
comment on column core.quota_resources.unit is 'What one of it is.';
comment on column core.quota_resources.description is 'What is counted, in words.';
