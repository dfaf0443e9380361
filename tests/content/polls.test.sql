-- Polls: who puts and answers them, what a ballot is, when results are seen, and that options stay.

begin;
set local search_path = tap, tests, public;
select plan(126);

select tests.world();
select tests.join('tess', 'heron', 'storyteller');
select tests.join('tom', 'heron', 'storyteller');

-- Putting one.

select tests.as('hana');
select lives_ok(
    $$select content.open_poll(
        tests.scope('heron'), ' Where to? ', 'single', now() + interval '1 day', '{North,South}', 'In summer.'
    )$$,
    'who may puts a question to those who belong to a place'
);
select results_eq(
    $$
    select
        question, description, method::text, most, options, role_key, anonymous, may_change, results_shown::text,
        quorum, opened_by
    from content.polls
    $$,
    $$values (
        'Where to?', 'In summer.', 'single', 1::smallint, 2::smallint, null::text, false, false, 'after_close', 0,
        tests.person('hana')
    )$$,
    'its results are hidden until it closes, unless it says otherwise'
);
select results_eq(
    'select number, label from content.poll_options order by number',
    $$values (1::smallint, 'North'), (2::smallint, 'South')$$, 'with options in their order'
);
select set_eq(
    $$select content.add_poll_option(tests.poll('Where to?'), ' Nowhere ')$$, '{3}'::integer[],
    'whoever put it adds another'
);
select is(
    (select array[p.options::text, o.label] from content.polls p join content.poll_options o on o.number = 3),
    '{3,Nowhere}', 'which the poll knows'
);
select lives_ok(
    $$select content.open_poll(tests.scope('heron'), 'Agreed?', 'consent', now() + interval '1 day')$$,
    'or asks for consent'
);
select is(
    (select array_agg(o.label order by o.number) from content.poll_options o where o.poll_id = tests.poll('Agreed?')),
    '{Agree,Abstain,Object,Block}', 'which has the options it has'
);
select tests.violates(
    $$select content.add_poll_option(tests.poll('Agreed?'), 'Maybe')$$, 'polls_options_check', 'and no other'
);
select tests.violates(
    $$select content.open_poll(tests.scope('heron'), 'So?', 'consent', now() + interval '1 day', '{Yes,No}')$$,
    'polls_options_check', 'from the beginning'
);
select tests.violates(
    $$select content.open_poll(tests.scope('heron'), 'So?', 'single', now() + interval '1 day', '{Yes,Yes}')$$,
    'poll_options_tenant_id_poll_id_label_key', 'no option stands there twice'
);
select tests.violates(
    $$select content.open_poll(tests.scope('heron'), 'So?', 'single', now() + interval '1 day', '{Yes," "}')$$,
    'poll_options_label_check', 'each says something'
);
select tests.violates(
    format(
        $$select content.open_poll(tests.scope('heron'), 'So?', 'single', now() + interval '1 day', array['Yes', %L])$$,
        repeat('x', 301)
    ),
    'poll_options_label_check', 'in few words'
);
select tests.violates(
    format(
        $$select content.open_poll(tests.scope('heron'), 'So?', 'single', now() + interval '1 day', %L)$$,
        array(select n::text from generate_series(1, 51) n)
    ),
    'polls_options_check', 'there are at most fifty'
);
select tests.refused(
    $$select content.open_poll(tests.scope('heron'), 'So?', 'single', now(), '{Yes,No}')$$, 'ends_before_now',
    'none is closed before it begins'
);
select tests.refused(
    $$select content.add_poll_option(gen_random_uuid(), 'Maybe')$$, 'not_found', 'no option to what is not there'
);
select tests.as('petra');
select tests.refused(
    $$select content.open_poll(tests.scope('heron'), 'So?', 'single', now() + interval '1 day')$$, 'not_permitted',
    'who manages the project puts nothing to a community that they do not belong to'
);
select tests.as('cleo');
select tests.refused(
    $$select content.open_poll(tests.scope('heron'), 'So?', 'single', now() + interval '1 day')$$, 'not_permitted',
    'nor does a member who may not'
);
select tests.as('sol');
select tests.refused(
    $$select content.add_poll_option(tests.poll('Where to?'), 'West')$$, 'not_found',
    'nobody adds an option to somebody else''s poll'
);
select tests.as_nobody();
insert into core.sanctions (tenant_id, scope_id, person_id, capability, reason, imposed_by)
values (tests.scope('river'), tests.scope('heron'), tests.person('sol'), 'vote', 'a quarrel', tests.person('hana'));
select tests.as('sol');
select tests.refused(
    $$select content.open_poll(tests.scope('heron'), 'So?', 'single', now() + interval '1 day')$$, 'barred',
    'nor does who is kept from voting put anything to a vote'
);
select tests.refused(
    $$select content.cast_ballot(tests.poll('Where to?'), '{1,0,0}')$$, 'barred', 'or vote'
);
select tests.as_nobody();
delete from core.sanctions;

