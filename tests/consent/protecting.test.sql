-- Who puts a work under protocols, and who takes it from under them: its owner at first, the community from then on.

begin;
set local search_path = tap, tests, public;
select plan(37);

create function tests.protocols(variadic names text[])
returns uuid[]
language sql
stable
security definer
set search_path = ''
as $$
    select array(select p.id from consent.protocols p where p.name = any (names) order by p.name)
$$;

select tests.world();
select tests.join('cleo', 'otter', 'community_member');
select tests.as('sol');
select consent.create_protocol(tests.scope('heron'), name, 'family', audience)
from (values
    ('Ashes', 'everybody'::consent.protocol_audience), ('Embers', 'members'), ('Coals', 'admitted')
) p (name, audience);
select tests.as('otis');
select consent.create_protocol(tests.scope('otter'), 'Reeds', 'family', 'everybody');
select tests.as('dara');
select consent.create_protocol(tests.scope('delta'), 'Silt', 'family', 'everybody');
select tests.as('cleo');
select content.create_note(tests.scope('heron'), title, '{}', visibility => 'community')
from unnest('{Ice,Fire,Beside}'::text[]) title;
select consent.protect_work(tests.work('Beside'), tests.scope('heron'), tests.protocols('Embers'));
select content.create_note(tests.scope('heron'), 'Mist', '{}');
select content.begin_upload(tests.work('Mist'), 'image/png', 3, encode(sha256('ice'), 'hex'));
select tests.as_service();
select content.finish_upload(f.id) from content.files f;
select tests.as('cleo');
create temporary table shown on commit drop as
select content.add_media(tests.work('Mist'), f.id, 'In the mist') as id from content.files f;
grant select on shown to authenticated;
select tests.as('sol');
select tests.refused(
    $$select consent.protect_media(s.id, tests.scope('heron'), tests.protocols('Embers')) from shown s$$,
    'not_found', 'no steward protects what they may not know of'
);
select tests.as('cleo');
select lives_ok(
    $$select consent.protect_media(s.id, tests.scope('heron'), tests.protocols('Embers')) from shown s$$,
    'as whose it is does'
);

-- The owner.

select lives_ok(
    $$select consent.protect_work(tests.work('Ice'), tests.scope('heron'), tests.protocols('Ashes', 'Embers'), 'any')$$,
    'an owner puts their work under protocols of their community'
);
select is(tests.stands_under('Ice'), '{heron any Ashes Embers}', 'then it stands under them');
select consent.protect_work(tests.work('Ice'), tests.scope('heron'), tests.protocols('Embers'));
select is(tests.stands_under('Ice'), '{heron all Embers}', 'under others, while it never left their hands');
select consent.protect_work(tests.work('Ice'), tests.scope('otter'), tests.protocols('Reeds'), 'any');
select is(
    tests.stands_under('Ice'), '{"heron all Embers","otter all Reeds"}',
    'and under those of a second community, with what it stood under before'
);
select consent.protect_work(tests.work('Ice'), tests.scope('heron'), '{}');
select is(tests.stands_under('Ice'), '{"otter all Reeds"}', 'or no more under one');
select consent.protect_work(tests.work('Ice'), tests.scope('otter'), '{}');
select is(tests.stands_under('Ice'), null, 'or under none');
select consent.protect_work(tests.work('Ice'), tests.scope('heron'), tests.protocols('Embers'));
select consent.protect_work(tests.work('Fire'), tests.scope('heron'), tests.protocols('Embers'), 'any');
select tests.as_nobody();
select is(
    (select count(distinct w.protocol_set_id) from content.works w), 1::bigint,
    'works that stand under the same share one set, however it was said'
);
select is(
    (
        select array_agg(convert_from(o.body, 'utf8')::jsonb)
        from ops.outbox o
        where o.topic = 'work.protected' and convert_from(o.body, 'utf8') ~ tests.work('Fire')::text
    ),
    array[jsonb_build_object('work_id', tests.work('Fire'))], 'whoever follows the work hears of it, by its id'
);
select tests.as('cleo');
select tests.refused(
    $$select consent.protect_work(tests.work('Ice'), tests.scope('delta'), tests.protocols('Silt'))$$, 'not_found',
    'an owner puts nothing under the protocols of a community that is not theirs'
);
select tests.refused(
    $$select consent.protect_work(tests.work('Ice'), tests.scope('heron'), tests.protocols('Reeds'))$$, 'not_found',
    'nor under one community''s protocols as another''s'
);
select tests.as_nobody();
update consent.protocols p set retired_at = now() where p.name = 'Coals';
select tests.as('cleo');
select tests.refused(
    $$select consent.protect_work(tests.work('Ice'), tests.scope('heron'), tests.protocols('Coals'))$$, 'not_found',
    'nor under what is retired'
);
select tests.refused(
    $$select consent.protect_work(gen_random_uuid(), tests.scope('heron'), tests.protocols('Embers'))$$, 'not_found',
    'nor what is not there'
);

-- Others.

select tests.as('eli');
select tests.refused(
    $$select consent.protect_work(tests.work('Ice'), tests.scope('heron'), tests.protocols('Embers'))$$, 'not_found',
    'nobody protects what is somebody else''s'
);
select tests.as('sol');
select tests.refused(
    $$select consent.protect_work(tests.work('Ice'), tests.scope('heron'), tests.protocols('Ashes'))$$, 'not_found',
    'a steward learns of no draft that way'
);
select tests.as('cleo');
select content.add_collaborator(tests.work('Ice'), tests.person('eli'), 'edit');
select tests.as('eli');
select tests.refused(
    $$select consent.protect_work(tests.work('Ice'), tests.scope('heron'), tests.protocols('Ashes'))$$, 'not_found',
    'who helps to make a work does not protect it'
);

