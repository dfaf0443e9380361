-- Capture: every change of every tracked row is written down, as it was, by whom and how; nothing else is.
-- needs: superuser

begin;
set local search_path = tap, tests, public;
select plan(86);

create temporary table mark (seq bigint not null);

-- From here on, what is written counts.
create function tests.begin_watch()
returns void
language sql
set search_path = ''
as $$
    delete from pg_temp.mark;
    insert into pg_temp.mark select coalesce(max(c.seq), 0) from audit.changes c;
$$;

-- What this transaction wrote into the log about a table since.
create function tests.written(table_name text)
returns setof audit.changes
language sql
stable
set search_path = ''
as $$
    select c.*
    from audit.changes c
    where c.xid = pg_catalog.pg_current_xact_id()
        and c.seq > (select m.seq from pg_temp.mark m)
        and c.table_name = written.table_name
    order by c.seq
$$;

-- Who is attached, and how.

create temporary view tracked as
select k.table_name, k.table_name::regclass as relation, array(
    select i.indkey::smallint[] from pg_index i where i.indrelid = k.table_name::regclass and i.indisprimary
) as key
from ops.table_classes k
where k.untracked_because is null;

select is_empty(
    $$
    select t.table_name, e.event
    from tracked t
    cross join (
        values
            ('insert', 4, null, 'new_rows'), ('update', 16, null, 'new_rows'), ('delete', 8, 'old_rows', null),
            ('truncate', 34, null, null)
    ) as e (event, type, old_rows, new_rows)
    where not exists (
        select
        from pg_trigger g
        where g.tgrelid = t.relation
            and g.tgname = '_900_capture_' || e.event
            and g.tgenabled = 'A'
            and g.tgfoid = format('audit.tg_%s__capture()', replace(t.table_name, '.', '_'))::regprocedure
            and g.tgtype = e.type
            and g.tgoldtable is not distinct from e.old_rows
            and g.tgnewtable is not distinct from e.new_rows
            and g.tgqual is null
            and g.tgattr = ''
    )
    $$,
    'every tracked table is captured at each of the four events, whatever the session''s role of replication'
);
select is_empty(
    $$
    select g.tgrelid::regclass, g.tgname
    from pg_trigger g
    where g.tgname ^@ '_900_capture_' and not g.tgrelid in (select t.relation from tracked t)
    $$,
    'and no other table is'
);
select is_empty(
    $$
    select t.table_name
    from tracked t
    where not exists (
        select
        from pg_trigger g
        where g.tgrelid = t.relation
            and g.tgfoid = 'core.tg__freeze_key()'::regprocedure
            and g.tgtype & 19 = 19 -- before each row that is updated
            and g.tgenabled <> 'D'
            and g.tgattr::smallint[] @> (t.key)[1:1]
            and g.tgattr::smallint[] @> (
                select i.indkey::smallint[] from pg_index i where i.indrelid = t.relation and i.indisprimary
            )
    )
    $$,
    'and the key of every tracked table is frozen'
);
select is_empty(
    $$
    select p.proname
    from pg_proc p
    where p.pronamespace = 'audit'::regnamespace
        and p.proname ~ '__capture$'
        and not (
            p.prosecdef
            and p.proconfig @> '{"search_path=pg_catalog, pg_temp"}'
            -- An instant is written in the session's zone; what else may depend on a setting pins them all.
            and (p.prosrc !~ ': timestamp with time zone' or p.proconfig @> '{TimeZone=UTC}')
            and (
                p.prosrc !~ ': (tstzrange|bytea|interval|real|double precision)'
                or p.proconfig @> array[
                    'TimeZone=UTC', 'DateStyle=ISO, YMD', 'IntervalStyle=iso_8601', 'extra_float_digits=1',
                    'bytea_output=hex'
                ]
            )
        )
    $$,
    'what writes images is pinned against every setting of a session'
);
select is_empty(
    $$
    select c.table_name, c.column_name
    from ops.column_classes c
    join pg_proc p on p.proname = 'tg_' || replace(c.table_name, '.', '_') || '__capture'
    where c.audit = 'omitted' and p.prosrc ~ ('n\.' || c.column_name || '\M')
    $$,
    'what is secret is in no image'
);
select is_empty(
    $$
    select c.table_name, c.column_name
    from ops.column_classes c
    join tracked t on t.table_name = c.table_name
    join pg_proc p on p.proname = 'tg_' || replace(c.table_name, '.', '_') || '__capture'
    where c.audit <> 'omitted' and p.prosrc !~ ('n\."?' || c.column_name || '\M')
    $$,
    'and everything else of a tracked table is'
);

