-- Who approves of a work, and how much. Nobody approves of their own.

create table content.votes (
    tenant_id uuid not null,
    work_id uuid not null,
    work_owner_id uuid not null,
    person_id uuid not null,
    weight smallint not null default 1,
    voted_at timestamptz not null default now(),
    constraint votes_pkey primary key (tenant_id, work_id, person_id),
    constraint votes_tenant_id_work_id_work_owner_id_fkey
        foreign key (tenant_id, work_id, work_owner_id) references content.works (tenant_id, id, owner_id),
    constraint votes_person_id_fkey foreign key (person_id) references core.people (id),
    constraint votes_person_id_check check (person_id <> work_owner_id),
    constraint votes_weight_check check (weight between 0 and 100)
);

create index votes_person_id_idx on content.votes (person_id);

-- After the row, and so after the policy: who may not vote on a work learns nothing else about it.
create trigger _100_settle
after insert on content.votes
for each row execute function content.tg_votes__settle();

create trigger _500_merge_votes
after update of merged_into on core.people
for each row when (new.merged_into is not null) execute function content.tg_people__merge_votes();

create trigger _450_take_back_votes
after update of erased_at on core.people
for each row when (new.erased_at is not null) execute function content.tg_people__take_back_votes();

comment on table content.votes is 'Who approves of a work, and how much.';
comment on column content.votes.tenant_id is 'The organization.';
comment on column content.votes.work_id is 'The work.';
comment on column content.votes.work_owner_id is 'Whose work it is: nobody votes on their own.';
comment on column content.votes.person_id is 'Who approves.';
comment on column content.votes.weight is 'How much: nothing, or up to what the place allows.';
comment on column content.votes.voted_at is 'When.';
