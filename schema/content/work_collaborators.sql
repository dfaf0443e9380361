-- Whom a work is shared with while it is being made: those its owner works with.

create table content.work_collaborators (
    tenant_id uuid not null,
    work_id uuid not null,
    person_id uuid not null,
    capability content.collaborator_capability not null,
    added_by uuid not null,
    added_at timestamptz not null default now(),
    constraint work_collaborators_pkey primary key (tenant_id, work_id, person_id),
    constraint work_collaborators_tenant_id_work_id_fkey
        foreign key (tenant_id, work_id) references content.works (tenant_id, id),
    constraint work_collaborators_person_id_fkey foreign key (person_id) references core.people (id),
    constraint work_collaborators_added_by_fkey foreign key (added_by) references core.people (id)
);

create index work_collaborators_person_id_idx on content.work_collaborators (person_id);
create index work_collaborators_added_by_idx on content.work_collaborators (added_by);

create trigger _440_stop_helping
after update of erased_at on core.people
for each row when (new.erased_at is not null) execute function content.tg_people__stop_helping();

comment on table content.work_collaborators is 'Those whom the owner of a work makes it with.';
comment on column content.work_collaborators.tenant_id is 'The organization.';
comment on column content.work_collaborators.work_id is 'The work.';
comment on column content.work_collaborators.person_id is 'The collaborator.';
comment on column content.work_collaborators.capability is 'What they may do with it.';
comment on column content.work_collaborators.added_by is 'Who let them in.';
comment on column content.work_collaborators.added_at is 'When.';
