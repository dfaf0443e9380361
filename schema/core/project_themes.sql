-- The look of a project under its own name: colours, fonts, a logo, as named tokens.

create table core.project_themes (
    tenant_id uuid not null,
    project_id uuid not null,
    token text not null,
    value text not null,
    updated_at timestamptz not null default now(),
    constraint project_themes_pkey primary key (tenant_id, project_id, token),
    constraint project_themes_tenant_id_project_id_fkey
        foreign key (tenant_id, project_id) references core.projects (tenant_id, id),
    constraint project_themes_token_check check (token ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' and length(token) <= 63),
    constraint project_themes_value_check check (length(value) <= 500 and value !~ '[<>;{}\\]|/\*')
);

create trigger _010_freeze_key
before update of tenant_id, project_id, token on core.project_themes
for each row execute function core.tg__freeze_key();

create trigger _020_touch
before update on core.project_themes
for each row execute function core.tg__touch();

comment on table core.project_themes is 'The look of a project under its own name, as named tokens.';
comment on column core.project_themes.tenant_id is 'The organization.';
comment on column core.project_themes.project_id is 'The project.';
comment on column core.project_themes.token is 'The name of the token, such as colour-accent.';
comment on column core.project_themes.value is 'Its value; nothing that could break out of a style sheet.';
comment on column core.project_themes.updated_at is 'When it was last changed.';
