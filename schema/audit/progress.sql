-- How far the sealer has come: one row.

create table audit.progress (
    only_row boolean not null default true,
    era integer not null,
    sealed_below xid8 not null,
    sealed_at timestamptz not null default clock_timestamp(),
    constraint progress_pkey primary key (only_row),
    constraint progress_only_row_check check (only_row),
    constraint progress_era_fkey foreign key (era) references audit.eras (era)
);

create index progress_era_idx on audit.progress (era);

comment on table audit.progress is 'How far the sealer has come: one row.';
comment on column audit.progress.only_row is 'There is one.';
comment on column audit.progress.era is 'The present era.';
comment on column audit.progress.sealed_below is 'Every change of this era whose transaction is below is sealed.';
comment on column audit.progress.sealed_at is 'When the sealer last came by.';