select is_empty(
    $$
    select t.table_name
    from tracked t
    join pg_attribute a on a.attrelid = t.relation and a.attname = 'person_id' and not a.attisdropped
    cross join audit._portrait(t.table_name) p
    where p.subjects <> 'array_remove(array[n.person_id]::uuid[], null)'
    $$,
    'whatever is a person''s is about that person, by whichever key it says so'
);

-- A table with every class of column and types of all sorts.

select tests.world();
create schema kites;
grant usage on schema kites to authenticated;
create type kites.wind as enum ('calm', 'strong');
create domain kites.metres as numeric(8, 2);
create type kites.place as (name text, height kites.metres);
create table kites.flights (
    tenant_id uuid not null,
    id integer not null,
    gone text,
    "Its ""own"" name" text,
    wind kites.wind,
    height kites.metres,
    start kites.place,
    landed_at timestamptz,
    local_time timestamp,
    day date,
    took interval,
    speed float8,
    weight float4,
    marks integer[],
    during tstzrange,
    notes json,
    settings jsonb,
    code bytea,
    twice integer generated always as (id * 2) stored,
    person_id uuid,
    remark text,
    story text,
    pages bytea,
    password text,
    constraint flights_pkey primary key (tenant_id, id),
    constraint flights_person_id_fkey foreign key (person_id) references core.people (id)
);
alter table kites.flights drop column gone;
grant select, insert, update, delete on kites.flights to authenticated;
insert into kites.flights (tenant_id, id, wind, password, remark)
select tests.scope('river'), i, 'calm', 'open sesame', 'here before' from generate_series(1, 2) i;
select ops._register_table(
    'kites.flights', 'tenant', 'content',
    clear => '{
        tenant_id, id, "Its \"own\" name", wind, height, start, landed_at, local_time, day, took, speed, weight, marks,
        during, notes, settings, code, twice
    }',
    personal => '{person_id,remark}', body => '{story,pages}', secret => '{password}'
);

-- When the log begins to follow a table.

select tests.begin_watch();
select audit._attach('kites.flights');
select results_eq(
    $$
    select
        operation::text, tenant_id, key collate "default", clear::jsonb ->> 'wind' as wind,
        personal::jsonb ->> 'remark'
    from tests.written('kites.flights')
    $$,
    $$
    select
        'S', tests.scope('river'), format('{"tenant_id":"%s","id":%s}', tests.scope('river'), i), 'calm', 'here before'
    from generate_series(1, 2) i
    $$,
    'when the log begins to follow a table, each row that is there already is noted'
);
create temporary table shape as
select t.oid, t.xmin::text as written, t.tgname::text as name
from pg_trigger t
where t.tgrelid = 'kites.flights'::regclass
union all
select p.oid, p.xmin::text, p.proname from pg_proc p where p.proname = 'tg_kites_flights__capture';
select tests.begin_watch();
select audit._attach('kites.flights');
select is_empty($$select * from tests.written('kites.flights')$$, 'attaching a table again notes nothing again');
select bag_eq(
    $$
    select t.oid, t.xmin::text as written, t.tgname::text from pg_trigger t where t.tgrelid = 'kites.flights'::regclass
    union all
    select p.oid, p.xmin::text, p.proname from pg_proc p where p.proname = 'tg_kites_flights__capture'
    $$,
    'select * from shape', 'and changes nothing of the triggers'
);
select is(
    (select count(*) from pg_trigger t where t.tgrelid = 'kites.flights'::regclass and t.tgname ^@ '_900_capture_'),
    4::bigint,
    'a table has each trigger once'
);
select is(
    (
        select obj_description(p.oid)
        from pg_proc p
        where p.pronamespace = 'audit'::regnamespace and p.proname = 'tg_kites_flights__capture'
    ),
    'Writes what happens to rows of kites.flights into the log.', 'the function says what it does'
);
select ok(
    not has_function_privilege('public', 'audit.tg_kites_flights__capture()', 'execute'), 'and nobody may call it'
);
select tests.refused(
    format($$update kites.flights set %s$$, change), 'key_frozen',
    'from then on no part of the key changes: ' || change
)
from unnest('{id = id + 10,tenant_id = gen_random_uuid()}'::text[]) change;

