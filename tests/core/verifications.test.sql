-- Verifications: who may ask for one, who decides, what counts when, and that nobody sees evidence unrecorded.

begin;
set local search_path = tap, tests, public;
select plan(95);

create function tests.verification(name text)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
    select v.id
    from core.verifications v
    where v.person_id = tests.person(name) or v.organization_id = tests.scope(name)
    order by v.status, v.id desc
    limit 1
$$;

-- What the database adds when it refuses.
create function tests.detail(statement text)
returns text
language plpgsql
set search_path = ''
as $$
declare
    told text;
begin
    execute statement;
    return 'nothing was refused';
exception
    when others then
        get stacked diagnostics told = pg_exception_detail;
        return told;
end
$$;

create function tests.all_verifications()
returns setof core.verifications
language sql
stable
security definer
set search_path = ''
as $$
    select * from core.verifications
$$;

-- The organization that runs the platform has people for compliance.
select tests.world();
select tests.as('root');
select core.create_organization('platform', 'The Platform');
select tests.as_nobody();
update core.platform_config
set value = to_jsonb(tests.scope('platform'))
where key = 'platform.organization';
insert into core.verifications
    (kind, person_id, document_type, status, verifier, decided_at, valid_during)
values ('kyc', tests.person('cora'), 'passport', 'verified', 'Desk', now(), tstzrange(now(), null));
select tests.join('cora', 'platform', 'compliance');
select tests.join('pim', 'platform', 'member');
insert into core.verifications
    (kind, person_id, document_type, status, verifier, decided_at, valid_during)
values ('kyc', tests.person('carl'), 'passport', 'verified', 'Desk', now(), tstzrange(now(), null));
select tests.join('carl', 'river', 'compliance');
select tests.person('kit'), tests.person('cass');
update core.people set guardian_id = tests.person('cleo') where id = tests.person('kit');
update core.people set guardian_id = tests.person('cora') where id = tests.person('cass');

-- Asking.
select tests.as('cleo');
select lives_ok(
    $$select core.request_verification('passport', 'vault://cleo')$$, 'a person asks for themselves'
);
select results_eq(
    $$select kind::text, person_id, organization_id, document_type, status::text, valid_during
    from core.verifications
    where id = tests.verification('cleo')$$,
    $$values ('kyc', tests.person('cleo'), null::uuid, 'passport', 'pending', null::tstzrange)$$,
    'what a person asks for is pending'
);
select lives_ok(
    $$select core.request_verification('id_card', 'vault://kit', person_id => tests.person('kit'))$$,
    'a guardian asks for their ward'
);
select tests.refused(
    $$select core.request_verification('passport', 'vault://x', person_id => tests.person('eli'))$$,
    'not_yours', 'nobody asks for others'
);
select tests.refused(
    $$select core.request_verification('tax_id', 'vault://x', organization_id => tests.scope('river'))$$,
    'not_permitted', 'a member does not ask for an organization'
);
select tests.violates(
    $$select core.request_verification('library_card', 'vault://x')$$,
    'verifications_document_type_check', 'not every paper proves who somebody is'
);
select tests.violates(
    $$select core.request_verification('tax_id', 'vault://x')$$,
    'verifications_document_type_check', 'a person is not known by the papers of an organization'
);
select tests.as('olive');
select lives_ok(
    $$select core.request_verification('tax_id', 'vault://river', organization_id => tests.scope('river'))$$,
    'whoever manages an organization asks for it'
);
select tests.violates(
    $$select core.request_verification('passport', 'vault://x', organization_id => tests.scope('river'))$$,
    'verifications_document_type_check', 'an organization is not known by the papers of a person'
);
select tests.refused(
    $$select core.request_verification('tax_id', 'vault://x', organization_id => tests.scope('archive'))$$,
    'not_found', 'a project is no organization'
);
select tests.as_anon();
select throws_ok(
    $$select core.request_verification('passport', 'vault://x')$$, '42501', null, 'nobody asks without signing in'
);
select set_config(
    'request.jwt.claims',
    json_build_object('role', 'authenticated', 'person', tests.person('cleo'), 'api_key', gen_random_uuid())::text, true
);
select set_config('role', 'authenticated', true);
select tests.refused(
    $$select core.request_verification('passport', 'vault://x')$$, 'not_with_key', 'an API key does not ask'
);
select is_empty($$select from core.verifications$$, 'an API key does not read what concerns its person');
select tests.as_nobody();
insert into core.verifications (kind, person_id, document_type, evidence_uri)
values
    ('kyc', tests.person('cora'), 'passport', 'vault://cora'),
    ('kyc', tests.person('cass'), 'passport', 'vault://cass');

