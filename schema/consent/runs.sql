-- Each use of works by machine or by science: an analysis, a training, a study, a commercial export. Nothing is handed
-- out without one, and none is without an agreement on its purpose.

create table consent.runs (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    agreement_id uuid not null,
    scope_id uuid not null,
    purpose text not null,
    model text not null,
    channel text,
    started_by uuid,
    started_at timestamptz not null default now(),
    finished_at timestamptz,
    halted_at timestamptz,
    constraint runs_pkey primary key (tenant_id, id),
    constraint runs_tenant_id_id_purpose_key unique (tenant_id, id, purpose),
    constraint runs_tenant_id_agreement_id_scope_id_fkey
        foreign key (tenant_id, agreement_id, scope_id)
        references consent.agreements (tenant_id, id, scope_id),
    constraint runs_tenant_id_agreement_id_purpose_fkey
        foreign key (tenant_id, agreement_id, purpose)
        references consent.agreement_purposes (tenant_id, agreement_id, purpose),
    constraint runs_started_by_fkey foreign key (started_by) references core.people (id),
    constraint runs_model_check check (length(btrim(model)) between 1 and 300),
    constraint runs_channel_check check (channel ~ '^[a-z0-9]+([_.-][a-z0-9]+)*$' and length(channel) <= 63),
    constraint runs_ended_check check (finished_at is null or halted_at is null)
);

create index runs_id_idx on consent.runs (id);
create index runs_tenant_id_agreement_id_scope_id_idx on consent.runs (tenant_id, agreement_id, scope_id);
create index runs_tenant_id_agreement_id_purpose_idx on consent.runs (tenant_id, agreement_id, purpose);
create index runs_scope_id_idx on consent.runs (scope_id);
create index runs_started_by_idx on consent.runs (started_by);

create trigger _010_freeze_key
before update of
    tenant_id, id, agreement_id, scope_id, purpose, model, channel, started_by, started_at
on consent.runs
for each row execute function core.tg__freeze_key();

create trigger _020_end_once
before update of finished_at, halted_at on consent.runs
for each row when (old.finished_at is not null or old.halted_at is not null)
execute function audit.tg__append_only();

comment on table consent.runs is 'Each use of works by machine or by science.';
comment on column consent.runs.tenant_id is 'The organization.';
comment on column consent.runs.id is 'The id.';
comment on column consent.runs.agreement_id is 'The agreement that it rests on.';
comment on column consent.runs.scope_id is 'On whose behalf that was signed.';
comment on column consent.runs.purpose is 'What for; the agreement names it.';
comment on column consent.runs.model is 'By which model, or by whom: what is used, or who studies.';
comment on column consent.runs.channel is 'By which way it goes out, where consent can differ by it.';
comment on column consent.runs.started_by is 'Who began it; nobody, where a server did.';
comment on column consent.runs.started_at is 'When.';
comment on column consent.runs.finished_at is 'When it was done.';
comment on column consent.runs.halted_at is 'When it was halted: a work was taken back from it before it was done.';
