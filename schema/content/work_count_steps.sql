-- What was counted about works, step by step: a row for everything that made a count grow or shrink; their sum is what
-- counts. Rows are only ever added, so whoever comments, reacts or reads waits for nobody, and two who do it to the
-- same works in another order cannot block each other. content.fold_counts() adds steps up. Read content.work_counters.

create table content.work_count_steps (
    tenant_id uuid not null,
    work_id uuid not null,
    id uuid not null default gen_random_uuid(),
    comments bigint not null default 0,
    reactions bigint not null default 0,
    views bigint not null default 0,
    constraint work_count_steps_pkey primary key (tenant_id, work_id, id),
    constraint work_count_steps_tenant_id_work_id_fkey
        foreign key (tenant_id, work_id) references content.works (tenant_id, id)
);

create trigger _130_count
after insert or update of state or delete on content.comments
for each row execute function content.tg_comments__count();

create trigger _130_count
after insert or delete on content.reactions
for each row execute function content.tg_reactions__count();

comment on table content.work_count_steps is 'What was counted about works, step by step; their sum is what counts.';
comment on column content.work_count_steps.tenant_id is 'The organization.';
comment on column content.work_count_steps.work_id is 'The work.';
comment on column content.work_count_steps.id is 'Which step.';
comment on column content.work_count_steps.comments is 'How many comments more that its readers can read.';
comment on column content.work_count_steps.reactions is 'How many reactions more to the work itself.';
comment on column content.work_count_steps.views is 'How many readings more.';
