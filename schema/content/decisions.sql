-- What groups decided, each by its process. The outcome follows from the poll when that is counted, whatever anybody
-- writes here (content.tg_decisions__follow). What a decision unlocks, it unlocks once accepted, for good or until a
-- later one revokes it.
--
-- What needs a decision refers to it by a key that contains what it unlocks, with that as a constant of its own: then
-- only a decision that was accepted can stand there. See content.work_transitions. That it is still in force when it is
-- used, content._decision_in_force() says. What takes a decision for each change uses it up: see content.decision_uses.

create table content.decisions (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    scope_id uuid not null,
    matter text not null,
    subject text,
    about_work boolean not null generated always as (work_id is not null) stored,
    work_id uuid,
    work_version integer,
    revokes uuid,
    process content.decision_process not null,
    poll_id uuid not null,
    method content.poll_method not null generated always as ('consent') stored,
    electorate text not null generated always as (
        case process when 'elder_council' then 'elder' when 'board' then 'board_member' else '' end
    ) stored,
    proposed_by uuid not null,
    proposed_at timestamptz not null default now(),
    outcome content.decision_outcome,
    decided_at timestamptz,
    unlocks text generated always as (case when outcome = 'accepted' and revokes is null then matter end) stored,
    overturns uuid generated always as (case when outcome = 'accepted' then revokes end) stored,
    revocation_id uuid,
    revoked_at timestamptz,
    constraint decisions_pkey primary key (tenant_id, id),
    -- For whatever needs a decision: of a place, and of a work.
    constraint decisions_tenant_id_id_scope_id_unlocks_key unique (tenant_id, id, scope_id, unlocks),
    constraint decisions_tenant_id_id_scope_id_unlocks_subject_key
        unique (tenant_id, id, scope_id, unlocks, subject),
    constraint decisions_tenant_id_id_work_id_unlocks_key unique (tenant_id, id, work_id, unlocks),
    -- For a later one that revokes it, which is of the same matter and place.
    constraint decisions_tenant_id_id_scope_id_matter_key unique (tenant_id, id, scope_id, matter),
    -- For what it revokes.
    constraint decisions_tenant_id_id_overturns_key unique (tenant_id, id, overturns),
    constraint decisions_tenant_id_poll_id_key unique (tenant_id, poll_id),
    constraint decisions_matter_about_work_fkey
        foreign key (matter, about_work) references content.decision_matters (key, about_work),
    constraint decisions_tenant_id_work_id_work_version_fkey
        foreign key (tenant_id, work_id, work_version)
        references content.work_versions (tenant_id, work_id, number),
    -- Those whom its process asks were asked, in this place, for their consent.
    constraint decisions_poll_fkey
        foreign key (tenant_id, poll_id, scope_id, method, electorate)
        references content.polls (tenant_id, id, scope_id, method, electorate),
    constraint decisions_revokes_fkey
        foreign key (tenant_id, revokes, scope_id, matter)
        references content.decisions (tenant_id, id, scope_id, matter),
    constraint decisions_revocation_id_fkey
        foreign key (tenant_id, revocation_id, id) references content.decisions (tenant_id, id, overturns),
    constraint decisions_proposed_by_fkey foreign key (proposed_by) references core.people (id),
    constraint decisions_subject_check check (length(btrim(subject)) between 1 and 200),
    constraint decisions_work_version_check check ((work_id is null) = (work_version is null)),
    constraint decisions_revoked_check check ((revocation_id is null) = (revoked_at is null))
);

create index decisions_scope_id_proposed_at_idx on content.decisions (scope_id, proposed_at);
create index decisions_matter_about_work_idx on content.decisions (matter, about_work);
create index decisions_tenant_id_work_id_idx on content.decisions (tenant_id, work_id);
create index decisions_tenant_id_revokes_idx on content.decisions (tenant_id, revokes);
create index decisions_tenant_id_revocation_id_idx on content.decisions (tenant_id, revocation_id);
create index decisions_proposed_by_idx on content.decisions (proposed_by);

create trigger _010_freeze_key
before update of
    tenant_id, id, scope_id, matter, subject, work_id, work_version, revokes, process, poll_id, proposed_by, proposed_at
on content.decisions
for each row execute function core.tg__freeze_key();

create trigger _020_append_only
before delete or truncate on content.decisions
for each statement execute function audit.tg__append_only();

create trigger _030_follow
before insert or update on content.decisions
for each row execute function content.tg_decisions__follow();

create trigger _100_decide
after update of counted_at on content.polls
for each row execute function content.tg_polls__decide();

-- Where a place has its works decided on, a work is published by a decision about it.
alter table content.work_transitions
add constraint work_transitions_decision_fkey
foreign key (tenant_id, decision_id, work_id, decision_unlocks)
references content.decisions (tenant_id, id, work_id, unlocks);

create index work_transitions_tenant_id_decision_id_idx on content.work_transitions (tenant_id, decision_id);

comment on table content.decisions is 'What groups decided, each by its process.';
comment on column content.decisions.tenant_id is 'The organization.';
comment on column content.decisions.id is 'The id.';
comment on column content.decisions.scope_id is 'The place whose decision it is.';
comment on column content.decisions.matter is 'What is decided.';
comment on column content.decisions.subject is
    'What of the matter it is about, where there is more than one thing to decide: which label, for example.';
comment on column content.decisions.about_work is 'Whether it is about one work; the key to the matter holds it true.';
comment on column content.decisions.work_id is 'The work that it is about, if it is about one.';
comment on column content.decisions.work_version is 'The newest version at that time: the last one it is for.';
comment on column content.decisions.revokes is 'The decision that this one takes back, once it is accepted.';
comment on column content.decisions.process is 'How it is decided, as the place had it set when it was proposed.';
comment on column content.decisions.poll_id is 'The poll from which the outcome follows.';
comment on column content.decisions.method is 'Consent: the key to the poll holds it to that.';
comment on column content.decisions.electorate is
    'The role of those who decide, or nothing where whoever belongs does; the key to the poll holds it to that.';
comment on column content.decisions.proposed_by is 'Who proposed it.';
comment on column content.decisions.proposed_at is 'When.';
comment on column content.decisions.outcome is 'What was decided, once the poll is counted.';
comment on column content.decisions.decided_at is 'When the poll was counted.';
comment on column content.decisions.unlocks is
    'What may happen now, once it is accepted; a decision that revokes: nothing.';
comment on column content.decisions.overturns is 'The decision that it revoked, once it is accepted.';
comment on column content.decisions.revocation_id is 'The decision that revoked this one.';
comment on column content.decisions.revoked_at is 'Since when it is not in force any more.';
