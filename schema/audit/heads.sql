-- The newest block of each log, with the peaks of its tree: what is needed to let it grow. Derived from the blocks and
-- leaves; audit.verify() recounts it.

create table audit.heads (
    tenant_id uuid not null,
    number bigint not null,
    size bigint not null,
    root bytea not null,
    sealed_at timestamptz not null,
    hash bytea not null,
    peaks bytea[] not null,
    constraint heads_pkey primary key (tenant_id),
    constraint heads_root_check check (root = audit._root(peaks))
) with (fillfactor = 50); -- each log's row is replaced whenever it grows

comment on table audit.heads is 'The newest block of each log, and what is needed to let its tree grow.';
comment on column audit.heads.tenant_id is 'Whose log.';
comment on column audit.heads.number is 'The number of its newest block.';
comment on column audit.heads.size is 'How many changes it holds.';
comment on column audit.heads.root is 'The root of its tree.';
comment on column audit.heads.sealed_at is 'When it last grew.';
comment on column audit.heads.hash is 'The hash of its newest block.';
comment on column audit.heads.peaks is 'The roots of its complete subtrees, by height; null where there is none.';
