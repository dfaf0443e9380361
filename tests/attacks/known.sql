-- The world in which somebody looks for what is hidden from them: places, people with and without rights, and one work
-- that everybody may read, with all that can hang on a work. The helpers of tests/helpers.sql are there.

begin;
select tests.world();
select tests.join('hester', 'heron', 'steward', 'elder');
select tests.join('tella', 'heron', 'storyteller');
select tests.join('coral', 'heron', 'community_member');
select tests.join('fern', 'heron', 'community_member');
select tests.join('moss', 'heron', 'moderator');
select tests.join('rene', 'heron', 'cultural_reviewer');
select tests.join('bo', 'heron', 'elder');
select tests.join('lena', 'heron', 'elder');
select tests.join('bea', 'river', 'board_member');
select tests.person('stranger');

select tests.as('mara');
select core.create_organization('moor', 'Moor Society');
select core.create_place(tests.scope('moor'), 'community', 'ridge', 'Ridge People');
select tests.as_nobody();
select tests.join('ruth', 'ridge', 'storyteller');

select tests.as('hana');
select core.ban_member(tests.membership('bo', 'heron'), 'a quarrel');
select tests.as('lena');
select core.leave(tests.scope('heron'));

-- Elders alone pass the first; everybody in the community the second.
select tests.as('hester');
select consent.create_protocol(
    tests.scope('heron'), 'Embers', 'family', 'admitted', acknowledgement => 'Tell nobody.'
);
select consent.admit_by_protocol(p.id, role_id => r.id)
from consent.protocols p
join core.roles r on r.tenant_id = p.tenant_id and r.key = 'elder'
where p.name = 'Embers';
select consent.create_protocol(tests.scope('heron'), 'Reeds', 'family', 'members');
select consent.create_protocol_group(tests.scope('heron'), 'Singers');
commit;

-- What everybody may read.

begin;
select tests.as('ada');
select content.create_tag(tests.scope('river'), slug, initcap(slug)) from unnest('{ice,snow}'::text[]) slug;
select content.propose_synonym(s.id, t.id)
from content.tags s, content.tags t
where (s.slug, t.slug) = ('snow', 'ice');
select tests.as('tella');
select content.create_note(
    tests.scope('heron'), 'Open water', '{"text": "It is open."}', 'It is open.', 'Of water.', visibility => 'public'
);
select content.tag_work(tests.work('Open water'), t.id) from content.tags t where t.slug = 'ice';
select content.attribute_work(tests.work('Open water'), 'Tella', 'author', tests.person('tella'));
select content.add_collaborator(tests.work('Open water'), tests.person('eli'), 'comment');
select content.begin_upload(tests.work('Open water'), 'image/png', 11, encode(sha256('open water.'), 'hex'));
select tests.as_service();
select content.finish_upload(f.id) from content.files f;
select tests.as('tella');
select content.add_media(tests.work('Open water'), f.id, 'Open water') from content.files f;
select content.revise_work(tests.work('Open water'), '{"text": "It is open again."}', 'It is open again.');
select content.transition(tests.work('Open water'), 'published');
select consent.give_consent(tests.work('Open water'), key) from consent.purposes;
select tests.as('eli');
select content.add_comment(tests.work('Open water'), 'So it is.');
select content.react('heart', tests.work('Open water'));
select content.cast_vote(tests.work('Open water'));
select content.record_view(tests.work('Open water'));

-- Whoever belongs somewhere has a work of their own, for what is asked about one's own.
select tests.as(name), content.create_note(tests.scope(slug), 'Of ' || name, '{}', visibility => 'public')
from (
    values
        ('cleo', 'heron'), ('hana', 'heron'), ('moss', 'heron'), ('rene', 'heron'), ('fern', 'heron'),
        ('oona', 'otter'), ('petra', 'archive'), ('max', 'river'), ('ada', 'river'), ('bea', 'river'),
        ('hazel', 'hill'), ('hugo', 'hill')
) v (name, slug);
commit;

begin;
select tests.as('hana');
select content.open_poll(
    tests.scope('heron'), 'Shall we meet?', 'consent', now() + interval '1 day', work_id => null
);
select content.open_poll(
    tests.scope('heron'), 'Have we met?', 'single', now() + interval '1 day', '{Yes,No}'
);
select content.propose_decision(tests.scope('heron'), 'work.publish', 'Of hana', work_id => tests.work('Of hana'));
select consent.create_agreement(
    tests.scope('heron'), 'Institute', '{research,ai_training}', '', repeat('ab', 32)
);
select consent.begin_run(a.id, 'research', 'Known') from consent.agreements a where a.recipient = 'Institute';
select h.* from consent.runs r cross join consent.hand_out(r.id, array[tests.work('Open water')]) h;
select ops.request_export(tests.scope('heron'));
select core.invite(tests.scope('heron'));
select core.impose_sanction(tests.scope('heron'), tests.person('coral'), 'vote', 'a quarrel');
select tests.as('ada');
select consent.create_agreement(tests.scope('river'), 'Museum', '{research,ai_training}', '', repeat('ab', 32));
select consent.begin_run(a.id, 'research', 'Wide') from consent.agreements a where a.recipient = 'Museum';
select core.create_api_key(
    tests.scope('river'), 'A program',
    array(
        select distinct rp.permission
        from core.role_permissions rp
        join core.roles r on r.tenant_id = rp.tenant_id and r.id = rp.role_id
        where r.key = 'admin'
    )
);
select tests.as('olive');
select ops.impose_hold(tests.scope('heron'), 'a matter');
select tests.as('eli');
select consent.acknowledge_protocol(p.id) from consent.protocols p where p.name = 'Embers';
select tests.as('hester');
select consent.acknowledge_protocol(p.id) from consent.protocols p where p.name = 'Embers';
select tests.close('Have we met?');
select tests.as_nobody();
select content.count_polls();
select content.fold_counts();
commit;
