-- What somebody feels about a work or a comment, without words: each kind once.

create table content.reactions (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    work_id uuid,
    comment_id uuid,
    person_id uuid not null,
    kind text not null,
    reacted_at timestamptz not null default now(),
    constraint reactions_pkey primary key (tenant_id, id),
    constraint reactions_tenant_id_work_id_person_id_kind_key unique (tenant_id, work_id, person_id, kind),
    constraint reactions_tenant_id_comment_id_person_id_kind_key unique (tenant_id, comment_id, person_id, kind),
    constraint reactions_tenant_id_work_id_fkey
        foreign key (tenant_id, work_id) references content.works (tenant_id, id),
    constraint reactions_tenant_id_comment_id_fkey
        foreign key (tenant_id, comment_id) references content.comments (tenant_id, id),
    constraint reactions_person_id_fkey foreign key (person_id) references core.people (id),
    constraint reactions_kind_fkey foreign key (kind) references content.reaction_kinds (kind),
    constraint reactions_target_check check (num_nonnulls(work_id, comment_id) = 1)
);

create index reactions_person_id_idx on content.reactions (person_id);
create index reactions_kind_idx on content.reactions (kind);

create trigger _010_freeze_key
before update of tenant_id, id, work_id, comment_id, kind on content.reactions
for each row execute function core.tg__freeze_key();

create trigger _100_admit
after insert on content.reactions
for each row execute function content.tg_reactions__admit();

create trigger _120_drop_reactions
after update of state on content.comments
for each row when (new.state = 'deleted') execute function content.tg_comments__drop_reactions();

create trigger _420_follow_reactions
after update of merged_into, erased_at on core.people
for each row when (new.merged_into is not null or new.erased_at is not null)
execute function content.tg_people__follow_reactions();

comment on table content.reactions is 'What somebody feels about a work or a comment, without words.';
comment on column content.reactions.tenant_id is 'The organization.';
comment on column content.reactions.id is 'The id.';
comment on column content.reactions.work_id is 'The work, if it is about a work.';
comment on column content.reactions.comment_id is 'The comment, if it is about a comment.';
comment on column content.reactions.person_id is 'Whose it is.';
comment on column content.reactions.kind is 'Which.';
comment on column content.reactions.reacted_at is 'When.';
