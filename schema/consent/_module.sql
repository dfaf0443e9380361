-- The module consent: under which consent? Who has to consent to a work, to what, since when and until when.

create schema consent;

comment on schema consent is
    'Under which consent may it be used? Who has to consent to a work, and what they decided, dated and never edited.';

grant usage on schema consent to authenticated, service_role, empathy_auditor;

create type consent.decision as enum ('given', 'refused', 'withdrawn');
comment on type consent.decision is
    'What somebody decided. Only what is given allows anything: silence, refusal and withdrawal all mean no.';

create type consent.party_capacity as enum ('teller', 'co_teller', 'depicted', 'guardian', 'community');
comment on type consent.party_capacity is 'As what somebody has to consent.';
