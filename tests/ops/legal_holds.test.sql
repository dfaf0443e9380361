-- Legal holds: who imposes and releases them, what they cover, and what cannot happen meanwhile.

begin;
set local search_path = tap, tests, public;
select plan(67);

create function tests.hold(slug text, reason text)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
    select h.id from ops.legal_holds h where h.scope_id = tests.scope(slug) and h.reason = hold.reason
$$;

select tests.world();
insert into core.verifications (kind, person_id, document_type, status, verifier, decided_at, valid_during)
values ('kyc', tests.person('carl'), 'passport', 'verified', 'Desk', now(), tstzrange(now(), null));
select tests.join('carl', 'river', 'compliance');

-- Who imposes.
select tests.as('hana');
select tests.refused(
    $$select ops.impose_hold(tests.scope('heron'), 'x')$$, 'not_permitted', 'whoever manages a place imposes no hold'
);
select tests.as('ada');
select tests.refused(
    $$select ops.impose_hold(tests.scope('river'), 'x')$$, 'not_permitted', 'an admin imposes no hold'
);
select tests.as('hugo');
select tests.refused(
    $$select ops.impose_hold(tests.scope('heron'), 'x')$$,
    'not_permitted', 'the owner of another organization imposes no hold here'
);
select tests.as_anon();
select throws_ok(
    $$select ops.impose_hold(tests.scope('heron'), 'x')$$, '42501', null, 'nobody imposes one without signing in'
);
select tests.as('carl');
select tests.violates(
    $$select ops.impose_hold(tests.scope('river'), ' ')$$, 'legal_holds_reason_check', 'a hold has a reason'
);
select tests.violates(
    $$select ops.impose_hold(tests.scope('river'), 'x', applies_to => 'hats')$$,
    'legal_holds_applies_to_check', 'a hold is on what can be held'
);
select tests.refused(
    $$select ops.impose_hold(tests.scope('river'), 'x', tests.person('hazel'))$$,
    'not_found', 'a hold is not put on somebody the organization never had to do with'
);
select lives_ok(
    $$select ops.impose_hold(tests.scope('archive'), 'lawsuit')$$, 'compliance imposes a hold in the organization'
);
select results_eq(
    $$select tenant_id, scope_id, person_id, applies_to, imposed_by, imposed_at, released_at
    from ops.legal_holds
    where reason = 'lawsuit'$$,
    $$values (
        tests.scope('river'), tests.scope('archive'), null::uuid, 'all', tests.person('carl'), now(), null::timestamptz
    )$$,
    'a hold keeps what it is on, who imposed it, and when'
);
select tests.as('olive');
select lives_ok(
    $$select ops.impose_hold(tests.scope('heron'), 'subpoena', tests.person('cleo'))$$,
    'an owner puts a hold on what is one person''s'
);
select lives_ok(
    $$select ops.impose_hold(tests.scope('delta'), 'audit', applies_to => 'equity')$$, 'or on one kind of thing alone'
);

-- What a hold covers.
select tests.as_service();
select ok(ops.is_held(tests.scope('archive')), 'a hold covers its scope');
select ok(ops.is_held(tests.scope('otter')), 'and what is below');
select ok(not ops.is_held(tests.scope('river')), 'and not what is above');
select ok(not ops.is_held(tests.scope('delta')), 'nor beside');
select ok(not ops.is_held(tests.scope('hill')), 'nor another organization');
select ok(not ops.is_held(gen_random_uuid()), 'nor what does not exist');
select ok(ops.is_held(tests.scope('otter'), null, 'equity'), 'a hold on everything covers each kind of thing');
select ok(ops.is_held(tests.scope('delta'), null, 'equity'), 'a hold on one kind covers that');
select ok(not ops.is_held(tests.scope('delta'), null, 'buz'), 'and no other');
select ok(not ops.is_held(tests.scope('delta')), 'and not everything');
select ok(ops.is_held(null, tests.person('cleo')), 'a hold on a person covers them');
select ok(ops.is_held(tests.scope('hill'), tests.person('cleo')), 'wherever what is theirs lies');
select ok(not ops.is_held(null, tests.person('eli')), 'and nobody else');
select tests.as_nobody();
update ops.legal_holds set released_at = now(), released_by = tests.person('olive') where reason = 'lawsuit';
select tests.as_service();
select ok(not ops.is_held(tests.scope('heron')), 'a hold on a person does not cover the place it was imposed in');
select ok(not ops.is_held(tests.scope('archive')), 'a hold that was released covers nothing');
select tests.as('olive');
select throws_ok(
    $$select ops.is_held(tests.scope('archive'))$$, '42501', null, 'what is held is not for everybody to ask'
);

-- What cannot happen meanwhile.
select tests.as('cleo');
select tests.refused(
    $$select core.erase_person(core.me())$$, 'held', 'who is under a hold is not erased'
);
select tests.as_service();
select tests.refused(
    $$select core.erase_person(tests.person('cleo'))$$, 'held', 'not even by a server'
);
select tests.as_nobody();
select tests.person('clea');
select core.merge_people(tests.person('cleo'), tests.person('clea'));
select tests.as('clea');
select tests.refused(
    $$select core.erase_person(core.me())$$, 'held', 'a hold stays on a person whose rows were merged'
);