create table kites.frozen (
    id integer,
    constraint frozen_pkey primary key (id)
);
create trigger _005_freeze
before update of id on kites.frozen
for each row execute function core.tg__freeze_key();
select ops._register_table('kites.frozen', 'global', 'content', clear => '{id}');
select audit._attach('kites.frozen');
select is_empty(
    $$select from pg_trigger t where t.tgrelid = 'kites.frozen'::regclass and t.tgname = '_011_freeze_key'$$,
    'where the key was frozen already, that is enough'
);

alter table kites.flights disable trigger _900_capture_delete;
select tests.begin_watch();
select audit._attach('kites.flights');
select results_eq(
    $$
    select t.tgname, t.tgenabled
    from pg_trigger t
    where t.tgrelid = 'kites.flights'::regclass and t.tgname ^@ '_900_capture_'
    order by 1
    $$,
    $$
    values
        ('_900_capture_delete'::name, 'A'::"char"), ('_900_capture_insert', 'A'), ('_900_capture_truncate', 'A'),
        ('_900_capture_update', 'A')
    $$,
    'what was switched off is on again when the table is attached once more'
);
select is_empty(
    $$select * from tests.written('kites.flights')$$,
    'and where inserts were followed all the time, no row is noted again'
);

-- What is written of a row.

select tests.begin_watch();
insert into kites.flights (
    tenant_id, id, "Its ""own"" name", wind, height, start, landed_at, local_time, day, took, speed, weight, marks,
    during, notes, settings, code, person_id, remark, story, pages, password
)
values (
    tests.scope('river'), 3, E'R\u00e9d "one"\n', 'strong', 12.5, ('hill', 3), '2026-03-04 05:06:07.123456+02',
    '2026-03-04 05:06:07', '2026-03-04', '1 year 2 mons 3 days 04:05:06.7', 1.0 / 3, 0.1, '{1,null,3}',
    '[2026-03-04 05:06:07+02,)', '{"b":  1.00, "a":2}', '{"b": 1.00, "a": 2}', '\x00ff', tests.person('cleo'),
    'a fine day', 'Once upon a time', '\xbadcafedeadbeef0', 'open sesame'
);
create temporary table whole as select * from tests.written('kites.flights');
select results_eq(
    $$select operation::text, tenant_id, key collate "default", personal_key is null, erased_under from whole$$,
    $$values (
        'I', tests.scope('river'), format('{"tenant_id":"%s","id":3}', tests.scope('river')), true, null::uuid
    )$$,
    'an inserted row is one change, in its tenant''s log, by its key'
);
select is(
    clear,
    format('{"tenant_id":"%s","id":3,', tests.scope('river'))
    || '"Its \"own\" name":"Réd \"one\"\n","wind":"strong","height":12.50,'
    || '"start":{"name":"hill","height":3.00},"landed_at":"2026-03-04T03:06:07.123456+00:00",'
    || '"local_time":"2026-03-04T05:06:07","day":"2026-03-04","took":"P1Y2M3DT4H5M6.7S",'
    || '"speed":0.3333333333333333,"weight":0.1,"marks":[1,null,3],'
    || '"during":"[\"2026-03-04 03:06:07+00\",)","notes":{"b":  1.00, "a":2},"settings":{"a": 2, "b": 1.00},'
    || '"code":"\\x00ff","twice":6}',
    'what says nothing about a person is kept in clear, in the order of the table'
)
from whole;
select is(
    personal, format('{"person_id":"%s","remark":"a fine day"}', tests.person('cleo')),
    'what says something about a person is kept apart'
)
from whole;
select ok(
    to_jsonb(w)::text !~ 'Once upon|badcafedeadbeef0|sesame', 'what is a body or a secret is not in the log'
)
from whole w;
select is(
    personal_commitment, sha256(salt || convert_to(personal, 'utf8')), 'what is personal is committed to under a salt'
)
from whole;
select is(
    body_commitment, sha256(salt || record_send(row('Once upon a time'::text, '\xbadcafedeadbeef0'::bytea))),
    'and so is a body, whole'
)
from whole;
select is(octet_length(salt), 16, 'a salt is long enough') from whole;
select is(subjects, array[tests.person('cleo')], 'whom it is about can be found') from whole;
select results_eq(
    $$
    select recorded_at between statement_timestamp() - interval '10 seconds' and clock_timestamp(), era, xid
    from whole
    $$,
    $$select true, p.era, pg_current_xact_id() from audit.progress p$$,
    'with the clock, the era and the transaction'
);

