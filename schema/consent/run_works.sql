-- Which version of which work was handed out to a run. When consent ends, it is recalled: what came of it goes, and
-- what cannot be brought back is called so.

create table consent.run_works (
    tenant_id uuid not null,
    run_id uuid not null,
    work_id uuid not null,
    version integer not null,
    handed_out_at timestamptz not null default now(),
    recalled_at timestamptz,
    irrevocable boolean not null default false,
    stands boolean generated always as (case when recalled_at is null then true end) stored,
    constraint run_works_pkey primary key (tenant_id, run_id, work_id),
    constraint run_works_tenant_id_run_id_work_id_stands_key unique (tenant_id, run_id, work_id, stands),
    constraint run_works_tenant_id_run_id_fkey foreign key (tenant_id, run_id) references consent.runs (tenant_id, id),
    constraint run_works_tenant_id_work_id_version_fkey
        foreign key (tenant_id, work_id, version) references content.work_versions (tenant_id, work_id, number),
    constraint run_works_irrevocable_check check (not irrevocable or recalled_at is not null)
);

create index run_works_tenant_id_work_id_version_idx on consent.run_works (tenant_id, work_id, version);

create trigger _010_freeze_key
before update of tenant_id, run_id, work_id, version, handed_out_at on consent.run_works
for each row execute function core.tg__freeze_key();

create trigger _020_recall_once
before update of recalled_at, irrevocable on consent.run_works
for each row when (old.recalled_at is not null) execute function audit.tg__append_only();

comment on table consent.run_works is 'Which version of which work was handed out to a run.';
comment on column consent.run_works.tenant_id is 'The organization.';
comment on column consent.run_works.run_id is 'The run.';
comment on column consent.run_works.work_id is 'The work.';
comment on column consent.run_works.version is 'The version: the one that everyone consented to for the purpose.';
comment on column consent.run_works.handed_out_at is 'When.';
comment on column consent.run_works.recalled_at is 'When it was taken back, because consent had ended.';
comment on column consent.run_works.irrevocable is
    'Whether the run was done by then: what it took from the work cannot be brought back.';
comment on column consent.run_works.stands is 'True while it is not taken back: what came of it hangs on that.';
