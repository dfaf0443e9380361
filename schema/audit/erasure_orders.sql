-- An order to remove what was personal from changes: which, why, on whose word. The log follows this table, so that
-- the removal is a change itself; verification holds what is missing against the orders.

create table audit.erasure_orders (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    ordered_at timestamptz not null default now(),
    ordered_by uuid,
    reason text not null,
    seqs bigint[] not null,
    constraint erasure_orders_pkey primary key (tenant_id, id),
    constraint erasure_orders_ordered_by_fkey foreign key (ordered_by) references core.people (id),
    constraint erasure_orders_reason_check check (length(btrim(reason)) between 1 and 500),
    constraint erasure_orders_seqs_check check (cardinality(seqs) between 1 and 10000)
);

create index erasure_orders_ordered_by_idx on audit.erasure_orders (ordered_by);

create trigger _010_append_only
before update or delete or truncate on audit.erasure_orders
for each statement execute function audit.tg__append_only();

alter table audit.erasure_orders enable always trigger _010_append_only;

comment on table audit.erasure_orders is 'Orders to remove what was personal from changes.';
comment on column audit.erasure_orders.tenant_id is 'Whose log.';
comment on column audit.erasure_orders.id is 'Which order.';
comment on column audit.erasure_orders.ordered_at is 'When.';
comment on column audit.erasure_orders.ordered_by is 'The person who was signed in.';
comment on column audit.erasure_orders.reason is 'Why, without saying anything about a person.';
comment on column audit.erasure_orders.seqs is 'The changes that were emptied.';
