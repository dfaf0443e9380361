-- A label in the words of the community whose it is, in each of its languages, version by version. None is ever
-- changed; the newest of a language applies. Notices are nobody's to word: they say the same wherever they stand.

create table consent.label_wordings (
    tenant_id uuid not null,
    scope_id uuid not null,
    label text not null,
    kind consent.label_kind not null generated always as ('label'::consent.label_kind) stored,
    lang text not null,
    version integer not null,
    previous integer generated always as (nullif(version - 1, 0)) stored,
    name text not null,
    body text not null,
    approved_by uuid not null,
    approved_at timestamptz not null default clock_timestamp(), -- which language came first is told by it
    constraint label_wordings_pkey primary key (tenant_id, scope_id, label, lang, version),
    constraint label_wordings_label_fkey
        foreign key (tenant_id, scope_id, label, kind)
        references consent.community_labels (tenant_id, scope_id, label, kind),
    constraint label_wordings_previous_fkey
        foreign key (tenant_id, scope_id, label, lang, previous)
        references consent.label_wordings (tenant_id, scope_id, label, lang, version),
    constraint label_wordings_approved_by_fkey foreign key (approved_by) references core.people (id),
    constraint label_wordings_lang_check check (core.is_lang(lang)),
    constraint label_wordings_version_check check (version >= 1),
    constraint label_wordings_name_check check (length(btrim(name)) between 1 and 200),
    constraint label_wordings_body_check check (length(btrim(body)) between 1 and 5000)
);

create index label_wordings_approved_by_idx on consent.label_wordings (approved_by);

create trigger _010_append_only
before update or delete or truncate on consent.label_wordings
for each statement execute function audit.tg__append_only();

comment on table consent.label_wordings is 'Labels in the words of the communities whose they are.';
comment on column consent.label_wordings.tenant_id is 'The organization.';
comment on column consent.label_wordings.scope_id is 'The community.';
comment on column consent.label_wordings.label is 'The label.';
comment on column consent.label_wordings.kind is 'A label: the key holds it to that.';
comment on column consent.label_wordings.lang is 'The language.';
comment on column consent.label_wordings.version is 'Which wording in that language, from 1; the newest applies.';
comment on column consent.label_wordings.previous is 'The one before.';
comment on column consent.label_wordings.name is 'What the community calls it.';
comment on column consent.label_wordings.body is 'What it says, in the community''s own words.';
comment on column consent.label_wordings.approved_by is 'Who approved it.';
comment on column consent.label_wordings.approved_at is 'When.';
