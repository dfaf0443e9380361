-- Who opens an account, and for whom; and that one which is there already is found again, among those that are like it.

begin;
set local search_path = tap, tests, public;
select plan(7);

select tests.world();
select tests.as('cleo');
select content.create_note(tests.scope('heron'), title, '{}') from unnest('{Ice,Snow}'::text[]) title;
select tests.let_in('Ice', 'hana', 'olive', 'eli');
select tests.let_in('Snow', 'hana');
select content.create_note(tests.scope('heron'), 'Hail', '{}');
select tests.as('oona');
select content.create_note(tests.scope('otter'), 'Reeds', '{}');

select tests.refused_to(
    'hana', format($$select value.create_asset(%L, 'HOURS', 'credit', 0, 'Hours')$$, tests.scope('heron')),
    'not_found', 'it is an organization that counts something: a place does not, not even by who keeps its books'
);
select tests.as('olive');
select value.create_asset(tests.scope('river'), code, 'credit', 0, initcap(code))
from unnest('{HOURS,SEATS}'::text[]) code;
select value.open_account(tests.scope('river'), 'HOURS', system_key => name)
from unnest('{outside,costs}'::text[]) name;
select value.open_account(tests.scope('river'), 'HOURS', scope_id => tests.scope(slug))
from unnest('{heron,otter}'::text[]) slug;
select value.open_account(tests.scope('river'), 'HOURS', person_id => tests.person(name))
from unnest('{cleo,eli}'::text[]) name;
select value.open_account(tests.scope('river'), 'SEATS', person_id => tests.person('cleo'));
select value.open_account(tests.scope('river'), 'HOURS', person_id => tests.person('cleo'), kind => 'savings');

select tests.as('hana');
select lives_ok(
    format($$select value.open_account(%L, 'HOURS', work_id => %L)$$, tests.scope('river'), tests.work(title)),
    'who keeps the books of a place opens an account for a work there: ' || title
)
from unnest('{Ice,Snow}'::text[]) title;
select tests.refused(
    format($$select value.open_account(%L, 'HOURS', work_id => %L)$$, tests.scope('river'), tests.work('Hail')),
    'not_found', 'and learns nothing of works that they may not know of'
);
select tests.refused_to(
    'eli', format($$select value.open_account(%L, 'HOURS', work_id => %L)$$, tests.scope('river'), tests.work('Ice')),
    'not_found', 'nor does whoever only knows of a work open one'
);
select tests.refused_to(
    'cleo',
    format($$select value.open_account(%L, 'HOURS', work_id => %L)$$, tests.scope('river'), tests.work('Reeds')),
    'not_found', 'whoever has works of their own opens none for somebody else''s'
);

select tests.as_service();
select is(
    array(
        select
            value.open_account(
                a.tenant_id, a.asset, a.person_id, a.scope_id, a.work_id, a.system_key, a.kind, a.may_go_negative
            )
        from value.accounts a
        order by a.id
    ),
    array(select a.id from value.accounts a order by a.id),
    'whatever is opened again is the same account, and not one of another owner, asset or kind'
);

select * from finish();
rollback;
