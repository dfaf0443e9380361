-- One table five times: what happens to it is noted in no way, in ours, and in three others.
-- Notes about people, kept by an organization: some of it clear, some of it personal, as in most tables of the package.

create schema bench authorization empathy_owner;
set local role empathy_owner; -- as whoever migrates

insert into core.organizations (id, slug, name)
values ('0b000000-0000-4000-8000-000000000000', 'bench', 'Bench');

-- Organizations with little traffic.
insert into core.organizations (id, slug, name)
select ('0c000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'quiet' || n, 'Quiet ' || n
from generate_series(1, 1000) n;

insert into core.people (id, display_name)
select ('0b000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'Person ' || n from generate_series(1, 1000) n;

create table bench.notes_unwatched (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    person_id uuid not null,
    kind text not null,
    state text not null default 'open',
    tags text[] not null default '{}',
    weight integer not null default 0,
    title text not null,
    body text not null,
    contact text,
    happened_on date,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (tenant_id, id)
);
create index on bench.notes_unwatched (tenant_id, person_id);

create table bench.notes_captured (like bench.notes_unwatched including all);
create table bench.notes_images (like bench.notes_unwatched including all);
create table bench.notes_lean_images (like bench.notes_unwatched including all);
create table bench.notes_chained (like bench.notes_unwatched including all);

alter table bench.notes_unwatched
add foreign key (person_id) references core.people (id);
alter table bench.notes_captured
add foreign key (person_id) references core.people (id);
alter table bench.notes_images
add foreign key (person_id) references core.people (id);
alter table bench.notes_lean_images
add foreign key (person_id) references core.people (id);
alter table bench.notes_chained
add foreign key (person_id) references core.people (id);

-- Ours.
select ops._register_table(
    'bench.notes_captured', 'tenant', 'account',
    clear => '{tenant_id,id,kind,state,tags,weight,created_at,updated_at}',
    personal => '{person_id,title,body,contact,happened_on}'
);
select audit._attach('bench.notes_captured');
select audit._record_safeguards();

-- A trigger for each row, in the manner of supa_audit: a generic function finds the table's key, makes of it an id that
-- stays the same, and keeps the old and the new row as jsonb.
create table bench.record_versions (
    id bigint generated always as identity primary key,
    record_id uuid,
    old_record_id uuid,
    operation text not null,
    happened_at timestamptz not null default now(),
    table_oid oid not null,
    table_schema name not null,
    table_name name not null,
    record jsonb,
    old_record jsonb,
    actor uuid
);
create index on bench.record_versions (record_id) where record_id is not null;
create index on bench.record_versions (old_record_id) where old_record_id is not null;
create index on bench.record_versions (table_oid);
create index on bench.record_versions using brin (happened_at);

create function bench.key_columns(oid)
returns text[]
language sql
stable
security definer
set search_path = ''
as $$
    select coalesce(array_agg(a.attname::text order by a.attnum), '{}')
    from pg_catalog.pg_index i
    join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
    where i.indrelid = $1 and i.indisprimary
$$;

create function bench.record_id(table_oid oid, columns text[], record jsonb)
returns uuid
language sql
stable
as $$
    select case
        when record is not null
            then md5((select jsonb_build_array(table_oid) || jsonb_agg(record ->> c) from unnest(columns) c)::text)::uuid
    end
$$;

create function bench.tg_keep_images()
returns trigger
language plpgsql
security definer
as $$
declare
    columns constant text[] := bench.key_columns(tg_relid);
    record constant jsonb := to_jsonb(new);
    old_record constant jsonb := to_jsonb(old);
begin
    insert into bench.record_versions (
        record_id, old_record_id, operation, table_oid, table_schema, table_name, record, old_record, actor
    )
    values (
        bench.record_id(tg_relid, columns, record), bench.record_id(tg_relid, columns, old_record),
        tg_op, tg_relid, tg_table_schema, tg_table_name, record, old_record,
        (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'person')::uuid
    );
    return null;
end
$$;

create trigger keep_images
after insert or update or delete on bench.notes_images
for each row execute function bench.tg_keep_images();

-- The least that a trigger for each row can do: no id of the record, no actor, one index.
create table bench.lean_images (
    id bigint generated always as identity primary key,
    happened_at timestamptz not null default now(),
    operation text not null,
    table_oid oid not null,
    record jsonb,
    old_record jsonb
);

create function bench.tg_keep_lean_images()
returns trigger
language plpgsql
security definer
as $$
begin
    insert into bench.lean_images (operation, table_oid, record, old_record)
    values (tg_op, tg_relid, to_jsonb(new), to_jsonb(old));
    return null;
end
$$;

create trigger keep_images
after insert or update or delete on bench.notes_lean_images
for each row execute function bench.tg_keep_lean_images();

-- A chain made in the transaction of the writer: lock the head, read the last hash, insert.
create table bench.chain_heads (tenant_id uuid primary key, number bigint not null);
create table bench.chain (
    tenant_id uuid,
    number bigint,
    operation text not null,
    record jsonb,
    happened_at timestamptz not null default now(),
    hash bytea not null,
    primary key (tenant_id, number)
);
insert into bench.chain_heads values ('0b000000-0000-4000-8000-000000000000', 0);

create function bench.tg_chain()
returns trigger
language plpgsql
security definer
as $$
declare
    image constant jsonb := to_jsonb(coalesce(new, old));
    tenant constant uuid := coalesce(new.tenant_id, old.tenant_id);
    here bigint;
begin
    update bench.chain_heads h set number = h.number + 1 where h.tenant_id = tenant returning h.number into here;
    insert into bench.chain (tenant_id, number, operation, record, hash)
    select
        tenant, here, tg_op, image,
        sha256(
            coalesce((select c.hash from bench.chain c where c.tenant_id = tenant and c.number = here - 1), '')
            || convert_to(tg_op || image::text, 'utf8')
        );
    return null;
end
$$;

create trigger chain
after insert or update or delete on bench.notes_chained
for each row execute function bench.tg_chain();

-- What is compared, ours first. Of a chain no more than a few rows are asked at once: it is slow.
create table bench.ways (nth integer, name text, says text, at_most integer);
insert into bench.ways
values
    (1, 'captured', 'ours', null),
    (2, 'unwatched', 'nothing is noted', null),
    (3, 'images', 'a trigger for each row, jsonb images, in the manner of supa_audit', null),
    (4, 'lean_images', 'the least that a trigger for each row can do: jsonb images and nothing else', null),
    (5, 'chained', 'a hash chain made by a trigger for each row', 5000);

-- Rows to be changed one by one, by known ids.
create function bench.note_id(n integer)
returns uuid
language sql
immutable
return ('0d000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid;

insert into bench.notes_unwatched (tenant_id, id, person_id, kind, title, body)
select '0b000000-0000-4000-8000-000000000000', bench.note_id(n), '0b000000-0000-4000-8000-000000000001', 'visit', 'A', 'B'
from generate_series(1, 10000) n;
insert into bench.notes_captured (tenant_id, id, person_id, kind, title, body)
select '0b000000-0000-4000-8000-000000000000', bench.note_id(n), '0b000000-0000-4000-8000-000000000001', 'visit', 'A', 'B'
from generate_series(1, 10000) n;
insert into bench.notes_images (tenant_id, id, person_id, kind, title, body)
select '0b000000-0000-4000-8000-000000000000', bench.note_id(n), '0b000000-0000-4000-8000-000000000001', 'visit', 'A', 'B'
from generate_series(1, 10000) n;
insert into bench.notes_lean_images (tenant_id, id, person_id, kind, title, body)
select '0b000000-0000-4000-8000-000000000000', bench.note_id(n), '0b000000-0000-4000-8000-000000000001', 'visit', 'A', 'B'
from generate_series(1, 10000) n;
insert into bench.notes_chained (tenant_id, id, person_id, kind, title, body)
select '0b000000-0000-4000-8000-000000000000', bench.note_id(n), '0b000000-0000-4000-8000-000000000001', 'visit', 'A', 'B'
from generate_series(1, 10000) n;

reset role;
