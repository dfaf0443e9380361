-- Months: each has its partition, old ones are put away whole and every proof goes on holding. And what people did that
-- changes no row.

begin;
set local search_path = tap, tests, public;
select plan(74);

create function tests.month(ahead integer)
returns timestamptz
language sql
stable
set search_path = ''
as $$
    select (date_trunc('month', now() at time zone 'UTC') + make_interval(months => ahead)) at time zone 'UTC'
$$;
create function tests.partition(name text, ahead integer)
returns text
language sql
stable
set search_path = ''
as $$
    select format('audit.%s_%s', name, to_char(tests.month(ahead) at time zone 'UTC', 'YYYY_MM'))
$$;

-- Months to come.

select is_empty(
    $$
    select name, ahead
    from unnest('{changes,activity}'::text[]) name
    cross join generate_series(0, 10) ahead
    where to_regclass(tests.partition(name, ahead)) is null
    $$,
    'a month has its partition long before it comes'
);
select audit.make_months();
select is(audit.make_months(), 0, 'which is made once');
select is(audit.make_months(12), 0, 'for a year');

-- What came too early, and was kept aside.
create function tests.stray(at timestamptz)
returns bigint
language sql
set search_path = ''
as $$
    insert into audit.activity (kind, happened_at) values ('sign_in', at);
    insert into audit.changes (
        tenant_id, recorded_at, era, role, session_role, flags, table_name, operation, key, clear
    )
    select audit.platform(), at, p.era, 'x', 'x', 0, 'core.tiers', 'U', '{"key":"FREE"}', '{"key":"FREE"}'
    from audit.progress p
    returning seq
$$;
create temporary table strays as
select tests.stray(at) as seq, at
from (
    values
        (tests.month(13)), (tests.month(14) - interval '1 microsecond'), (tests.month(14)), (tests.month(20))
) as v (at);
select bag_eq(
    'select seq, recorded_at from audit.changes_default where role = ''x''',
    'select seq, at as recorded_at from strays', 'what has no month yet is kept aside'
);
create temporary table strays_before as select c.* from audit.changes c where c.role = 'x';
set local timezone = 'Pacific/Auckland';
select tests.as_service();
select is(audit.make_months(13), 2, 'a month is made of changes and one of activity');
select tests.as_nobody();
set local timezone = 'UTC';
select bag_eq(
    format($$select recorded_at from %s where role = 'x'$$, tests.partition('changes', 13)),
    $$select at as recorded_at from strays where at < tests.month(14)$$,
    'what was kept aside for it moves in'
);
select bag_eq(
    'select recorded_at from audit.changes_default where role = ''x''',
    $$select at as recorded_at from strays where at >= tests.month(14)$$, 'and nothing else does'
);
select bag_eq(
    format('select happened_at from %s', tests.partition('activity', 13)),
    $$select at as happened_at from strays where at < tests.month(14)$$, 'of activity as well'
);
select bag_eq(
    $$select happened_at from audit.activity_default where kind = 'sign_in' and happened_at >= tests.month(13)$$,
    $$select at as happened_at from strays where at >= tests.month(14)$$, 'and no more'
);
select bag_eq(
    $$select * from audit.changes where role = 'x'$$, 'select * from strays_before', 'nothing was altered on the way'
);
select is(audit.make_months(22), 18, 'months are made up to the one that is asked for');
select is_empty($$select from audit.changes_default where role = 'x'$$, 'and nothing is left aside');

