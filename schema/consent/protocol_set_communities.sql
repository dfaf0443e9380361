-- The communities of a protocol set: whoever reads has to pass every one of them, and be barred from none.

create table consent.protocol_set_communities (
    tenant_id uuid not null,
    set_id uuid not null,
    scope_id uuid not null,
    match consent.protocol_match not null,
    constraint protocol_set_communities_pkey primary key (tenant_id, set_id, scope_id),
    constraint protocol_set_communities_tenant_id_set_id_scope_id_match_key
        unique (tenant_id, set_id, scope_id, match),
    constraint protocol_set_communities_tenant_id_set_id_fkey
        foreign key (tenant_id, set_id) references consent.protocol_sets (tenant_id, id),
    constraint protocol_set_communities_tenant_id_scope_id_fkey
        foreign key (tenant_id, scope_id) references core.scopes (tenant_id, id)
);

create index protocol_set_communities_tenant_id_scope_id_idx
on consent.protocol_set_communities (tenant_id, scope_id);

create trigger _010_append_only
before update or delete or truncate on consent.protocol_set_communities
for each statement execute function audit.tg__append_only();

create trigger _020_written_at_once
after insert on consent.protocol_set_communities
referencing new table as new_rows
for each statement execute function consent.tg_protocol_sets__written_at_once();

comment on table consent.protocol_set_communities is
    'The communities of a protocol set: all of them have to be passed.';
comment on column consent.protocol_set_communities.tenant_id is 'The organization.';
comment on column consent.protocol_set_communities.set_id is 'The set.';
comment on column consent.protocol_set_communities.scope_id is 'The community.';
comment on column consent.protocol_set_communities.match is
    'Whether all of its protocols here have to be passed, or any.';
