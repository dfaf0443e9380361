-- What an organization counts, each in whole numbers of its smallest unit. How many of those make one never changes: it
-- would change every amount there is.

create table value.assets (
    tenant_id uuid not null,
    code text not null,
    kind value.asset_kind not null,
    scale smallint not null,
    name text not null,
    created_at timestamptz not null default now(),
    constraint assets_pkey primary key (tenant_id, code),
    constraint assets_tenant_id_fkey foreign key (tenant_id) references core.organizations (id),
    constraint assets_code_check check (code ~ '^[A-Z][A-Z0-9_]{1,19}$' and (kind <> 'currency' or length(code) = 3)),
    constraint assets_scale_check check (scale between 0 and 18),
    constraint assets_name_check check (length(btrim(name)) between 1 and 200)
);

create trigger _010_freeze_key
before update of tenant_id, code, kind, scale on value.assets
for each row execute function core.tg__freeze_key();

comment on table value.assets is 'What an organization counts: currencies, tokens, equity, credits.';
comment on column value.assets.tenant_id is 'The organization.';
comment on column value.assets.code is 'What it is called in short; a currency as ISO 4217 calls it.';
comment on column value.assets.kind is 'What kind of thing it is.';
comment on column value.assets.scale is 'How many decimals it has: 2, where a hundred of the smallest unit make one.';
comment on column value.assets.name is 'What it is called.';
comment on column value.assets.created_at is 'When it was first counted.';
