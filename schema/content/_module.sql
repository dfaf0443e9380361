-- The module content: what do they make? Works of every kind, their versions and files, and the way they go until they
-- are shared.

create schema content;

comment on schema content is
    'What do they make? Works of every kind, their versions, and the way they go until they are shared.';

grant usage on schema content to anon, authenticated, service_role, empathy_auditor;

create type content.work_visibility as enum ('private', 'community', 'organization', 'public');
comment on type content.work_visibility is
    E'How far a work may be shared at most. Within that, it is shared as far as everyone consents who has to.\n'
    'private: With nobody.\n'
    'community: With its own place.\n'
    'organization: With the whole organization.\n'
    'public: With everybody.';

create type content.work_state as enum (
    'draft', 'submitted', 'in_review', 'changes_requested', 'approved', 'published', 'withdrawn', 'archived'
);
comment on type content.work_state is
    E'How far a work has come. Only what is published is shared.\n'
    'draft: It is being made.\n'
    'submitted: It was given in, and waits for a reviewer.\n'
    'in_review: A reviewer has taken it up.\n'
    'changes_requested: It was sent back with a request.\n'
    'approved: It may be published.\n'
    'published: It is shared, as far as everyone consents.\n'
    'withdrawn: It was taken back from everybody.\n'
    'archived: It was put away.';

create type content.move_capacity as enum ('owner', 'reviewer');
comment on type content.move_capacity is
    E'In which capacity somebody moves a work on. Nobody reviews what is their own.\n'
    'owner: As whose work it is.\n'
    'reviewer: As somebody who reviews.';

create type content.collaborator_capability as enum ('comment', 'review', 'edit');
comment on type content.collaborator_capability is
    E'What a collaborator may do with a work besides reading it.\n'
    'comment: Comment on it.\n'
    'review: Review it.\n'
    'edit: Write its next version.';

create type content.comment_state as enum ('visible', 'hidden', 'deleted');
comment on type content.comment_state is
    E'What has become of a comment.\n'
    'visible: Anybody who reads the work reads it.\n'
    'hidden: A moderator hid it.\n'
    'deleted: Its author took it back.';

create type content.poll_method as enum ('single', 'approval', 'score', 'ranked', 'dot', 'consent');
comment on type content.poll_method is
    E'How a poll is answered.\n'
    'single: By choosing one.\n'
    'approval: By each that one approves of.\n'
    'score: By a score for each.\n'
    'ranked: By ranks, the best first.\n'
    'dot: By dots to share out.\n'
    'consent: By agreeing, abstaining, objecting or blocking.';

create type content.results_shown as enum ('always', 'after_vote', 'after_close');
comment on type content.results_shown is
    E'When the results of a poll can be seen.\n'
    'always: All the time.\n'
    'after_vote: Once one has voted.\n'
    'after_close: Once it is closed.';

create type content.decision_process as enum ('consensus', 'majority', 'elder_council', 'board');
comment on type content.decision_process is
    E'How a group decides.\n'
    'consensus: Somebody agrees, and nobody objects or blocks.\n'
    'majority: More agree than object or block.\n'
    'elder_council: Of its elders, more agree than object, and none blocks.\n'
    'board: Of its board, more agree than object or block.';

create type content.decision_outcome as enum ('accepted', 'rejected', 'lapsed');
comment on type content.decision_outcome is
    E'What a group decided.\n'
    'accepted: It is to be so.\n'
    'rejected: It is not.\n'
    'lapsed: Too few took part.';

create type content.file_state as enum ('expected', 'arrived', 'gone');
comment on type content.file_state is
    E'How far a file has come.\n'
    'expected: It was announced.\n'
    'arrived: It is there, with the bytes that were announced.\n'
    'gone: It is there no more.';

create type content.file_encryption as enum ('none', 'store');
comment on type content.file_encryption is
    E'Whether bytes lie encrypted.\n'
    'none: They lie as they came.\n'
    'store: The store that keeps them encrypts them.';

create type content.sensitivity as enum ('none', 'sensitive', 'distressing', 'deceased');
comment on type content.sensitivity is
    E'What whoever reads may want to be warned of.\n'
    'none: Nothing.\n'
    'sensitive: Something to be careful with.\n'
    'distressing: Something that distresses.\n'
    'deceased: Somebody who has died.';

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
    E'What can be otherwise than it was.\n'
    'work: A work as a whole.\n'
    'title: Its title.\n'
    'summary: Its summary.\n'
    'lang: Its language.\n'
    'says: What it says.\n'
    'media: What there is to see or hear in it.\n'
    'profile: A profile as a whole.\n'
    'display_name: The name somebody is called by.\n'
    'handle: Their short name.\n'
    'bio: What they say about themselves.\n'
    'avatar_url: Their picture.\n'
    'locale: The language they are addressed in.\n'
    'country_code: The country they live in.';

create type content.recovery_outcome as enum (
    'brought_back', 'shared_further', 'under_review', 'barred', 'closed', 'erased', 'not_recorded', 'began_later',
    'removed', 'left_to_you'
);
comment on type content.recovery_outcome is
    E'What becomes of something that is otherwise than it was: it is brought back, or stays as it is.\n'
    'brought_back: It is as it was.\n'
    'shared_further: It stays: more people would read it than did then.\n'
    'under_review: It stays: it is being reviewed, or was.\n'
    'barred: It stays: whoever asks is kept from its place.\n'
    'closed: It stays: its place is archived or suspended.\n'
    'erased: It stays: what it was was erased.\n'
    'not_recorded: It stays: the log has it no more.\n'
    'began_later: It stays: it was not there yet.\n'
    'removed: It stays: it was removed for good.\n'
    'left_to_you: It stays: it is for somebody to choose anew.';

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