-- A new month is like the others.
select is_empty(
    $$
    select name
    from unnest('{changes,activity}'::text[]) name
    join pg_class c on c.oid = to_regclass(tests.partition(name, 14))
    where not c.relrowsecurity
        or c.relacl is not null
        or pg_get_userbyid(c.relowner) <> 'empathy_owner'
        or obj_description(c.oid, 'pg_class')
            is distinct from to_char(tests.month(14), 'FMMonth YYYY') || ' of audit.' || name || '.'
    $$,
    'a new month is nobody''s to read past its table, and says what it is'
);
select bag_eq(
    format(
        $$select tgname, tgtype, tgenabled, tgfoid from pg_trigger where tgrelid = %L::regclass and not tgisinternal$$,
        relation
    ),
    $$
    values
        ('_010_erase_only'::name, 27::smallint, 'A'::"char", 'audit.tg_changes__erase_only()'::regprocedure::oid),
        ('_020_append_only', 34, 'A', 'audit.tg__append_only()'::regprocedure)
    $$,
    'what is refused of the log is refused of ' || name
)
from (
    values
        (tests.partition('changes', 13), 'a month that took in strays'),
        (tests.partition('changes', 15), 'an empty one'), ('audit.changes_default', 'what is kept aside')
) as v (relation, name);
select is_empty(
    format(
        $$select from pg_trigger where tgrelid = %L::regclass and not tgisinternal$$, tests.partition('activity', 14)
    ),
    'activity is no log of that kind'
);
select tests.refused(
    format('delete from %s', tests.partition('changes', 13)), 'append_only', 'nothing is taken out of a new month'
);

-- Rows whose changes are old: a table of their own, in a month long ago.

select tests.world();
create schema kites authorization empathy_owner;
set local role empathy_owner;
create table kites.flights (
    tenant_id uuid,
    id integer,
    during tstzrange,
    took interval,
    remark text,
    story text,
    constraint flights_pkey primary key (tenant_id, id)
);
create table kites.friends (
    person_id uuid,
    constraint friends_pkey primary key (person_id),
    constraint friends_person_id_fkey foreign key (person_id) references core.people (id)
);
create table kites.gone (
    id integer,
    constraint gone_pkey primary key (id)
);
create table kites.ignored (
    id integer,
    constraint ignored_pkey primary key (id)
);
reset role;
select ops._register_table(
    'kites.flights', 'tenant', 'content',
    clear => '{tenant_id,id,during,took}', personal => '{remark}', body => '{story}'
);
select ops._register_table('kites.friends', 'global', 'account', personal => '{person_id}');
select ops._register_table('kites.gone', 'global', 'content', clear => '{id}');
select ops._register_table('kites.ignored', 'global', 'content', clear => '{id}');
select audit._attach(name)
from unnest('{kites.flights,kites.friends,kites.gone,kites.ignored}'::text[]) name;
insert into kites.flights
select tests.scope('river'), i, '[2001-01-15 12:00+00,)', '1 day 02:03', 'a remark', 'a story'
from generate_series(1, 5) i;
insert into kites.flights
select tests.scope('hill'), i, '[2001-01-15 12:00+00,)', '1 day 02:03', 'a remark', 'a story'
from generate_series(1, 2) i;
insert into kites.friends values (tests.person('cleo')), (tests.person('eli'));
insert into kites.gone values (1);
insert into kites.ignored values (1);
delete from kites.flights where id = 3;
delete from kites.friends where person_id = tests.person('eli');

-- The clock cannot be set back, so what was written just now is moved there by force.
set local timezone = 'UTC';
set local role empathy_owner;
select audit._make_month('changes', 'recorded_at', m) from unnest('{2001-01-01,2001-02-01}'::timestamptz[]) m;
reset role;
alter table audit.changes disable trigger _010_erase_only;
update audit.changes c
set recorded_at = '2001-01-15 12:00+00'
where c.table_name ^@ 'kites.' and c.key is distinct from format('{"tenant_id":"%s","id":5}', tests.scope('river'));
alter table audit.changes enable always trigger _010_erase_only;
update kites.flights set remark = 'another' where id = 2 and tenant_id = tests.scope('river');
create temporary table january as select c.* from audit.changes_2001_01 c;
-- Tables come and go; rows whose changes are away stay away.
delete from ops.table_classes where table_name = 'kites.gone';
drop table kites.gone;
select ops._register_table(
    'kites.ignored', 'global', 'content', clear => '{id}', untracked_because => 'nobody looks any longer'
);
select audit._record_safeguards();

