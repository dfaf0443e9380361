-- Settings of the whole installation: its environment, who may found organizations.

create table core.platform_config (
    key text not null,
    value jsonb not null,
    description text not null,
    updated_at timestamptz not null default now(),
    constraint platform_config_pkey primary key (key),
    constraint platform_config_key_check check (key ~ '^[a-z_.]+$'),
    constraint platform_config_environment_check check (
        key <> 'environment' or value in ('"development"', '"staging"', '"production"')
    ),
    constraint platform_config_founding_check check (
        key <> 'organizations.founded_by' or value in ('"anyone"', '"service"')
    ),
    constraint platform_config_organization_check check (
        key <> 'platform.organization'
        or coalesce(value #>> '{}' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$', true) -- null: none does
    )
);

create trigger _020_touch
before update on core.platform_config
for each row execute function core.tg__touch();

comment on table core.platform_config is 'Settings of the whole installation.';
comment on column core.platform_config.key is 'The name of the setting.';
comment on column core.platform_config.value is 'Its value, as JSON.';
comment on column core.platform_config.description is 'What it decides.';
comment on column core.platform_config.updated_at is 'When it was last changed.';
