-- The permissions an API key may make use of: never more than its person holds.

create table core.api_key_permissions (
    api_key_id uuid not null,
    permission text not null,
    constraint api_key_permissions_pkey primary key (api_key_id, permission),
    constraint api_key_permissions_api_key_id_fkey foreign key (api_key_id) references core.api_keys (id),
    constraint api_key_permissions_permission_fkey foreign key (permission) references core.permissions (key)
);

create index api_key_permissions_permission_idx on core.api_key_permissions (permission);

comment on table core.api_key_permissions is 'The permissions an API key may make use of.';
comment on column core.api_key_permissions.api_key_id is 'The key.';
comment on column core.api_key_permissions.permission is 'A permission that it may make use of.';
