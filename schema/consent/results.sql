-- What came of a work in a run: an analysis, an embedding, a summary. Modules keep what it says in tables of their own,
-- which refer to this with on delete cascade: when consent ends, this row goes, and takes that along. There is none of
-- a work that was taken back.

create table consent.results (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    run_id uuid not null,
    work_id uuid not null,
    stands boolean not null generated always as (true) stored,
    kind text not null,
    recorded_at timestamptz not null default now(),
    constraint results_pkey primary key (tenant_id, id),
    -- For what modules keep of it.
    constraint results_tenant_id_id_run_id_work_id_kind_key unique (tenant_id, id, run_id, work_id, kind),
    constraint results_tenant_id_run_id_work_id_stands_fkey
        foreign key (tenant_id, run_id, work_id, stands)
        references consent.run_works (tenant_id, run_id, work_id, stands),
    constraint results_kind_check check (kind ~ '^[a-z_]+$')
);

create index results_id_idx on consent.results (id);
create index results_tenant_id_run_id_work_id_stands_idx on consent.results (tenant_id, run_id, work_id, stands);
create index results_tenant_id_work_id_idx on consent.results (tenant_id, work_id);

create trigger _010_freeze_key
before update on consent.results
for each row execute function core.tg__freeze_key();

comment on table consent.results is 'What came of a work in a run.';
comment on column consent.results.tenant_id is 'The organization.';
comment on column consent.results.id is 'The id.';
comment on column consent.results.run_id is 'The run.';
comment on column consent.results.work_id is 'The work.';
comment on column consent.results.stands is 'That the work was not taken back from the run.';
comment on column consent.results.kind is 'What it is: the module that keeps it says so.';
comment on column consent.results.recorded_at is 'When it came in.';
