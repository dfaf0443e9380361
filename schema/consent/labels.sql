-- The labels and notices there are: the Traditional Knowledge and Biocultural Labels by which a community says what it
-- expects of whoever meets what is its own, and the notices by which those who hold something for others say so. They
-- are known by these names far beyond this platform (Local Contexts keeps them); what they say is each community's own
-- to word: see label_wordings. A label that can be enforced here has a template, which a community makes its protocol
-- by ratifying it.

create table consent.labels (
    key text not null,
    family consent.label_family,
    category consent.label_category not null,
    kind consent.label_kind not null generated always as (
        case
            when category in ('provenance', 'protocol', 'permission') then 'label'::consent.label_kind
            else 'notice'::consent.label_kind
        end
    ) stored,
    name text not null,
    description text not null,
    audience consent.protocol_audience,
    enforcement consent.protocol_enforcement,
    acknowledgement text,
    needs_season boolean,
    binding boolean not null generated always as (audience is not null) stored,
    constraint labels_pkey primary key (key),
    constraint labels_key_kind_key unique (key, kind),
    constraint labels_key_binding_key unique (key, binding),
    constraint labels_key_check check (key ~ '^[a-z_]+$' and length(key) <= 63),
    constraint labels_name_check check (length(btrim(name)) between 1 and 200),
    constraint labels_family_check check (kind = 'notice' or family is not null),
    -- A template is whole or not there, and a label's alone: nobody binds others by what they hold for them.
    constraint labels_template_check check (num_nulls(audience, enforcement, needs_season) in (0, 3)),
    constraint labels_audience_check check (kind = 'label' or audience is null),
    constraint labels_acknowledgement_check check (
        acknowledgement is null
        or (audience is not null and length(btrim(acknowledgement)) between 1 and 5000)
    )
);

comment on table consent.labels is 'The labels and notices there are.';
comment on column consent.labels.key is 'The label.';
comment on column consent.labels.family is
    'Whether it is about traditional knowledge or what comes from living things; of some notices, both.';
comment on column consent.labels.category is 'What it tells.';
comment on column consent.labels.kind is
    'Whether it is a label, for a community, or a notice, for whoever holds things.';
comment on column consent.labels.name is 'The name by which Local Contexts knows it.';
comment on column consent.labels.description is 'What it is for, in short; what it says, each community words itself.';
comment on column consent.labels.audience is
    'Whom it lets pass once it is ratified; nothing, where it only informs.';
comment on column consent.labels.enforcement is 'How it binds once it is ratified.';
comment on column consent.labels.acknowledgement is
    'What is to be acknowledged once it is ratified, unless the community has other words for it.';
comment on column consent.labels.needs_season is 'Whether it says nothing without a season.';
comment on column consent.labels.binding is 'Whether it can be ratified.';
