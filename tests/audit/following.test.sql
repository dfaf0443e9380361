-- Following a table through what becomes of it: partitions, other types, sessions that speak otherwise; and what of a
-- person goes, and what stays as evidence.

begin;
set local search_path = tap, tests, public;
select plan(24);

select tests.world();
select tests.as_nobody();

-- What verification finds, without what this file itself does to functions and tables.
create function tests.findings(log uuid)
returns setof text
language sql
as $$
    select v.finding || ' ' || coalesce(v.table_name, '')
    from audit.verify(log) v
    where v.finding !~ '^safeguard' and v.table_name is distinct from 'audit.safeguards'
$$;

-- A table with partitions.
create table ops.kites (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    kind text not null,
    flown integer not null default 0,
    constraint kites_pkey primary key (tenant_id, id, kind)
) partition by list (kind);
alter table ops.kites owner to empathy_owner;
create table ops.kites_red partition of ops.kites for values in ('red');
alter table ops.kites_red owner to empathy_owner;
insert into ops.kites (tenant_id, kind) values (tests.scope('river'), 'red');
select ops._register_table('ops.kites', 'tenant', 'content', clear => '{tenant_id,id,kind,flown}');
select audit._attach('ops.kites');
create function tests.kites() returns text language sql as $$
    select string_agg(c.operation::text, '' order by c.seq) from audit.changes c where c.table_name = 'ops.kites'
$$;
select is(tests.kites(), 'S', 'the rows of a partition are noted when the log begins to follow its table');
insert into ops.kites (tenant_id, kind) values (tests.scope('river'), 'red');
update ops.kites_red set flown = 1;
select is(tests.kites(), 'SIUU', 'what is done to a partition is captured, and what is done through the table, once');
create table ops.kites_blue partition of ops.kites for values in ('blue');
alter table ops.kites_blue owner to empathy_owner;
select isnt_empty(
    $$select from audit._safeguards() where object = 'partition ops.kites_blue without capture'$$,
    'a partition that came later and is not followed is told'
);
select audit._attach('ops.kites');
insert into ops.kites_blue (tenant_id, kind) values (tests.scope('river'), 'blue');
select is(tests.kites(), 'SIUUI', 'until it is');
select is_empty(
    $$select from audit._safeguards() where object ^@ 'partition'$$, 'then it is not told any more'
);
truncate ops.kites_blue;
select is(tests.kites(), 'SIUUIT', 'what is truncated in one partition is captured there');
truncate ops.kites;
select is(tests.kites(), 'SIUUITTT', 'and each row once where the table is truncated');

-- A column of another type.
create table ops.lanterns (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    lit integer not null,
    constraint lanterns_pkey primary key (tenant_id, id)
);
alter table ops.lanterns owner to empathy_owner;
select ops._register_table('ops.lanterns', 'tenant', 'content', clear => '{tenant_id,id,lit}');
select audit._attach('ops.lanterns');
insert into ops.lanterns (tenant_id, lit) values (tests.scope('river'), 3);
alter table ops.lanterns alter column lit type text;
select is(
    (select count(*)::integer from tests.findings(tests.scope('river')) f where f ~ 'lanterns'), 1,
    'a column of another type is not what its newest change says'
);
select audit._attach('ops.lanterns');
select is_empty(
    $$select from tests.findings(tests.scope('river')) f where f ~ 'lanterns'$$,
    'attaching anew notes the rows as they are seen from now on'
);
alter table ops.lanterns add column hung_on text not null default 'the gate';
select ops._register_table('ops.lanterns', 'tenant', 'content', clear => '{tenant_id,id,lit,hung_on}');
select audit._attach('ops.lanterns');
select is(
    (select count(*)::integer from audit.changes where table_name = 'ops.lanterns'), 2,
    'a column that is new is no reason to note every row'
);
select is_empty(
    $$select from tests.findings(tests.scope('river')) f where f ~ 'lanterns'$$, 'and nothing is wrong'
);

