-- What is counted about a work: that it is right whatever becomes of comments and reactions, that readings are counted
-- by day and audience and not by whom, and that nobody learns from a count of a work that they may not read.

begin;
set local search_path = tap, tests, public;
select plan(43);

-- What somebody is told of the counts of a work.
create function tests.counts(name text, title text)
returns bigint[]
language plpgsql
set search_path = ''
as $$
declare
    counts bigint[];
    work constant uuid := tests.work(title);
begin
    perform tests.as(name);
    select array[c.comments, c.reactions, c.views, c.score] into counts
    from content.work_counters c
    where c.work_id = work;
    perform tests.as_nobody();
    return counts;
end
$$;

-- The readings of a work, as they add up.
create function tests.readings(title text)
returns table (day date, audience text, views bigint)
language sql
stable
security definer
set search_path = ''
as $$
    select r.day, r.audience, sum(r.views)::bigint
    from content.reading_days r
    where r.work_id = tests.work(readings.title)
    group by r.day, r.audience
$$;

select tests.world();
select tests.as('cleo');
select content.create_note(tests.scope('heron'), title, '{}', visibility => 'public')
from unnest('{Ice,Circle}'::text[]) title;
select content.transition(tests.work('Ice'), 'published');
select tests.as_nobody();
update content.works set public_version = 1, public_during = tstzmultirange(tstzrange(now(), null)) where title = 'Ice';
create temporary table said (body text, id uuid);
grant select, insert on said to authenticated;

-- Comments and reactions.

select is(tests.counts('anon', 'Ice'), '{0,0,0,0}', 'at first, nothing was said, felt or read');
select tests.as('eli');
insert into said select 'It was so', content.add_comment(tests.work('Ice'), 'It was so');
insert into said select 'Rude', content.add_comment(tests.work('Ice'), 'Rude');
select content.react('heart', tests.work('Ice'));
select content.react('heart', tests.work('Ice'));
select content.react('heart', comment_id => (select id from said where body = 'Rude'));
select tests.as('cleo');
insert into said select 'Yes', content.add_comment(tests.work('Ice'), 'Yes', (select id from said where body = 'Rude'));
select content.react('heart', tests.work('Ice'));
select content.add_comment(tests.work('Circle'), 'To myself');
insert into content.comments (tenant_id, work_id, aside, author_id, body)
values (tests.scope('river'), tests.work('Ice'), true, core.me(), 'Only us');
select is(
    tests.counts('anon', 'Ice'), '{3,2,0,11}',
    'what every reader hears is counted, and what is felt about the work itself; a comment is worth three reactions'
);
select tests.as('hana');
select content.moderate_comment(id, true, 'Not kind.') from said where body = 'Rude';
select is(tests.counts('anon', 'Ice'), '{2,2,0,8}', 'what is hidden is not counted');
select tests.as('hana');
select content.moderate_comment(id, false, 'Well meant.') from said where body = 'Rude';
select is(tests.counts('anon', 'Ice'), '{3,2,0,11}', 'what is shown again is');
select tests.as('eli');
select content.edit_comment(id, 'Kind') from said where body = 'Rude';
select content.delete_comment(id) from said where body = 'It was so';
select content.unreact('heart', tests.work('Ice'));
select is(tests.counts('anon', 'Ice'), '{2,1,0,7}', 'what is taken back is not, what is said otherwise stays');
select is_empty('select * from content.verify_counters()', 'the counts are right');

-- Readings.

