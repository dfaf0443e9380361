-- What reviewers and elders said about a story, as it was given in: from then on it stays as it is read, so the move by
-- which it was given in says what they read. Nothing is taken back: who thinks otherwise later says so later. Nobody
-- reviews their own.

create table stories.reviews (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    story_id uuid not null,
    number integer not null,
    version integer not null,
    submission integer not null,
    submitted content.work_state not null generated always as ('submitted') stored,
    kind stories.review_kind not null,
    by_elder boolean generated always as (case when kind = 'elder' then true end) stored,
    outcome stories.review_outcome not null,
    note text not null default '',
    reviewer_id uuid not null,
    owner_id uuid not null,
    -- When it was said, not when whoever says it began: the last word counts.
    reviewed_at timestamptz not null default now(),
    constraint reviews_pkey primary key (tenant_id, id),
    constraint reviews_tenant_id_story_id_number_key unique (tenant_id, story_id, number),
    constraint reviews_tenant_id_story_id_fkey
        foreign key (tenant_id, story_id) references stories.stories (tenant_id, id),
    constraint reviews_tenant_id_story_id_version_fkey
        foreign key (tenant_id, story_id, version) references content.work_versions (tenant_id, work_id, number),
    constraint reviews_submission_fkey
        foreign key (tenant_id, story_id, submission, submitted)
        references content.work_transitions (tenant_id, work_id, number, to_state),
    -- Where an elder spoke, it takes an elder from then on.
    constraint reviews_tenant_id_story_id_by_elder_fkey
        foreign key (tenant_id, story_id, by_elder)
        references stories.stories (tenant_id, id, elder_review_required),
    constraint reviews_tenant_id_story_id_owner_id_fkey
        foreign key (tenant_id, story_id, owner_id) references content.works (tenant_id, id, owner_id),
    constraint reviews_reviewer_id_fkey foreign key (reviewer_id) references core.people (id),
    constraint reviews_reviewer_id_check check (reviewer_id <> owner_id),
    constraint reviews_number_check check (number >= 1),
    constraint reviews_note_check check (length(note) <= 5000)
);

create index reviews_id_idx on stories.reviews (id);
create index reviews_reviewer_id_idx on stories.reviews (reviewer_id);

create trigger _010_append_only
before update or delete or truncate on stories.reviews
for each statement execute function audit.tg__append_only();

create trigger _110_require_reviews
after insert on content.work_transitions
for each row when (new.to_state = 'published')
execute function stories.tg_work_transitions__require_reviews();

comment on table stories.reviews is 'What reviewers and elders said about a story, as it was then.';
comment on column stories.reviews.tenant_id is 'The organization.';
comment on column stories.reviews.id is 'The id.';
comment on column stories.reviews.story_id is 'The story.';
comment on column stories.reviews.number is 'Which review of this story, from 1: the last word is the highest.';
comment on column stories.reviews.version is 'The version that they read.';
comment on column stories.reviews.submission is 'The move by which it was given in when they read it.';
comment on column stories.reviews.submitted is 'Always submitted: the key to that move holds it to that.';
comment on column stories.reviews.kind is 'What it was reviewed for.';
comment on column stories.reviews.by_elder is 'That an elder spoke: then the story requires one from then on.';
comment on column stories.reviews.outcome is 'What came of it.';
comment on column stories.reviews.note is 'What they have to say about it.';
comment on column stories.reviews.reviewer_id is 'Who reviewed it.';
comment on column stories.reviews.owner_id is 'Whose story it is: nobody reviews their own.';
comment on column stories.reviews.reviewed_at is 'When.';