-- When a month cannot be put away.
select tests.as_service();
select tests.refused(
    $$select audit.archive_month('2001-01-01')$$, 'held', 'a month is not put away before all of it is sealed'
);
select tests.as_nobody();
select audit._seal_due(p.era, '0', null, clock_timestamp(), null) from audit.progress p;
create temporary table sizes as select h.tenant_id, h.size, h.root from audit.heads h;
create function tests.proofs()
returns text
language sql
stable
set search_path = ''
as $$
    select string_agg(audit.prove_inclusion(j.tenant_id, l.position, s.size)::text, ' ' order by j.tenant_id, j.seq)
    from pg_temp.january j
    join audit.leaves l on l.tenant_id = j.tenant_id and l.seq = j.seq
    join pg_temp.sizes s on s.tenant_id = j.tenant_id
$$;
select set_config('tests.proofs', tests.proofs(), true);
select is_empty(
    format('select * from audit.verify(%L)', tenant), 'before a month is put away, the log is whole: ' || name
)
from (
    values (tests.scope('river'), 'river'), (tests.scope('hill'), 'hill'), (audit.platform(), 'platform')
) as v (tenant, name);
select tests.as('olive');
select throws_ok($$select audit.archive_month('2001-01-01')$$, '42501', null, 'people put nothing away');
select ops.impose_hold(tests.scope('river'), 'whatever there is', null);
select tests.as_service();
select tests.refused($$select audit.archive_month('2001-01-01')$$, 'held', 'nor is anything put away under a hold');
select tests.as('olive');
select ops.release_hold(h.id) from ops.legal_holds h;
select tests.as_service();
select tests.refused(format('select audit.archive_month(%L)', month), 'month_kept', promise)
from (
    values
        ('2001-03-01'::date, 'a month that is not there is not put away'),
        (tests.month(0)::date, 'nor the present one'), (tests.month(3)::date, 'nor one to come')
) as v (month, promise);
select tests.as_nobody();
set local role empathy_owner;
select audit._make_month('changes', 'recorded_at', tests.month(n))
from generate_series(-2, -1) n
where to_regclass(tests.partition('changes', n)) is null;
reset role;
select tests.as_service();
select tests.refused(
    format('select audit.archive_month(%L)', tests.month(-2)::date), 'month_kept', 'nor one that the log is kept for'
);
select tests.as_nobody();
update core.platform_config set value = '1' where key = 'audit.kept_months';
select tests.as_service();
select tests.refused(
    format('select audit.archive_month(%L)', tests.month(-1)::date), 'month_kept', 'a month that is kept is kept whole'
);
select tests.refused(
    format('select audit.archive_month(%L)', tests.month(-2)::date), 'month_kept', 'and the oldest goes first'
);

-- Put away, under whatever settings.
select tests.as_nobody();
set local datestyle = 'SQL, DMY';
set local timezone = 'Asia/Kathmandu';
set local intervalstyle = 'sql_standard';
select is(
    audit.archive_month('2001-01-20'), (select count(*) from january), 'a month is put away whole'
);
set local datestyle = 'ISO, YMD';
set local timezone = 'UTC';
set local intervalstyle = 'iso_8601';
select is(to_regclass('audit.changes_2001_01'), null, 'it is not there any longer');
select isnt(to_regclass('audit.changes_2001_02'), null, 'and others are');
select results_eq(
    $$select changes, archived_at, archived_by from audit.archived_months where month = '2001-01-01'$$,
    $$select count(*), now(), null::uuid from january$$,
    'when, and how much it held, is known'
);
select is_empty(
    $$select from audit.changes c join january j using (tenant_id, seq, recorded_at)$$, 'what it said is not in the log'
);
create function tests.noted(tracked text)
returns setof text
language sql
stable
set search_path = ''
as $$
    select coalesce(c.key, c.personal_key)
    from audit.changes c
    where c.operation = 'S' and c.table_name = tracked and c.recorded_at > '2020-01-01'
