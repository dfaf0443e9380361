-- Preferences, evidence and witnesses: kept for the person alone, encrypted with their key.

begin;
set local search_path = tap, tests, public;
select plan(33);

select tests.world();
select tests.as('cleo');
select content.create_note(tests.scope('heron'), 'Ice', '{}');
select consent.give_consent(tests.work('Ice'), 'research');
select tests.as_nobody();
create temporary table decided as select c.id from consent.consents c;
grant select on decided to public;
create temporary table someone as select tests.person('cleo') as cleo, tests.person('eli') as eli;
grant select on someone to public;

-- Preferences.

select tests.as_keyholder('cleo');
select is((select consent.read_preferences(cleo) from someone), '{}'::jsonb, 'who said nothing prefers nothing');
select lives_ok(
    $$select consent.write_preferences(cleo, '{"research": "given", "ai_training": "refused"}') from someone$$,
    'a person keeps what they would answer'
);
select is(
    (select consent.read_preferences(cleo) from someone), '{"research": "given", "ai_training": "refused"}'::jsonb,
    'and reads it'
);
select lives_ok(
    $$select consent.write_preferences(cleo, '{"research": "refused"}') from someone$$, 'and says otherwise'
);
select is((select consent.read_preferences(cleo) from someone), '{"research": "refused"}'::jsonb, 'which counts');
select tests.refused(
    format('select consent.write_preferences(cleo, %L) from someone', answers), 'not_found', promise
)
from (values
    ('{"mischief": "given"}', 'there is no answer for what there is not'),
    ('{"research": "perhaps"}', 'nor another than yes or no'), ('[]', 'nor one to nothing'),
    (null, 'nor none')
) v (answers, promise);
select tests.as_keyholder('eli');
select tests.refused(
    $$select consent.read_preferences(cleo) from someone$$, 'not_yours', 'nobody reads what others would answer'
);
select tests.refused(
    $$select consent.write_preferences(cleo, '{}') from someone$$, 'not_yours', 'or says it for them'
);
select tests.as_nobody();
select ok(
    (select position('research'::bytea in p.answers) = 0 from consent.preferences p), 'it is kept encrypted'
);
select is(
    (select count(*) from consent.consents c where c.decision = 'refused'), 0::bigint, 'and decides nothing'
);

-- Evidence.

select tests.as_keyholder('cleo');
select tests.as_keyholder('eli');
select tests.refused(
    $$select consent.write_evidence(d.id, 'A paper') from decided d$$, 'not_yours', 'nobody else says what shows it'
);
select tests.refused(
    $$select consent.write_evidence(gen_random_uuid(), 'A paper')$$, 'not_yours', 'of nothing there is no evidence'
);
select tests.as_keyholder('cleo');
select tests.violates(
    $$select consent.write_evidence(d.id) from decided d$$, 'consent_evidence_something_check', 'evidence is something'
);
select tests.violates(
    $$select consent.write_evidence(d.id, repeat('a', 9000)) from decided d$$, 'consent_evidence_size_check',
    'and not endless'
);
select lives_ok(
    $$select consent.write_evidence(d.id, 'A paper', 'An aunt') from decided d$$, 'whoever decided keeps what shows it'
);
select is(
    (select e.evidence || ', ' || e.witness from decided d, consent.read_evidence(d.id) e), 'A paper, An aunt',
    'and reads it'
);
select tests.violates(
    $$select consent.write_evidence(d.id, 'Another paper') from decided d$$, 'consent_evidence_pkey', 'it is kept once'
);
select tests.as_keyholder('eli');
select tests.refused(
    $$select consent.read_evidence(d.id) from decided d$$, 'not_yours', 'nobody else reads it'
);
select tests.refused($$select consent.read_evidence(gen_random_uuid())$$, 'not_yours', 'nor what is not there');
select tests.as_nobody();
select ok(
    (select position('paper'::bytea in e.evidence) = 0 from consent.consent_evidence e), 'it is kept encrypted'
);
select tests.refused(
    $$update consent.consent_evidence set witness = null$$, 'key_frozen', 'and is not changed'
);

-- Whoever is signed in reads none of it, nor does a server or an auditor.

select throws_ok(format('select from consent.%I', t), '42501', null, format('%s reads no row of %s', name, t))
from unnest('{preferences,consent_evidence}'::text[]) t, unnest('{cleo}'::text[]) name, tests.as(name);
select tests.as_auditor();
select throws_ok(format('select from consent.%I', t), '42501', null, format('an auditor reads no row of %s', t))
from unnest('{preferences,consent_evidence}'::text[]) t;

-- Forgetting.

select tests.as_keyholder('cleo');
select tests.as_nobody();
delete from core.person_keys k where k.person_id = (select cleo from someone);
select is(
    (select count(*) from consent.preferences) + (select count(*) from consent.consent_evidence), 0::bigint,
    'with the key it all goes'
);
select tests.violates(
    $$insert into consent.preferences (person_id, answers) select eli, 'x' from someone$$,
    'preferences_person_id_fkey', 'and without one nothing is kept'
);
select tests.as_keyholder('cleo');
select lives_ok(
    $$select consent.write_preferences(cleo, '{}') from someone$$, 'before: there is a row'
);
select tests.as_nobody();
select tests.violates(
    tests.variant('consent.preferences'), 'preferences_pkey', 'one for each person'
);
select tests.violates(
    $$update consent.preferences set answers = convert_to(repeat('a', 4001), 'utf8')$$, 'preferences_answers_check',
    'and no more than that'
);

select * from finish();
rollback;
