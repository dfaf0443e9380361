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
select tests.join('eli', 'otter', 'storyteller');
select tests.join('bea', 'river', 'board_member');
select tests.person('stranger');
select tests.as('olive');
select core.set_module(tests.scope('river'), 'stories', true);

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
select consent.adopt_label(tests.scope('heron'), label)
from unnest('{tk_attribution,tk_culturally_sensitive}'::text[]) label;
select consent.word_label(tests.scope('heron'), 'tk_attribution', 'en', 'Ours', 'It is ours.');
select tests.as('hana');
select consent.adopt_label(tests.scope('heron'), 'notice_viewing');
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
select consent.label_work(tests.work('Open water'), tests.scope('heron'), label)
from unnest('{tk_attribution,notice_viewing}'::text[]) label;
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

-- And a story, with another community's side of it, of somebody who has died.
select tests.as('hana');
select stories.describe_community(tests.scope('heron'), 'kinship', 'The bend', '{cr,en}');
select tests.as('tella');
select stories.create_story(
    tests.scope('heron'), 'Open sky', '{"text": "It is blue."}', 'It is blue.', 'Of the sky.', visibility => 'public'
);
select stories.place_story(tests.work('Open sky'), 'The bend', 55.5, -90.5, 'locality');
select stories.set_warnings(tests.work('Open sky'), '{grief}');
select consent.add_party(tests.work('Open sky'), tests.person('coral'), 'depicted');
select content.transition(tests.work('Open sky'), 'submitted');
select tests.as('eli');
select stories.review_story(tests.work('Open sky'), 'elder', 'approved', 'It is well told.');
select content.transition(tests.work('Open sky'), state)
from unnest('{in_review,approved}'::content.work_state[]) state;
select tests.as('tella');
select content.transition(tests.work('Open sky'), 'published');
select consent.give_consent(tests.work('Open sky'), key) from consent.purposes;
select tests.as('coral');
select consent.give_consent(tests.work('Open sky'), key) from consent.purposes;
select tests.as('oona');
select stories.create_record(
    tests.work('Open sky'), tests.scope('otter'), 'Under the sky', '{"text": "It is grey."}', visibility => 'public'
);
select content.transition(tests.work('Under the sky'), 'published');
select consent.give_consent(tests.work('Under the sky'), key) from consent.purposes;
select stories.give_feedback(tests.scope('otter'), 'It is a good place.');
select tests.as('cleo');
select stories.give_feedback(tests.scope('heron'), 'It is a good place.');
select tests.as_service();
select core.record_death(tests.person('coral'), '2026-01-02');
select tests.as('eli');

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
    tests.scope('heron'), 'Institute', '{research,ai_training,ai_analysis}', '', repeat('ab', 32)
);
select consent.begin_run(a.id, 'research', 'Known') from consent.agreements a where a.recipient = 'Institute';
select h.* from consent.runs r cross join consent.hand_out(r.id, array[tests.work('Open water')]) h;
select consent.begin_run(a.id, 'ai_analysis', 'Known reader')
from consent.agreements a
where a.recipient = 'Institute';
select stories.record_analysis(r.id, h.work_id, 'themes', '["sky"]')
from consent.runs r
cross join consent.hand_out(r.id, array[tests.work('Open sky')]) h
where r.model = 'Known reader';
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