$$;
select bag_eq(
    $$select tests.noted('kites.flights')$$,
    $$
    values
        (format('{"tenant_id":"%s","id":1}', tests.scope('river'))),
        (format('{"tenant_id":"%s","id":4}', tests.scope('river'))),
        (format('{"tenant_id":"%s","id":1}', tests.scope('hill'))),
        (format('{"tenant_id":"%s","id":2}', tests.scope('hill')))
    $$,
    'what was in it the newest of a row that is still there is noted once more, and nothing else'
);
select bag_eq(
    $$select tests.noted('kites.friends')$$, $$values (format('{"person_id":"%s"}', tests.person('cleo')))$$,
    'also where the key is personal'
);
select is_empty($$select tests.noted('kites.ignored')$$, 'what the log follows no longer is not noted');
select is_empty(
    $$
    select from audit.changes c
    join january j on j.tenant_id = c.tenant_id and j.key = c.key and j.operation = 'I' and j.table_name = c.table_name
    where c.operation = 'S' and (c.clear, c.personal) is distinct from (j.clear, j.personal)
    $$,
    'it is noted as it was written'
);
select is_empty(
    format('select * from audit.verify(%L)', tenant), 'afterwards it is whole as well: ' || name
)
from (
    values (tests.scope('river'), 'river'), (tests.scope('hill'), 'hill'), (audit.platform(), 'platform')
) as v (tenant, name);
select is(tests.proofs(), current_setting('tests.proofs'), 'every proof still holds');
select is_empty(
    $$select from sizes s where audit._root(audit._peaks(s.tenant_id, s.size)) <> s.root$$, 'and every root'
);
select audit._seal_due(p.era, '0', null, clock_timestamp(), null) from audit.progress p;
select is_empty(
    format('select * from audit.verify(%L)', tenant), 'and when the log has grown: ' || name
)
from (
    values (tests.scope('river'), 'river'), (tests.scope('hill'), 'hill'), (audit.platform(), 'platform')
) as v (tenant, name);
select is(
    (
        select count(*)
        from audit.bundle(tests.scope('river')) line
        where line::jsonb ? 'put_away'
    ),
    (select count(*) from january j where j.tenant_id = tests.scope('river')), 'a bundle says what was put away'
);
alter table kites.flights disable trigger all;
update kites.flights set took = '1 hour' where id = 1;
select isnt_empty(
    format(
        $$select from audit.verify(%L) v where v.finding = 'row_altered' and v.table_name = 'kites.flights'$$,
        tests.scope('river')
    ),
    'a row that was noted once more can go on being verified'
);
select tests.as_service();
select tests.refused(
    $$select audit.archive_month('2001-01-01')$$, 'month_kept', 'a month is put away once'
);
select tests.as_nobody();

-- Activity.

select tests.as_service();
select set_config(
    'tests.noted',
    audit.note_activity(
        'export', tests.person('cleo'), tests.scope('river'), '192.0.2.77', repeat('m', 400), repeat('r', 200)
    )::text,
    true
);
select results_eq(
    $$
    select kind, person_id, tenant_id, ip, user_agent, request_id, happened_at
    from audit.activity
    where id = current_setting('tests.noted')::uuid
    $$,
    $$values (
        'export', tests.person('cleo'), tests.scope('river'), '192.0.2.77'::inet, repeat('m', 300), repeat('r', 100),
        now()
    )$$,
    'a server notes what somebody did, where and by which way'
);
select lives_ok($$select audit.note_activity('sign_in_refused')$$, 'also of nobody that is known');
select audit.note_activity('sign_in', tests.person('eli'), null, '2001:db8:1:2:3:4:5:6');
select audit.note_activity('sign_in', tests.person('hazel'), tests.scope('hill'));
select tests.as_nobody();
select is_empty(
    format('select from %s where id = %L', 'audit.activity_default', current_setting('tests.noted')), 'in its month'
);
select tests.backend_reads('audit.activity');
select tests.as('cleo');
select results_eq(
    $$select kind from audit.activity$$, $$values ('export')$$, 'people read what they did themselves, and no more'
);
select throws_ok(
    $$select audit.note_activity('sign_in')$$, '42501', null, 'and note nothing'
);
select throws_ok(
    $$insert into audit.activity (kind) values ('sign_in')$$, '42501', null, 'nor write it'
);
select tests.as('olive');
select results_eq(
    $$select kind, person_id from audit.activity$$, $$values ('export', tests.person('cleo'))$$,
    'whom an organization lets look into its log reads what was done in it, and nothing of others'
);
select tests.as('max');
select is_empty($$select from audit.activity$$, 'a member does not');
select tests.as('hugo');
select results_eq(
    $$select person_id from audit.activity$$, $$values (tests.person('hazel'))$$, 'another organization reads its own'
);
select tests.as_anon();
select throws_ok($$select from audit.activity$$, '42501', null, 'nobody reads nothing');

