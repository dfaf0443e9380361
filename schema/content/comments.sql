-- What readers say to a work, in threads. Where a comment stands in its thread is held by keys alone: its path is its
-- parent's with its own id behind it, so a reply belongs to the work and the thread of what it replies to, and there
-- can be no cycle. Ids grow with time, so to order by path is to read a thread from the top.
--
-- What is said while a work is being made is said aside: among those who make it, and nobody else reads it, also not
-- when the work is published. A comment that is taken back leaves its place, and nothing else.

create table content.comments (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    work_id uuid not null,
    parent_id uuid,
    parent_path extensions.ltree,
    path extensions.ltree not null generated always as (
        coalesce(
            parent_path operator(extensions.||) extensions.text2ltree(replace(id::text, '-', '')),
            extensions.text2ltree(replace(id::text, '-', ''))
        )
    ) stored,
    thread_id uuid not null generated always as (
        coalesce(extensions.ltree2text(extensions.subpath(parent_path, 0, 1))::uuid, id)
    ) stored,
    aside boolean not null,
    author_id uuid,
    body text not null,
    mentions uuid[] not null default '{}',
    state content.comment_state not null default 'visible',
    created_at timestamptz not null default now(),
    edited_at timestamptz,
    constraint comments_pkey primary key (tenant_id, id),
    constraint comments_tenant_id_work_id_id_key unique (tenant_id, work_id, id),
    constraint comments_tenant_id_work_id_id_path_aside_key unique (tenant_id, work_id, id, path, aside),
    constraint comments_tenant_id_work_id_fkey
        foreign key (tenant_id, work_id) references content.works (tenant_id, id),
    constraint comments_tenant_id_work_id_parent_id_parent_path_aside_fkey
        foreign key (tenant_id, work_id, parent_id, parent_path, aside)
        references content.comments (tenant_id, work_id, id, path, aside),
    constraint comments_tenant_id_work_id_thread_id_fkey
        foreign key (tenant_id, work_id, thread_id) references content.comments (tenant_id, work_id, id),
    constraint comments_author_id_fkey foreign key (author_id) references core.people (id),
    constraint comments_parent_path_check check ((parent_path is null) = (parent_id is null)),
    constraint comments_path_check check (extensions.nlevel(path) <= 8),
    constraint comments_author_id_check check ((author_id is null) = (state = 'deleted')),
    constraint comments_body_check check (length(body) <= 10000 and (btrim(body) = '') = (state = 'deleted')),
    constraint comments_mentions_check check (
        cardinality(mentions) <= 20
        and array_position(mentions, null) is null
        and (mentions = '{}' or state <> 'deleted')
    )
);

create index comments_id_idx on content.comments (id);
create index comments_tenant_id_work_id_path_idx on content.comments (tenant_id, work_id, path);
create index comments_tenant_id_work_id_parent_id_idx on content.comments (tenant_id, work_id, parent_id);
create index comments_tenant_id_work_id_thread_id_idx on content.comments (tenant_id, work_id, thread_id);
create index comments_author_id_idx on content.comments (author_id);
create index comments_mentions_idx on content.comments using gin (mentions);

create trigger _010_freeze_key
before update of tenant_id, id, work_id, parent_id, parent_path, aside on content.comments
for each row execute function core.tg__freeze_key();

create trigger _020_note_edit
before update of body on content.comments
for each row execute function content.tg_comments__note_edit();

create trigger _100_admit
after insert or update of body on content.comments
for each row when (new.state <> 'deleted') execute function content.tg_comments__admit();

create trigger _110_check_mentions
after insert or update of mentions on content.comments
for each row when (new.mentions <> '{}') execute function content.tg_comments__check_mentions();

create trigger _410_forget_comments
after update of erased_at on core.people
for each row when (new.erased_at is not null) execute function content.tg_people__forget_comments();

comment on table content.comments is 'What readers say to a work, in threads.';
comment on column content.comments.tenant_id is 'The organization.';
comment on column content.comments.id is 'The id.';
comment on column content.comments.work_id is 'The work.';
comment on column content.comments.parent_id is 'The comment that it replies to; none, where it begins a thread.';
comment on column content.comments.parent_path is 'Where that one stands.';
comment on column content.comments.path is
    'Where it stands: the ids from the beginning of its thread down to its own. Order by this.';
comment on column content.comments.thread_id is 'The comment that its thread began with: itself, or one above.';
comment on column content.comments.aside is
    'Whether it is said among those who make the work: whom it involves, and its reviewers while it waits for them.';
comment on column content.comments.author_id is 'Whose it is; of one that was taken back, nobody''s.';
comment on column content.comments.body is 'What it says.';
comment on column content.comments.mentions is 'Whom it speaks of or to. Each of them could read the work.';
comment on column content.comments.state is 'What has become of it.';
comment on column content.comments.created_at is 'When it was said.';
comment on column content.comments.edited_at is 'When it was last said otherwise.';
