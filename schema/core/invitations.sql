-- Invitations into a scope. The token is shown once and stored as a hash; uses can never exceed what was allowed.

create table core.invitations (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    scope_id uuid not null,
    token_hash bytea not null,
    email_index bytea,
    message text not null default '',
    max_uses integer not null default 1,
    uses integer not null default 0,
    expires_at timestamptz not null default now() + interval '14 days',
    created_by uuid not null,
    created_at timestamptz not null default now(),
    revoked_at timestamptz,
    constraint invitations_pkey primary key (tenant_id, id),
    constraint invitations_tenant_id_token_hash_key unique (tenant_id, token_hash),
    constraint invitations_tenant_id_scope_id_fkey
        foreign key (tenant_id, scope_id) references core.scopes (tenant_id, id),
    constraint invitations_created_by_fkey foreign key (created_by) references core.people (id),
    constraint invitations_max_uses_check check (max_uses between 1 and 10000),
    constraint invitations_uses_check check (uses between 0 and max_uses),
    constraint invitations_expires_at_check check (expires_at > created_at and isfinite(expires_at)),
    constraint invitations_message_check check (length(message) <= 2000)
);

create index invitations_id_idx on core.invitations (id);
create index invitations_tenant_id_scope_id_idx on core.invitations (tenant_id, scope_id);
create index invitations_created_by_idx on core.invitations (created_by);

create trigger _010_freeze_key
before update of tenant_id, id on core.invitations
for each row execute function core.tg__freeze_key();

comment on table core.invitations is 'Invitations into a scope, with the roles they bring.';
comment on column core.invitations.tenant_id is 'The organization.';
comment on column core.invitations.id is 'The id.';
comment on column core.invitations.scope_id is 'What it invites into.';
comment on column core.invitations.token_hash is
    'SHA-256 of the token, which is shown once and never stored.';
comment on column core.invitations.email_index is
    'When set, only the person whose confirmed email address this is can use it.';
comment on column core.invitations.message is 'A few words from whoever invites.';
comment on column core.invitations.max_uses is 'How many people may use it.';
comment on column core.invitations.uses is 'How many have.';
comment on column core.invitations.expires_at is 'Until when it can be used.';
comment on column core.invitations.created_by is 'Who invites.';
comment on column core.invitations.created_at is 'When it was made.';
comment on column core.invitations.revoked_at is 'Since when it is taken back.';
