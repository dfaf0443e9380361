-- Every time a moderator hid a comment or showed it again, and why. By turns: what is hidden already is not hidden
-- again.

create table content.comment_moderations (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    comment_id uuid not null,
    hides boolean not null,
    reason text not null,
    moderator_id uuid not null,
    moderated_at timestamptz not null default now(),
    constraint comment_moderations_pkey primary key (tenant_id, id),
    constraint comment_moderations_tenant_id_comment_id_fkey
        foreign key (tenant_id, comment_id) references content.comments (tenant_id, id),
    constraint comment_moderations_moderator_id_fkey foreign key (moderator_id) references core.people (id),
    constraint comment_moderations_reason_check check (length(btrim(reason)) between 1 and 2000)
);

create index comment_moderations_tenant_id_comment_id_idx on content.comment_moderations (tenant_id, comment_id);
create index comment_moderations_moderator_id_idx on content.comment_moderations (moderator_id);

create trigger _010_append_only
before update or delete or truncate on content.comment_moderations
for each statement execute function audit.tg__append_only();

create trigger _020_lock_comment
before insert on content.comment_moderations
for each row execute function content.tg_comment_moderations__lock_comment();

create trigger _100_carry_out
after insert on content.comment_moderations
for each row execute function content.tg_comment_moderations__carry_out();

comment on table content.comment_moderations is 'Every time a comment was hidden or shown again.';
comment on column content.comment_moderations.tenant_id is 'The organization.';
comment on column content.comment_moderations.id is 'The id.';
comment on column content.comment_moderations.comment_id is 'The comment.';
comment on column content.comment_moderations.hides is 'Whether it was hidden, or shown again.';
comment on column content.comment_moderations.reason is 'Why; its author can read it.';
comment on column content.comment_moderations.moderator_id is 'Who did it; never its author.';
comment on column content.comment_moderations.moderated_at is 'When.';