-- Addresses are not kept.
select tests.as_nobody();
delete from audit.activity;
create function tests.seen(kind text, days integer, ip inet, user_agent text)
returns void
language sql
set search_path = ''
as $$
    insert into audit.activity (kind, happened_at, ip, user_agent)
    values (kind, now() - make_interval(days => days), ip, user_agent)
$$;
select tests.seen('old', 91, '192.0.2.77', 'a browser');
select tests.seen('old_silent', 91, '192.0.2.77', null);
select tests.seen('old_six', 91, '2001:db8:1:2:3:4:5:6', null);
select tests.seen('old_unknown', 91, null, 'a browser');
select tests.seen('old_nothing', 91, null, null);
select tests.seen('old_network', 91, '192.0.2.0/24', null);
select tests.seen('old_network_six', 91, '2001:db8:1::/48', null);
select tests.seen('new', 89, '192.0.2.77', 'a browser');
select tests.as_service();
select is(audit.shorten_addresses(), 4::bigint, 'after ninety days addresses are shortened');
select tests.as_nobody();
select results_eq(
    'select kind, ip, user_agent from audit.activity order by kind collate "C"',
    $$
    values
        ('new', '192.0.2.77'::inet, 'a browser'), ('old', '192.0.2.0/24', null), ('old_network', '192.0.2.0/24', null),
        ('old_network_six', '2001:db8:1::/48', null), ('old_nothing', null, null), ('old_silent', '192.0.2.0/24', null),
        ('old_six', '2001:db8:1::/48', null), ('old_unknown', null, null)
    $$,
    'to those of their networks, and programs are forgotten'
);
select is(audit.shorten_addresses(), 0::bigint, 'and once');

-- What the tables refuse, whoever writes.

select audit.note_activity('sign_in', tests.person('eli'), tests.scope('hill'));
select tests.violates(
    tests.variant(relation, changes, chosen), constraint_name, promise
)
from (
    values
        (
            'audit.activity'::regclass, 'kind = ''sign_in''', '{"kind": "Signed In"}'::jsonb, 'activity_kind_check',
            'activity is of a kind'
        ),
        (
            'audit.activity', 'kind = ''sign_in''', jsonb_build_object('user_agent', repeat('m', 301)),
            'activity_user_agent_check', 'the name of a program has an end'
        ),
        (
            'audit.activity', 'kind = ''sign_in''', jsonb_build_object('request_id', repeat('r', 101)),
            'activity_request_id_check', 'and so has that of a request'
        ),
        (
            'audit.activity', 'kind = ''sign_in''', jsonb_build_object('tenant_id', gen_random_uuid()),
            'activity_tenant_id_fkey', 'activity is in an organization that exists'
        ),
        (
            'audit.activity', 'kind = ''sign_in''', jsonb_build_object('person_id', gen_random_uuid()),
            'activity_person_id_fkey', 'of somebody who exists'
        ),
        ('audit.archived_months', 'true', '{}', 'archived_months_pkey', 'a month goes once'),
        (
            'audit.archived_months', 'true', '{"month": "2001-01-02"}', 'archived_months_month_check',
            'a month is named by its first day'
        ),
        (
            'audit.archived_months', 'true', '{"month": "2000-01-01", "changes": -1}', 'archived_months_changes_check',
            'it held something or nothing'
        ),
        (
            'audit.archived_months', 'true',
            jsonb_build_object('month', '2000-01-01', 'archived_by', gen_random_uuid()),
            'archived_months_archived_by_fkey', 'and went by somebody''s doing, or nobody''s that is known'
        )
) as v (relation, chosen, changes, constraint_name, promise);
select throws_ok(
    $$insert into audit.activity select * from audit.activity where kind = 'sign_in'$$,
    '23505', null, 'activity is noted once'
);

select * from finish();
rollback;
