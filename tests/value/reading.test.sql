-- Who reads the books: whoever an account belongs to, those who keep the books of its place, and nobody else.

begin;
set local search_path = tap, tests, public;
select plan(25);

select tests.world();

-- Of assets, accounts, transfers and entries, how many somebody reads here, and in the other organization.
create function tests.reads(name text)
returns text
language sql
set search_path = ''
as $$
    select string_agg(array_to_string(tests.seen(name, format('value.%I', relation)::regclass), '/'), ' ' order by n)
    from unnest('{assets,accounts,transfers,entries}'::text[]) with ordinality r (relation, n)
$$;

select tests.as('cleo');
select content.create_note(tests.scope('heron'), 'Ice', '{}');
select tests.as('olive');
select value.create_asset(tests.scope('river'), 'CAD', 'currency', 2, 'Canadian dollar');
select value.open_account(tests.scope('river'), 'CAD', system_key => 'outside', may_go_negative => true);
select value.open_account(tests.scope('river'), 'CAD', scope_id => tests.scope(slug))
from unnest('{heron,otter}'::text[]) slug;
select value.open_account(tests.scope('river'), 'CAD', person_id => tests.person(name))
from unnest('{cleo,eli}'::text[]) name;
select tests.as('cleo');
select lives_ok(
    format($$select value.open_account(%L, 'CAD', work_id => %L)$$, tests.scope('river'), tests.work('Ice')),
    'whose a work is opens an account for it'
);
select tests.refused_to(
    'eli', format($$select value.open_account(%L, 'CAD', work_id => %L)$$, tests.scope('river'), tests.work('Ice')),
    'not_found', 'and nobody else'
);
select tests.as('olive');
select value.make_transfer('in', 'grant', tests.legs('outside -1000', 'heron 600', 'otter 400'));
select value.make_transfer('share', 'share', tests.legs('heron -100', 'cleo 60', 'Ice 40'));
select value.make_transfer('more', 'share', tests.legs('otter -10', 'eli 10'));
select tests.as_nobody();

select is(tests.reads(name), expected, promise)
from (
    values
        ('olive', '1/0 6/0 3/0 8/0', 'who keeps the books of the organization reads all of them'),
        ('hana', '1/0 1/0 2/0 2/0', 'who keeps those of a place, those'),
        ('otis', '1/0 1/0 2/0 2/0', 'of another, others'),
        ('petra', '1/0 2/0 3/0 4/0', 'of a project, those of its places'),
        ('cleo', '1/0 2/0 1/0 2/0', 'a person, her own and her work''s: of what moved, her part'),
        ('eli', '1/0 1/0 1/0 1/0', 'another one, his own'),
        ('oona', '1/0 0/0 0/0 0/0', 'who only belongs there knows what is counted'),
        ('hazel', '0/0 0/0 0/0 0/0', 'and who belongs elsewhere, nothing')
) as v (name, expected, promise);
select tests.as('olive');
select value.open_account(tests.scope('river'), 'CAD', person_id => tests.person('max'));
select value.make_transfer('late', 'share', tests.legs('heron -7', 'max 7'), effective_on => current_date - 5);
select is(
    value.balance_on(tests.account('cleo'), day), balance,
    'who reads all books is told of an account what it had itself'
)
from (values (current_date - 1, 0::bigint), (current_date, 60)) as v (day, balance);
select results_eq(
    format(
        'select s.kind, s.amount, s.balance from value.statement(%L, current_date - 20, current_date) s',
        tests.account('cleo')
    ),
    $$values ('share', 60::bigint, 60::bigint)$$, 'and what it got itself'
);
select tests.as_anon();
select throws_ok(format('select from value.%I', relation), '42501', null, 'nor who is unknown, of ' || relation)
from unnest('{assets,accounts,transfers,entries}'::text[]) relation;
select tests.as_nobody();
select tests.backend_reads(format('value.%I', relation)::regclass)
from unnest('{assets,accounts,transfers,entries}'::text[]) relation;
select is(
    tests.access(format('value.%I', relation)::regclass),
    '{"select to authenticated","select to empathy_auditor","select to service_role"}',
    'nobody writes ' || relation
)
from unnest('{assets,accounts,transfers,entries}'::text[]) relation;

select * from finish();
rollback;
