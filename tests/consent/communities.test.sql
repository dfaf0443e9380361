-- A community consents as a person does: through those who speak for it.

begin;
set local search_path = tap, tests, public;
select plan(35);

select tests.world();
select tests.as('hugo');
select core.create_place(tests.scope('hill'), 'community', 'moor', 'Moor People');
select tests.as_nobody();
select tests.join('cleo', slug, role)
from (values ('otter', 'community_member'), ('archive', 'member'), ('moor', 'community_member')) v (slug, role);
select tests.as('cleo');
select content.create_note(tests.scope('heron'), title, '{"text": "1"}', visibility => 'public')
from unnest('{Ice,Fire}'::text[]) title;
select content.transition(tests.work(title), 'published') from unnest('{Ice,Fire}'::text[]) title;
select consent.give_consent(tests.work(title), 'public_sharing') from unnest('{Ice,Fire}'::text[]) title;
select tests.as('sol');
select is_empty(
    $$select from content.work_versions v where v.number = 2$$, 'before: who speaks for the community reads no more'
);
select tests.refused(
    $$select consent.give_consent(tests.work('Ice'), 'public_sharing', scope_id => tests.scope('heron'))$$,
    'not_found', 'where it does not ask for the community, nobody speaks for it'
);

select tests.as('cleo');
select tests.refused(
    $$select consent.add_community(tests.work('Ice'), tests.scope('delta'))$$, 'not_found',
    'nobody brings a work before a community that is not theirs'
);
select tests.refused(
    $$select consent.add_community(tests.work('Ice'), tests.scope('archive'))$$, 'not_found',
    'nor before what is no community'
);
select tests.refused(
    $$select consent.add_community(tests.work('Ice'), tests.scope('moor'))$$, 'not_found',
    'nor before one of another organization'
);
select lives_ok(
    $$select consent.add_community(tests.work('Ice'), tests.scope('heron'))$$, 'an owner says that it has to consent'
);
select tests.refused(
    $$select consent.add_community(tests.work('Ice'), tests.scope('heron'))$$, 'already_asked', 'once'
);
select tests.as('eli');
select tests.refused(
    $$select consent.add_community(tests.work('Ice'), tests.scope('heron'))$$, 'not_found', 'nobody else says so'
);
select tests.as_anon();
select is(
    (select count(*) from content.works w where w.id = tests.work('Ice')), 0::bigint,
    'until it does, the work is not shared'
);
select is((select count(*) from content.works w where w.id = tests.work('Fire')), 1::bigint, 'others are');

select tests.as('eli');
select tests.refused(
    $$select consent.give_consent(tests.work('Ice'), 'public_sharing', scope_id => tests.scope('heron'))$$,
    'not_found', 'a member does not speak for the community'
);
select tests.as('otis');
select tests.refused(
    $$select consent.give_consent(tests.work('Ice'), 'public_sharing', scope_id => tests.scope('heron'))$$,
    'not_found', 'nor does who speaks for another'
);
select tests.refused(
    $$select consent.give_consent(tests.work('Ice'), 'public_sharing', scope_id => tests.scope('otter'))$$,
    'not_found', 'nor for that, which is not asked'
);
select tests.as('cleo');
select tests.refused(
    $$select consent.give_consent(tests.work('Ice'), 'public_sharing', scope_id => tests.scope('heron'))$$,
    'not_found', 'nor the owner'
);
select content.revise_work(tests.work('Ice'), '{"text": "2"}');
select content.create_note(tests.scope('heron'), 'Mist', '{}');
select tests.as('sol');
select is_empty(
    $$select from content.works w where w.title = 'Mist'$$, 'who speaks for it, reads no work that does not ask for it'
);
select is(
    (select array_agg(v.number order by v.number) from content.work_versions v where v.work_id = tests.work('Ice')),
    '{1,2}', 'who speaks for it reads what they are asked about'
);
select lives_ok(
    $$select consent.give_consent(tests.work('Ice'), 'public_sharing', scope_id => tests.scope('heron'))$$,
    'and consents in its name'
);
select is(
    (select array_agg(c.decision::text) from consent.consents c), '{given}', 'which they read, and nobody''s but its'
);
select results_eq(
    $$select e.person_id, e.scope_id, e.says from consent.explain(tests.work('Ice'), 'public_sharing') e
    order by e.scope_id nulls first$$,
    $$values
        (tests.person('cleo'), null::uuid, 'given, for version 1; the newest is 2'),
        (null, tests.scope('heron'), 'given')$$,
    'why it is shared is explained to them'
);
select tests.as('hana');
select is(
    (select count(*) from consent.consents), 1::bigint, 'others who speak for it read what was said in its name'
);
select tests.as('otis');
select is_empty($$select from consent.consents$$, 'nobody else');
select is_empty($$select consent.explain(tests.work('Ice'), 'public_sharing')$$, 'and nothing is explained to them');
select tests.as_anon();
select is(
    (select count(*) from content.works w where w.id = tests.work('Ice')), 1::bigint, 'then the work is shared'
);
select tests.as('hana');
select consent.withdraw_consent(tests.work('Ice'), 'public_sharing', scope_id => tests.scope('heron'));
select tests.as_anon();
select is(
    (select count(*) from content.works w where w.id = tests.work('Ice')), 0::bigint,
    'until anybody who speaks for it takes it back'
);
select tests.as('hana');
select consent.refuse_consent(tests.work('Ice'), scope_id => tests.scope('heron'));
select is(
    (select count(*) from consent.consents c where c.decision = 'refused'), 9::bigint, 'or refuses it for everything'
);
select tests.as('sol');
select tests.refused(
    $$select consent.give_consent(tests.work('Ice'), 'public_sharing')$$, 'not_found',
    'in their own name they are not asked'
);

