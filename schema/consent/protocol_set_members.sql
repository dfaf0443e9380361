-- The protocols of a protocol set, by community.

create table consent.protocol_set_members (
    tenant_id uuid not null,
    set_id uuid not null,
    scope_id uuid not null,
    protocol_id uuid not null,
    constraint protocol_set_members_pkey primary key (tenant_id, set_id, protocol_id),
    constraint protocol_set_members_tenant_id_set_id_scope_id_fkey
        foreign key (tenant_id, set_id, scope_id)
        references consent.protocol_set_communities (tenant_id, set_id, scope_id),
    constraint protocol_set_members_tenant_id_protocol_id_scope_id_fkey
        foreign key (tenant_id, protocol_id, scope_id) references consent.protocols (tenant_id, id, scope_id)
);

create index protocol_set_members_tenant_id_protocol_id_scope_id_idx
on consent.protocol_set_members (tenant_id, protocol_id, scope_id);

create trigger _010_append_only
before update or delete or truncate on consent.protocol_set_members
for each statement execute function audit.tg__append_only();

create trigger _020_written_at_once
after insert on consent.protocol_set_members
referencing new table as new_rows
for each statement execute function consent.tg_protocol_sets__written_at_once();

comment on table consent.protocol_set_members is 'The protocols of a protocol set.';
comment on column consent.protocol_set_members.tenant_id is 'The organization.';
comment on column consent.protocol_set_members.set_id is 'The set.';
comment on column consent.protocol_set_members.scope_id is 'The community.';
comment on column consent.protocol_set_members.protocol_id is 'The protocol.';