-- Whoever put a question adds nothing to it once they may not put it any more.

savepoint before;
insert into core.sanctions (tenant_id, scope_id, person_id, capability, reason, imposed_by)
values (tests.scope('river'), tests.scope('heron'), tests.person('hana'), 'vote', 'a quarrel', tests.person('sol'));
select tests.as('hana');
select tests.refused(
    $$select content.add_poll_option(tests.poll('Where to?'), 'West')$$, 'barred',
    'who is kept from voting adds no option either'
);
select tests.as_nobody();
rollback to before;
update core.memberships set status = 'banned' where id = tests.membership('hana', 'heron');
select tests.as('hana');
select tests.refused(
    $$select content.add_poll_option(tests.poll('Where to?'), 'West')$$, 'not_found', 'nor who is banned'
);
select tests.as_nobody();
rollback to before;
select tests.as('tess');
select content.create_note(tests.scope('heron'), 'Ice', '{"text": "1"}');
select content.add_collaborator(tests.work('Ice'), tests.person('hana'), 'comment');
select tests.as('hana');
select content.open_poll(
    tests.scope('heron'), 'Which end?', 'single', now() + interval '1 day', '{This,That}', work_id => tests.work('Ice')
);
select lives_ok(
    $$select content.add_poll_option(tests.poll('Which end?'), 'None')$$, 'to what is asked about a work one may add'
);
select tests.as('tess');
select content.remove_collaborator(tests.work('Ice'), tests.person('hana'));
select tests.as('hana');
select tests.refused(
    $$select content.add_poll_option(tests.poll('Which end?'), 'Both')$$, 'not_found',
    'while one has to do with it'
);
select tests.as_nobody();
rollback to before;
update core.scopes set archived_at = now() where slug = 'heron';
select tests.as('hana');
select tests.refused(
    $$select content.open_poll(tests.scope('heron'), 'So?', 'single', now() + interval '1 day')$$, 'scope_archived',
    'nothing is put to an archived place'
);
select tests.refused(
    $$select content.add_poll_option(tests.poll('Where to?'), 'West')$$, 'scope_archived', 'nor changed in it'
);
select tests.refused(
    $$select content.cast_ballot(tests.poll('Where to?'), '{1,0,0}')$$, 'scope_archived', 'nor voted'
);
select tests.as_nobody();
update core.scopes set archived_at = null where slug = 'heron';
select tests.as_token(jsonb_build_object('person', tests.person('hana'), 'api_key', gen_random_uuid()));
select tests.refused(
    $$select content.open_poll(tests.scope('heron'), 'So?', 'single', now() + interval '1 day')$$, 'not_with_key',
    'a program puts no question'
);
select tests.refused(
    $$select content.add_poll_option(tests.poll('Where to?'), 'West')$$, 'not_with_key', 'adds no option'
);
select tests.refused(
    $$select content.cast_ballot(tests.poll('Where to?'), '{1,0,0}')$$, 'not_with_key', 'and has no ballot'
);

-- About a work.

