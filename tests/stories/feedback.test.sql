-- What people say to those who run a place: who may, who reads it, and that it is answered once.

begin;
set local search_path = tap, tests, public;
select plan(66);

-- What somebody reads of what was said, and what it was answered.
create function tests.hears(name text)
returns text[]
language plpgsql
set search_path = ''
as $$
declare
    heard text[];
begin
    perform tests.as(name);
    select array_agg(concat_ws(' / ', f.body, f.answer) order by f.body) into heard from stories.feedback f;
    perform tests.as_nobody();
    return coalesce(heard, '{}');
end
$$;

create function tests.said(body text)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
    select f.id from stories.feedback f where f.body = said.body
$$;

select tests.world();
select tests.join('nell', 'heron', 'community_member');
select tests.as('cleo');
select tests.refused(
    $$select stories.give_feedback(tests.scope('heron'), 'Slower.')$$, 'not_found',
    'where stories are not switched on, nothing is said of them'
);
select tests.as('olive');
select core.set_module(tests.scope('river'), 'stories', true);
select core.set_module(tests.scope('delta'), 'stories', false);

-- Saying something.

select tests.as('cleo');
select lives_ok(
    $$select stories.give_feedback(tests.scope('heron'), 'Slower.')$$, 'who belongs to a place says something to it'
);
select results_eq(
    $$
    select tenant_id, scope_id, person_id, body, given_at, answer, answered_by, answered_at
    from stories.feedback
    where id = tests.said('Slower.')
    $$,
    $$values (
        tests.scope('river'), tests.scope('heron'), tests.person('cleo'), 'Slower.', now(), null::text, null::uuid,
        null::timestamptz
    )$$,
    'it is kept who said what to whom, and when'
);
select lives_ok(
    format('select stories.give_feedback(tests.scope(%L), %L)', slug, 'To ' || slug),
    'also to what it stands in: ' || slug
)
from unnest('{archive,river}'::text[]) slug;
select tests.refused_to(
    name, format('select stories.give_feedback(%L, %L)', coalesce(tests.scope(slug), gen_random_uuid()), 'X'),
    'not_found', promise
)
from (values
    ('cleo', 'otter', 'nobody says anything to where they do not belong'), ('cleo', 'hill', 'in whatever organization'),
    ('cleo', 'nowhere', 'or is not there'), ('olive', 'otter', 'though they run it'),
    ('dara', 'delta', 'nor where stories are switched off')
) v (name, slug, promise);
select tests.as_anon();
select throws_ok(
    $$select stories.give_feedback(tests.scope('heron'), 'X')$$, '42501', null, 'nor does somebody unknown'
);
select tests.as('cleo');
select tests.violates(
    format('select stories.give_feedback(tests.scope(%L), %L)', 'heron', body), 'feedback_body_check', promise
)
from (values (' ', 'it says something'), (repeat('x', 5001), 'in short')) v (body, promise);
select lives_ok(
    format('select stories.give_feedback(tests.scope(%L), repeat(%L, 5000))', 'heron', 'x'), 'so short is short'
);
select tests.as_nobody();
delete from stories.feedback where body like 'xx%';
insert into core.sanctions (tenant_id, scope_id, person_id, capability, reason, imposed_by)
values (tests.scope('river'), tests.scope('heron'), tests.person('eli'), 'comment', 'a quarrel', tests.person('hana'));
select tests.as('eli');
select tests.refused(
    $$select stories.give_feedback(tests.scope('heron'), 'X')$$, 'not_found', 'nor who is kept from speaking there'
);
select tests.as_nobody();
delete from core.sanctions;

-- Who reads it: who said it, and who runs the place.

select tests.as('oona');
select stories.give_feedback(tests.scope('otter'), 'Louder.');
select is(tests.hears('cleo'), '{Slower.,"To archive","To river"}'::text[], 'who said it reads it');
select is(tests.hears('hana'), '{Slower.}'::text[], 'and who runs the place');
select is(tests.hears('otis'), '{Louder.}'::text[], 'each their own');
select is(tests.hears('petra'), '{Louder.,Slower.,"To archive"}'::text[], 'and what it stands in');
select is(tests.hears('olive'), '{Louder.,Slower.,"To archive","To river"}'::text[], 'all of it');
select is(tests.hears(name), '{}'::text[], 'nobody else does: ' || name)
from unnest('{nell,sol,eli,max,hugo}'::text[]) name;
select tests.as_anon();
select throws_ok('select from stories.feedback', '42501', null, 'nor who is not signed in');
select tests.backend_reads('stories.feedback');
select tests.as_nobody();
update core.people set guardian_id = tests.person('max') where id = tests.person('oona');
select is(tests.hears('max'), '{Louder.}'::text[], 'a guardian reads what their ward said');
update core.people set guardian_id = null where id = tests.person('oona');
select tests.as('hana');
select throws_ok(format('%s stories.feedback %s', verb, rest), '42501', null, 'by hand nobody does: ' || verb)
from (values ('insert into', 'default values'), ('update', $$set answer = ''$$), ('delete from', '')) v (verb, rest);

-- Answering.

