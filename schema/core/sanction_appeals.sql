-- An appeal against a sanction. By key and check, who imposed the sanction cannot judge the appeal.

create table core.sanction_appeals (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    sanction_id uuid not null,
    person_id uuid not null,
    imposed_by uuid not null,
    statement text not null,
    status core.appeal_status not null default 'open',
    judged_by uuid,
    judged_at timestamptz,
    outcome text,
    created_at timestamptz not null default now(),
    constraint sanction_appeals_pkey primary key (tenant_id, id),
    constraint sanction_appeals_sanction_fkey
        foreign key (tenant_id, sanction_id, person_id, imposed_by)
        references core.sanctions (tenant_id, id, person_id, imposed_by),
    constraint sanction_appeals_judged_by_fkey foreign key (judged_by) references core.people (id),
    constraint sanction_appeals_judge_check check (judged_by <> imposed_by and judged_by <> person_id),
    constraint sanction_appeals_statement_check check (length(btrim(statement)) between 1 and 5000),
    constraint sanction_appeals_judgement_check check (length(btrim(outcome)) between 1 and 5000),
    constraint sanction_appeals_outcome_check check (
        (status in ('upheld', 'overturned')) = (judged_by is not null)
        and (judged_by is null) = (judged_at is null)
        and (judged_by is null) = (outcome is null)
    )
);

create unique index sanction_appeals_tenant_id_sanction_id_key
    on core.sanction_appeals (tenant_id, sanction_id)
    where status = 'open';
create index sanction_appeals_id_idx on core.sanction_appeals (id);
create index sanction_appeals_sanction_idx
    on core.sanction_appeals (tenant_id, sanction_id, person_id, imposed_by);
create index sanction_appeals_judged_by_idx on core.sanction_appeals (judged_by);

create trigger _010_freeze_key
before update of tenant_id, id, sanction_id on core.sanction_appeals
for each row execute function core.tg__freeze_key();

comment on table core.sanction_appeals is 'An appeal against a sanction, judged by someone else.';
comment on column core.sanction_appeals.tenant_id is 'The organization.';
comment on column core.sanction_appeals.id is 'The id.';
comment on column core.sanction_appeals.sanction_id is 'What is appealed against; one open appeal at a time.';
comment on column core.sanction_appeals.person_id is 'Who appeals: the person sanctioned.';
comment on column core.sanction_appeals.imposed_by is
    'Who imposed the sanction, so that a check can keep them from judging.';
comment on column core.sanction_appeals.statement is 'Why it should be lifted.';
comment on column core.sanction_appeals.status is 'Where the appeal stands.';
comment on column core.sanction_appeals.judged_by is 'Who judged it.';
comment on column core.sanction_appeals.judged_at is 'When.';
comment on column core.sanction_appeals.outcome is 'The judgement, in words.';
comment on column core.sanction_appeals.created_at is 'When it was made.';
