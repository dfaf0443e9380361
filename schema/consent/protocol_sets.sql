-- What protocols a work stands under, or something to see in one. Written once for each combination and never changed:
-- works that stand under the same share it, and whether a reader passes is asked once for all of them. A work with a
-- set is restricted; without, it is not.

create table consent.protocol_sets (
    tenant_id uuid not null,
    id uuid not null,
    composition text not null,
    written_in xid8 not null default pg_current_xact_id(),
    constraint protocol_sets_pkey primary key (tenant_id, id),
    constraint protocol_sets_tenant_id_composition_key unique (tenant_id, composition),
    constraint protocol_sets_tenant_id_fkey foreign key (tenant_id) references core.organizations (id)
);

create index protocol_sets_id_idx on consent.protocol_sets (id);

alter table content.works
add constraint works_tenant_id_protocol_set_id_fkey
foreign key (tenant_id, protocol_set_id) references consent.protocol_sets (tenant_id, id);

alter table content.media
add constraint media_tenant_id_protocol_set_id_fkey
foreign key (tenant_id, protocol_set_id) references consent.protocol_sets (tenant_id, id);

create index media_tenant_id_protocol_set_id_idx on content.media (tenant_id, protocol_set_id);

create trigger _010_append_only
before update or delete or truncate on consent.protocol_sets
for each statement execute function audit.tg__append_only();

comment on table consent.protocol_sets is 'What protocols works stand under, each combination once.';
comment on column consent.protocol_sets.tenant_id is 'The organization.';
comment on column consent.protocol_sets.id is 'The id, which follows from what it is made of.';
comment on column consent.protocol_sets.composition is 'What it is made of, in short: a hash of it.';
comment on column consent.protocol_sets.written_in is 'The transaction that wrote it, and all that it is made of.';
