-- Trust: the score is the sum of what explains it, to the point; each part comes from what happened, and is the
-- person's own to read.

begin;
set local search_path = tap, tests, public;
select plan(32);

-- What a score says for itself.
create function tests.parts(name text)
returns text
language sql
stable
security definer
set search_path = ''
as $$
    select string_agg(concat_ws(' ', part ->> 'points', part ->> 'reason'), ', ' order by part ->> 'reason' collate "C")
    from core.trust_scores t
    cross join lateral jsonb_array_elements(t.explanation) part
    where t.person_id = tests.person(parts.name)
$$;

select tests.world();
select tests.join('mo', 'heron', 'moderator');

create function tests.sanctioned(name text, imposed_at timestamptz)
returns uuid
language sql
security definer
set search_path = ''
as $$
    insert into core.sanctions (
        tenant_id, scope_id, person_id, capability, during, reason, imposed_by, imposed_at, lifted_at
    )
    values (
        tests.scope('river'), tests.scope('heron'), tests.person(name), 'invite',
        tstzrange(sanctioned.imposed_at, null), 'a reason', tests.person('mo'), sanctioned.imposed_at,
        sanctioned.imposed_at
    )
    returning id
$$;

-- What counts.
select tests.as_service();
select is(core.compute_trust(tests.person('nora')), 50.00, 'a person nobody knows begins in the middle');
select is(tests.parts('nora'), '50 everyone starts here', 'and is told so');
select is(core.compute_trust(tests.person('cleo')), 50.00, 'who joined today has gained nothing yet');
select tests.as_nobody();
update core.memberships set joined_at = now() - interval '100 days' where person_id = tests.person('cleo');
select tests.as_service();
select is(core.compute_trust(tests.person('cleo')), 51.00, 'a quarter of membership is a point');
select tests.as_nobody();
update core.memberships set joined_at = now() - interval '180 days' where person_id = tests.person('cleo');
select tests.as_service();
select is(core.compute_trust(tests.person('cleo')), 51.00, 'a quarter that is not full is none');
select tests.as_nobody();
update core.memberships set joined_at = now() - interval '20 years' where person_id = tests.person('cleo');
select tests.join('cleo', 'delta');
select tests.as_service();
select is(core.compute_trust(tests.person('cleo')), 60.00, 'the longest membership counts, up to ten points');
select is(
    tests.parts('cleo'), '50 everyone starts here, 10 quarters of membership', 'each part is explained'
);
select tests.as_nobody();
update core.memberships set status = 'suspended' where id = tests.membership('cleo', 'heron');
select tests.as_service();
select is(core.compute_trust(tests.person('cleo')), 50.00, 'a membership counts while it is active');
select tests.as_nobody();
update core.memberships set status = 'active' where id = tests.membership('cleo', 'heron');
insert into core.verifications
    (kind, person_id, document_type, status, verifier, decided_at, valid_during)
values ('kyc', tests.person('cleo'), 'passport', 'verified', 'Desk', now(), tstzrange(now(), null));
select tests.as_service();
select is(core.compute_trust(tests.person('cleo')), 80.00, 'a verified identity is twenty points');
select tests.as_nobody();
select tests.sanctioned('cleo', now() - interval '1 day');
select tests.as_service();
select is(core.compute_trust(tests.person('cleo')), 70.00, 'a sanction takes ten points, also once it was lifted');
select tests.as_nobody();
select tests.sanctioned('cleo', now() - interval '13 months');
select tests.as_service();
select is(core.compute_trust(tests.person('cleo')), 70.00, 'after a year a sanction is forgotten');
select tests.as_nobody();
insert into core.sanction_appeals
    (tenant_id, sanction_id, person_id, imposed_by, statement, status, judged_by, judged_at, outcome)
select s.tenant_id, s.id, s.person_id, s.imposed_by, 'No.', 'upheld', tests.person('eli'), now(), 'It stays.'
from core.sanctions s
where s.person_id = tests.person('cleo');
select tests.as_service();
select is(core.compute_trust(tests.person('cleo')), 70.00, 'an appeal that failed gives nothing back');
select tests.as_nobody();
insert into core.sanction_appeals
    (tenant_id, sanction_id, person_id, imposed_by, statement, status, judged_by, judged_at, outcome)