select tests.as('hana');
select content.create_note(tests.scope('heron'), 'Ice', '{}');
select lives_ok(
    $$select content.open_poll(
        tests.scope('heron'), 'About ice?', 'approval', now() + interval '1 day', '{Read,Sing}',
        work_id => tests.work('Ice')
    )$$,
    'a poll can be about a work'
);
select is(
    (select p.work_id from content.polls p where p.question = 'About ice?'), tests.work('Ice'), 'which it names'
);
select tests.as('sol');
select tests.refused(
    $$select content.open_poll(
        tests.scope('heron'), 'So?', 'approval', now() + interval '1 day', work_id => tests.work('Ice')
    )$$,
    'not_found', 'of those whom it involves'
);

-- Voting.

select lives_ok($$select tests.ballot('cleo', 'Where to?', 0, 1, 0)$$, 'who belongs votes');
select results_eq(
    'select person_id, choices, options, cast_at from content.ballots',
    $$values (tests.person('cleo'), '{0,1,0}'::integer[], 3::smallint, now())$$, 'and that is their ballot'
);
select tests.refused(
    $$select tests.ballot('cleo', 'Where to?', 1, 0, 0)$$, 'already_voted', 'once'
);
select tests.refused(
    $$select tests.ballot('max', 'Where to?', 1, 0, 0)$$, 'not_found', 'nobody votes where they do not belong'
);
select tests.refused(
    $$select tests.ballot('petra', 'Where to?', 1, 0, 0)$$, 'not_found', 'also if they manage what it belongs to'
);
select tests.as_anon();
select throws_ok(
    $$select content.cast_ballot(gen_random_uuid(), '{1,0}')$$, '42501', null, 'nor anybody unknown'
);
select tests.as('eli');
select tests.refused(
    $$select content.cast_ballot(gen_random_uuid(), '{1,0}')$$, 'not_found', 'nor in a poll that is not there'
);
select tests.as('hana');
select tests.refused(
    $$select content.add_poll_option(tests.poll('Where to?'), 'West')$$, 'poll_begun',
    'from the first ballot on the options stand'
);
select tests.as_nobody();
select tests.refused(
    $$
    insert into content.poll_options (tenant_id, poll_id, number, label)
    values (tests.scope('river'), tests.poll('Where to?'), 4, 'West')
    $$,
    'poll_begun', 'whoever adds one'
);
select tests.refused('update content.poll_options set label = label', 'append_only', 'none is worded otherwise');
select tests.refused('delete from content.poll_options', 'append_only', 'or taken away');
select tests.refused('truncate content.poll_options', 'append_only', 'or all of them');
select tests.refused('delete from content.polls', 'append_only', 'nor is a poll');
select lives_ok($$select tests.ballot('tess', 'Where to?', 0, 1, 0)$$, 'somebody else votes');
select tests.refused(
    $$update content.ballots set choices = '{1,0,0}'$$, 'already_voted', 'a ballot stands'
);

-- What a ballot is.

