-- A project's own host names. Global, because a request names a host before anything of a tenant is known.
-- Anybody may claim a host; one claim can be verified, and that one counts.

create table core.project_domains (
    host text not null,
    tenant_id uuid not null,
    project_id uuid not null,
    verification_token text not null default core._new_token(),
    verified_at timestamptz,
    created_at timestamptz not null default now(),
    constraint project_domains_pkey primary key (host, tenant_id, project_id),
    constraint project_domains_tenant_id_fkey foreign key (tenant_id) references core.organizations (id),
    constraint project_domains_host_check check (
        length(host) <= 253
        and host ~ '^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$'
    )
);

create unique index project_domains_host_key on core.project_domains (host) where verified_at is not null;
create index project_domains_tenant_id_project_id_idx on core.project_domains (tenant_id, project_id);

comment on table core.project_domains is 'Host names under which projects are served.';
comment on column core.project_domains.host is
    'The host name, lower-case; once verified it leads to exactly one project.';
comment on column core.project_domains.tenant_id is 'The organization.';
comment on column core.project_domains.project_id is 'The project.';
comment on column core.project_domains.verification_token is
    'To be published in DNS, so that whoever names a host proves that it is theirs.';
comment on column core.project_domains.verified_at is 'Since when it is verified; before, it leads nowhere.';
comment on column core.project_domains.created_at is 'When it was claimed.';
