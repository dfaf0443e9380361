-- How far a person is trusted, from 0 to 100, always with the explanation it was computed from.

create table core.trust_scores (
    person_id uuid not null,
    score numeric(5, 2) not null default 50.00,
    explanation jsonb not null,
    computed_at timestamptz not null default now(),
    constraint trust_scores_pkey primary key (person_id),
    constraint trust_scores_person_id_fkey foreign key (person_id) references core.people (id) on delete cascade,
    constraint trust_scores_score_check check (score between 0 and 100),
    constraint trust_scores_explanation_check check (jsonb_typeof(explanation) = 'array')
);

comment on table core.trust_scores is 'How far a person is trusted, with the reasons.';
comment on column core.trust_scores.person_id is 'The person.';
comment on column core.trust_scores.score is 'From 0 to 100; everyone starts at 50.';
comment on column core.trust_scores.explanation is
    'The parts that add up to the score: a list of {reason, points}.';
comment on column core.trust_scores.computed_at is 'When it was computed.';
