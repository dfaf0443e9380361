-- Settings of a scope. What a scope does not set it takes from the scope above it.

create table core.settings (
    tenant_id uuid not null,
    scope_id uuid not null,
    key text not null,
    value jsonb not null,
    updated_by uuid,
    updated_at timestamptz not null default now(),
    constraint settings_pkey primary key (tenant_id, scope_id, key),
    constraint settings_tenant_id_scope_id_fkey
        foreign key (tenant_id, scope_id) references core.scopes (tenant_id, id),
    constraint settings_key_fkey foreign key (key) references core.setting_definitions (key),
    constraint settings_updated_by_fkey foreign key (updated_by) references core.people (id)
);

create index settings_key_idx on core.settings (key);
create index settings_updated_by_idx on core.settings (updated_by);

create trigger _010_freeze_key
before update of tenant_id, scope_id, key on core.settings
for each row execute function core.tg__freeze_key();

create trigger _020_touch
before update on core.settings
for each row execute function core.tg__touch();

create trigger _050_check_value
before insert or update on core.settings
for each row execute function core.tg_settings__check_value();

comment on table core.settings is 'Settings of a scope; what it does not set it takes from above.';
comment on column core.settings.tenant_id is 'The organization.';
comment on column core.settings.scope_id is 'The scope.';
comment on column core.settings.key is 'Which setting.';
comment on column core.settings.value is 'Its value, checked against the definition.';
comment on column core.settings.updated_by is 'Who set it.';
comment on column core.settings.updated_at is 'When.';
