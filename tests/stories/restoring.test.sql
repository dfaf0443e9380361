-- Bringing stories back: as any work, except what an elder approved, which says nothing else without one.

begin;
set local search_path = tap, tests, public;
select plan(4);

create temporary table instants (at timestamptz);
grant select on instants to public;

create function tests.says(title text)
returns text
language sql
stable
security definer
set search_path = ''
as $$
    select v.body ->> 'text'
    from content.works w
    join content.work_versions v on v.tenant_id = w.tenant_id and v.work_id = w.id and v.number = w.current_version
    where w.title = says.title
$$;

select tests.world();
select tests.as('olive');
select core.set_module(tests.scope('river'), 'stories', true);
select tests.as('cleo');
select stories.create_story(tests.scope('heron'), title, '{"text": "First."}')
from unnest('{Bound,Free,Last}'::text[]) title;
select tests.as_nobody();
insert into instants values (clock_timestamp());
select pg_sleep(0.002);
select tests.as('cleo');
select content.revise_work(tests.work(title), '{"text": "Second."}') from unnest('{Bound,Free,Last}'::text[]) title;
select content.transition(tests.work('Bound'), 'submitted');
select tests.as('eli');
select stories.review_story(tests.work('Bound'), 'elder', 'approved');
select content.transition(tests.work('Bound'), 'in_review');
select content.transition(tests.work('Bound'), 'approved');
select tests.as('cleo');
select content.transition(tests.work('Bound'), 'published');
select tests.refused(
    $$select content.restore_work(tests.work('Bound'), 1)$$, 'under_review', 'what an elder approved does not go back'
);
select is(tests.says('Bound'), 'Second.', 'and says what it said');
select results_eq(
    $$with recovered as materialized ( -- once, whatever it is joined with
        select r.* from instants i cross join lateral content.recover_person(i.at) r
    )
    select w.title, r.what::text, r.outcome::text, r.version
    from recovered r
    join content.works w on w.id = r.work_id
    where r.what = 'says'
    order by w.title$$,
    $$values
        ('Bound', 'says', 'under_review', null), ('Free', 'says', 'brought_back', 3),
        ('Last', 'says', 'brought_back', 3)$$,
    'where all of somebody is brought back, that is told, and the others go back'
);
select is(
    array(select tests.says(title) from unnest('{Bound,Free,Last}'::text[]) title), '{Second.,First.,First.}',
    'and say what they said'
);
select * from finish();
rollback;
