-- Which modules are on, per scope. Off unless switched on, here or in a scope above.

create table core.feature_flags (
    tenant_id uuid not null,
    scope_id uuid not null,
    module text not null,
    enabled boolean not null,
    updated_by uuid,
    updated_at timestamptz not null default now(),
    constraint feature_flags_pkey primary key (tenant_id, scope_id, module),
    constraint feature_flags_tenant_id_scope_id_fkey
        foreign key (tenant_id, scope_id) references core.scopes (tenant_id, id),
    constraint feature_flags_module_fkey foreign key (module) references core.platform_modules (module),
    constraint feature_flags_updated_by_fkey foreign key (updated_by) references core.people (id)
);

create index feature_flags_module_idx on core.feature_flags (module);
create index feature_flags_updated_by_idx on core.feature_flags (updated_by);

create trigger _010_freeze_key
before update of tenant_id, scope_id, module on core.feature_flags
for each row execute function core.tg__freeze_key();

create trigger _020_touch
before update on core.feature_flags
for each row execute function core.tg__touch();

comment on table core.feature_flags is
    'Which modules are on, per scope; the nearest row decides, none means off.';
comment on column core.feature_flags.tenant_id is 'The organization.';
comment on column core.feature_flags.scope_id is 'The scope.';
comment on column core.feature_flags.module is 'The module.';
comment on column core.feature_flags.enabled is 'Whether it is on here and below.';
comment on column core.feature_flags.updated_by is 'Who switched it.';
comment on column core.feature_flags.updated_at is 'When.';