select tests.begin_watch();
insert into kites.flights (tenant_id, id) values (tests.scope('river'), 4);
select results_eq(
    $$
    select
        personal, body_commitment = sha256(salt || record_send(row(null::text, null::bytea))), subjects,
        clear::jsonb ->> 'wind'
    from tests.written('kites.flights')
    $$,
    $$values ('{"person_id":null,"remark":null}', true, '{}'::uuid[], null::text)$$,
    'what is empty is said to be empty'
);
select is(
    (
        select count(distinct c.salt)
        from audit.changes c
        where c.table_name = 'kites.flights' and c.xid = pg_current_xact_id()
    ),
    (select count(*) from audit.changes c where c.table_name = 'kites.flights' and c.xid = pg_current_xact_id()),
    'each change has a salt of its own'
);

select tests.begin_watch();
update kites.flights set wind = 'calm', story = 'The end' where id = 3;
select results_eq(
    $$
    select
        operation::text, key, clear::jsonb, personal::jsonb, subjects,
        body_commitment = sha256(salt || record_send(row('The end'::text, '\xbadcafedeadbeef0'::bytea)))
    from tests.written('kites.flights')
    $$,
    $$
    select 'U', key, clear::jsonb || '{"wind": "calm"}', personal::jsonb, subjects, true from whole
    $$,
    'of an updated row the log says how it is now, whole; how it was, the change before says'
);
select tests.begin_watch();
update kites.flights set wind = wind where id = 3;
select is(
    (select count(*) from tests.written('kites.flights')), 1::bigint, 'an update that changes nothing is one, too'
);
select tests.begin_watch();
update kites.flights set person_id = tests.person('eli') where id = 3;
select is(
    (select subjects from tests.written('kites.flights')), array[tests.person('eli')],
    'when a row is somebody else''s, its change is about them'
);

select tests.begin_watch();
delete from kites.flights where id = 3;
select results_eq(
    $$
    select operation::text, key, clear, personal_key, personal, salt, personal_commitment, body_commitment, subjects
    from tests.written('kites.flights')
    $$,
    $$
    select
        'D', key, null::text, null::text, null::text, null::bytea, null::bytea, null::bytea,
        array[tests.person('eli')]
    from whole
    $$,
    'of a deleted row only its key is kept, and whom it was about'
);

-- Statements of all kinds.

select tests.begin_watch();
insert into kites.flights (tenant_id, id)
select tests.scope('river'), i from generate_series(10, 14) i;
select results_eq(
    $$select operation::text, key::jsonb -> 'id' as id from tests.written('kites.flights')$$,
    $$select 'I', to_jsonb(i) as id from generate_series(10, 14) i$$,
    'of a statement that inserts many rows each is a change'
);
select tests.begin_watch();
update kites.flights set wind = 'calm' where id >= 10;
select bag_eq(
    $$
    select operation::text, key::jsonb -> 'id' as id, clear::jsonb ->> 'wind' as wind
    from tests.written('kites.flights')
    $$,
    $$select 'U', to_jsonb(i) as id, 'calm' as wind from generate_series(10, 14) i$$,
    'also where it updates them'
);
select tests.begin_watch();
delete from kites.flights where id > 12;
select bag_eq(
    $$select operation::text, key::jsonb -> 'id' as id from tests.written('kites.flights')$$,
    $$select 'D', to_jsonb(i) as id from generate_series(13, 14) i$$,
    'or deletes them'
);
select tests.begin_watch();
insert into kites.flights (tenant_id, id) select tests.scope('river'), 1 where false;
update kites.flights set wind = 'calm' where false;
delete from kites.flights where false;
select is_empty($$select * from tests.written('kites.flights')$$, 'a statement that meets no row is no change');
select tests.begin_watch();
insert into kites.flights as f (tenant_id, id, wind)
values (tests.scope('river'), 12, 'strong'), (tests.scope('river'), 13, 'strong')
on conflict on constraint flights_pkey do update set wind = excluded.wind;
select bag_eq(
    $$
    select operation::text, key::jsonb -> 'id' as id, clear::jsonb ->> 'wind' as wind
    from tests.written('kites.flights')
    $$,
    $$values ('U', '12'::jsonb, 'strong'), ('I', '13', 'strong')$$,
    'an upsert is written as what it was for each row'
);
select tests.begin_watch();
insert into kites.flights (tenant_id, id) values (tests.scope('river'), 12) on conflict do nothing;
select is_empty($$select * from tests.written('kites.flights')$$, 'what an upsert left alone did not change');
select tests.begin_watch();
merge into kites.flights f
using (values (11), (12), (15)) as v (id) on f.tenant_id = tests.scope('river') and f.id = v.id
when matched and v.id = 11 then delete
when matched then update set wind = 'calm'
when not matched then insert (tenant_id, id) values (tests.scope('river'), v.id);
select bag_eq(
    $$select operation::text, key::jsonb -> 'id' as id from tests.written('kites.flights')$$,
    $$values ('D', '11'::jsonb), ('U', '12'), ('I', '15')$$,
    'a merge, too'
);
select tests.begin_watch();
with made as (
    insert into kites.flights (tenant_id, id) values (tests.scope('river'), 16) returning id
)
update kites.flights f set wind = 'strong' where f.id = 15 and exists (select from made);
select bag_eq(
    $$select operation::text, key::jsonb -> 'id' as id from tests.written('kites.flights')$$,
    $$values ('I', '16'::jsonb), ('U', '15')$$,
    'two in one statement are two'
);
select tests.begin_watch();
insert into kites.flights (tenant_id, id) values (tests.scope('hill'), 1), (tests.scope('river'), 17);
select bag_eq(
    $$select tenant_id, key::jsonb -> 'id' as id from tests.written('kites.flights')$$,
    $$values (tests.scope('hill'), '1'::jsonb), (tests.scope('river'), '17')$$,
    'rows of two tenants in one statement go into two logs'
);
select tests.begin_watch();
update kites.flights set wind = 'calm' where id = 17;
update kites.flights set wind = 'strong' where id = 17;
delete from kites.flights where id = 17;
insert into kites.flights (tenant_id, id) values (tests.scope('river'), 17);
select results_eq(
    $$select operation::text, clear::jsonb ->> 'wind' as wind from tests.written('kites.flights')$$,
    $$values ('U', 'calm'), ('U', 'strong'), ('D', null), ('I', null)$$,
    'the changes of one row stand in the order in which they were made'
);
select is_empty(
    $$
    select
    from audit.changes earlier
    join audit.changes later using (tenant_id, table_name)
    where earlier.table_name = 'kites.flights'
        and earlier.seq < later.seq
        and earlier.recorded_at > later.recorded_at
    $$,
    'and the clock with them'
);

