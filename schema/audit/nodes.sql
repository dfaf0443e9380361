-- Complete subtrees of the logs' trees, kept for every eighth level, so that a proof reads few rows of a long log.

create table audit.nodes (
    tenant_id uuid not null,
    height smallint not null,
    index bigint not null,
    hash bytea not null,
    constraint nodes_pkey primary key (tenant_id, height, index),
    constraint nodes_height_check check (height > 0 and height % 8 = 0),
    constraint nodes_index_check check (index >= 0),
    constraint nodes_hash_check check (octet_length(hash) = 32)
);

create trigger _010_append_only
before update or delete or truncate on audit.nodes
for each statement execute function audit.tg__append_only();

alter table audit.nodes enable always trigger _010_append_only;

comment on table audit.nodes is 'Complete subtrees of the logs'' trees, for every eighth level.';
comment on column audit.nodes.tenant_id is 'Whose log.';
comment on column audit.nodes.height is 'The height: the subtree has 2^height leaves.';
comment on column audit.nodes.index is 'Which of the subtrees of this height, from 0.';
comment on column audit.nodes.hash is 'Its root.';
