-- The module content: what do they make? Works of every kind, their versions and files, and the way they go until they
-- are shared.

create schema content;

comment on schema content is
    'What do they make? Works of every kind, their versions, and the way they go until they are shared.';

grant usage on schema content to anon, authenticated, service_role, empathy_auditor;

create type content.work_visibility as enum ('private', 'community', 'organization', 'public');
comment on type content.work_visibility is
    'How far a work may be shared at most: with nobody, its own place, the whole organization, everybody. Within that, '
    'it is shared as far as everyone consents who has to.';

create type content.work_state as enum (
    'draft', 'submitted', 'in_review', 'changes_requested', 'approved', 'published', 'withdrawn', 'archived'
);
comment on type content.work_state is 'How far a work has come. Only what is published is shared.';

create type content.move_capacity as enum ('owner', 'reviewer');
comment on type content.move_capacity is
    'In which capacity somebody moves a work on. Nobody reviews what is their own.';

create type content.collaborator_capability as enum ('comment', 'review', 'edit');
comment on type content.collaborator_capability is
    'What a collaborator may do with a work besides reading it: comment on it, review it, write its next version.';

create type content.comment_state as enum ('visible', 'hidden', 'deleted');
comment on type content.comment_state is
    'What has become of a comment: anybody who reads the work reads it; a moderator hid it; its author took it back.';

create type content.poll_method as enum ('single', 'approval', 'score', 'ranked', 'dot', 'consent');
comment on type content.poll_method is
    'How a poll is answered: choosing one; each that one approves of; a score for each; ranks, the best first; dots to '
    'share out; or agree, abstain, object, block.';

create type content.results_shown as enum ('always', 'after_vote', 'after_close');
comment on type content.results_shown is
    'When the results of a poll can be seen: all the time, once one has voted, or once it is closed.';

create type content.decision_process as enum ('consensus', 'majority', 'elder_council', 'board');
comment on type content.decision_process is
    'How a group decides. By consensus: somebody agrees, and nobody objects or blocks. By majority, or by the majority '
    'of its board: more agree than object or block. By its elders: more of them agree than object, and none blocks.';

create type content.decision_outcome as enum ('accepted', 'rejected', 'lapsed');
comment on type content.decision_outcome is 'What a group decided; lapsed, where too few took part.';

create type content.file_state as enum ('expected', 'arrived', 'gone');
comment on type content.file_state is
    'How far a file has come: announced, there with the bytes that were announced, or no more.';

create type content.file_encryption as enum ('none', 'store');
comment on type content.file_encryption is 'Whether bytes lie as they came, or encrypted by the store that keeps them.';

create type content.sensitivity as enum ('none', 'sensitive', 'distressing', 'deceased');
comment on type content.sensitivity is
    'What whoever reads may want to be warned of: nothing; something to be careful with, that distresses, or that shows '
    'somebody who has died.';

create type content.found_work as (
    tenant_id uuid,
    work_id uuid,
    version integer,
    rank real,
    query text
);
comment on type content.found_work is 'A work that was found, by words of it that one may read.';
comment on column content.found_work.tenant_id is 'The organization.';
comment on column content.found_work.work_id is 'The work.';
comment on column content.found_work.version is
    'The version that I read, whose words were looked at. Of a restricted work that is only its title and summary.';
comment on column content.found_work.rank is
    'How well it fits: words of the title count most, then those of the summary, then the rest.';
comment on column content.found_work.query is 'What was looked for.';

create type content.recoverable as enum (
    'work', 'title', 'summary', 'lang', 'says', 'media',
    'profile', 'display_name', 'bio', 'avatar_url', 'locale', 'country_code', 'handle'
);
comment on type content.recoverable is
    'What can be otherwise than it was: a work as a whole, its title, its summary, its language, what it says, what there '
    'is to see in it; a profile as a whole, or what stands in it.';

create type content.recovery_outcome as enum (
    'brought_back', 'shared_further', 'under_review', 'barred', 'closed', 'erased', 'not_recorded', 'began_later',
    'removed', 'left_to_you'
);
comment on type content.recovery_outcome is
    'What becomes of something that is otherwise than it was. It is brought back; or stays as it is, because more people '
    'would read it than did then, it is being reviewed or was, whoever asks is kept from its place, its place is archived '
    'or suspended, what it was was erased, the log has it no more, it was not there yet, it was removed for good, or it is '
    'for somebody to choose anew.';

create type content.recovered as (
    tenant_id uuid,
    work_id uuid,
    person_id uuid,
    what content.recoverable,
    outcome content.recovery_outcome,
    from_version integer,
    version integer
);
comment on type content.recovered is 'Something that is otherwise than it was at an instant, and what becomes of it.';
comment on column content.recovered.tenant_id is 'The organization; none for a profile.';
comment on column content.recovered.work_id is 'The work; none for a profile.';
comment on column content.recovered.person_id is 'Whose profile it is; nobody''s, for a work.';
comment on column content.recovered.what is 'What of it.';
comment on column content.recovered.outcome is 'What becomes of it.';
comment on column content.recovered.from_version is 'Of what a work says: the version that was the newest then.';
comment on column content.recovered.version is
    'Of what a work says, where it is brought back: the version that says it again.';
