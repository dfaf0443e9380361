-- What a teller is told of what their stories brought in: of each story its own, each asset by itself.

begin;
set local search_path = tap, tests, public;
select plan(2);

select tests.world();
select tests.as('olive');
select core.set_module(tests.scope('river'), 'stories', true);
select value.create_asset(tests.scope('river'), 'CAD', 'currency', 2, 'Canadian dollar');
select value.create_asset(tests.scope('river'), 'HOURS', 'credit', 0, 'Hours');
select tests.as('cleo');
select stories.create_story(tests.scope('heron'), title, '{}', 'Once.') from unnest('{Ice,Reed,Snow}'::text[]) title;
select tests.as('eli');
select stories.create_story(tests.scope('heron'), 'Ash', '{}', 'Once.');
select tests.let_in(title, 'hana') from unnest('{Ice,Reed,Snow,Ash}'::text[]) title;
select tests.as('hana');
select value.record_event(kind, asset, amount, work_id => tests.work(title))
from (
    values
        ('Ice', 'licence', 'CAD', 100), ('Ice', 'evening', 'CAD', 20), ('Ice', 'lesson', 'HOURS', 3),
        ('Ice', 'mistake', 'CAD', 7), ('Reed', 'evening_two', 'CAD', 5), ('Ash', 'evening_three', 'CAD', 9)
) as v (title, kind, asset, amount);
select value.record_event('grant', 'CAD', 1000, tests.scope('heron'));
select value.take_back_event(tests.event('mistake'));

select tests.as('cleo');
select results_eq(
    $$select d.title, d.value_generated::text from stories.storyteller_dashboard d order by d.title$$,
    $$values ('Ice', '{"(CAD,120)","(HOURS,3)"}'), ('Reed', '{"(CAD,5)"}'), ('Snow', '{}')$$,
    'a teller knows what each story brought in, of each asset, without what was taken back'
);
select tests.as('eli');
select results_eq(
    $$select d.title, d.value_generated::text from stories.storyteller_dashboard d$$,
    $$values ('Ash', '{"(CAD,9)"}')$$, 'and another one, theirs'
);

select * from finish();
rollback;
