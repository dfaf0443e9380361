-- What each place, project and organization had at the last release: the sums of the groups in it. Each release adds
-- what came, and takes away what was withheld since the one before.

create table insights.cells (
    tenant_id uuid not null,
    scope_id uuid not null,
    level smallint not null,
    board insights.board not null,
    kind text not null,
    month date not null,
    topic text not null,
    people bigint not null,
    items bigint not null,
    comments bigint not null,
    reactions bigint not null,
    views bigint not null,
    amount bigint not null,
    spread bigint not null,
    constraint cells_pkey primary key (tenant_id, scope_id, board, kind, month, topic),
    constraint cells_tenant_id_scope_id_level_fkey
        foreign key (tenant_id, scope_id, level) references core.scopes (tenant_id, id, level),
    -- Never fewer than the smallest group can have.
    constraint cells_people_check check (people = 0 or people >= 3)
);

-- What there is in a place, and what the platform adds up.
create index cells_scope_id_board_month_idx on insights.cells (scope_id, board, month);
create index cells_board_idx on insights.cells (board) where level = 0;

create index cells_tenant_id_scope_id_level_idx on insights.cells (tenant_id, scope_id, level);

create trigger _010_freeze_key
before update of tenant_id, scope_id, level, board, kind, month, topic on insights.cells
for each row execute function core.tg__freeze_key();

comment on table insights.cells is 'What each place, project and organization had at the last release.';
comment on column insights.cells.tenant_id is 'The organization.';
comment on column insights.cells.scope_id is 'The place, project or organization.';
comment on column insights.cells.level is 'The level of that.';
comment on column insights.cells.board is 'What the figures are about.';
comment on column insights.cells.kind is 'Of which kind: of works, or of assets; or for which purpose.';
comment on column insights.cells.month is 'The month, by its first day.';
comment on column insights.cells.topic is 'What all of it is about; empty, where that is not told.';
comment on column insights.cells.people is 'How many people.';
comment on column insights.cells.items is 'How many works, decisions or shares.';
comment on column insights.cells.comments is 'How many comments the works had.';
comment on column insights.cells.reactions is 'How many reactions the works had.';
comment on column insights.cells.views is 'How often the works were read.';
comment on column insights.cells.amount is 'How much it comes to.';
comment on column insights.cells.spread is 'How unequal shares are, times the people.';