-- What is undone was not.

select tests.begin_watch();
do $$
begin
    begin
        insert into kites.flights (tenant_id, id) values (tests.scope('river'), 18);
        raise exception 'never mind';
    exception
        when raise_exception then null;
    end;
    begin
        update kites.flights set wind = 'calm' where id = 17;
    exception
        when raise_exception then null;
    end;
end
$$;
select results_eq(
    $$select operation::text, key::jsonb -> 'id' as id, xid from tests.written('kites.flights')$$,
    $$values ('U', '17'::jsonb, pg_current_xact_id())$$,
    'what was rolled back to a savepoint is not in the log; what came after is, in the one transaction'
);

-- Truncated.

create temporary table before_truncate as
select f.id, f.tenant_id, f.person_id from kites.flights f;
select tests.begin_watch();
truncate kites.flights;
select bag_eq(
    $$
    select operation::text, tenant_id, key::jsonb -> 'id' as id, clear, personal, salt
    from tests.written('kites.flights')
    $$,
    $$
    select
        'T' as operation, tenant_id, to_jsonb(id) as id, null::text as clear, null::text as personal,
        null::bytea as salt
    from before_truncate
    $$,
    'when a table is truncated, each row is written down that went'
);

-- Who, as what, by which way.

create function tests.session()
returns text
language sql
set search_path = ''
as $$
    select session_user::text collate "default"
