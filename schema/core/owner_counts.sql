-- How many active owners an organization has. The check is what keeps the last one, also under concurrency:
-- two owners who leave at once meet on this row.

create table core.owner_counts (
    tenant_id uuid not null,
    owners integer not null,
    constraint owner_counts_pkey primary key (tenant_id),
    constraint owner_counts_tenant_id_fkey foreign key (tenant_id) references core.organizations (id),
    constraint owner_counts_owners_check check (owners >= 1)
);

comment on table core.owner_counts is 'How many active owners an organization has; never fewer than one.';
comment on column core.owner_counts.tenant_id is 'The organization.';
comment on column core.owner_counts.owners is
    'Derived from memberships by trigger; core.verify_owners() recounts it.';