select tests.as_anon();
select lives_ok($$select content.record_view(tests.work('Ice'))$$, 'whoever reads a work is counted');
select content.record_view(tests.work('Ice'));
select tests.as(name) from unnest('{hazel}'::text[]) name;
select content.record_view(tests.work('Ice'));
select tests.as('max');
select content.record_view(tests.work('Ice'));
select tests.as('eli');
select content.record_view(tests.work('Ice'));
select lives_ok(
    format('select content.record_view(%L)', work), 'of a hidden work and of none, nothing is said'
)
from (values (tests.work('Circle')), (gen_random_uuid())) as v (work);
select is_empty('select from content.reading_days', 'nor how often others read what is theirs');
select tests.as('cleo');
select bag_eq(
    $$select day, audience, sum(views)::bigint from content.reading_days group by day, audience$$,
    $$values
        ((now() at time zone 'UTC')::date, 'public', 3::bigint), ((now() at time zone 'UTC')::date, 'organization', 1),
        ((now() at time zone 'UTC')::date, 'community', 1)$$,
    'whom it involves is told how often, by day and audience; a hidden work was not read'
);
select tests.as_anon();
select throws_ok('select from content.reading_days', '42501', null, 'nobody else is');
select is(tests.counts('anon', 'Ice'), '{2,1,5,7}', 'readings are counted, and no part of the score');
select tests.as('eli');
select lives_ok(
    format(
        'insert into content.reading_days (tenant_id, work_id) values (%L, %L)', tests.scope('river'), tests.work('Ice')
    ),
    'by hand, a reading of what one reads counts'
);
select throws_ok(
    format(
        'insert into content.reading_days (tenant_id, work_id) values (%L, %L)', tests.scope('river'), work
    ),
    '42501', 'new row violates row-level security policy for table "reading_days"', 'and of nothing else'
)
from (values (tests.work('Circle')), (gen_random_uuid())) as v (work);
select throws_ok(
    format(
        'insert into content.reading_days (tenant_id, work_id, %1$I) values (%2$L, %3$L, %4$L)',
        c, tests.scope('river'), tests.work('Ice'), value
    ),
    '42501', null, format('of its %s nobody says anything', c)
)
from (
    values ('views', '9'), ('day', '2020-01-01'), ('audience', 'public'), ('id', gen_random_uuid()::text)
) as v (c, value);
select tests.as_nobody();
select is_empty('select * from content.verify_counters()', 'the counts are right');

-- Who is told.

select is(tests.counts('cleo', 'Circle'), '{0,0,0,0}', 'what is said aside is not counted');
select is(tests.counts(name, 'Circle'), null, format('%s learns no count of a draft', name))
from unnest('{anon,hazel,eli,hana}'::text[]) name;
select tests.as('cleo');
select content.record_view(tests.work('Circle'));
select tests.as('eli');
select set_eq(
    'select work_id from content.work_count_steps', array[tests.work('Ice')], 'nor any step of it'
);
select tests.as_anon();
select set_eq('select work_id from content.work_count_steps', array[tests.work('Ice')], 'least of all who is unknown');
select tests.backend_reads(relation)
from unnest('{content.work_count_steps,content.work_counters,content.reading_days}'::regclass[]) relation;

-- Adding up.

create temporary table told as
select tests.counts('cleo', title) as counts, array(select r::text from tests.readings(title) r order by r) as readings
from unnest('{Ice,Circle}'::text[]) title;
select tests.as_service();
select is(content.fold_counts(), 20::bigint, 'what was counted is added up');
select is(content.fold_counts(), 0::bigint, 'once');
select tests.as_nobody();
select results_eq(
    $$
    select tests.counts('cleo', title), array(select r::text from tests.readings(title) r order by r)
    from unnest('{Ice,Circle}'::text[]) title
    $$,
    'select counts, readings from told', 'it comes to the same'
);
select results_eq(
    $$
    select w.title, (select count(*) from content.work_count_steps s where s.work_id = w.id),
        (select count(*) from content.reading_days r where r.work_id = w.id)
    from content.works w
    order by w.title
    $$,
    $$values ('Circle', 1::bigint, 1::bigint), ('Ice', 1, 3)$$, 'in few rows'
);
select is_empty('select * from content.verify_counters()', 'the counts are right');

-- What a recount finds.

select results_eq(
    format('with wrong as (%s) select work_id, counter, recounted - counted from content.verify_counters()', 'select'),
    'select null::uuid, null::text, null::bigint where false', 'nothing where nothing is wrong'
);
insert into content.work_count_steps (tenant_id, work_id, comments, reactions, views)
values (tests.scope('river'), tests.work('Ice'), 1, 2, 3);
select bag_eq(
    'select tenant_id, work_id, counter, counted - recounted from content.verify_counters()',
    $$
    select tests.scope('river'), tests.work('Ice'), v.counter, v.more
    from (values ('comments', 1::bigint), ('reactions', 2), ('views', 3)) as v (counter, more)
    $$,
    'whatever is counted wrong, a recount finds'
);

-- What the tables refuse, whoever writes.

delete from content.comments where body = 'Yes';
select is(tests.counts('anon', 'Ice'), '{2,3,9,9}', 'a comment that is gone altogether is not counted');
select tests.violates(tests.variant('content.reading_days', changes), constraint_name, promise)
from (
    values
        ('{}'::jsonb, 'reading_days_pkey', 'a row is there once'),
        ('{"audience": "me"}', 'reading_days_audience_check', 'there are three audiences'),
        ('{"views": 0}', 'reading_days_views_check', 'and something was read')
) as v (changes, constraint_name, promise);
select tests.violates(tests.variant('content.work_count_steps'), 'work_count_steps_pkey', 'a step is there once');

select * from finish();
rollback;
