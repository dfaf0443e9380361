-- What a community said yes to it takes back, also where the work was put under the protocols of another one meanwhile,
-- which those who speak for it do not pass. More of it than that they are not told.

begin;
set local search_path = tap, tests, public;
select plan(12);

select tests.world();
select tests.join('cleo', 'otter', 'community_member');
select tests.as('otis');
select consent.create_protocol(tests.scope('otter'), 'Reeds', 'family', 'members');
select tests.as('cleo');
select content.create_note(tests.scope('heron'), title, '{"text": "1"}', visibility => 'community')
from unnest('{Ice,Fire}'::text[]) title;
select consent.add_community(tests.work(title), tests.scope('heron')) from unnest('{Ice,Fire}'::text[]) title;
select content.transition(tests.work('Ice'), 'published');
select consent.give_consent(tests.work('Ice'), purpose) from unnest('{community_sharing,research}'::text[]) purpose;
select tests.as('sol');
select consent.give_consent(tests.work('Ice'), purpose, scope_id => tests.scope('heron'))
from unnest('{community_sharing,research}'::text[]) purpose;
select tests.as('cleo');
select consent.protect_work(tests.work(title), tests.scope('otter'), array[p.id])
from consent.protocols p
cross join unnest('{Ice,Fire}'::text[]) title
where p.name = 'Reeds';

select tests.as('sol');
select is_empty($$select from content.works$$, 'before: who speaks for the first does not pass');
select tests.refused(
    $$select consent.give_consent(tests.work('Ice'), 'insight', scope_id => tests.scope('heron'))$$, 'not_found',
    'nobody says yes to what they do not read'
);
select tests.refused(
    $$select consent.withdraw_consent(tests.work('Fire'), scope_id => tests.scope('heron'))$$, 'not_found',
    'nor takes back what was never given'
);
select tests.refused(
    $$select consent.withdraw_consent(tests.work('Ice'), scope_id => tests.scope('otter'))$$, 'not_found',
    'nor in the name of another community'
);
select tests.as('eli');
select tests.refused(
    $$select consent.withdraw_consent(tests.work('Ice'), scope_id => tests.scope('heron'))$$, 'not_found',
    'a member takes nothing back'
);
select tests.as_nobody();
select is(
    (select w.community_during @> now() from content.works w where w.title = 'Ice'), true, 'before: it is shared'
);
select tests.as('sol');
select lives_ok(
    $$select consent.withdraw_consent(tests.work('Ice'), 'community_sharing', scope_id => tests.scope('heron'))$$,
    'but what the community gave, it takes back'
);
select tests.as_nobody();
select is(
    (select w.community_during from content.works w where w.title = 'Ice'), '{}', 'and it is not shared any more'
);
select tests.as('sol');
select lives_ok(
    $$select consent.refuse_consent(tests.work('Ice'), 'research', scope_id => tests.scope('heron'))$$,
    'or refuses from now on'
);
select tests.refused(
    $$select consent.withdraw_consent(tests.work('Ice'), scope_id => tests.scope('heron'))$$, 'not_found',
    'once: then nothing is left that it gave'
);
select is_empty($$select from content.works$$, 'they learn no more of the work');
select is_empty($$select * from consent.explain(tests.work('Ice'), 'research')$$, 'nor who else said what');

select * from finish();
rollback;
