-- Which labels and notices a place uses. Labels are a community's, whose stewards take them up; notices are for whoever
-- holds something for others, an organization as well. Once a community ratified what a label asks, it has a protocol
-- that enforces it, and whatever bears the label stands under that.

create table consent.community_labels (
    tenant_id uuid not null,
    scope_id uuid not null,
    level smallint not null,
    label text not null,
    kind consent.label_kind not null,
    protocol_id uuid,
    ratified boolean not null generated always as (protocol_id is not null) stored,
    binding boolean generated always as (case when protocol_id is not null then true end) stored,
    decision_id uuid,
    decision_unlocks text generated always as (case when decision_id is not null then 'label.ratify' end) stored,
    adopted_by uuid not null,
    adopted_at timestamptz not null default now(),
    ratified_by uuid,
    ratified_at timestamptz,
    constraint community_labels_pkey primary key (tenant_id, scope_id, label),
    -- For wordings, and for works.
    constraint community_labels_tenant_id_scope_id_label_kind_key unique (tenant_id, scope_id, label, kind),
    constraint community_labels_tenant_id_scope_id_label_ratified_key unique (tenant_id, scope_id, label, ratified),
    constraint community_labels_tenant_id_scope_id_label_protocol_id_key
        unique (tenant_id, scope_id, label, protocol_id),
    constraint community_labels_tenant_id_protocol_id_key unique (tenant_id, protocol_id),
    constraint community_labels_tenant_id_scope_id_level_fkey
        foreign key (tenant_id, scope_id, level) references core.scopes (tenant_id, id, level),
    constraint community_labels_label_kind_fkey foreign key (label, kind) references consent.labels (key, kind),
    -- Only what has a template is ratified.
    constraint community_labels_template_fkey
        foreign key (label, binding) references consent.labels (key, binding),
    constraint community_labels_tenant_id_protocol_id_scope_id_fkey
        foreign key (tenant_id, protocol_id, scope_id) references consent.protocols (tenant_id, id, scope_id),
    -- A decision of this community, to ratify this very label.
    constraint community_labels_decision_fkey
        foreign key (tenant_id, decision_id, scope_id, decision_unlocks, label)
        references content.decisions (tenant_id, id, scope_id, unlocks, subject),
    constraint community_labels_adopted_by_fkey foreign key (adopted_by) references core.people (id),
    constraint community_labels_ratified_by_fkey foreign key (ratified_by) references core.people (id),
    -- Labels are a community's.
    constraint community_labels_level_check check (kind = 'notice' or level = 2),
    constraint community_labels_ratified_check check (num_nulls(protocol_id, ratified_by, ratified_at) in (0, 3)),
    constraint community_labels_decision_id_check check (decision_id is null or protocol_id is not null)
);

create index community_labels_scope_id_label_idx on consent.community_labels (scope_id, label);
create index community_labels_label_kind_idx on consent.community_labels (label, kind);
create index community_labels_label_binding_idx on consent.community_labels (label, binding);
create index community_labels_decision_idx
on consent.community_labels (tenant_id, decision_id, scope_id, decision_unlocks, label);
create index community_labels_adopted_by_idx on consent.community_labels (adopted_by);
create index community_labels_ratified_by_idx on consent.community_labels (ratified_by);

create trigger _010_freeze_key
before update of tenant_id, scope_id, level, label, kind, adopted_by, adopted_at on consent.community_labels
for each row execute function core.tg__freeze_key();

create trigger _100_use_decision
after insert or update of protocol_id, decision_id, ratified_at on consent.community_labels
for each row when (new.decision_id is not null)
execute function content.tg__use_decision();

comment on table consent.community_labels is 'Which labels and notices a place uses.';
comment on column consent.community_labels.tenant_id is 'The organization.';
comment on column consent.community_labels.scope_id is
    'The community; of a notice, whoever holds something for others.';
comment on column consent.community_labels.level is 'The level of that place: a community is a place (2).';
comment on column consent.community_labels.label is 'The label.';
comment on column consent.community_labels.kind is 'Whether that is a label or a notice.';
comment on column consent.community_labels.protocol_id is
    'The protocol that enforces it, once the community ratified what it asks.';
comment on column consent.community_labels.ratified is 'Whether it did.';
comment on column consent.community_labels.binding is 'Yes, where it did: the key holds it to what has a template.';
comment on column consent.community_labels.decision_id is
    'By which decision it was ratified last, where the community decides on that.';
comment on column consent.community_labels.decision_unlocks is 'What that decision has to unlock.';
comment on column consent.community_labels.adopted_by is 'Who took it up.';
comment on column consent.community_labels.adopted_at is 'When.';
comment on column consent.community_labels.ratified_by is 'Who ratified it last.';
comment on column consent.community_labels.ratified_at is 'When.';
