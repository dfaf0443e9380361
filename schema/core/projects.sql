-- What only a project has. A project is a scope of level 1; this row extends it.

create table core.projects (
    tenant_id uuid not null,
    id uuid not null,
    kind text not null generated always as ('project') stored,
    purpose text not null default '',
    default_lang text not null default 'en',
    starts_on date,
    ends_on date,
    updated_at timestamptz not null default now(),
    constraint projects_pkey primary key (tenant_id, id),
    constraint projects_tenant_id_id_kind_fkey
        foreign key (tenant_id, id, kind) references core.scopes (tenant_id, id, kind),
    constraint projects_period_check check (starts_on <= ends_on),
    constraint projects_default_lang_check check (core.is_lang(default_lang)),
    constraint projects_purpose_check check (length(purpose) <= 5000)
);

create trigger _010_freeze_key
before update of tenant_id, id on core.projects
for each row execute function core.tg__freeze_key();

create trigger _020_touch
before update on core.projects
for each row execute function core.tg__touch();

comment on table core.projects is
    'What only a project has; its name, slug and visibility stand on its scope.';
comment on column core.projects.tenant_id is 'The organization.';
comment on column core.projects.id is 'The scope that this project is.';
comment on column core.projects.kind is 'Always project: the key to its scope holds it to that.';
comment on column core.projects.purpose is 'What the project is for.';
comment on column core.projects.default_lang is 'The language that is assumed where none is given.';
comment on column core.projects.starts_on is 'First day, if it has one.';
comment on column core.projects.ends_on is 'Last day, if it has one.';
comment on column core.projects.updated_at is 'When its row last changed.';
