-- A question put to those who belong to a place, and what came out of it. Once it is put, nothing of it changes but its
-- options, until the first ballot: each ballot refers to the poll with the number of its options, so that a poll that
-- has a ballot cannot get another one. Once it is counted, nothing changes at all.

create table content.polls (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    scope_id uuid not null,
    work_id uuid,
    question text not null,
    description text not null default '',
    method content.poll_method not null,
    most smallint not null default 1,
    options smallint not null default 0,
    role_key text,
    electorate text not null generated always as (coalesce(role_key, '')) stored,
    anonymous boolean not null default false,
    may_change boolean not null default false,
    results_shown content.results_shown not null default 'after_close',
    quorum integer not null default 0,
    opened_by uuid not null,
    opened_at timestamptz not null default now(),
    closes_at timestamptz not null,
    counted_at timestamptz,
    ballots integer,
    tallies bigint[],
    places integer[],
    constraint polls_pkey primary key (tenant_id, id),
    -- For ballots.
    constraint polls_tenant_id_id_anonymous_method_most_options_key
        unique (tenant_id, id, anonymous, method, most, options),
    -- For decisions.
    constraint polls_tenant_id_id_scope_id_method_electorate_key
        unique (tenant_id, id, scope_id, method, electorate),
    constraint polls_tenant_id_scope_id_fkey
        foreign key (tenant_id, scope_id) references core.scopes (tenant_id, id),
    constraint polls_tenant_id_work_id_fkey
        foreign key (tenant_id, work_id) references content.works (tenant_id, id),
    constraint polls_tenant_id_role_key_fkey
        foreign key (tenant_id, role_key) references core.roles (tenant_id, key),
    constraint polls_opened_by_fkey foreign key (opened_by) references core.people (id),
    constraint polls_question_check check (length(btrim(question)) between 1 and 300),
    constraint polls_description_check check (length(description) <= 5000),
    constraint polls_most_check check (most between 1 and 100 and (method in ('score', 'dot') or most = 1)),
    constraint polls_options_check check (options between 0 and 50 and (method <> 'consent' or options in (0, 4))),
    -- Watched from vote to vote, results would tell who voted what; and a ballot that could be changed would have to
    -- be found again.
    constraint polls_anonymous_check check (not anonymous or (results_shown = 'after_close' and not may_change)),
    -- Nobody looks at the results and then votes otherwise.
    constraint polls_may_change_check check (not may_change or results_shown <> 'after_vote'),
    constraint polls_quorum_check check (quorum >= 0),
    constraint polls_closes_at_check check (closes_at > opened_at),
    constraint polls_counted_at_check check (counted_at >= closes_at),
    constraint polls_ballots_check check ((counted_at is null) = (ballots is null) and ballots >= 0),
    -- With fewer than three anonymous ballots, two who voted know of each other what they voted: then nothing is told.
    constraint polls_tallies_check check (
        (tallies is not null) = (counted_at is not null and (not anonymous or ballots >= 3))
        and cardinality(tallies) = options
        and cardinality(places) = options
        and (tallies is null) = (places is null)
    )
);

create index polls_scope_id_opened_at_idx on content.polls (scope_id, opened_at);
create index polls_tenant_id_scope_id_idx on content.polls (tenant_id, scope_id);
create index polls_tenant_id_work_id_idx on content.polls (tenant_id, work_id);
create index polls_tenant_id_role_key_idx on content.polls (tenant_id, role_key);
create index polls_opened_by_idx on content.polls (opened_by);
create index polls_closes_at_idx on content.polls (closes_at) where counted_at is null;

create trigger _010_freeze_key
before update of
    tenant_id, id, scope_id, work_id, question, description, method, most, role_key, anonymous, may_change,
    results_shown, quorum, opened_by, opened_at, closes_at
on content.polls
for each row execute function core.tg__freeze_key();

create trigger _020_append_only
before delete or truncate on content.polls
for each statement execute function audit.tg__append_only();

create trigger _030_counted
before update on content.polls
for each row when (old.counted_at is not null) execute function audit.tg__append_only();

comment on table content.polls is 'Questions put to those who belong to a place, and what came out of them.';
comment on column content.polls.tenant_id is 'The organization.';
comment on column content.polls.id is 'The id.';
comment on column content.polls.scope_id is 'To whom it is put: those who belong to this place when they vote.';
comment on column content.polls.work_id is 'The work that it is about.';
comment on column content.polls.question is 'What is asked.';
comment on column content.polls.description is 'What there is to know about it.';
comment on column content.polls.method is 'How it is answered.';
comment on column content.polls.most is
    'The highest score that an option can get, or the dots that everybody shares out; otherwise 1.';
comment on column content.polls.options is 'How many options there are.';
comment on column content.polls.role_key is 'The role that somebody has to hold there to vote; without one, none.';
comment on column content.polls.electorate is 'The same role, or nothing where whoever belongs votes.';
comment on column content.polls.anonymous is 'Whether nobody learns who voted what.';
comment on column content.polls.may_change is 'Whether a ballot can be changed until the poll closes.';
comment on column content.polls.results_shown is 'When results can be seen.';
comment on column content.polls.quorum is 'How many ballots it takes.';
comment on column content.polls.opened_by is 'Who put it.';
comment on column content.polls.opened_at is 'When.';
comment on column content.polls.closes_at is 'Until when ballots are taken.';
comment on column content.polls.counted_at is 'When it was counted, after it had closed.';
comment on column content.polls.ballots is 'How many voted, once it is counted.';
comment on column content.polls.tallies is
    'What each option got, in their order, once it is counted; ask content.poll_results().';
comment on column content.polls.places is 'Which place each option took, in their order, once it is counted.';