select s.tenant_id, s.id, s.person_id, s.imposed_by, 'No!', 'overturned', tests.person('eli'), now(), 'Indeed.'
from core.sanctions s
where s.person_id = tests.person('cleo');
select tests.as_service();
select is(core.compute_trust(tests.person('cleo')), 80.00, 'a sanction that was overturned takes nothing');
select tests.as_nobody();
select tests.sanctioned('nora', now() - n * interval '1 day') from generate_series(1, 6) n;
select tests.as_service();
select is(core.compute_trust(tests.person('nora')), 10.00, 'sanctions take forty points, and no more');
select is(tests.parts('nora'), '50 everyone starts here, -40 sanctions of the last year', 'and that is explained');
select is(core.compute_trust(gen_random_uuid()), null, 'who is nobody has no score');
select tests.as_nobody();
create temporary table forgotten on commit drop as select gen_random_uuid() as id;
insert into core.people (id, display_name, erased_at) select id, 'Erased person', now() from forgotten;
grant select on forgotten to service_role;
select tests.as_service();
select is(core.compute_trust(id), null, 'nor has who is forgotten') from forgotten;
select is_empty(
    $$select from core.trust_scores t join forgotten on id = person_id$$, 'of whom none is kept either'
);
select tests.as_nobody();
delete from core.people where id = (select id from forgotten);
select tests.as_service();
select core.compute_trust(p.id) from core.people p;
select is_empty(
    $$select from core.trust_scores t
    where t.score <> (select sum((part ->> 'points')::numeric) from jsonb_array_elements(t.explanation) part)$$,
    'every score is exactly the sum of its parts'
);
select is(
    (select count(*) from core.trust_scores), (select count(*) from core.people), 'a person has one score'
);
select tests.as_nobody();
update core.trust_scores set computed_at = '-infinity';
select tests.as_service();
select core.compute_trust(tests.person('cleo'));
select is(computed_at, now(), 'a score says when it was computed')
from core.trust_scores
where person_id = tests.person('cleo');

-- Who reads it, and who computes it.
select tests.as_nobody();
update core.people set guardian_id = tests.person('hana') where id = tests.person('cleo');
select tests.as('cleo');
select results_eq(
    $$select person_id, score from core.trust_scores$$, $$values (core.me(), 80.00)$$,
    'a person reads their own score, and nobody else''s'
);
select throws_ok(
    $$select core.compute_trust(core.me())$$, '42501', null, 'nobody but a server computes scores'
);
select tests.as('hana');
select bag_eq(
    $$select person_id from core.trust_scores$$, $$values (core.me()), (tests.person('cleo'))$$,
    'a guardian reads the score of their ward'
);
select tests.as_service();
select isnt_empty($$select from core.trust_scores$$, 'a server reads scores');
select tests.as_auditor();
select isnt_empty($$select from core.trust_scores$$, 'an auditor reads scores');
select tests.as_nobody();
select is(
    tests.access('core.trust_scores'),
    '{select to authenticated,select to empathy_auditor,select to service_role}',
    'scores are written by core.compute_trust() alone'
);

-- What the table refuses, whoever writes.
select tests.violates(tests.variant('core.trust_scores', changes), constraint_name, promise)
from (
    values
        ('{}'::jsonb, 'trust_scores_pkey', 'a person has one score'),
        (jsonb_build_object('person_id', gen_random_uuid()), 'trust_scores_person_id_fkey', 'a score is a person''s'),
        ('{"score": 100.01}', 'trust_scores_score_check', 'a score ends at 100'),
        ('{"score": -0.01}', 'trust_scores_score_check', 'a score begins at 0'),
        ('{"explanation": {"points": 1}}', 'trust_scores_explanation_check', 'an explanation is a list')
) as v (changes, constraint_name, promise);

select * from finish();
rollback;
