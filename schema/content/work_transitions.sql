-- Every move of a work, in a chain: each begins where the one before ended, and the state of the work is the end of the
-- last. A move that does not exist, or a reviewer who is the owner, has no place here.

create table content.work_transitions (
    tenant_id uuid not null,
    work_id uuid not null,
    number integer not null,
    previous integer generated always as (nullif(number - 1, 0)) stored,
    from_state content.work_state,
    to_state content.work_state not null,
    capacity content.move_capacity not null,
    actor_id uuid not null,
    owner_id uuid not null,
    reason text not null default '',
    decision_id uuid,
    decision_unlocks text generated always as (case when decision_id is not null then 'work.publish' end) stored,
    moved_at timestamptz not null default now(),
    constraint work_transitions_pkey primary key (tenant_id, work_id, number),
    constraint work_transitions_tenant_id_work_id_number_to_state_key unique (tenant_id, work_id, number, to_state),
    constraint work_transitions_tenant_id_work_id_owner_id_fkey
        foreign key (tenant_id, work_id, owner_id) references content.works (tenant_id, id, owner_id),
    constraint work_transitions_tenant_id_work_id_previous_from_state_fkey
        foreign key (tenant_id, work_id, previous, from_state)
        references content.work_transitions (tenant_id, work_id, number, to_state),
    constraint work_transitions_from_state_to_state_capacity_fkey
        foreign key (from_state, to_state, capacity)
        references content.work_moves (from_state, to_state, capacity),
    constraint work_transitions_actor_id_fkey foreign key (actor_id) references core.people (id),
    constraint work_transitions_number_check check (number >= 1),
    constraint work_transitions_from_state_check check ((number = 1) = (from_state is null)),
    constraint work_transitions_to_state_check check (number > 1 or to_state = 'draft'),
    constraint work_transitions_actor_id_check check (capacity <> 'reviewer' or actor_id <> owner_id),
    constraint work_transitions_reason_check check (length(reason) <= 2000),
    constraint work_transitions_decision_id_check check (decision_id is null or to_state = 'published')
);

create index work_transitions_from_state_to_state_capacity_idx
on content.work_transitions (from_state, to_state, capacity);
create index work_transitions_actor_id_idx on content.work_transitions (actor_id);

-- A work is where its last move left it.
alter table content.works
add constraint works_tenant_id_id_moves_state_fkey
foreign key (tenant_id, id, moves, state)
references content.work_transitions (tenant_id, work_id, number, to_state)
deferrable initially deferred;

create trigger _010_append_only
before update or delete or truncate on content.work_transitions
for each statement execute function audit.tg__append_only();

comment on table content.work_transitions is 'Every move of a work on its way.';
comment on column content.work_transitions.tenant_id is 'The organization.';
comment on column content.work_transitions.work_id is 'The work.';
comment on column content.work_transitions.number is 'Which move of this work, from 1.';
comment on column content.work_transitions.previous is 'The move before.';
comment on column content.work_transitions.from_state is 'The state before; none when the work was begun.';
comment on column content.work_transitions.to_state is 'The state after.';
comment on column content.work_transitions.capacity is 'In which capacity it was moved.';
comment on column content.work_transitions.actor_id is 'Who moved it.';
comment on column content.work_transitions.owner_id is 'Whose work it is: nobody reviews their own.';
comment on column content.work_transitions.reason is 'Why.';
comment on column content.work_transitions.decision_id is
    'By which decision, where the place decides what is published in it.';
comment on column content.work_transitions.decision_unlocks is 'What that decision has to unlock.';
comment on column content.work_transitions.moved_at is 'When.';
