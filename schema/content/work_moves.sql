-- The moves there are: from which state to which, and in which capacity. What is not here does not happen.

create table content.work_moves (
    from_state content.work_state not null,
    to_state content.work_state not null,
    capacity content.move_capacity not null,
    description text not null,
    constraint work_moves_pkey primary key (from_state, to_state),
    constraint work_moves_from_state_to_state_capacity_key unique (from_state, to_state, capacity)
);

comment on table content.work_moves is 'The moves there are: from which state to which, and in which capacity.';
comment on column content.work_moves.from_state is 'The state before.';
comment on column content.work_moves.to_state is 'The state after.';
comment on column content.work_moves.capacity is 'Who makes this move.';
comment on column content.work_moves.description is 'What it means.';