-- Deciding is the platform's, whatever people may do in an organization.
select tests.as('olive');
select tests.refused(
    $$select core.decide_verification(tests.verification('cleo'), true, 'x')$$,
    'not_permitted', 'the owner of another organization does not decide'
);
select tests.as('carl');
select tests.refused(
    $$select core.decide_verification(tests.verification('cleo'), true, 'x')$$,
    'not_permitted', 'compliance of another organization does not decide'
);
select tests.refused(
    $$select core.look_at_evidence(tests.verification('cleo'), 'curious')$$,
    'not_permitted', 'compliance of another organization does not look at evidence'
);
select tests.as('pim');
select tests.refused(
    $$select core.decide_verification(tests.verification('cleo'), true, 'x')$$,
    'not_permitted', 'a member of the platform does not decide'
);
select tests.refused(
    $$select core.look_at_evidence(tests.verification('cleo'), 'curious')$$,
    'not_permitted', 'a member of the platform does not look at evidence'
);
select tests.as('cora');
select tests.refused(
    $$select core.decide_verification(tests.verification('cora'), true, 'myself')$$,
    'not_on_yourself', 'nobody decides about themselves'
);
select tests.refused(
    $$select core.decide_verification(tests.verification('cass'), true, 'my child')$$,
    'not_on_yourself', 'nobody decides about somebody they are the guardian of'
);
select tests.refused(
    $$select core.decide_verification(gen_random_uuid(), true, 'x')$$, 'not_found', 'only what was asked for is decided'
);
select tests.refused(
    $$select core.decide_verification(tests.verification('cleo'), true, 'Desk', now() - interval '1 day')$$,
    'ends_before_now', 'papers that have expired verify nobody'
);
select throws_like(
    $$select core.decide_verification(tests.verification('cleo'), false, 'Desk')$$,
    '%verifications_decision_check%', 'who is turned down is told why'
);
select is(
    tests.detail($$select core.decide_verification(tests.verification('cleo'), false, 'Desk')$$), '',
    'and the refusal does not show the evidence of the case'
);
select lives_ok(
    $$select core.decide_verification(tests.verification('cleo'), true, 'Desk', now() + interval '1 year')$$,
    'compliance of the platform decides'
);
select tests.refused(
    $$select core.decide_verification(tests.verification('cleo'), false, 'Desk', reason => 'on second thoughts')$$,
    'verification_decided', 'a decision is final'
);
select tests.as_service();
select results_eq(
    $$select status::text, verifier, decided_by, decided_at, valid_during
    from core.verifications
    where id = tests.verification('cleo')$$,
    $$values ('verified', 'Desk', tests.person('cora'), now(), tstzrange(now(), now() + interval '1 year'))$$,
    'a decision keeps who made it, when, and how long it holds'
);
select is(score, 70.00, 'a verified identity raises trust at once') from core.trust_scores
where person_id = tests.person('cleo');
select lives_ok(
    $$select core.decide_verification(tests.verification('kit'), false, 'Partner Inc.', now(), 'expired')$$,
    'a server records what a partner decided, and papers that have expired are turned down'
);
select lives_ok(
    $$select core.decide_verification(tests.verification('river'), true, 'Partner Inc.')$$,
    'an organization is decided on, too'
);

-- What counts, when.
select ok(core.is_verified(tests.person('cleo')), 'whose papers were accepted is verified');
select ok(
    core.is_verified(tests.person('cleo'), now() + interval '364 days'), 'and stays so while that holds'
);
select ok(not core.is_verified(tests.person('cleo'), now() + interval '1 year'), 'and not after');
select ok(not core.is_verified(tests.person('cleo'), now() - interval '1 second'), 'and was not before');
select ok(not core.is_verified(tests.person('kit')), 'who was turned down is not verified');
select ok(not core.is_verified(tests.person('cass')), 'who waits for a decision is not verified');
select ok(not core.is_verified(tests.person('eli')), 'who never asked is not verified');
select ok(not core.is_verified(tests.person('olive')), 'a verified organization verifies none of its people');
select tests.as('cleo');
select ok(verified, 'a person learns that they are verified') from core.my_profile();
select throws_ok(
    $$select core.is_verified(tests.person('cleo'))$$, '42501', null, 'whether others are verified is not for everybody'
);