select tests.as('hana');
select content.open_poll(tests.scope('heron'), m::text, m, now() + interval '1 day', '{A,B,C}', most => most)
from (values ('approval'::content.poll_method, 1), ('score', 5), ('ranked', 1), ('dot', 7)) p (m, most);
select tests.as_nobody();
select is(
    content._is_ballot(b.method::content.poll_method, b.most, b.choices), b.fits,
    format('%s %s is %s ballot %s of %s', b.choices, b.why, case when b.fits then 'a' else 'no' end, b.method, b.most)
)
from (
    values
        ('single', 1, '{0,1,0}'::integer[], true, 'chooses one and so'),
        ('single', 1, '{0,0,0}', false, 'chooses none and so'),
        ('single', 1, '{1,1,0}', false, 'chooses two and so'),
        ('single', 1, '{2,-1,0}', false, 'goes below nothing and so'),
        ('consent', 1, '{1,0,0,0}', true, 'agrees and so'),
        ('consent', 1, '{1,0,0,1}', false, 'agrees and blocks and so'),
        ('approval', 1, '{1,0,1}', true, 'approves of two and so'),
        ('approval', 1, '{0,0,0}', false, 'approves of none and so'),
        ('approval', 1, '{2,0,0}', false, 'approves twice and so'),
        ('approval', 1, '{1,-1,0}', false, 'disapproves and so'),
        ('score', 5, '{5,0,3}', true, 'scores in range and so'),
        ('score', 5, '{0,0,0}', true, 'scores nothing and so'),
        ('score', 5, '{6,0,0}', false, 'scores too high and so'),
        ('score', 5, '{5,-1,0}', false, 'scores too low and so'),
        ('ranked', 1, '{2,1,3}', true, 'ranks all and so'),
        ('ranked', 1, '{0,1,2}', true, 'ranks some and so'),
        ('ranked', 1, '{0,0,0}', false, 'ranks none and so'),
        ('ranked', 1, '{0,2,3}', false, 'leaves out the first and so'),
        ('ranked', 1, '{1,3,0}', false, 'leaves a gap and so'),
        ('ranked', 1, '{1,1,2}', false, 'ranks two alike and so'),
        ('ranked', 1, '{1,1,3}', false, 'ranks two alike with a gap and so'),
        ('ranked', 1, '{1,-1,0}', false, 'ranks below all and so'),
        ('dot', 7, '{7,0,0}', true, 'spends all and so'),
        ('dot', 7, '{1,2,3}', true, 'spends some and so'),
        ('dot', 7, '{0,0,0}', false, 'spends none and so'),
        ('dot', 7, '{4,4,0}', false, 'spends too much and so'),
        ('dot', 7, '{8,-1,0}', false, 'takes back and so'),
        ('single', 1, '{1}', false, 'has no choice and so'),
        ('single', 1, '{}', false, 'is empty and so'),
        ('single', 1, null, false, 'is nothing and so'),
        ('single', 1, '{1,null}', false, 'leaves something open and so'),
        ('single', 1, '{{1,0},{0,0}}', false, 'is square and so'),
        ('single', 1, '[0:1]={1,0}', false, 'begins elsewhere and so')
) b (method, most, choices, fits, why);
select tests.refused(
    format('select tests.ballot(%L, %L, variadic %L)', 'eli', poll, choices), 'ballot_misfit',
    format('a ballot is refused that does not fit: %s %s', poll, choices)
)
from (
    values
        ('Where to?', '{1,1,0}'::integer[]), ('Where to?', '{1,0}'), ('Where to?', '{1,0,0,0}'),
        ('ranked', '{1,3,0}'), ('dot', '{4,4,0}'), ('score', '{6,0,0}')
) b (poll, choices);
select tests.violates(
    tests.variant(
        'content.ballots', jsonb_build_object('person_id', tests.person('eli'), 'choices', '{1,1,0}'::integer[])
    ),
    'ballots_choices_check', 'by the table as well'
);
select tests.violates(
    tests.variant(
        'content.ballots', jsonb_build_object('person_id', tests.person('eli'), 'choices', '{1,0}'::integer[])
    ),
    'ballots_poll_fkey', 'it has a number for each option'
);
select tests.violates(
    tests.variant('content.ballots', jsonb_build_object('person_id', tests.person('eli'), 'method', 'approval')),
    'ballots_poll_fkey', 'is by the method of the poll'
);
select tests.violates(
    tests.variant(
        'content.ballots', jsonb_build_object('person_id', tests.person('eli'), 'method', 'dot', 'most', 9)
    ),
    'ballots_poll_fkey', 'and within its bounds'
);
select tests.violates(tests.variant('content.ballots'), 'ballots_pkey', 'one person has one ballot');
select tests.violates(
    tests.variant('content.ballots', jsonb_build_object('person_id', gen_random_uuid())),
    'ballots_person_id_fkey', 'a voter is a person'
);

-- What a poll is.

