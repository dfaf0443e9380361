-- Words are merged only by whoever sees what others did meanwhile.

begin isolation level repeatable read;
set local search_path = tap, tests, public;
select plan(1);

select tests.as('olive');
select tests.refused(
    'select content.decide_synonym(gen_random_uuid(), true)', 'isolation_too_high',
    'not in a transaction that sees only what was there when it began'
);

select * from finish();
rollback;
