-- Decisions that were used up. Where each change takes a decision of its own, the change writes it down here in the
-- same statement (content.tg__use_decision), and the key sees to it that no second one rests on the same decision, not
-- even long after the first was overwritten.

create table content.decision_uses (
    tenant_id uuid not null,
    decision_id uuid not null,
    scope_id uuid not null,
    unlocks text not null,
    used_at timestamptz not null default now(),
    constraint decision_uses_pkey primary key (tenant_id, decision_id),
    constraint decision_uses_decision_fkey
        foreign key (tenant_id, decision_id, scope_id, unlocks)
        references content.decisions (tenant_id, id, scope_id, unlocks)
);

create trigger _010_append_only
before update or delete or truncate on content.decision_uses
for each statement execute function audit.tg__append_only();

comment on table content.decision_uses is 'Decisions that were used up: each is for one change.';
comment on column content.decision_uses.tenant_id is 'The organization.';
comment on column content.decision_uses.decision_id is 'The decision.';
comment on column content.decision_uses.scope_id is 'The place whose decision it is.';
comment on column content.decision_uses.unlocks is 'What it was used for.';
comment on column content.decision_uses.used_at is 'When.';
