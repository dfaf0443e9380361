-- What is hidden, each work for another reason and with all that can hang on a work: a published story under protocols,
-- a private draft, a note of a community of another organization, one that was taken back, a story that waits for
-- review, and a side of a story that everybody knows. The twin world has none of this.

begin;
select tests.as('tella');
select stories.create_story(
    tests.scope('heron'), title, jsonb_build_object('text', 'Body of ' || title), 'Plain ' || title,
    'Summary of ' || title, visibility => visibility::content.work_visibility, recorded_on => '2026-01-03'
)
from (values ('Guarded', 'public'), ('Draft', 'private'), ('Waiting', 'public')) v (title, visibility);
select stories.place_story(tests.work(title), 'Place of ' || title, 54.3, -91.2, 'locality'),
    stories.set_warnings(tests.work(title), '{violence,ceremony}')
from unnest('{Guarded,Draft,Waiting}'::text[]) title;
select content.create_note(
    tests.scope('heron'), 'Withdrawn', '{"text": "Body of Withdrawn"}', 'Plain Withdrawn', 'Summary of Withdrawn',
    visibility => 'public'
);
select tests.as('ruth');
select content.create_note(
    tests.scope('ridge'), 'Elsewhere', '{"text": "Body of Elsewhere"}', 'Plain Elsewhere', 'Summary of Elsewhere',
    visibility => 'community'
);

-- Who makes them, and what there is to see in them.
select tests.as('tella');
select consent.add_party(tests.work(title), tests.person('coral'), 'co_teller'),
    consent.add_community(tests.work(title), tests.scope('heron'))
from unnest('{Guarded,Waiting}'::text[]) title;
select content.add_collaborator(tests.work(title), tests.person('fern'), 'edit'),
    content.add_collaborator(tests.work(title), tests.person('eli'), 'comment'),
    content.attribute_work(tests.work(title), 'Named in ' || title, 'author', tests.person('hester')),
    content.begin_upload(
        tests.work(title), 'image/png', 100 + n, encode(sha256(convert_to(title, 'utf8')), 'hex')
    ),
    content.begin_upload(
        tests.work(title), 'image/png', 200 + n, encode(sha256(convert_to(title || ' 2', 'utf8')), 'hex')
    )
from unnest('{Guarded,Draft,Withdrawn,Waiting}'::text[]) with ordinality v (title, n);
select content.tag_work(tests.work(title), t.id)
from unnest('{Guarded,Draft,Withdrawn,Waiting}'::text[]) title, content.tags t
where t.slug = 'ice';
select consent.label_work(tests.work(title), tests.scope('heron'), label)
from
    unnest('{Guarded,Draft,Withdrawn,Waiting}'::text[]) title,
    unnest('{tk_attribution,tk_culturally_sensitive,notice_viewing}'::text[]) label;
select tests.as_service();
select content.finish_upload(f.id) from content.files f where f.state = 'expected';
select tests.as('tella');
select content.add_media(tests.work(title), f.id, 'Picture of ' || title || ' ' || f.bytes, 'Caption of ' || title)
from unnest('{Guarded,Draft,Withdrawn,Waiting}'::text[]) with ordinality v (title, n)
join content.files f on f.bytes in (100 + n, 200 + n);
select content.revise_work(
    tests.work(title), jsonb_build_object('text', 'Newer body of ' || title), 'Newer plain ' || title, 'Because.'
)
from unnest('{Guarded,Draft,Withdrawn,Waiting}'::text[]) title;
select consent.protect_work(tests.work(title), tests.scope('heron'), array[p.id])
from unnest('{Guarded,Waiting}'::text[]) title, consent.protocols p
where p.name = 'Embers';
select content.remove_collaborator(tests.work(title), tests.person('fern'))
from unnest('{Guarded,Draft,Withdrawn,Waiting}'::text[]) title;

-- Another community's sides: of what is hidden, and of what everybody knows.
select tests.as('eli');
select stories.create_record(
    tests.work(original), tests.scope('otter'), title, jsonb_build_object('text', 'Body of ' || title),
    'Plain ' || title, 'Summary of ' || title
)
from (values ('Guarded', 'Besides'), ('Open sky', 'Beside')) v (original, title);
commit;

-- How they were shared.

begin;
select tests.as('tella');
select content.propose_decision(
    tests.scope('heron'), 'work.publish', 'Shall we share ' || title || '?', 'What it says.', tests.work(title)
)
from unnest('{Guarded,Waiting}'::text[]) title;
select content.transition(tests.work('Withdrawn'), 'published');
select content.transition(tests.work(title), 'submitted', 'Please read it.')
from unnest('{Guarded,Waiting}'::text[]) title;
select tests.as('eli');
select consent.open_work(tests.work(title)) from unnest('{Guarded,Waiting}'::text[]) title;
commit;