-- Evidence is seen by looking, and each look is kept.
select throws_ok(
    $$select evidence_uri from core.verifications$$, '42501', null, 'a person does not select where evidence lies'
);
select tests.refused(
    $$select core.look_at_evidence(tests.verification('cleo'), 'it is mine')$$,
    'not_permitted', 'a person does not look at evidence, not even their own'
);
select tests.as('cora');
select throws_ok(
    $$select evidence_uri from core.verifications$$, '42501', null, 'compliance does not select where evidence lies'
);
select tests.violates(
    $$select core.look_at_evidence(tests.verification('cleo'), ' ')$$,
    'verification_looks_reason_check', 'whoever looks says why'
);
select tests.refused(
    $$select core.look_at_evidence(gen_random_uuid(), 'a fishing trip')$$,
    'not_found', 'only evidence that there is can be looked at'
);
select is(
    core.look_at_evidence(tests.verification('cleo'), 'checking the photograph'), 'vault://cleo',
    'compliance looks at evidence'
);
select tests.as_service();
select throws_ok(
    $$select evidence_uri from core.verifications$$, '42501', null, 'not even a server selects where evidence lies'
);
select is(
    core.look_at_evidence(tests.verification('kit'), 'sent to the partner'), 'vault://kit', 'a server looks, too'
);
select tests.as_auditor();
select throws_ok(
    $$select evidence_uri from core.verifications$$, '42501', null, 'an auditor does not select where evidence lies'
);
select throws_ok(
    $$select core.look_at_evidence(tests.verification('cleo'), 'audit')$$, '42501', null, 'an auditor does not look'
);
select tests.as('cleo');
select bag_eq(
    $$select verification_id, person_id, reason from core.verification_looks$$,
    $$values
        (tests.verification('cleo'), tests.person('cora'), 'checking the photograph'),
        (tests.verification('kit'), null, 'sent to the partner')$$,
    'a person learns who looked at their evidence and that of their ward, and why'
);

-- Who reads what.
select tests.as('cleo');
select bag_eq(
    $$select person_id from core.verifications$$, $$values (core.me()), (tests.person('kit'))$$,
    'a person reads their own verifications and those of their ward, and no others'
);
select tests.as('olive');
select bag_eq(
    $$select person_id, organization_id from core.verifications$$, $$values (null::uuid, tests.scope('river'))$$,
    'whoever manages an organization reads its verifications, and not those of its people'
);
select tests.as('carl');
select bag_eq(
    $$select person_id from core.verifications$$, $$values (core.me())$$,
    'compliance of another organization reads what concerns itself, and nothing else'
);
select tests.as('pim');
select is_empty($$select from core.verifications$$, 'a member of the platform reads none');
select tests.as('cora');
select bag_eq(
    $$select id from core.verifications$$, $$select id from tests.all_verifications()$$,
    'compliance of the platform reads all that waits for it and all that was decided'
);
select tests.as('max');
select is_empty($$select from core.verifications$$, 'a member does not read the verifications of the organization');
select is_empty($$select from core.verification_looks$$, 'nor who looked at anything');
select tests.as_service();
select isnt_empty($$select id from core.verifications$$, 'a server reads verifications');
select isnt_empty($$select from core.verification_looks$$, 'a server reads who looked');
select tests.as_auditor();
select isnt_empty($$select id from core.verifications$$, 'an auditor reads verifications');
select isnt_empty($$select from core.verification_looks$$, 'an auditor reads who looked');
select tests.as_nobody();
select is(
    tests.access('core.verifications'),
    '{
        "select to authenticated but decided_by, evidence_uri",
        select to empathy_auditor but evidence_uri,
        select to service_role but evidence_uri
    }',
    'verifications are written by functions alone, and where evidence lies is granted to nobody'
);
select is(
    tests.access('core.verification_looks'),
    '{select to authenticated,select to empathy_auditor,select to service_role}',
    'looks are only ever added to, by looking'
);

-- Erasing a person takes the evidence with it.
select set_config('tests.verification', tests.verification('cass')::text, true);
select tests.as('cora');
select core.erase_person(tests.person('cass'));
select tests.as_service();
select is(
    core.look_at_evidence(current_setting('tests.verification')::uuid, 'is it gone?'), null,
    'of an erased person no evidence is left'
);

