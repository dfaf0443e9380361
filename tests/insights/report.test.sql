-- The report on a month: people to the nearest five or not at all, what those who run a place did exactly; of the
-- platform for everybody, of a place for whoever reads its figures.

begin;
set local search_path = tap, tests, public;
select plan(13);

-- What a report says: each figure as "section, name: how many".
create function tests.report(slug text default null)
returns setof text
language sql
stable
set search_path = ''
as $$
    select format('%s, %s: %s', r.section, r.name, case when r.too_few then 'a few' else r.figure::text end)
    from insights.transparency_report(tests.this_month(), tests.scope(slug)) r
$$;

select tests.world();
select tests.as('olive');
select core.set_module(tests.scope('river'), module, true) from unnest('{insights,stories}'::text[]) module;
select tests.tell('heron', 'a1', 'a2', 'a3', 'a4', 'a5', 'a6');
select tests.as_anon();
select is_empty($$select tests.report()$$, 'before it is released, a month has no report');
select tests.as('a1');
select is_empty($$select tests.report('heron')$$, 'nor has a place');
select tests.as_nobody();
select tests.release('river');
select tests.as_anon();
select results_eq(
    $$select tests.report()$$,
    $$
    values
        ('told, people who told: note: 5'), ('told, works: note: 5'), ('consent, given: insight: 5'),
        ('people, exports of their own data: 0'), ('people, forgotten: 0'),
        ('people, said something to those who run a place: 0'),
        ('people, took back consent to what had been done with their works by then: 0'),
        ('people, were answered: 0'), ('exports, exports of places: 0')
    $$,
    'then it says what was told and decided, and that nothing else happened'
);
select is(
    (select count(*) from insights.transparency_report(tests.this_month() + 20) r where r.released_at is not null),
    9::bigint, 'any day names the month, and it says when it was released'
);
select tests.refused(
    $$select insights.transparency_report(tests.this_month(), tests.scope('heron'))$$, 'not_found',
    'of a place, not everybody reads it'
);

-- A few who are forgotten, and a few who take along what is theirs.
select tests.as_nobody();
select core.erase_person(tests.person('x' || i)) from generate_series(1, 4) i, lateral (select tests.as('x' || i)) x;
select tests.as_nobody();
insert into ops.exports (tenant_id, scope_id, person_id, format, requested_by)
select tests.scope('river'), tests.scope('river'), tests.person('a' || i), 'json', tests.person('a' || i)
from generate_series(1, 6) i, generate_series(1, 2);
insert into ops.exports (tenant_id, scope_id, format, requested_by)
select tests.scope('river'), tests.scope(place), 'csv', tests.person('olive')
from unnest('{heron,heron,otter,river}'::text[]) place;
select tests.as('sol');
select consent.begin_run(
    consent.create_agreement(
        tests.scope('heron'), 'Institute', '{ai_analysis,research}', '', repeat('ab', 32)
    ),
    'ai_analysis', model
)
from unnest('{One,Two,Three}'::text[]) model;
select tests.as('a1');
select consent.give_consent(tests.work('a1 of heron'), 'ai_analysis');
select tests.as('sol');
select consent.hand_out(r.id, array[tests.work('a1 of heron')]) from consent.runs r where r.model = 'Two';
select consent.hand_out(r.id, array[tests.work('a1 of heron')]) from consent.runs r where r.model = 'Three';
select consent.finish_run(r.id) from consent.runs r where r.model = 'Three';
select tests.as('a1');
select consent.withdraw_consent(tests.work('a1 of heron'), 'ai_analysis');
select stories.give_feedback(tests.scope('heron'), 'Thank you.')
from unnest('{a1,a1,a2,a3,a4,a5}'::text[]) name, lateral (select tests.as(name)) teller;
select tests.as('hana');
select stories.answer_feedback(f.id, 'Thank you, too.') from stories.feedback f limit 1;
select tests.as_anon();
select results_eq(
    $$select r from tests.report() t (r) where r !~ '^(told|consent)'$$,
    $$
    values
        ('people, exports of their own data: 5'), ('people, forgotten: a few'),
        ('people, said something to those who run a place: 5'),
        ('people, took back consent to what had been done with their works by then: a few'),
        ('people, were answered: a few'), ('exports, exports of places: 4'),
        ('machines, runs begun: ai_analysis: 3'), ('machines, runs halted: ai_analysis: 1')
    $$,
    'of few people it does not say how many; what is done to works is counted exactly'
);
select tests.as_nobody();
select core.erase_person(tests.person('x5')) from (select tests.as('x5')) x;
select tests.as_anon();
select results_eq(
    $$select r from tests.report() t (r) where r like '%forgotten%'$$, $$values ('people, forgotten: 5')$$,
    'five are enough to be told of'
);
select tests.as('a2');
select results_eq(
    $$select tests.report('heron')$$,
    $$
    values
        ('told, people who told: note: 5'), ('told, works: note: 5'), ('consent, given: insight: 5'),
        ('exports, exports of places: 2'), ('machines, runs begun: ai_analysis: 3'),
        ('machines, runs halted: ai_analysis: 1')
    $$,
    'a place has its own; who was forgotten is not told of there'
);
select results_eq(
    $$select r from tests.report('archive') t (r) where r like '%exports%'$$,
    $$values ('exports, exports of places: 3')$$, 'a project what its places did'
);
select results_eq(
    $$select r from tests.report('river') t (r) where r like '%exports%'$$,
    $$values ('exports, exports of places: 4')$$, 'an organization what all did'
);
select tests.refused($$select tests.report('otter')$$, 'not_found', 'another place''s is not theirs');
select is_empty(
    $$select insights.transparency_report((tests.this_month() + interval '1 month')::date, tests.scope('heron'))$$,
    'a month to come has none'
);

-- What is withheld since.
select consent.withdraw_consent(tests.work('a2 of heron'), 'insight');
select results_eq(
    $$select r from tests.report('heron') t (r) where r like 'told%'$$,
    $$values ('told, people who told: note: a few'), ('told, works: note: a few')$$,
    'where a group is withheld, the report does not tell of it either'
);

select * from finish();
rollback;