begin;
select tests.as('eli');
select stories.review_story(tests.work('Waiting'), 'elder', 'changes_requested', 'Not yet Waiting.');
select stories.review_story(tests.work('Guarded'), kind, 'approved', 'Well told Guarded.')
from unnest(enum_range(null::stories.review_kind)) kind;
select content.transition(tests.work('Guarded'), state)
from unnest('{in_review,approved}'::content.work_state[]) state;
select tests.as('tella');
select content.transition(tests.work('Guarded'), 'published');
select consent.give_consent(tests.work(title), p.key)
from consent.purposes p, unnest('{Guarded,Withdrawn,Waiting,Draft}'::text[]) title
where title <> 'Draft' or p.key not in ('ai_training', 'research');
select tests.as('coral');
select consent.give_consent(tests.work(title), p.key)
from consent.purposes p, unnest('{Guarded,Waiting}'::text[]) title;
select tests.as('hester');
select consent.give_consent(tests.work(title), p.key, scope_id => tests.scope('heron'))
from consent.purposes p, unnest('{Guarded,Waiting}'::text[]) title;
select tests.as('ruth');
select content.transition(tests.work('Elsewhere'), 'published');
select consent.give_consent(tests.work('Elsewhere'), 'community_sharing');
select tests.as('tella');
select set_config('tests.consent', min(c.id::text), true)
from consent.consents c
where c.work_id = tests.work('Guarded');
select tests.as_keyholder('tella');
select consent.write_evidence(current_setting('tests.consent')::uuid, 'She said so.', 'Somebody');
commit;

begin;
select tests.as('eli');
select consent.open_work(tests.work('Guarded'));
select tests.as('hester');
select consent.open_work(tests.work('Guarded'));
commit;

-- What was said, felt and decided about them.

begin;
select tests.as(name), content.add_comment(tests.work(title), 'Said of ' || title || ' by ' || name)
from (values ('eli', 'Guarded'), ('hester', 'Guarded'), ('eli', 'Withdrawn'), ('tella', 'Draft')) v (name, title);
select tests.as_nobody();
select tests.as('hester');
select content.add_comment(
    c.work_id, 'Replied to ' || w.title, c.id, array[tests.person('eli')]
)
from content.comments c
join content.works w on w.id = c.work_id
where c.author_id = tests.person('eli') and w.title in ('Guarded', 'Withdrawn');
select content.react('heart', tests.work(title)) from unnest('{Guarded,Withdrawn}'::text[]) title;
select content.react('thanks', comment_id => c.id)
from content.comments c
join content.works w on w.id = c.work_id
where c.body like 'Said of % by eli' and w.title in ('Guarded', 'Withdrawn');
select content.cast_vote(tests.work(title)) from unnest('{Guarded,Withdrawn}'::text[]) title;
select content.record_view(tests.work(title)) from unnest('{Guarded,Withdrawn}'::text[]) title;
select content.moderate_comment(c.id, true, 'Not here')
from content.comments c
where c.body = 'Said of Guarded by eli';
select content.moderate_comment(c.id, false, 'Here after all')
from content.comments c
where c.body = 'Said of Guarded by eli';
select content.open_poll(
    tests.scope('heron'), 'What of Guarded?', 'single', now() + interval '1 day', '{Yes,No}',
    work_id => tests.work('Guarded'), results_shown => 'always'
);
select content.cast_ballot(p.id, '{1,0}') from content.polls p where p.question = 'What of Guarded?';
select tests.ballot(name, 'Shall we share Guarded?', 1, 0, 0, 0) from unnest('{tella,eli,hester}'::text[]) name;
select tests.close('Shall we share Guarded?');
select content.count_polls();
select tests.as('hester');
select consent.create_agreement(
    tests.scope('heron'), 'Archive', '{research,ai_analysis}', '', repeat('cd', 32),
    work_ids => array[tests.work('Guarded')]
);
select consent.begin_run(a.id, 'ai_analysis', 'Secret reader') from consent.agreements a where a.recipient = 'Archive';
select stories.record_analysis(r.id, h.work_id, kind, '["Secret theme of Guarded"]')
from consent.runs r
cross join consent.hand_out(r.id, array[tests.work('Guarded')]) h
cross join unnest('{themes,summary}'::text[]) kind
where r.model = 'Secret reader';
select consent.begin_run(a.id, 'research', 'Secret model') from consent.agreements a where a.recipient = 'Archive';
select h.*
from consent.runs r
cross join consent.hand_out(r.id, array[tests.work('Guarded')]) h
where r.model = 'Secret model';
select tests.as_nobody();
select consent._record_result(r.id, tests.work('Guarded'), 'summary')
from consent.runs r
where r.model = 'Secret model';
select tests.as('hester');
select consent.finish_run(r.id) from consent.runs r where r.model = 'Secret model';
commit;

begin;
select tests.as('tella');
select consent.protect_media(m.id, tests.scope('heron'), array[p.id])
from content.media m, consent.protocols p
where m.alt_text = 'Picture of Guarded 201' and p.name = 'Reeds';
select consent.withdraw_consent(tests.work('Withdrawn'));
select tests.as_service();
select audit.note_activity('looked', tests.person('eli'), tests.scope('river'), '192.0.2.1', 'a browser');
select tests.as_nobody();
select content.fold_counts();
commit;