-- What the tables refuse, whoever writes.
select tests.as_nobody();
insert into core.verifications (kind, person_id, document_type) values ('kyc', tests.person('waiting'), 'passport');
select tests.violates(tests.variant('core.verifications'), 'verifications_pkey', 'a verification is one row');
select tests.violates(
    tests.variant('core.verifications', changes, format('id = %L', tests.verification(subject))),
    constraint_name, promise
)
from (
    values
        (
            'cleo', jsonb_build_object('person_id', gen_random_uuid()),
            'verifications_person_id_fkey', 'a verification is about a person'
        ),
        (
            'river', jsonb_build_object('organization_id', gen_random_uuid()),
            'verifications_organization_id_fkey', 'or about an organization'
        ),
        (
            'cleo', jsonb_build_object('decided_by', gen_random_uuid()),
            'verifications_decided_by_fkey', 'and a person decides'
        ),
        (
            'cleo', jsonb_build_object('organization_id', tests.scope('river')),
            'verifications_subject_check', 'a verification is about one or the other'
        ),
        ('cleo', '{"person_id": null}', 'verifications_subject_check', 'a verification is about somebody'),
        (
            'cleo', '{"kind": "kyb", "document_type": "tax_id"}',
            'verifications_subject_check', 'a person is not verified as an organization'
        ),
        ('cleo', '{"document_type": "bank_letter"}', 'verifications_document_type_check', 'people have their papers'),
        ('river', '{"document_type": "id_card"}', 'verifications_document_type_check', 'organizations have theirs'),
        ('cleo', '{"status": "pending"}', 'verifications_decision_check', 'what is pending is not decided'),
        ('waiting', '{"verifier": "Desk"}', 'verifications_decision_check', 'nobody verified it'),
        ('waiting', '{"decided_at": "2026-01-01"}', 'verifications_decision_check', 'at no time'),
        ('waiting', '{"valid_during": "[2026-01-01,)"}', 'verifications_decision_check', 'and for none'),
        ('cleo', '{"verifier": null}', 'verifications_decision_check', 'somebody verified'),
        ('cleo', '{"decided_at": null}', 'verifications_decision_check', 'at a time'),
        ('cleo', '{"valid_during": null}', 'verifications_decision_check', 'for some time'),
        ('cleo', '{"valid_during": "empty"}', 'verifications_decision_check', 'which is not none'),
        ('kit', '{"reason": null}', 'verifications_decision_check', 'what is turned down is so for a reason'),
        ('kit', '{"verifier": null}', 'verifications_decision_check', 'by somebody'),
        ('kit', '{"decided_at": null}', 'verifications_decision_check', 'at a time'),
        (
            'kit', '{"valid_during": "[2026-01-01,)"}',
            'verifications_decision_check', 'what is turned down never holds'
        ),
        (
            'cleo', jsonb_build_object('decided_by', tests.person('cleo')),
            'verifications_decided_by_check', 'nobody decides about themselves, whoever writes'
        ),
        (
            'cleo', jsonb_build_object('evidence_uri', repeat('x', 501)),
            'verifications_evidence_uri_check', 'where evidence lies is an address'
        )
) as v (subject, changes, constraint_name, promise);
select tests.refused(
    $$update core.verifications set id = id$$, 'key_frozen', 'the id of a verification never changes'
);
update core.verifications set updated_at = '-infinity';
select is(min(updated_at), now(), 'a verification says when it changed') from core.verifications;
select tests.violates(tests.variant('core.verification_looks', changes), constraint_name, promise)
from (
    values
        ('{}'::jsonb, 'verification_looks_pkey', 'a look is one row'),
        (
            jsonb_build_object('verification_id', gen_random_uuid()),
            'verification_looks_verification_id_fkey', 'a look is at a verification'
        ),
        (
            jsonb_build_object('person_id', gen_random_uuid()),
            'verification_looks_person_id_fkey', 'a person looks'
        ),
        (jsonb_build_object('reason', ''), 'verification_looks_reason_check', 'for a reason'),
        (jsonb_build_object('reason', repeat('x', 501)), 'verification_looks_reason_check', 'that can be read')
) as v (changes, constraint_name, promise);

select * from finish();
rollback;
