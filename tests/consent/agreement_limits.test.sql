-- What an agreement, a run and what was handed out to it cannot be.

begin;
set local search_path = tap, tests, public;
select plan(22);

select tests.world();
select tests.as('cleo');
select content.create_note(tests.scope('heron'), 'Ice', '{}');
select consent.give_consent(tests.work('Ice'), 'research');
select tests.as('sol');
create temporary table made as
select
    a.id as agreement_id,
    consent.begin_run(a.id, 'research', 'First') as run_id
from consent.create_agreement(tests.scope('heron'), 'Institute', '{research}', '', repeat('ab', 32)) a (id);
grant select on made to public;
select count(h.work_id) from made m, consent.hand_out(m.run_id, array[tests.work('Ice')]) h;
select consent.end_agreement(consent.create_agreement(
    tests.scope('heron'), 'Museum', '{research}', '', repeat('ab', 32)
));
select tests.as_nobody();
select consent._record_result(run_id, tests.work('Ice'), 'summary') from made;

select lives_ok(tests.variant('consent.agreements', '{"recipient": "Archive"}'), 'before: another one can be written');
select tests.violates(tests.variant('consent.agreements', changes), constraint_name, promise)
from (values
    ('{"recipient": " "}'::jsonb, 'agreements_recipient_check', 'an agreement is with somebody'),
    (jsonb_build_object('recipient', repeat('a', 301)), 'agreements_recipient_check', 'whose name comes to an end'),
    (
        jsonb_build_object('obligations', repeat('a', 10001)), 'agreements_obligations_check',
        'so do the obligations'
    ),
    (
        jsonb_build_object('document_sha256', repeat('AB', 32)), 'agreements_document_sha256_check',
        'what was signed is known by its hash, in small letters'
    ),
    (jsonb_build_object('document_sha256', 'ab'), 'agreements_document_sha256_check', 'and whole'),
    ('{"during": "empty"}', 'agreements_during_check', 'it holds for a time'),
    ('{"during": "(,2030-01-01)"}', 'agreements_during_check', 'that began')
) as v (changes, constraint_name, promise);
select tests.violates(
    tests.variant(
        'consent.agreement_ends', jsonb_build_object('agreement_id', m.agreement_id, 'reason', repeat('a', 2001))
    ),
    'agreement_ends_reason_check', 'why it was ended is not endless'
)
from made m;
select lives_ok(tests.variant('consent.runs', '{"channel": "a.b_c-d"}'), 'before: a run can be written');
select tests.violates(tests.variant('consent.runs', changes), constraint_name, promise)
from (values
    ('{"model": " "}'::jsonb, 'runs_model_check', 'a run is by something'),
    (jsonb_build_object('model', repeat('a', 301)), 'runs_model_check', 'with a name that comes to an end'),
    ('{"channel": "Radio"}', 'runs_channel_check', 'it goes out by a way in small letters'),
    ('{"channel": "by radio"}', 'runs_channel_check', 'without blanks'),
    (jsonb_build_object('channel', repeat('a', 64)), 'runs_channel_check', 'and few'),
    (
        jsonb_build_object('finished_at', now(), 'halted_at', now()), 'runs_ended_check',
        'it is done, or it is halted'
    )
) as v (changes, constraint_name, promise);
select lives_ok(tests.variant('consent.runs', changes), promise)
from (values
    (jsonb_build_object('finished_at', now()), 'before: it can be done'),
    (jsonb_build_object('halted_at', now()), 'or halted')
) as v (changes, promise);
select lives_ok(tests.variant('consent.results', '{"kind": "summary"}'), 'before: a result can be written');
select tests.violates(tests.variant('consent.results', changes), constraint_name, promise)
from (values
    ('{"kind": "Summary"}'::jsonb, 'results_kind_check', 'it is of a kind, in small letters'),
    ('{"kind": ""}', 'results_kind_check', 'and of some')
) as v (changes, constraint_name, promise);
select tests.violates(
    $$update consent.run_works set irrevocable = true$$, 'run_works_irrevocable_check',
    'only what was taken back cannot be brought back'
);

select * from finish();
rollback;