$$;
select tests.begin_watch();
select tests.as('cleo');
insert into kites.flights (tenant_id, id) values (tests.scope('river'), 20);
select tests.as_nobody();
insert into kites.flights (tenant_id, id) values (tests.scope('river'), 21);
select results_eq(
    $$
    select key::jsonb -> 'id' as id, actor, role, session_role, flags, request_id from tests.written('kites.flights')
    $$,
    $$
    values
        ('20'::jsonb, tests.person('cleo'), 'authenticated', tests.session(), 0::smallint, null::text),
        ('21', null, tests.session(), tests.session(), 0::smallint, null)
    $$,
    'who was signed in, as which role, in whose session: not attested, where it is not the API server''s'
);
select tests.begin_watch();
set local app.request_id = 'r-0042';
update kites.flights set wind = 'calm' where id = 20;
set local app.request_id = '';
update kites.flights set wind = 'calm' where id = 20;
select results_eq(
    $$select request_id from tests.written('kites.flights')$$, $$values ('r-0042'), (null)$$,
    'the request, where there was one'
);
select tests.begin_watch();
set local session_replication_role = replica;
insert into kites.flights (tenant_id, id) values (tests.scope('river'), 22);
update kites.flights set wind = 'calm' where id = 22;
delete from kites.flights where id = 22;
set local session_replication_role = origin;
update kites.flights set wind = 'calm' where id = 21;
select results_eq(
    $$select operation::text, flags from tests.written('kites.flights')$$,
    $$values ('I', 2::smallint), ('U', 2::smallint), ('D', 2::smallint), ('U', 0::smallint)$$,
    'what is written in replica role is captured, and marked'
);
select tests.begin_watch();
set local session_replication_role = replica;
truncate kites.flights;
set local session_replication_role = origin;
select results_eq(
    $$select distinct operation::text, flags from tests.written('kites.flights')$$, $$values ('T', 2::smallint)$$,
    'also a truncation'
);
insert into kites.flights (tenant_id, id) select tests.scope('river'), i from generate_series(20, 21) i;
grant select, insert on kites.flights to authenticator, empathy_keyholder;
grant usage on schema kites to authenticator, empathy_keyholder;
grant usage on schema tests to authenticator, empathy_keyholder;
select tests.begin_watch();
grant all on kites.flights to service_role;
grant usage on schema kites to service_role;
set local session authorization authenticator;
select tests.as('cleo');
update kites.flights set wind = 'strong' where id = 20;
set local role service_role;
update kites.flights set wind = 'strong' where id = 20;
set local session authorization empathy_keyholder;
select tests.as_keyholder('cleo');
insert into kites.flights (tenant_id, id) values ((select f.tenant_id from kites.flights f where f.id = 20), 23);
set local session authorization default;
select tests.as_nobody();
select results_eq(
    $$select actor, role, session_role, flags from tests.written('kites.flights')$$,
    $$
    values
        (tests.person('cleo'), 'authenticated', 'authenticator', 1::smallint),
        (tests.person('cleo'), 'service_role', 'authenticator', 1::smallint),
        (tests.person('cleo'), 'empathy_keyholder', 'empathy_keyholder', 1::smallint)
    $$,
    'what comes through the API server, or the keyholder''s pool, is attested'
);

-- How a session is set does not decide how an image is written.

create temporary table settings_tried (id integer, setting text, value text);
insert into settings_tried
values
    (1, 'timezone', 'Asia/Kathmandu'), (2, 'datestyle', 'SQL, DMY'), (3, 'datestyle', 'German'),
    (4, 'intervalstyle', 'sql_standard'), (5, 'intervalstyle', 'postgres_verbose'), (6, 'extra_float_digits', '-15'),
    (7, 'bytea_output', 'escape'), (8, 'search_path', 'kites'), (9, 'lc_monetary', 'C');
create function tests.flight(id integer, setting text, value text)
returns void
language plpgsql
set search_path = ''
as $$
declare
    was constant text := current_setting(setting);
begin
    -- What is written here is read before it is set otherwise.
    create temporary table flight as
    select
        tests.scope('river') as tenant_id, id + 100 as id, '2026-03-04 05:06:07.5+02'::timestamptz as landed_at,
        '2026-03-04'::date as day, '1 year 2 mons -3 days 04:05:06.7'::interval as took, (1.0 / 3)::float8 as speed,
        (1.0 / 3)::float4 as weight, '[2026-03-04 05:06:07+02,)'::tstzrange as during, '\x005c41ff'::bytea as code;
    perform set_config(setting, value, true);
    insert into kites.flights (tenant_id, id, landed_at, day, took, speed, weight, during, code)
    select * from pg_temp.flight;
    update kites.flights f set wind = 'calm' where f.id = flight.id + 100;
    perform set_config(setting, was, true);
    drop table pg_temp.flight;
