-- How a community shares what its works bring in, and by which process it decides about that.

create table consent.benefit_settings (
    tenant_id uuid not null,
    scope_id uuid not null,
    level smallint not null generated always as (2) stored,
    model consent.benefit_model not null,
    decision_process content.decision_process not null,
    rules jsonb not null default '{}',
    decision_id uuid,
    decision_unlocks text generated always as (case when decision_id is not null then 'benefits.set' end) stored,
    updated_by uuid not null,
    updated_at timestamptz not null default now(),
    constraint benefit_settings_pkey primary key (tenant_id, scope_id),
    constraint benefit_settings_tenant_id_scope_id_level_fkey
        foreign key (tenant_id, scope_id, level) references core.scopes (tenant_id, id, level),
    constraint benefit_settings_decision_fkey
        foreign key (tenant_id, decision_id, scope_id, decision_unlocks)
        references content.decisions (tenant_id, id, scope_id, unlocks),
    constraint benefit_settings_updated_by_fkey foreign key (updated_by) references core.people (id),
    constraint benefit_settings_rules_check check (jsonb_typeof(rules) = 'object'),
    -- What the community keeps, in parts of a hundred; and what each credit weighs.
    constraint benefit_settings_figures_check check (
        not jsonb_path_exists(
            rules, '$.kept ? (@.type() != "number" || @ < 0 || @ > 100 || @.floor() != @)'
        )
        and not jsonb_path_exists(
            rules, '$.credits.* ? (@.type() != "number" || @ < 0 || @ > 1000000 || @.floor() != @)'
        )
    ),
    constraint benefit_settings_custom_check check (model <> 'custom' or rules <> '{}')
);

create index benefit_settings_updated_by_idx on consent.benefit_settings (updated_by);

create index benefit_settings_decision_idx
on consent.benefit_settings (tenant_id, decision_id, scope_id, decision_unlocks);

create trigger _010_freeze_key
before update of tenant_id, scope_id on consent.benefit_settings
for each row execute function core.tg__freeze_key();

create trigger _020_touch
before update on consent.benefit_settings
for each row execute function core.tg__touch();

create trigger _100_use_decision
after insert or update of model, decision_process, rules, decision_id on consent.benefit_settings
for each row when (new.decision_id is not null)
execute function content.tg__use_decision();

comment on table consent.benefit_settings is 'How a community shares what its works bring in.';
comment on column consent.benefit_settings.tenant_id is 'The organization.';
comment on column consent.benefit_settings.scope_id is 'The community.';
comment on column consent.benefit_settings.level is 'A community is a place (2).';
comment on column consent.benefit_settings.model is
    'By which model: equal parts, by contribution, or by rules of its own.';
comment on column consent.benefit_settings.decision_process is 'How it decides about that.';
comment on column consent.benefit_settings.rules is 'What the model needs to know; of a custom one, the rules.';
comment on column consent.benefit_settings.decision_id is
    'By which decision, where the community decides how it shares: each change takes one of its own.';
comment on column consent.benefit_settings.decision_unlocks is 'What that decision has to unlock.';
comment on column consent.benefit_settings.updated_by is 'Who wrote it last.';
comment on column consent.benefit_settings.updated_at is 'When.';