-- Under protocols that they do not pass, they are not told, and say nothing.

select consent.create_protocol(tests.scope('heron'), 'Coals', 'family', 'admitted');
select tests.as('cleo');
select consent.protect_work(tests.work('Ice'), tests.scope('heron'), array[p.id])
from consent.protocols p where p.name = 'Coals';
select tests.as('sol');
select is_empty(
    $$select from content.works w where w.id = tests.work('Ice')$$, 'who speaks for it and does not pass, is not told'
);
select tests.refused(
    $$select consent.give_consent(tests.work('Ice'), 'public_sharing', scope_id => tests.scope('heron'))$$,
    'not_found', 'and says nothing in its name'
);
select is_empty(
    $$select consent.explain(tests.work('Ice'), 'public_sharing')$$, 'nor is anything explained to them'
);
select consent.admit_by_protocol(p.id, membership_id => tests.membership('sol', 'heron'))
from consent.protocols p where p.name = 'Coals';
select lives_ok(
    $$select consent.give_consent(tests.work('Ice'), 'public_sharing', scope_id => tests.scope('heron'))$$,
    'until they pass'
);

-- Whoever speaks for several communities, speaks for the one that is named.

select tests.join('sol', 'otter', 'steward');
select tests.as('cleo');
select consent.add_community(tests.work('Ice'), tests.scope('otter'));
select tests.as('sol');
select consent.give_consent(tests.work('Ice'), 'insight', scope_id => tests.scope('otter'));
select results_eq(
    $$select e.scope_id, e.allows from consent.explain(tests.work('Ice'), 'insight') e
    where e.scope_id is not null order by e.allows$$,
    $$values (tests.scope('heron'), false), (tests.scope('otter'), true)$$,
    'a yes in the name of one is not one in the name of the other'
);

-- What a work was used for, they read as a person would, also where others signed for it.

select tests.as('cleo');
select consent.add_community(tests.work('Fire'), tests.scope('heron'));
select consent.give_consent(tests.work('Fire'), 'research');
select tests.as('sol');
select consent.give_consent(tests.work('Fire'), 'research', scope_id => tests.scope('heron'));
select tests.as('olive');
select count(h.work_id)
from consent.create_agreement(tests.scope('river'), 'Institute', '{research}', '', repeat('ab', 32)) a (id),
    consent.begin_run(a.id, 'research', 'First') r (id),
    consent.hand_out(r.id, array[tests.work('Fire')]) h;
select tests.as('sol');
select is(
    (
        select jsonb_agg(use -> 'version')
        from consent.consents c, jsonb_array_elements(consent.receipt(c.id) -> 'uses') use
        where c.purpose = 'research'
    ),
    '[1]', 'a receipt for what was said in its name says what the work was used for'
);
select tests.as('eli');
select is_empty($$select from consent.run_works$$, 'a member does not read that');

select tests.as_nobody();
select is(
    (
        select array_agg(distinct c.recorded_by)
        from consent.consents c join consent.consent_parties p on p.id = c.party_id
        where p.scope_id is not null and c.during @> now() and c.decision = 'given'
    ),
    array[tests.person('sol')], 'it is kept who spoke'
);
select is_empty($$select consent.verify_effective()$$, 'and all of it is counted right');

select * from finish();
rollback;