-- Releasing.
select tests.as('ada');
select tests.refused(
    $$select ops.release_hold(tests.hold('heron', 'subpoena'))$$, 'not_permitted', 'an admin releases no hold'
);
select tests.as('clea');
select tests.refused(
    $$select ops.release_hold(tests.hold('heron', 'subpoena'))$$, 'not_permitted', 'nor does whoever is under it'
);
select tests.refused(
    $$select ops.release_hold(gen_random_uuid())$$, 'not_permitted', 'of an unknown hold nothing is said'
);
select tests.as('carl');
select lives_ok($$select ops.release_hold(tests.hold('heron', 'subpoena'))$$, 'compliance releases a hold');
select tests.as('olive');
select lives_ok(
    $$select ops.release_hold(tests.hold('heron', 'subpoena'))$$, 'releasing a hold twice is no error'
);
select results_eq(
    $$select released_by, released_at from ops.legal_holds where id = tests.hold('heron', 'subpoena')$$,
    $$values (tests.person('carl'), now())$$,
    'a hold keeps who released it first, and when'
);
select is_empty(
    $$select reason from ops.legal_holds where reason = 'audit' and released_at is not null$$,
    'and leaves other holds as they are'
);
select tests.as('clea');
select lives_ok($$select core.erase_person(core.me())$$, 'who is under no hold any more can be erased');

-- Who reads them.
select tests.as('olive');
select bag_eq(
    $$select reason from ops.legal_holds$$, $$values ('lawsuit'), ('subpoena'), ('audit')$$,
    'an owner reads the holds of the organization'
);
select tests.as('carl');
select is((select count(*) from ops.legal_holds), 3::bigint, 'and so does compliance');
select tests.as('ada');
select is_empty($$select from ops.legal_holds$$, 'an admin reads none');
select tests.as('hana');
select is_empty($$select from ops.legal_holds$$, 'whoever manages a place reads none');
select tests.as('hugo');
select is_empty($$select from ops.legal_holds$$, 'the owner of another organization reads none');
select tests.backend_reads('ops.legal_holds');
select is(
    tests.access('ops.legal_holds'),
    '{select to authenticated,select to empathy_auditor,select to service_role}',
    'holds are written by functions alone'
);

-- A hold on a place keeps who belongs there.
select tests.as_nobody();
select tests.join('lou', 'heron', 'community_member');
update core.scopes set visibility = 'public' where id = tests.scope('heron');
select tests.as('lou');
select core.leave(tests.scope('heron'));
select tests.as('reka');
select core.request_membership(tests.scope('heron'));
select tests.as('olive');
select ops.impose_hold(tests.scope('archive'), 'inquiry');
select tests.as('priya');
select tests.refused('select core.erase_person(core.me())', 'held', 'who belongs to what is held is not erased');
select tests.as('oona');
select tests.refused('select core.erase_person(core.me())', 'held', 'nor who belongs to what is below');
select tests.as('lou');
select tests.refused('select core.erase_person(core.me())', 'held', 'nor who once did');
select tests.as_nobody();
select tests.person('louis');
select core.merge_people(tests.person('lou'), tests.person('louis'));
select tests.as_service();
select tests.refused(
    'select core.erase_person(tests.person(''louis''))', 'held', 'under whichever row of theirs, and not by a server'
);
select tests.as('dara');
select lives_ok(
    'select core.erase_person(core.me())', 'who belongs beside it is, and who belongs where one kind of thing is held'
);
select tests.as('max');
select lives_ok('select core.erase_person(core.me())', 'and who belongs above');
select tests.as('reka');
select lives_ok(
    'select core.erase_person(core.me())', 'and who only asked to belong, or they would find out where there are holds'
);
select tests.as('olive');
select ops.release_hold(tests.hold('archive', 'inquiry'));
select tests.as('louis');
select lives_ok('select core.erase_person(core.me())', 'once it is released, who once belonged is erased');
select tests.as_nobody();

-- What the table refuses, whoever writes.
select tests.violates(
    tests.variant('ops.legal_holds', changes, 'reason = ''lawsuit'''), constraint_name, promise
)
from (
    values
        ('{}'::jsonb, 'legal_holds_pkey', 'a hold is one row'),
        (
            jsonb_build_object('tenant_id', tests.scope('hill')),
            'legal_holds_tenant_id_scope_id_fkey', 'a hold stands in a scope of its own organization'
        ),
        (
            jsonb_build_object('person_id', gen_random_uuid()),
            'legal_holds_person_id_fkey', 'a hold is on somebody who exists'
        ),
        (
            jsonb_build_object('imposed_by', gen_random_uuid()),
            'legal_holds_imposed_by_fkey', 'a person imposes a hold'
        ),
        (
            jsonb_build_object('released_by', gen_random_uuid()),
            'legal_holds_released_by_fkey', 'a person releases a hold'
        ),
        ('{"applies_to": "hats"}', 'legal_holds_applies_to_check', 'a hold is on what can be held'),
        ('{"reason": ""}', 'legal_holds_reason_check', 'a hold has a reason'),
        (
            jsonb_build_object('reason', repeat('x', 2001)),
            'legal_holds_reason_check', 'a reason has an end'
        ),
        ('{"released_by": null}', 'legal_holds_released_check', 'what was released was so by somebody'),
        ('{"released_at": null}', 'legal_holds_released_check', 'at a time')
) as v (changes, constraint_name, promise);
select tests.refused(
    format('update ops.legal_holds set %1$I = %1$I', name), 'key_frozen',
    format('the %s of a hold never changes', name)
)
from unnest('{tenant_id,id,scope_id,person_id}'::text[]) name;

select * from finish();
rollback;