-- Sessions that speak otherwise.
select ok(
    (
        select bool_and('client_encoding=UTF8' = any (p.proconfig))
        from pg_proc p
        where p.pronamespace = 'audit'::regnamespace
            and p.proname in (
                'seal', 'begin_era', 'verify', 'archive_month', '_attach', 'tg_core_invitations__capture'
            )
    ),
    'leaves and commitments are computed in one encoding, whatever the session speaks'
);

-- A hold on a person is not told to them.
insert into ops.legal_holds (tenant_id, scope_id, person_id, reason, imposed_by)
values (tests.scope('river'), tests.scope('river'), tests.person('max'), 'Court order 17', tests.person('olive'));
insert into core.sanctions (tenant_id, scope_id, person_id, capability, reason, imposed_by)
values (tests.scope('river'), tests.scope('river'), tests.person('max'), 'invite', 'Shouted', tests.person('olive'));
select tests.as('max');
select is_empty(
    $$select from audit.my_history() where table_name = 'ops.legal_holds'$$,
    'a person is not told of a legal hold on them'
);
select isnt_empty(
    $$select from audit.my_history() where table_name = 'core.sanctions'$$, 'but of a sanction'
);

-- What goes with a person.
select tests.as_nobody();
delete from ops.legal_holds where reason = 'Court order 17';
insert into core.membership_permissions (tenant_id, membership_id, permission, effect, reason, granted_by)
select m.tenant_id, m.membership_id, 'scope.read', 'allow', 'She is ill', tests.person('olive')
from (
    select tenant_id, id as membership_id from core.memberships
    where person_id = tests.person('max') and scope_id = tests.scope('river')
) m;
insert into core.membership_permissions (tenant_id, membership_id, permission, effect, granted_by)
values (tests.scope('river'), tests.membership('max', 'river'), 'scope.manage', 'allow', tests.person('olive'));
insert into core.membership_permissions (tenant_id, membership_id, permission, effect, reason, granted_by)
values (
    tests.scope('river'), tests.membership('olive', 'river'), 'scope.read', 'allow', 'She asked', tests.person('olive')
);
select audit.note_activity('sign_in', tests.person('max'), null, '203.0.113.77', 'Browser');
create temporary table gone as select tests.person('max') as id;
select tests.as('max');
select core.erase_person(core.me());
select tests.as_nobody();
select is_empty(
    $$select from audit.changes where personal ~ 'She is ill'$$, 'why a member was allowed something goes with them'
);
select is_empty(
    $$select from core.membership_permissions where reason ~ 'ill'$$, 'also where it stood'
);
select isnt_empty(
    $$select from core.membership_permissions where reason = 'She asked'$$, 'but not where it is about somebody else'
);
select is(
    (
        select count(*)::integer
        from audit.changes
        where table_name = 'core.membership_permissions' and operation = 'U' and xid = pg_current_xact_id()
    ),
    1, 'nor is anything written where nothing was said'
);
select is_empty(
    $$select from audit.activity where ip is not null and user_agent = 'Browser'$$, 'and from where they signed in'
);

-- What stays is evidence, and can be verified.
select isnt_empty(
    $$select from audit.changes where table_name = 'core.sanctions' and personal ~ 'Shouted'$$,
    'a sanction that stands stays in the log as long as it stands'
);
alter table core.sanctions disable trigger user;
update core.sanctions set reason = 'Nothing happened' where reason = 'Shouted';
alter table core.sanctions enable trigger user;
select isnt_empty(
    $$select from tests.findings(tests.scope('river')) f where f = 'row_altered core.sanctions'$$,
    'so that whoever rewrites it behind the log''s back is found'
);
delete from core.sanctions where reason = 'Nothing happened';
select cmp_ok(audit.finish_erasures(), '>', 0::bigint, 'what has ceased to be evidence is emptied afterwards');
select is_empty($$select from audit.changes where personal ~ 'Shouted'$$, 'and is gone then');
select tests.refused(
    $$select core.set_tier((select id from gone), 'PRO')$$, 'not_found',
    'nothing new is written about who was forgotten'
);

select * from finish();
rollback;
