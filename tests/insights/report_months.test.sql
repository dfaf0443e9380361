-- The report on a month tells of that month, of each person once, and of what happened there.

begin;
set local search_path = tap, tests, public;
select plan(8);

-- What a report says of a month so many after this one, beside what was told and decided.
create function tests.report(months integer, slug text default null)
returns setof text
language sql
stable
set search_path = ''
as $$
    select format('%s: %s', r.name, case when r.too_few then 'a few' else r.figure::text end)
    from insights.transparency_report(
        (tests.this_month() + report.months * interval '1 month')::date, tests.scope(slug)
    ) r
    where r.section not in ('told', 'consent')
$$;

select tests.world();
select tests.as('olive');
select core.set_module(tests.scope('river'), module, true) from unnest('{insights,stories}'::text[]) module;
select tests.tell('heron', 'a1', 'a2', 'a3', 'a4', 'a5', 'a6');
select tests.as('otis');
select tests.refused(
    $$select insights.transparency_report((tests.this_month() + interval '1 month')::date, tests.scope('heron'))$$,
    'not_found', 'whoever reads nothing of a place is not told whether a month of it was released'
);

-- Four are forgotten, of whom one had been taken for two; somebody takes along what is theirs.
select tests.person(name) from unnest('{x1,x2,x3,x4,y1}'::text[]) name;
select tests.as_nobody();
select core.merge_people(tests.person('y1'), tests.person('x1'));
select core.erase_person(tests.person(name))
from unnest('{x1,x2,x3,x4}'::text[]) name, lateral (select tests.as(name)) x;
select tests.as_nobody();
insert into ops.exports (tenant_id, scope_id, person_id, format, requested_by)
select tests.scope('river'), tests.scope('heron'), p, 'json', p from tests.person('a1') p;
insert into ops.exports (tenant_id, scope_id, format, requested_by)
values (tests.scope('river'), tests.scope('heron'), 'csv', tests.person('olive'));

-- One takes back consent to what a run had done with their work; five, while it was still going on.
select consent.give_consent(tests.work('a' || n || ' of heron'), 'ai_analysis')
from generate_series(1, 6) n, lateral (select tests.as('a' || n)) teller;
select tests.as('sol');
select consent.begin_run(
    consent.create_agreement(
        tests.scope('heron'), 'Institute', '{ai_analysis,research}', '', repeat('ab', 32)
    ),
    'ai_analysis', model
)
from unnest('{Over,Under way}'::text[]) model;
select consent.hand_out(r.id, array[tests.work('a1 of heron')]) from consent.runs r where r.model = 'Over';
select consent.finish_run(r.id) from consent.runs r where r.model = 'Over';
select consent.hand_out(
    r.id, array(select tests.work('a' || n || ' of heron') from generate_series(2, 6) n)
)
from consent.runs r
where r.model = 'Under way';
select consent.withdraw_consent(tests.work('a' || n || ' of heron'), 'ai_analysis')
from generate_series(1, 6) n, lateral (select tests.as('a' || n)) teller;

select tests.as('a1');
select stories.give_feedback(tests.scope('heron'), 'Thank you.');
select tests.as('hana');
select stories.answer_feedback(f.id, 'Thank you, too.') from stories.feedback f;
select tests.as_nobody();
select tests.release('river', 1);

select tests.as_anon();
select results_eq(
    $$select tests.report(0)$$,
    $$
    values
        ('exports of their own data: a few'), ('forgotten: a few'),
        ('said something to those who run a place: a few'),
        ('took back consent to what had been done with their works by then: a few'), ('were answered: a few'),
        ('exports of places: 1'), ('runs begun: ai_analysis: 2'), ('runs halted: ai_analysis: 1')
    $$,
    'what happened is told of the month in which it did'
);
select results_eq(
    format($$select tests.report(%s)$$, months),
    $$
    values
        ('exports of their own data: 0'), ('forgotten: 0'), ('said something to those who run a place: 0'),
        ('took back consent to what had been done with their works by then: 0'), ('were answered: 0'),
        ('exports of places: 0')
    $$,
    format('and not of the month %s', case months when 1 then 'after' else 'before' end)
)
from unnest('{-1,1}'::integer[]) months;

-- Of places.
select tests.as('a1');
select results_eq(
    $$select tests.report(0, 'heron')$$,
    $$values ('exports of places: 1'), ('runs begun: ai_analysis: 2'), ('runs halted: ai_analysis: 1')$$,
    'and of the place where it did'
);
select results_eq(
    format($$select tests.report(%s, 'heron')$$, months), $$values ('exports of places: 0')$$, 'and then alone'
)
from unnest('{-1,1}'::integer[]) months;
select tests.as('otis');
select results_eq(
    $$select tests.report(0, 'otter')$$, $$values ('exports of places: 0')$$, 'and not of another place'
);

select * from finish();
rollback;