-- Once it left the owner's hands.

select tests.as('cleo');
select content.transition(tests.work(t), 'published') from unnest('{Ice,Fire}'::text[]) t;
select tests.refused(
    $$select consent.protect_work(tests.work('Ice'), tests.scope('heron'), '{}')$$, 'protocols_stand',
    'then the owner takes it from under no protocol of the community'
);
select content.transition(tests.work('Ice'), 'withdrawn');
select content.transition(tests.work('Ice'), 'draft');
select tests.refused(
    $$select consent.protect_work(tests.work('Ice'), tests.scope('heron'), tests.protocols('Ashes'))$$,
    'protocols_stand', 'nor puts it under others, also when it is a draft again'
);
select lives_ok(
    $$select consent.protect_work(tests.work('Ice'), tests.scope('otter'), tests.protocols('Reeds'))$$,
    'but under those of a second community, which it does not stand under yet'
);
select tests.as('sol');
select tests.refused(
    $$select consent.protect_work(tests.work('Fire'), tests.scope('heron'), tests.protocols('Ashes'))$$, 'not_found',
    'a steward decides about nothing that they cannot read: published, and consented to by nobody'
);
select tests.as('cleo');
select consent.give_consent(tests.work('Fire'), 'community_sharing');
select tests.as('sol');
select lives_ok(
    $$select consent.protect_work(tests.work('Fire'), tests.scope('heron'), tests.protocols('Ashes'))$$,
    'but about what is shared with their community'
);
select is(tests.stands_under('Fire'), '{heron all Ashes}', 'then that counts');
select tests.as('otis');
select tests.refused(
    $$select consent.protect_work(tests.work('Fire'), tests.scope('otter'), tests.protocols('Reeds'))$$, 'not_found',
    'a steward of another community has no say in it'
);
select tests.as('cleo');
select content.update_work(tests.work('Fire'), visibility => 'public');
select consent.give_consent(tests.work('Fire'), 'public_sharing');
select tests.as('otis');
select tests.refused(
    $$select consent.protect_work(tests.work('Fire'), tests.scope('otter'), tests.protocols('Reeds'))$$, 'not_found',
    'also when it is public'
);
select tests.as('cleo');
select consent.protect_work(tests.work('Fire'), tests.scope('otter'), tests.protocols('Reeds'));
select tests.as('otis');
select lives_ok(
    $$select consent.protect_work(tests.work('Fire'), tests.scope('otter'), '{}')$$,
    'unless it stands under protocols of theirs'
);
select is(tests.stands_under('Fire'), '{heron all Ashes}', 'of which they decide, and of no other');
select tests.as('sol');
select tests.as_nobody();
update consent.protocols p set audience = 'admitted' where p.name = 'Ashes';
select tests.as('sol');
select tests.refused(
    $$select consent.protect_work(tests.work('Fire'), tests.scope('heron'), '{}')$$, 'not_found',
    'a steward who does not pass the protocols does not take them away'
);
select tests.as_nobody();
update consent.protocols p set audience = 'everybody' where p.name = 'Ashes';

-- Each audience lets a steward see it, as it lets everybody.

select tests.as('cleo');
select consent.withdraw_consent(tests.work('Fire'));
select content.update_work(tests.work('Fire'), visibility => 'organization');
select consent.give_consent(tests.work('Fire'), 'organization_sharing');
select tests.as('sol');
select lives_ok(
    $$select consent.protect_work(tests.work('Fire'), tests.scope('heron'), tests.protocols('Embers'))$$,
    'a steward decides about what is shared with the organization'
);
select tests.as('cleo');
select consent.withdraw_consent(tests.work('Fire'));
select content.transition(tests.work('Fire'), 'archived');
select content.transition(tests.work('Fire'), 'draft');
select content.transition(tests.work('Fire'), 'submitted');
select tests.as('sol');
select lives_ok(
    $$select consent.protect_work(tests.work('Fire'), tests.scope('heron'), tests.protocols('Ashes'))$$,
    'and about what waits for their review'
);
select tests.as('cleo');
select content.transition(tests.work('Fire'), 'draft');
select tests.as('sol');
select tests.refused(
    $$select consent.protect_work(tests.work('Fire'), tests.scope('heron'), '{}')$$, 'not_found',
    'and no more when it does not'
);
select tests.as_anon();
select throws_ok(
    $$select consent.protect_work(tests.work('Ice'), tests.scope('heron'), '{}')$$, '42501', null,
    'nobody protects anything who is not signed in'
);
select tests.as_nobody();
select is(tests.stands_under('Beside'), '{heron all Embers}', 'nothing of this concerned a work beside');
select is_empty(
    $$select from consent.protocol_sets s where s.id <> left(s.composition, 32)::uuid$$,
    'the id of what works stand under says what that is made of, and not since when'
);
select tests.as('sol');
select consent.create_protocol_group(tests.scope('heron'), 'Ash family');
select tests.as_nobody();
update core.scopes s set archived_at = now() where s.slug = 'heron';
select tests.as('sol');
select tests.refused(
    $$select consent.add_to_protocol_group(g.id, tests.membership('cleo', 'heron'))
    from consent.protocol_groups g where g.name = 'Ash family'$$,
    'scope_archived', 'in an archived place nobody is taken into a group'
);
select tests.refused(
    $$select consent.create_protocol(tests.scope('heron'), 'Late', 'family', 'everybody')$$, 'scope_archived',
    'no protocol is set'
);
select tests.refused(
    $$select consent.update_protocol((tests.protocols('Ashes'))[1], name => 'Late')$$, 'scope_archived', 'or changed'
);
select tests.as_nobody();

select * from finish();
rollback;