select tests.violates(
    tests.variant('content.polls', changes, $$question = 'score'$$), constraint_name, promise
)
from (
    values
        ('{"question": " "}'::jsonb, 'polls_question_check', 'a poll asks something'),
        (jsonb_build_object('question', repeat('x', 301)), 'polls_question_check', 'in few words'),
        (jsonb_build_object('description', repeat('x', 5001)), 'polls_description_check', 'with not too many more'),
        ('{"most": 0}', 'polls_most_check', 'there is a score to give'),
        ('{"most": 101}', 'polls_most_check', 'no higher than a hundred'),
        ('{"method": "single"}', 'polls_most_check', 'and only where scores or dots are given'),
        ('{"options": -1}', 'polls_options_check', 'options are some or none'),
        ('{"anonymous": true, "results_shown": "always"}', 'polls_anonymous_check',
            'results of what is anonymous are hidden'),
        ('{"anonymous": true, "results_shown": "after_vote"}', 'polls_anonymous_check', 'until it closes'),
        ('{"anonymous": true, "may_change": true}', 'polls_anonymous_check', 'and its ballots are not changed'),
        ('{"may_change": true, "results_shown": "after_vote"}', 'polls_may_change_check',
            'nobody sees the results and then votes otherwise'),
        ('{"quorum": -1}', 'polls_quorum_check', 'a quorum is some ballots or none'),
        ('{"closes_at": "2020-01-01"}', 'polls_closes_at_check', 'a poll closes after it opens'),
        (
            '{"counted_at": "2020-01-01", "ballots": 0, "tallies": [0, 0, 0], "places": [null, null, null]}',
            'polls_counted_at_check', 'and is counted after it closes'
        ),
        (jsonb_build_object('counted_at', now() + interval '2 days'), 'polls_ballots_check',
            'with the number of its ballots'),
        ('{"ballots": 1}', 'polls_ballots_check', 'which is not told before'),
        (jsonb_build_object('counted_at', now() + interval '2 days', 'ballots', -1), 'polls_ballots_check',
            'and is some or none'),
        (jsonb_build_object('counted_at', now() + interval '2 days', 'ballots', 1), 'polls_tallies_check',
            'and with its result'),
        ('{"tallies": [1,2,3], "places": [1,2,3]}', 'polls_tallies_check', 'which is not told before'),
        ('{"places": [1,2,3]}', 'polls_tallies_check', 'nor part of it'),
        (
            jsonb_build_object(
                'anonymous', true, 'counted_at', now() + interval '2 days', 'ballots', 2,
                'tallies', array[1, 2, 3], 'places', array[3, 2, 1]
            ),
            'polls_tallies_check', 'nor where two voted unknown'
        ),
        (
            jsonb_build_object(
                'counted_at', now() + interval '2 days', 'ballots', 2, 'tallies', array[1], 'places', array[1, 2, 3]
            ),
            'polls_tallies_check', 'what each option got'
        ),
        (
            jsonb_build_object(
                'counted_at', now() + interval '2 days', 'ballots', 2, 'tallies', array[1, 1, 1], 'places', array[1]
            ),
            'polls_tallies_check', 'and which place it took'
        ),
        (
            jsonb_build_object('counted_at', now() + interval '2 days', 'ballots', 2, 'tallies', array[1, 1, 1]),
            'polls_tallies_check', 'each of them'
        ),
        (jsonb_build_object('scope_id', tests.scope('hill')), 'polls_tenant_id_scope_id_fkey',
            'a poll is put to a place of its organization'),
        (jsonb_build_object('work_id', gen_random_uuid()), 'polls_tenant_id_work_id_fkey', 'about a work there is'),
        ('{"role_key": "nobody"}', 'polls_tenant_id_role_key_fkey', 'to a role there is'),
        (jsonb_build_object('opened_by', gen_random_uuid()), 'polls_opened_by_fkey', 'by a person')
) c (changes, constraint_name, promise);
select tests.violates(tests.variant('content.polls'), 'polls_pkey', 'a poll is one');
select tests.violates(
    tests.variant('content.poll_options', jsonb_build_object('number', n, 'label', 'D'), $$label = 'B'$$),
    broken, promise
)
from (
    values
        (0, 'poll_options_number_check', 'options are counted from one'),
        (9, 'poll_options_tenant_id_poll_id_previous_fkey', 'without a gap'),
        (2, 'poll_options_pkey', 'each once')
) o (n, broken, promise);
select tests.violates(
    tests.variant('content.poll_options', jsonb_build_object('poll_id', gen_random_uuid()), 'number = 1'),
    'poll_options_tenant_id_poll_id_fkey', 'an option is one of a poll'
);

select * from finish();
rollback;
