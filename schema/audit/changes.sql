-- One row for each change of a tracked row. Written by triggers in the transaction of the change, without a lock and
-- without a chain; sealed afterwards. Kept by month, so that old months can be put away whole.
--
-- Writers bring their changes here at once, indexes and all. A table without indexes, from which the sealer would bring
-- them here, was built and measured: many rows at once were written a tenth to a third faster, single rows were not,
-- and sealing took four times as long, as everything is written twice.
--
-- No check constraint stands here, on purpose: Postgres reads a check's expression anew for every statement, and four
-- small ones were a sixth of what a single-row write paid for the log. Nobody may write here but generated statements
-- (_capture_statement) and, to empty a change, erasure under a trigger; tests ask it of every change they make.

create table audit.changes (
    tenant_id uuid not null,
    seq bigint not null default nextval('audit.change_seq'),
    recorded_at timestamptz not null default clock_timestamp(),
    era integer not null,
    xid xid8 not null default pg_current_xact_id(),
    actor uuid,
    role text not null,
    session_role text not null,
    flags smallint not null,
    request_id text,
    table_name text collate "C" not null, -- what indexes compare, compared as bytes: wherever, and for good
    -- squawk-ignore ban-char-field
    operation "char" not null, -- one byte, as the catalogs of Postgres have it
    key text collate "C",
    clear text,
    personal_key text collate "C",
    personal text,
    salt bytea,
    personal_commitment bytea,
    body_commitment bytea,
    subjects uuid[],
    erased_under uuid,
    constraint changes_pkey primary key (tenant_id, seq, recorded_at)
) partition by range (recorded_at);

-- Where no month was made in time, a write lands here and does not fail.
create table audit.changes_default partition of audit.changes default;
alter table audit.changes_default enable row level security;
comment on table audit.changes_default is 'Changes of months that nobody made a partition for.';

alter sequence audit.change_seq owned by audit.changes.seq;

-- What the sealer asks for; what history asks for; what erasure and my_history() ask for.
create index changes_era_xid_idx on audit.changes (era, xid);
create index changes_row_idx on audit.changes (tenant_id, table_name, coalesce(key, personal_key), seq);
create index changes_subjects_idx on audit.changes using gin (subjects);

create trigger _010_erase_only
before update or delete on audit.changes
for each row execute function audit.tg_changes__erase_only();

create trigger _020_append_only
before truncate on audit.changes
for each statement execute function audit.tg__append_only();

create trigger _020_append_only
before truncate on audit.changes_default
for each statement execute function audit.tg__append_only();

alter table audit.changes enable always trigger _010_erase_only;
alter table audit.changes enable always trigger _020_append_only;
alter table audit.changes_default enable always trigger _020_append_only;

comment on table audit.changes is 'One row for each change of a tracked row: the entries of the logs.';
comment on column audit.changes.tenant_id is 'Whose log: an organization''s, or the platform''s own (all zeros).';
comment on column audit.changes.seq is 'For one row, a greater number is a later write.';
comment on column audit.changes.recorded_at is 'The clock when it was written.';
comment on column audit.changes.era is 'The stretch of time in which transaction ids can be compared.';
comment on column audit.changes.xid is 'The transaction.';
comment on column audit.changes.actor is 'The person who was signed in.';
comment on column audit.changes.role is 'As which role.';
comment on column audit.changes.session_role is 'As which role the session logged in.';
comment on column audit.changes.flags is
    '1: attested, the session was the API server''s, which verifies who is signed in. 2: written in replica role.';
comment on column audit.changes.request_id is 'The request, as the server''s log knows it.';
comment on column audit.changes.table_name is 'schema.table of the row.';
comment on column audit.changes.operation is
    'I inserted, U updated, D deleted, T truncated away, S was there when the log began to follow the table.';
comment on column audit.changes.key is 'The row''s primary key, as JSON; null where it says something about a person.';
comment on column audit.changes.clear is 'The row''s columns that say nothing about a person, as JSON.';
comment on column audit.changes.personal_key is 'The row''s primary key where it says something about a person.';
comment on column audit.changes.personal is 'The row''s columns that say something about a person, as JSON.';
comment on column audit.changes.salt is 'What keeps a commitment from being guessed.';
comment on column audit.changes.personal_commitment is
    'The hash of salt and personal: what stays when they are erased.';
comment on column audit.changes.body_commitment is 'The hash of salt and of columns too large or too private to copy.';
comment on column audit.changes.subjects is 'Whom the row is about. Not in the leaf.';
comment on column audit.changes.erased_under is 'The order under which what was personal was removed.';
