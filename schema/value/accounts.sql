-- Who has how much of an asset: a person, a place, a work, or the organization's own book-keeping.
--
-- How much there is, its last entry says (value.balances): it stands nowhere else, where it could be written or differ.
-- What moves locks the account, and writes nothing to it.

create table value.accounts (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    asset text not null,
    person_id uuid,
    scope_id uuid,
    work_id uuid,
    system_key text,
    kind text not null default 'main',
    may_go_negative boolean not null default false,
    opened_at timestamptz not null default now(),
    constraint accounts_pkey primary key (tenant_id, id),
    -- One of each kind for each owner and asset.
    constraint accounts_owner_key
        unique nulls not distinct (person_id, tenant_id, scope_id, work_id, system_key, asset, kind),
    -- For its entries, which are of the same asset, and go below zero only where it may.
    constraint accounts_tenant_id_id_asset_may_go_negative_key unique (tenant_id, id, asset, may_go_negative),
    constraint accounts_tenant_id_asset_fkey foreign key (tenant_id, asset) references value.assets (tenant_id, code),
    constraint accounts_person_id_fkey foreign key (person_id) references core.people (id),
    constraint accounts_tenant_id_scope_id_fkey
        foreign key (tenant_id, scope_id) references core.scopes (tenant_id, id),
    constraint accounts_tenant_id_work_id_fkey
        foreign key (tenant_id, work_id) references content.works (tenant_id, id),
    constraint accounts_owner_check check (num_nonnulls(person_id, scope_id, work_id, system_key) = 1),
    constraint accounts_system_key_check check (system_key ~ '^[a-z][a-z_]{1,39}$'),
    constraint accounts_kind_check check (kind ~ '^[a-z][a-z_]{1,39}$')
);

create index accounts_id_idx on value.accounts (id);
create index accounts_tenant_id_asset_idx on value.accounts (tenant_id, asset);
create index accounts_tenant_id_scope_id_idx on value.accounts (tenant_id, scope_id) where scope_id is not null;
create index accounts_tenant_id_work_id_idx on value.accounts (tenant_id, work_id) where work_id is not null;

create trigger _010_freeze_key
before update of tenant_id, id, asset, person_id, scope_id, work_id, system_key, kind on value.accounts
for each row execute function core.tg__freeze_key();

comment on table value.accounts is 'Who has how much of an asset.';
comment on column value.accounts.tenant_id is 'The organization.';
comment on column value.accounts.id is 'The id.';
comment on column value.accounts.asset is 'Of what.';
comment on column value.accounts.person_id is 'The person whose it is, if it is a person''s.';
comment on column value.accounts.scope_id is 'The place, project or organization whose it is, if it is one''s.';
comment on column value.accounts.work_id is 'The work whose it is, if it is a work''s.';
comment on column value.accounts.system_key is
    'What it is for, if it is the organization''s own book-keeping: where money comes in from outside, for instance.';
comment on column value.accounts.kind is 'Which of their accounts it is.';
comment on column value.accounts.may_go_negative is
    'Whether it may go below zero, as the account does that stands for the world outside.';
comment on column value.accounts.opened_at is 'When it was opened.';