select tests.refused_to(
    name, format('select stories.answer_feedback(%L, %L)', coalesce(tests.said(body), gen_random_uuid()), 'Yes.'),
    'not_found', promise
)
from (values
    ('cleo', 'Slower.', 'nobody answers themselves'), ('nell', 'Slower.', 'nor answers who only belongs'),
    ('hana', 'Louder.', 'nor who runs another place'), ('hana', 'Nothing', 'nor anybody what was not said')
) v (name, body, promise);
select tests.as_anon();
select throws_ok(
    $$select stories.answer_feedback(gen_random_uuid(), 'Yes.')$$, '42501', null, 'least of all somebody unknown'
);
select tests.as('hana');
select tests.violates(
    format('select stories.answer_feedback(tests.said(%L), %L)', 'Slower.', answer), 'feedback_answer_check', promise
)
from (values (' ', 'an answer says something'), (repeat('x', 5001), 'in short')) v (answer, promise);
select lives_ok($$select stories.answer_feedback(tests.said('Slower.'), 'We will.')$$, 'who runs the place answers');
select results_eq(
    $$select answer, answered_by, answered_at from stories.feedback where id = tests.said('Slower.')$$,
    $$values ('We will.', tests.person('hana'), now())$$, 'it is kept who answered what, and when'
);
select is(
    tests.hears('cleo'), '{"Slower. / We will.","To archive","To river"}'::text[], 'who said it reads the answer'
);
select is(tests.hears('otis'), '{Louder.}'::text[], 'and nobody else was answered');
select tests.as('hana');
select tests.refused(
    $$select stories.answer_feedback(tests.said('Slower.'), 'We will not.')$$, 'answered', 'it is answered once'
);
select tests.as('olive');
select lives_ok(
    format('select stories.answer_feedback(%L, repeat(%L, 5000))', tests.said('To river'), 'x'),
    'whoever runs the organization answers for it, at length'
);

-- What a row can hold, whoever writes it.

select tests.as_nobody();
select tests.violates(
    tests.variant('stories.feedback', changes, $$body = 'Louder.'$$), broken, promise
)
from (values
    ('{}'::jsonb, 'feedback_pkey', 'what was said was said once'),
    ('{"body": " "}', 'feedback_body_check', 'it says something'),
    (jsonb_build_object('body', repeat('x', 5001)), 'feedback_body_check', 'in short'),
    (jsonb_build_object('person_id', gen_random_uuid()), 'feedback_person_id_fkey', 'somebody said it'),
    (jsonb_build_object('scope_id', tests.scope('hill')), 'feedback_tenant_id_scope_id_fkey', 'in one organization'),
    (jsonb_build_object('answer', 'Yes.'), 'feedback_answered_check', 'an answer comes from somebody'),
    (jsonb_build_object('answered_at', now()), 'feedback_answered_check', 'and says something'),
    (
        jsonb_build_object('answer', ' ', 'answered_by', tests.person('otis'), 'answered_at', now()),
        'feedback_answer_check', 'that is more than nothing'
    ),
    (
        jsonb_build_object('answer', 'Yes.', 'answered_by', gen_random_uuid(), 'answered_at', now()),
        'feedback_answered_by_fkey', 'and somebody gave it'
    )
) v (changes, broken, promise);
select tests.refused(
    format('update stories.feedback set %s = %L', what, other), 'key_frozen', 'what was said stays: ' || what
)
from (values
    ('body', 'Otherwise'), ('person_id', tests.person('max')::text), ('scope_id', tests.scope('otter')::text),
    ('given_at', '2020-01-01'), ('id', gen_random_uuid()::text), ('tenant_id', tests.scope('hill')::text)
) v (what, other);
select tests.refused(
    format('update stories.feedback set %s = %L where body = %L', what, other, 'Slower.'), 'append_only',
    'and so does what it was answered: ' || what
)
from (values
    ('answer', 'Otherwise'), ('answered_by', tests.person('max')::text), ('answered_at', '2020-01-01')
) v (what, other);

-- Who is forgotten has said nothing; and a place that is closed.

select tests.as('nell');
select stories.give_feedback(tests.scope('heron'), 'Of Nell');
select core.erase_person(core.me());
select is(
    tests.hears('hana'), '{"Slower. / We will."}'::text[], 'what somebody said who is forgotten is gone, and no more'
);
select tests.as_nobody();
select is_empty(
    $$select from audit.changes c where concat(c.clear, c.personal) ~ 'Of Nell'$$, 'from the log as well'
);
select tests.as('eli');
select stories.give_feedback(tests.scope('heron'), 'Of Eli');
select tests.as_nobody();
update core.scopes set archived_at = now() where slug = 'heron';
select tests.as('cleo');
select tests.refused(
    $$select stories.give_feedback(tests.scope('heron'), 'Too late')$$, 'scope_archived',
    'to a place that is closed nothing is said'
);
select tests.as('hana');
select tests.refused(
    $$select stories.answer_feedback(tests.said('Of Eli'), 'Yes.')$$, 'scope_archived', 'or answered there'
);

select * from finish();
rollback;
