-- Which label of which community a work bears. Whoever may know of the work sees it before they open anything.
--
-- A label that is ratified binds, and the keys say so: the row carries the protocol that the community has for it, and
-- the set that the work stands under, in which that protocol is and counts with all others of its community. Whoever
-- puts the work under another set writes it here as well (consent._put_under); if they do not, or the protocol is not
-- in there, it fails, at the latest at the end of the transaction. So a work bears the label and stands under the
-- protocol, or neither, whoever writes.

create table consent.work_labels (
    tenant_id uuid not null,
    work_id uuid not null,
    scope_id uuid not null,
    label text not null,
    protocol_id uuid,
    protocol_set_id uuid,
    brought boolean not null default false,
    ratified boolean not null generated always as (protocol_id is not null) stored,
    match consent.protocol_match generated always as (
        case when protocol_id is not null then 'all'::consent.protocol_match end
    ) stored,
    added_by uuid not null,
    added_at timestamptz not null default now(),
    constraint work_labels_pkey primary key (tenant_id, work_id, scope_id, label),
    constraint work_labels_tenant_id_work_id_fkey
        foreign key (tenant_id, work_id) references content.works (tenant_id, id),
    -- It binds here as it does for its community; checked at the end, as ratifying reaches what bears it.
    constraint work_labels_label_fkey
        foreign key (tenant_id, scope_id, label, ratified)
        references consent.community_labels (tenant_id, scope_id, label, ratified)
        deferrable initially deferred,
    constraint work_labels_protocol_id_fkey
        foreign key (tenant_id, scope_id, label, protocol_id)
        references consent.community_labels (tenant_id, scope_id, label, protocol_id),
    -- Checked at the end, as one of the two is written first.
    constraint work_labels_tenant_id_work_id_protocol_set_id_fkey
        foreign key (tenant_id, work_id, protocol_set_id) references content.works (tenant_id, id, protocol_set_id)
        deferrable initially deferred,
    constraint work_labels_match_fkey
        foreign key (tenant_id, protocol_set_id, scope_id, match)
        references consent.protocol_set_communities (tenant_id, set_id, scope_id, match),
    constraint work_labels_tenant_id_protocol_set_id_protocol_id_fkey
        foreign key (tenant_id, protocol_set_id, protocol_id)
        references consent.protocol_set_members (tenant_id, set_id, protocol_id),
    constraint work_labels_added_by_fkey foreign key (added_by) references core.people (id),
    constraint work_labels_protocol_set_id_check check ((protocol_id is null) = (protocol_set_id is null)),
    constraint work_labels_brought_check check (not brought or protocol_id is not null)
);

create index work_labels_label_idx on consent.work_labels (tenant_id, scope_id, label, ratified);
create index work_labels_protocol_id_idx on consent.work_labels (tenant_id, scope_id, label, protocol_id);
create index work_labels_match_idx on consent.work_labels (tenant_id, protocol_set_id, scope_id, match);
create index work_labels_tenant_id_protocol_set_id_protocol_id_idx
on consent.work_labels (tenant_id, protocol_set_id, protocol_id);
create index work_labels_added_by_idx on consent.work_labels (added_by);

create trigger _010_freeze_key
before update of tenant_id, work_id, scope_id, label, added_by, added_at on consent.work_labels
for each row execute function core.tg__freeze_key();

comment on table consent.work_labels is 'Which labels and notices a work bears.';
comment on column consent.work_labels.tenant_id is 'The organization.';
comment on column consent.work_labels.work_id is 'The work.';
comment on column consent.work_labels.scope_id is 'The community or place whose label it is.';
comment on column consent.work_labels.label is 'The label.';
comment on column consent.work_labels.protocol_id is 'The protocol that enforces it, where it is ratified.';
comment on column consent.work_labels.protocol_set_id is
    'What the work stands under, where it is ratified: the keys see to it that the protocol is in there.';
comment on column consent.work_labels.brought is
    'Whether it brought the work under that protocol: then it takes it along.';
comment on column consent.work_labels.ratified is 'Whether it is ratified.';
comment on column consent.work_labels.match is
    'Of that community all protocols have to be passed, where it is ratified: the key holds it to that.';
comment on column consent.work_labels.added_by is 'Who put it on.';
comment on column consent.work_labels.added_at is 'When.';
