-- Compiling: the works that are named are compiled, each from its own instant on, and no other is held meanwhile.

begin;
set local search_path = tap, tests, public;
select plan(4);

-- When works were compiled, and from when on they are shared, from now.
create function tests.compiled()
returns table (title text, compiled interval, opens interval)
language sql
stable
set search_path = ''
as $$
    select w.title, w.compiled_at - now(), lower(w.public_during) - now()
    from content.works w
    order by w.title
$$;

select tests.world();
select tests.as('cleo');
select content.create_note(tests.scope('heron'), title, '{"text": "1"}', visibility => 'public')
from unnest('{Fog,Ice,Snow}'::text[]) title;
select content.transition(tests.work(title), 'published') from unnest('{Fog,Ice,Snow}'::text[]) title;
select consent.give_consent(tests.work(title), 'public_sharing') from unnest('{Fog,Ice,Snow}'::text[]) title;
select tests.as_nobody();

-- Some were compiled by transactions that began later, and were committed before.
update content.works w
set compiled_at = now() + v.minutes * interval '1 minute'
from (values ('Fog', 1), ('Ice', 2), ('Snow', 3)) as v (title, minutes)
where w.title = v.title;
select consent._recompute(tests.scope('river'), array(select w.id from content.works w order by w.title desc));
select results_eq(
    'select * from tests.compiled()',
    $$
    values
        ('Fog', interval '1 minute', interval '1 minute'), ('Ice', interval '2 minutes', interval '2 minutes'),
        ('Snow', interval '3 minutes', interval '3 minutes')
    $$,
    'each is shared from when it was compiled, and not before: time does not go back'
);

-- Whoever locks a row leaves a trace in its xmax; lives_ok() does what it does as a transaction of its own within this.
create temporary table untouched on commit drop as select w.id, w.xmax::text as held_by from content.works w;
select lives_ok($$select consent._recompute(tests.scope('river'), array[tests.work('Ice')])$$, 'one is compiled');
select results_eq(
    $$
    select w.title
    from content.works w
    join untouched u on u.id = w.id and u.held_by = w.xmax::text
    order by w.title
    $$,
    $$values ('Fog'), ('Snow')$$, 'and no other is locked'
);
select is_empty('select * from consent.verify_effective()', 'all as is recounted');

select * from finish();
rollback;
