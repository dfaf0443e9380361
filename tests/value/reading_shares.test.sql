-- Who reads what came in and how it is shared: those who keep the books there, whoever it was by, the community that
-- decides, those who get a share; and nobody else.

begin;
set local search_path = tap, tests, public;
select plan(27);

select tests.world();
select tests.books();

-- Of events, distributions, recipients and figures, how many somebody reads here, and in the other organization.
create function tests.reads(name text)
returns text
language sql
set search_path = ''
as $$
    select string_agg(array_to_string(tests.seen(name, format('value.%I', relation)::regclass), '/'), ' ' order by n)
    from unnest('{value_events,distributions,recipients,value_metrics}'::text[]) with ordinality r (relation, n)
$$;

select tests.as('cleo');
select content.create_note(tests.scope('heron'), 'Ice', '{}');
select value.open_account(tests.scope('river'), 'CAD', work_id => tests.work('Ice'));
select tests.came_in('licence', 1000, 'Ice');
select tests.came_in('grant', 500);
select tests.sharing('custom', '{"elders": "first"}');
select tests.proposed(
    'licence', 'Her too?',
    shares => array[row(tests.person('cleo'), null, 1), row(tests.person('dara'), null, 1)]::value.share[]
);
select tests.proposed('grant', 'Him?', shares => array[row(tests.person('eli'), null, 1)]::value.share[]);
select tests.as('otis');
select value.open_account(tests.scope('river'), 'CAD', scope_id => tests.scope('otter'));
select consent.set_benefits(tests.scope('otter'), 'equal', 'consensus');
select tests.as('olive');
select value.make_transfer('fee', 'fee', tests.legs('outside -60', 'otter 60'));
select value.record_event('fee', 'CAD', 60, tests.scope('otter'), transfer_id => tests.transfer('fee'));
select value.record_event('prize', 'CAD', 5, tests.scope('river'));
select tests.as('otis');
select value.propose_distribution(tests.event('fee'), 'Ours?');
select tests.as_nobody();

select is(tests.reads(name), expected, promise)
from (
    values
        ('olive', '4/0 3/0 5/0 4/0', 'who keeps the books of the organization reads all of them'),
        ('hana', '2/0 2/0 3/0 2/0', 'who keeps those of a place, those'),
        ('otis', '1/0 1/0 2/0 1/0', 'of another, others'),
        ('petra', '3/0 3/0 5/0 3/0', 'of a project, those of its places, without belonging to them'),
        ('cleo', '1/0 2/0 3/0 1/0', 'whose the work is reads what it brought in, and as a member what is shared'),
        ('eli', '0/0 2/0 3/0 0/0', 'who belongs to the community reads what it decides about, and who gets what'),
        ('oona', '0/0 1/0 2/0 0/0', 'of another, others again'),
        ('dara', '0/0 1/0 2/0 0/0', 'who gets a share without belonging there reads how that is shared, with whom'),
        ('max', '0/0 0/0 0/0 0/0', 'who belongs to the organization alone, nothing'),
        ('hazel', '0/0 0/0 0/0 0/0', 'nor does who belongs elsewhere')
) as v (name, expected, promise);
select tests.join('olive', 'heron');
update core.memberships m set status = 'banned' where m.id = tests.membership('olive', 'heron');
select is(tests.reads('olive'), '4/0 3/0 5/0 4/0', 'a place that bars whoever keeps all books hides none from them');
select tests.as('hana');
select results_eq(
    $$select e.kind, e.work_id = tests.work('Ice'), e.amount from value.value_events e order by e.kind$$,
    $$values ('grant', null, 500::bigint), ('licence', true, 1000)$$, 'they read what it was, by what, and how much'
);
select tests.as_anon();
select throws_ok(format('select from value.%I', relation), '42501', null, 'who is unknown reads no ' || relation)
from unnest('{value_events,distributions,recipients,value_metrics}'::text[]) relation;
select tests.as_nobody();
select tests.backend_reads(format('value.%I', relation)::regclass)
from unnest('{value_events,distributions,recipients,value_metrics,balances}'::text[]) relation;
select is(
    tests.access(format('value.%I', relation)::regclass),
    '{"select to authenticated","select to empathy_auditor","select to service_role"}',
    'nobody writes ' || relation
)
from unnest('{value_events,distributions,recipients,value_metrics,balances}'::text[]) relation;
select tests.as('dara');
select tests.refused(
    format('select value.propose_distribution(%L, %L)', tests.event('grant'), 'Mine?'), 'not_found',
    'to read how something is shared is not to share it'
);

select * from finish();
rollback;
