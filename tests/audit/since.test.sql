-- What was committed since a snapshot: of which tables, about whom, how much of it, and for whom. That nothing is
-- missed and nothing told twice is raced in since.test.ts.

begin;
set local search_path = tap, tests, public;
select plan(17);

select tests.world();
select tests.as_nobody();
-- A snapshot for which this transaction is still to come; the present one takes it for done where others came after it.
select set_config('tests.before', format('%1$s:%1$s:', pg_current_xact_id()), true);

-- What a server is told since the test began; what is not named is not asked for.
create function tests.since(
    table_names text[], people uuid[] default '{}', at_most integer default 1000, taken_at timestamptz default null,
    before text default current_setting('tests.before')
)
returns table (
    tenant_id uuid, table_name text, operation text, key jsonb, clear jsonb, recorded_at timestamptz, actor uuid,
    about uuid[]
)
language sql
stable
set search_path = ''
as $$
    select * from audit.changes_since(before, table_names, people, at_most, taken_at)
$$;
grant execute on function tests.since(text[], uuid[], integer, timestamptz, text) to service_role, authenticated;

-- The world was made in this transaction, which no snapshot before it knows.
select isnt_empty(
    $$select from tests.since('{core.memberships}')$$, 'what this transaction writes it is told itself'
);
select is_empty(
    $$select from tests.since('{core.memberships}') s where s.table_name <> 'core.memberships'$$,
    'of the tables that were asked for, and no other'
);
select is_empty($$select from tests.since('{}')$$, 'of none where none was asked for');
select is_empty(
    $$select from tests.since('{core.memberships}', before => '1:18446744073709551615:')$$,
    'nothing since a snapshot that is later than everything'
);
select is(
    (select count(*) from tests.since('{core.memberships}', at_most => 2)), 2::bigint, 'no more than was asked for'
);

select tests.as('vera');
select core.update_profile(tests.person('vera'), bio => 'Mends nets.');
select tests.as_nobody();
select results_eq(
    $$select s.operation, s.key, s.actor, s.about, s.clear ? 'id'
    from tests.since('{core.people}', array[tests.person('vera')]) s
    where s.key ->> 'id' = tests.person('vera')::text and s.operation = 'U'
    order by s.recorded_at desc
    limit 1$$,
    $$values (
        'U', jsonb_build_object('id', tests.person('vera')), tests.person('vera'), array[tests.person('vera')], true
    )$$,
    'a change says what it is of, who did it, whom it is about of those who were named, and what is in clear'
);
select is_empty(
    $$select from tests.since('{core.people}') s where s.clear::text like '%Mends nets%'$$,
    'what is personal is not told'
);
select is(
    (
        select string_agg(distinct s.about::text, ' ')
        from tests.since('{core.people}', '{}') s
        where s.key ->> 'id' = tests.person('vera')::text
    ),
    '{}', 'whom nobody named a change does not name'
);
select isnt_empty(
    $$select from tests.since('{}', array[tests.person('vera')]) s where s.table_name = 'core.people'$$,
    'what is about somebody is told, whatever its table'
);
select is_empty(
    $$select from tests.since('{}', array[tests.person('vera')]) s where not s.about @> array[tests.person('vera')]$$,
    'and nothing that is not'
);

-- A table that people are not told of.
update ops.table_classes set untold_because = 'for this test' where table_name = 'core.memberships';
select is(
    (
        select string_agg(distinct s.about::text, ' ')
        from tests.since('{core.memberships}', array[tests.person('vera')]) s
        where s.table_name = 'core.memberships'
    ),
    '{}', 'of a table that people are not told of a change is about nobody'
);

-- After a crash numbers come again: the snapshot knows this transaction as ended, the clock knows better.
select set_config(
    'tests.remembered', format('%1$s:%1$s:', pg_current_xact_id()::text::bigint + 1), true
);
select is_empty(
    $$select from tests.since('{core.people}', before => current_setting('tests.remembered'))$$,
    'what a snapshot knows as ended is not told'
);
select isnt_empty(
    $$select from tests.since(
        '{core.people}', taken_at => now() - interval '1 hour', before => current_setting('tests.remembered')
    )$$,
    'unless it was written after the snapshot was taken'
);
select is_empty(
    $$select from tests.since(
        '{core.people}', taken_at => clock_timestamp() + interval '1 hour',
        before => current_setting('tests.remembered')
    )$$,
    'and nothing that was written before'
);

select throws_ok(
    $$select from tests.since('{core.people}', before => 'yesterday')$$, '22P02', null, 'what is no snapshot is refused'
);

select tests.as_service();
select isnt_empty($$select from tests.since('{core.people}')$$, 'a server is told');
select tests.as('vera');
select throws_ok($$select from tests.since('{core.people}')$$, '42501', null, 'people are not');

select * from finish();
rollback;
