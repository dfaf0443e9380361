-- The module consent: under which consent? Who has to consent to a work, to what, since when and until when.

create schema consent;

comment on schema consent is
    'Under which consent may it be used? Who has to consent to a work, and what they decided, dated and never edited.';

grant usage on schema consent to anon, authenticated, service_role, empathy_auditor, empathy_keyholder;

create type consent.decision as enum ('given', 'refused', 'withdrawn');
comment on type consent.decision is
    E'What somebody decided. Only what is given allows anything: silence, refusal and withdrawal all mean no.\n'
    'given: It is allowed.\n'
    'refused: It is not.\n'
    'withdrawn: It was allowed, and is not any more.';

create type consent.party_capacity as enum ('teller', 'co_teller', 'depicted', 'guardian', 'community');
comment on type consent.party_capacity is
    E'As what somebody has to consent.\n'
    'teller: Whose work it is.\n'
    'co_teller: Who tells it with them.\n'
    'depicted: Who is seen or told of in it.\n'
    'guardian: Who acts for one of them.\n'
    'community: A community whose it is as well.';

create type consent.protocol_audience as enum ('everybody', 'members', 'admitted');
comment on type consent.protocol_audience is
    E'Whom a protocol lets pass.\n'
    'everybody: Everybody who signs in.\n'
    'members: The members of its community.\n'
    'admitted: Those it names.';

create type consent.protocol_enforcement as enum ('required', 'recommended', 'optional');
comment on type consent.protocol_enforcement is
    E'Whether a protocol is enforced, or only shown to whoever opens what stands under it.\n'
    'required: Nobody opens it without passing.\n'
    'recommended: It is shown, and asked to be kept.\n'
    'optional: It is shown.';

create type consent.protocol_match as enum ('all', 'any');
comment on type consent.protocol_match is
    E'Whether whoever reads has to pass all of a community''s protocols for a work, or any one of them.\n'
    'all: All of them.\n'
    'any: Any one of them.';

create type consent.condition as (
    protocol_id uuid,
    scope_id uuid,
    name text,
    kind text,
    description text,
    enforcement consent.protocol_enforcement,
    match consent.protocol_match,
    acknowledgement text,
    wording integer,
    acknowledged boolean
);
comment on type consent.condition is 'What a protocol asks of whoever opens what stands under it.';
comment on column consent.condition.protocol_id is 'The protocol.';
comment on column consent.condition.scope_id is 'The community whose it is.';
comment on column consent.condition.name is 'What it is called.';
comment on column consent.condition.kind is 'Of which kind it is.';
comment on column consent.condition.description is 'What it is about.';
comment on column consent.condition.enforcement is 'Whether it is required, recommended or optional.';
comment on column consent.condition.match is
    'Whether all protocols of its community have to be passed, or any of them.';
comment on column consent.condition.acknowledgement is 'What has to be acknowledged, if anything.';
comment on column consent.condition.wording is 'Which wording of it that is.';
comment on column consent.condition.acknowledged is 'Whether I did, as it reads now.';

create type consent.benefit_model as enum ('equal', 'contribution', 'custom');
comment on type consent.benefit_model is
    E'How a community shares what its works bring in.\n'
    'equal: Everybody gets the same.\n'
    'contribution: Everybody gets by what they gave.\n'
    'custom: By rules of its own.';

create type consent.label_kind as enum ('label', 'notice');
comment on type consent.label_kind is
    E'A label is what a community says of what is its own; a notice, what somebody else says who holds it.\n'
    'label: What a community says of what is its own.\n'
    'notice: What somebody else says who holds it.';

create type consent.label_family as enum ('tk', 'bc');
comment on type consent.label_family is
    E'What it is about.\n'
    'tk: Traditional knowledge.\n'
    'bc: What comes from living things: biocultural.';

create type consent.label_category as enum (
    'provenance', 'protocol', 'permission', 'disclosure', 'engagement', 'collections_care'
);
comment on type consent.label_category is
    E'What a label or notice tells.\n'
    'provenance: Whose it is.\n'
    'protocol: How to treat it.\n'
    'permission: What it may be used for.\n'
    'disclosure: That others have an interest in it.\n'
    'engagement: That somebody wants to work with them.\n'
    'collections_care: How to keep it.';

create type consent.shown_label as (
    scope_id uuid,
    label text,
    kind consent.label_kind,
    family consent.label_family,
    category consent.label_category,
    lang text,
    version integer,
    name text,
    body text,
    ratified boolean
);
comment on type consent.shown_label is 'A label on a work, in the words of the community whose it is.';
comment on column consent.shown_label.scope_id is 'The community or place that put it there.';
comment on column consent.shown_label.label is 'Which label of the catalog.';
comment on column consent.shown_label.kind is 'Whether it is a label or a notice.';
comment on column consent.shown_label.family is 'What it is about, if not about both.';
comment on column consent.shown_label.category is 'What it tells.';
comment on column consent.shown_label.lang is 'The language of name and body.';
comment on column consent.shown_label.version is
    'Which wording of the community''s in that language; none, where the words are the catalog''s.';
comment on column consent.shown_label.name is 'What the community calls it.';
comment on column consent.shown_label.body is 'What it says, in the community''s words.';
comment on column consent.shown_label.ratified is 'Whether it is enforced by a protocol of that community.';