end
$$;
select tests.flight(0, 'timezone', 'UTC');
select tests.flight(id, setting, value) from settings_tried order by id;
select bag_eq(
    format(
        $$
        select operation::text, clear::jsonb - 'id' - 'twice' as said
        from audit.changes
        where table_name = 'kites.flights' and xid = pg_current_xact_id() and (key::jsonb ->> 'id')::integer = %s
        $$,
        id + 100
    ),
    $$
    select operation::text, clear::jsonb - 'id' - 'twice' as said
    from audit.changes
    where table_name = 'kites.flights' and xid = pg_current_xact_id() and (key::jsonb ->> 'id')::integer = 100
    $$,
    format('an image does not depend on %s: %s', setting, value)
)
from settings_tried
order by id;
-- Also where rows are noted that were there before.
create table kites.spans (
    id integer,
    during tstzrange,
    took interval,
    speed float8,
    code bytea,
    constraint spans_pkey primary key (id)
);
insert into kites.spans
values (1, '[2026-03-04 05:06:07+02,)', '1 year 2 mons -3 days 04:05:06.7', 1.0 / 3, '\x005c41ff');
select ops._register_table('kites.spans', 'global', 'content', clear => '{id,during,took,speed,code}');
select tests.begin_watch();
set local datestyle = 'SQL, DMY';
set local timezone = 'Asia/Kathmandu';
set local intervalstyle = 'sql_standard';
set local extra_float_digits = -15;
set local bytea_output = 'escape';
select audit._attach('kites.spans');
set local datestyle = 'ISO, DMY';
set local timezone = 'UTC';
set local intervalstyle = 'postgres';
set local extra_float_digits = 1;
set local bytea_output = 'hex';
select is(
    (select clear from tests.written('kites.spans')),
    '{"id":1,"during":"[\"2026-03-04 03:06:07+00\",)","took":"P1Y2M-3DT4H5M6.7S","speed":0.3333333333333333,'
    || '"code":"\\x005c41ff"}',
    'the settings of whoever begins to follow a table do not decide either'
);

-- Whose log.

select tests.begin_watch();
update core.tiers set name = name where key = 'FREE';
update core.organizations set name = name where slug = 'hill';
select tests.as('olive');
select core.create_api_key(tests.scope('heron'), 'Robot', '{member.read}')
from (select tests.as_nobody(), tests.join('olive', 'heron', 'place_manager'), tests.as('olive')) as o;
select tests.as_nobody();
select results_eq(
    $$select tenant_id from tests.written('core.tiers')$$, $$values (audit.platform())$$,
    'what is the platform''s is in the platform''s log'
);
select results_eq(
    $$select tenant_id from tests.written('core.organizations')$$, $$values (tests.scope('hill'))$$,
    'what is an organization is in its own'
);
select results_eq(
    $$select tenant_id from tests.written('core.api_keys')$$, $$values (tests.scope('river'))$$,
    'what is global and of an organization is in the organization''s'
);
create table kites.loose (
    id integer,
    tenant_id uuid,
    constraint loose_pkey primary key (id)
);
select ops._register_table('kites.loose', 'global', 'content', clear => '{id,tenant_id}');
select audit._attach('kites.loose');
select tests.begin_watch();
insert into kites.loose values (1, tests.scope('river')), (2, null);
select results_eq(
    $$select key collate "default", tenant_id from tests.written('kites.loose')$$,
    $$values ('{"id":1}', tests.scope('river')), ('{"id":2}', audit.platform())$$,
    'of a global table with a tenant only some rows may have one'
);
alter table kites.loose drop column tenant_id;
select ops._register_table('kites.loose', 'global', 'content', clear => '{id}');
select audit._attach('kites.loose');
select tests.begin_watch();
insert into kites.loose values (3);
select results_eq(
    $$select key collate "default", clear, tenant_id from tests.written('kites.loose')$$,
    $$values ('{"id":3}', '{"id":3}', audit.platform())$$,
    'a column that went is no longer asked'
);

-- A key that says something about a person.

create table kites.friends (
    person_id uuid,
    other_id uuid,
    since date,
    constraint friends_pkey primary key (other_id, person_id),
    constraint friends_person_id_fkey foreign key (person_id) references core.people (id),
    constraint friends_other_id_fkey foreign key (other_id) references core.people (id)
);
select ops._register_table(
    'kites.friends', 'global', 'content', clear => '{since}', personal => '{person_id,other_id}'
);
select audit._attach('kites.friends');
select tests.begin_watch();
insert into kites.friends values (tests.person('cleo'), tests.person('eli'), '2026-03-04');
delete from kites.friends;
select results_eq(
    $$
    select
        operation::text, key collate "default", clear, personal_key collate "default", personal, subjects,
        personal_commitment = sha256(salt || convert_to(personal, 'utf8')), body_commitment
    from tests.written('kites.friends')
    $$,
    $$
    select
        v.operation, null::text, v.clear,
        format('{"other_id":"%2$s","person_id":"%1$s"}', tests.person('cleo'), tests.person('eli')),
        format(v.personal, tests.person('cleo'), tests.person('eli')),
        array[tests.person('cleo')], true, null::bytea
    from (
        values
            ('I', '{"since":"2026-03-04"}', '{"person_id":"%1$s","other_id":"%2$s"}'),
            ('D', null, '{"other_id":"%2$s","person_id":"%1$s"}')
    ) as v (operation, clear, personal)
    $$,
    'a key that says something about a person is personal, too, and committed to also where the row went'
);

