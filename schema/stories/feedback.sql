-- What people say to those who run the place: how its stories are treated, what should be different. It is answered
-- once, and read by nobody else.

create table stories.feedback (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    scope_id uuid not null,
    person_id uuid not null,
    body text not null,
    given_at timestamptz not null default now(),
    answer text,
    answered_by uuid,
    answered_at timestamptz,
    constraint feedback_pkey primary key (tenant_id, id),
    constraint feedback_tenant_id_scope_id_fkey
        foreign key (tenant_id, scope_id) references core.scopes (tenant_id, id),
    constraint feedback_person_id_fkey foreign key (person_id) references core.people (id),
    constraint feedback_answered_by_fkey foreign key (answered_by) references core.people (id),
    constraint feedback_body_check check (length(btrim(body)) between 1 and 5000),
    constraint feedback_answer_check check (length(btrim(answer)) between 1 and 5000),
    constraint feedback_answered_check check (num_nulls(answer, answered_by, answered_at) in (0, 3))
);

create index feedback_id_idx on stories.feedback (id);
create index feedback_tenant_id_scope_id_idx on stories.feedback (tenant_id, scope_id);
create index feedback_scope_id_given_at_idx on stories.feedback (scope_id, given_at);
create index feedback_person_id_idx on stories.feedback (person_id);
create index feedback_answered_by_idx on stories.feedback (answered_by);

create trigger _010_freeze_key
before update of tenant_id, id, scope_id, person_id, body, given_at on stories.feedback
for each row execute function core.tg__freeze_key();

create trigger _020_answer_once
before update of answer, answered_by, answered_at on stories.feedback
for each row when (old.answered_at is not null) execute function audit.tg__append_only();

create trigger _450_forget_feedback
after update of erased_at on core.people
for each row when (new.erased_at is not null) execute function stories.tg_people__forget_feedback();

comment on table stories.feedback is 'What people say to those who run a place.';
comment on column stories.feedback.tenant_id is 'The organization.';
comment on column stories.feedback.id is 'The id.';
comment on column stories.feedback.scope_id is 'The place.';
comment on column stories.feedback.person_id is 'Who says it.';
comment on column stories.feedback.body is 'What they say.';
comment on column stories.feedback.given_at is 'When.';
comment on column stories.feedback.answer is 'What they were answered.';
comment on column stories.feedback.answered_by is 'By whom.';
comment on column stories.feedback.answered_at is 'When.';
