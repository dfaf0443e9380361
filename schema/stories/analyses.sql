-- What machines made of a story: its themes, its mood, a summary, whom and what it names, an embedding. Each is what
-- came of the story in a run for analysis, under an agreement and everyone's consent; when that ends, the result goes,
-- and takes it along in the same transaction.

create table stories.analyses (
    tenant_id uuid not null,
    id uuid not null,
    run_id uuid not null,
    story_id uuid not null,
    kind text not null,
    purpose text not null generated always as ('ai_analysis') stored,
    model_version text not null default '',
    result jsonb not null,
    analysed_at timestamptz not null default now(),
    constraint analyses_pkey primary key (tenant_id, id),
    constraint analyses_result_fkey
        foreign key (tenant_id, id, run_id, story_id, kind)
        references consent.results (tenant_id, id, run_id, work_id, kind)
        on delete cascade,
    -- Of a run for analysis, and of no other.
    constraint analyses_tenant_id_run_id_purpose_fkey
        foreign key (tenant_id, run_id, purpose) references consent.runs (tenant_id, id, purpose),
    constraint analyses_tenant_id_story_id_fkey
        foreign key (tenant_id, story_id) references stories.stories (tenant_id, id),
    constraint analyses_kind_check check (kind in ('themes', 'sentiment', 'summary', 'entities', 'embedding')),
    constraint analyses_result_check check (jsonb_typeof(result) in ('object', 'array')),
    constraint analyses_model_version_check check (length(model_version) <= 300)
);

create index analyses_tenant_id_run_id_purpose_idx on stories.analyses (tenant_id, run_id, purpose);
create index analyses_tenant_id_story_id_idx on stories.analyses (tenant_id, story_id);

create trigger _010_freeze_key
before update on stories.analyses
for each row execute function core.tg__freeze_key();

comment on table stories.analyses is 'What machines made of a story, as long as everyone consents to that.';
comment on column stories.analyses.tenant_id is 'The organization.';
comment on column stories.analyses.id is 'The result of a run that this is.';
comment on column stories.analyses.run_id is 'The run; by which model, it says.';
comment on column stories.analyses.story_id is 'The story.';
comment on column stories.analyses.kind is 'What it is: themes, sentiment, summary, entities or embedding.';
comment on column stories.analyses.purpose is 'Always ai_analysis: the key to its run holds it to that.';
comment on column stories.analyses.model_version is 'Which version of the model that was.';
comment on column stories.analyses.result is 'What came of it.';
comment on column stories.analyses.analysed_at is 'When it came in.';
