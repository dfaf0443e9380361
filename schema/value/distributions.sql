-- How what came in is shared: proposed with every share, put to the community to decide about just these, and carried
-- out by a transfer once that is accepted. Without its own decision it cannot be, by two keys: the decision was asked
-- for this matter, and what was transferred rests on one that was accepted, about this very distribution.

create table value.distributions (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    event_id uuid not null,
    scope_id uuid not null,
    level smallint not null generated always as (2) stored,
    asset text not null,
    amount bigint not null,
    returned bigint not null default 0,
    model consent.benefit_model not null,
    rules jsonb not null,
    matter text not null generated always as ('value.distribute') stored,
    subject text not null generated always as (id::text) stored,
    decision_id uuid not null,
    transfer_id uuid,
    decision_unlocks text generated always as (case when transfer_id is not null then 'value.distribute' end) stored,
    proposed_by uuid not null,
    proposed_at timestamptz not null default now(),
    constraint distributions_pkey primary key (tenant_id, id),
    constraint distributions_tenant_id_decision_id_key unique (tenant_id, decision_id),
    constraint distributions_tenant_id_transfer_id_key unique (tenant_id, transfer_id),
    constraint distributions_event_fkey
        foreign key (tenant_id, event_id, scope_id, asset)
        references value.value_events (tenant_id, id, scope_id, asset),
    constraint distributions_tenant_id_scope_id_level_fkey
        foreign key (tenant_id, scope_id, level) references core.scopes (tenant_id, id, level),
    constraint distributions_decision_fkey
        foreign key (tenant_id, decision_id, scope_id, matter)
        references content.decisions (tenant_id, id, scope_id, matter),
    constraint distributions_decided_fkey
        foreign key (tenant_id, decision_id, scope_id, decision_unlocks, subject)
        references content.decisions (tenant_id, id, scope_id, unlocks, subject),
    constraint distributions_tenant_id_transfer_id_fkey
        foreign key (tenant_id, transfer_id) references value.transfers (tenant_id, id),
    constraint distributions_proposed_by_fkey foreign key (proposed_by) references core.people (id),
    constraint distributions_amount_check check (amount > 0),
    constraint distributions_returned_check check (returned between 0 and amount),
    constraint distributions_rules_check check (jsonb_typeof(rules) = 'object')
);

create index distributions_id_idx on value.distributions (id);
create index distributions_event_idx on value.distributions (tenant_id, event_id);
create index distributions_scope_id_idx on value.distributions (scope_id);
create index distributions_proposed_by_idx on value.distributions (proposed_by);

create trigger _010_freeze_key
before update of
    tenant_id, id, event_id, scope_id, asset, amount, model, rules, decision_id, proposed_by, proposed_at
on value.distributions
for each row execute function core.tg__freeze_key();

create trigger _011_carried_out_once
before update of transfer_id on value.distributions
for each row when (old.transfer_id is not null)
execute function core.tg__freeze_key();

create trigger _020_append_only
before delete or truncate on value.distributions
for each statement execute function audit.tg__append_only();

create constraint trigger _100_has_recipients
after insert on value.distributions
deferrable initially deferred
for each row execute function value.tg_distributions__has_recipients();

create trigger _110_carried_out
after insert or update of transfer_id on value.distributions
for each row when (new.transfer_id is not null)
execute function value.tg_distributions__carried_out();

create trigger _120_use_decision
after insert or update of transfer_id on value.distributions
for each row when (new.transfer_id is not null)
execute function content.tg__use_decision();

comment on table value.distributions is 'How what came in is shared, as the community decides.';
comment on column value.distributions.tenant_id is 'The organization.';
comment on column value.distributions.id is 'The id.';
comment on column value.distributions.event_id is 'What came in.';
comment on column value.distributions.scope_id is 'The community that decides.';
comment on column value.distributions.level is 'A community is a place (2).';
comment on column value.distributions.asset is 'Of what.';
comment on column value.distributions.amount is 'How much is shared, in the smallest unit of the asset.';
comment on column value.distributions.returned is 'How much of it was given back.';
comment on column value.distributions.model is 'By which model, as the community had it set.';
comment on column value.distributions.rules is 'What the model had to know.';
comment on column value.distributions.matter is 'What the decision is asked for.';
comment on column value.distributions.subject is 'And of which: this one.';
comment on column value.distributions.decision_id is 'The decision to which it was put.';
comment on column value.distributions.transfer_id is 'The transfer by which it was carried out.';
comment on column value.distributions.decision_unlocks is 'What that decision has to unlock, once it is carried out.';
comment on column value.distributions.proposed_by is 'Who proposed it.';
comment on column value.distributions.proposed_at is 'When.';