-- Whom a row is about, and who only acted.
create table kites.notes (
    id integer,
    owner_id uuid,
    written_by uuid,
    stranger_id uuid,
    constraint notes_pkey primary key (id),
    constraint notes_owner_id_fkey foreign key (owner_id) references core.people (id),
    constraint notes_written_by_fkey foreign key (written_by) references core.people (id)
);
select ops._register_table(
    'kites.notes', 'global', 'content', clear => '{id}', personal => '{owner_id,written_by,stranger_id}'
);
select audit._attach('kites.notes');
create table kites.pebbles (
    id integer,
    person_id uuid,
    constraint pebbles_pkey primary key (id),
    constraint pebbles_person_id_fkey foreign key (person_id) references core.organizations (id)
);
select ops._register_table('kites.pebbles', 'global', 'content', clear => '{id,person_id}');
select audit._attach('kites.pebbles');
select tests.begin_watch();
insert into kites.notes values (1, tests.person('cleo'), tests.person('eli'), tests.person('sol'));
insert into kites.pebbles values (1, tests.scope('river'));
update core.people set bio = 'Hello' where id = tests.person('eli');
select results_eq(
    $$select subjects from tests.written('kites.notes')$$, $$values (array[tests.person('cleo')])$$,
    'a change is about whose the row is, not about who wrote it'
);
select results_eq(
    $$select subjects, salt from tests.written('kites.pebbles')$$, $$values (null::uuid[], null::bytea)$$,
    'and about nobody where it refers to nobody'
);
select results_eq(
    $$select subjects, key collate "default" from tests.written('core.people')$$,
    $$values (array[tests.person('eli')], format('{"id":"%s"}', tests.person('eli')))$$,
    'the row of a person is about that person'
);
create table kites.cups (
    id integer,
    owner_id uuid,
    constraint cups_pkey primary key (id)
);
select ops._register_table('kites.cups', 'global', 'content', clear => '{id}', secret => '{owner_id}');
select audit._attach('kites.cups');
select tests.begin_watch();
insert into kites.cups values (1, gen_random_uuid());
select results_eq(
    $$select subjects, clear, personal from tests.written('kites.cups')$$,
    $$values (null::uuid[], '{"id":1}', null::text)$$,
    'what only sounds like a person is not taken for one'
);

-- Everything that people do arrives. The images are compared as audit.verify() does it.

set local intervalstyle = 'iso_8601';
set local datestyle = 'ISO, YMD';

select is_empty(
    format(
        $$
        select coalesce(c.key, c.personal_key)::jsonb
        from audit.changes c
        where c.table_name = %1$L
        except
        select coalesce(c.key, c.personal_key)::jsonb
        from audit.changes c
        where c.table_name = %1$L and c.operation in ('I', 'S')
        $$,
        table_name
    ),
    format('no row of %s was changed in the log that never came into it', table_name)
)
from unnest('{core.people,core.scopes,core.memberships,core.identities}'::text[]) table_name;
select is_empty(
    format($$select * from audit._verify_rows(%L, %L, 0)$$, tests.scope(slug), table_name),
    format('each row of %s at %s is as its newest change says', table_name, slug)
)
from unnest('{core.scopes,core.memberships,core.membership_roles,kites.flights}'::text[]) table_name
cross join unnest('{river,hill}'::text[]) slug;

-- A month without a partition.

do $$
begin
    execute format(
        'alter table audit.changes detach partition audit.changes_%s', to_char(now() at time zone 'UTC', 'YYYY_MM')
    );
end
$$;
select lives_ok(
    $$insert into kites.flights (tenant_id, id) values (tests.scope('river'), 50)$$,
    'a write does not fail for want of its month'
);
select results_eq(
    $$select operation::text, key::jsonb -> 'id' as id from audit.changes_default where table_name = 'kites.flights'$$,
    $$values ('I', '50'::jsonb)$$,
    'its change is kept aside'
);

-- What the log refuses, whoever writes.

select tests.violates(
    tests.variant('audit.changes', '{}', 'table_name = ''kites.flights'' and operation = ''I'''),
    'changes_default_pkey', 'a change has a number of its own'
);

select * from finish();
rollback;
