-- Who belongs where. One live membership per person and scope; what has ended stays as history.

create table core.memberships (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    scope_id uuid not null,
    level smallint not null,
    project_id uuid not null,
    person_id uuid not null,
    status core.membership_status not null,
    valid_during tstzrange not null default tstzrange(now(), null),
    open_ended boolean not null generated always as (upper_inf(valid_during)) stored,
    invited_by uuid,
    invitation_id uuid,
    message text not null default '',
    reason text,
    joined_at timestamptz,
    last_active_on date,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    ended_at timestamptz,
    constraint memberships_pkey primary key (tenant_id, id),
    constraint memberships_tenant_id_id_open_ended_key unique (tenant_id, id, open_ended),
    constraint memberships_tenant_id_id_level_key unique (tenant_id, id, level),
    constraint memberships_tenant_id_id_scope_id_key unique (tenant_id, id, scope_id),
    constraint memberships_tenant_id_scope_id_level_project_id_fkey
        foreign key (tenant_id, scope_id, level, project_id)
        references core.scopes (tenant_id, id, level, project_id),
    constraint memberships_person_id_fkey foreign key (person_id) references core.people (id),
    constraint memberships_invited_by_fkey foreign key (invited_by) references core.people (id),
    constraint memberships_tenant_id_invitation_id_fkey
        foreign key (tenant_id, invitation_id) references core.invitations (tenant_id, id),
    constraint memberships_valid_during_check check (not isempty(valid_during) and not lower_inf(valid_during)),
    constraint memberships_ended_at_check check ((ended_at is not null) = (status in ('left', 'revoked'))),
    constraint memberships_joined_at_check check (joined_at is not null or status <> 'active'),
    constraint memberships_message_check check (length(message) <= 2000),
    constraint memberships_reason_check check (length(reason) <= 2000)
);

create unique index memberships_tenant_id_scope_id_person_id_key
    on core.memberships (tenant_id, scope_id, person_id)
    where ended_at is null;
create index memberships_id_idx on core.memberships (id);
create index memberships_person_id_status_idx on core.memberships (person_id, status);
-- Carries all that core.known_people() asks for: the rows of a scope lie scattered over the table.
create index memberships_scope_id_person_id_idx
    on core.memberships (scope_id, person_id) include (status, valid_during);
create index memberships_tenant_id_scope_id_level_project_id_idx
    on core.memberships (tenant_id, scope_id, level, project_id);
create index memberships_tenant_id_project_id_idx on core.memberships (tenant_id, project_id);
create index memberships_tenant_id_invitation_id_idx on core.memberships (tenant_id, invitation_id);
create index memberships_invited_by_idx on core.memberships (invited_by);

create trigger _010_freeze_key
before update of tenant_id, id, scope_id, person_id on core.memberships
for each row execute function core.tg__freeze_key();

create trigger _020_touch
before update on core.memberships
for each row execute function core.tg__touch();

create trigger _100_count_owners
after update of status, valid_during on core.memberships
for each row execute function core.tg_memberships__count_owners();

create trigger _200_count_seats
after insert or update of status or delete on core.memberships
for each row execute function core.tg_memberships__count_seats();

create trigger _300_tell
after insert or update of status on core.memberships
for each row execute function core.tg_memberships__tell();

comment on table core.memberships is 'Who belongs where, since when, and how it ended.';
comment on column core.memberships.tenant_id is 'The organization.';
comment on column core.memberships.id is 'The id.';
comment on column core.memberships.scope_id is
    'The organization, project or place that the person belongs to.';
comment on column core.memberships.level is 'The level of the scope; its key holds it true.';
comment on column core.memberships.project_id is 'The project of the scope; its key holds it true.';
comment on column core.memberships.person_id is 'The person.';
comment on column core.memberships.status is 'Only active gives anything; banned bars.';
comment on column core.memberships.valid_during is 'From when to when it counts, while active.';
comment on column core.memberships.open_ended is 'Whether it has no end date, as an owner''s has to be.';
comment on column core.memberships.invited_by is 'Who invited the person.';
comment on column core.memberships.invitation_id is 'The invitation that was used.';
comment on column core.memberships.message is 'What the person said when asking to join.';
comment on column core.memberships.reason is 'Why it was suspended, banned or revoked.';
comment on column core.memberships.joined_at is 'When the person joined.';
comment on column core.memberships.last_active_on is 'The last day on which the person did something here.';
comment on column core.memberships.created_at is 'When the row was made.';
comment on column core.memberships.updated_at is 'When it last changed.';
comment on column core.memberships.ended_at is 'When it ended, by leaving or by being revoked.';
