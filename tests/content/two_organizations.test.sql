-- What hangs on something is read with it, and only in its organization: rows that say the same ids in another one,
-- where there is nothing that they hang on, are read by nobody. Ids are drawn at random, so there are no such rows; but
-- what keeps organizations apart does not rest on that.
-- needs: superuser

begin;
set local search_path = tap, tests, public;
select plan(97);

select tests.world();
select tests.join('rene', 'heron', 'cultural_reviewer');
select tests.as('sol');
select consent.create_protocol(tests.scope('heron'), p, 'family', 'members') from unnest('{Reeds,Embers}'::text[]) p;
select content.create_note(tests.scope('heron'), 'Fire', '{"text": "1"}');
select consent.protect_work(tests.work('Fire'), tests.scope('heron'), array[p.id])
from consent.protocols p
where p.name = 'Embers';
select consent.adopt_label(tests.scope('heron'), 'tk_attribution');
select consent.word_label(tests.scope('heron'), 'tk_attribution', 'en', 'Ours', 'It is ours.');
select tests.as('ada');
select content.create_tag(tests.scope('river'), slug, initcap(slug)) from unnest('{ice,snow}'::text[]) slug;
select tests.as('cleo');
select content.create_note(tests.scope('heron'), 'Ice', '{"text": "1"}', visibility => 'public');
select consent.label_work(tests.work('Ice'), tests.scope('heron'), 'tk_attribution');
select content.attribute_work(tests.work('Ice'), 'Cleo of the Herons', 'teller');
select content.tag_work(tests.work('Ice'), t.id) from content.tags t where t.slug = 'ice';
select content.begin_upload(tests.work('Ice'), 'image/png', n, encode(sha256('ice'), 'hex'))
from generate_series(1, 2) n;
select tests.as_service();
select content.finish_upload(f.id) from content.files f;
select tests.as('cleo');
select content.add_media(tests.work('Ice'), f.id, 'Ice ' || f.bytes) from content.files f;
select consent.protect_media(m.id, tests.scope('heron'), array[p.id])
from content.media m
cross join consent.protocols p
where (m.alt_text, p.name) = ('Ice 1', 'Reeds');
select content.revise_work(tests.work('Ice'), '{"text": "2"}');
select content.transition(tests.work('Ice'), 'published');
select consent.give_consent(tests.work('Ice'), key) from consent.purposes;
select content.create_note(tests.scope('heron'), 'Snow', '{"text": "1"}');
select content.transition(tests.work('Snow'), 'submitted');
select tests.as('eli');
select content.add_comment(tests.work('Ice'), says) from unnest('{So it is.,No}'::text[]) says;
select content.react('heart', tests.work('Ice'));
select content.react('heart', comment_id => c.id) from content.comments c where c.body = 'So it is.';
select content.cast_vote(tests.work('Ice'));
select content.record_view(tests.work('Ice'));
select tests.as('sol');
select content.moderate_comment(c.id, true, 'Too short.') from content.comments c where c.body = 'No';
select content.open_poll(
    tests.scope('heron'), 'Shall we?', 'single', now() + interval '1 day', '{Yes,No}', results_shown => 'always'
);
select content.cast_ballot(tests.poll('Shall we?'), '{1,0}');
select consent.create_agreement(
    tests.scope('heron'), r, '{research}', '', repeat('ab', 32), work_ids => array[tests.work('Ice')]
)
from unnest('{Institute,Museum}'::text[]) r;
select consent.begin_run(a.id, 'research', 'Study') from consent.agreements a where a.recipient = 'Museum';
select h.* from consent.runs r cross join consent.hand_out(r.id, array[tests.work('Ice')]) h;
select consent.end_agreement(a.id) from consent.agreements a where a.recipient = 'Institute';
select tests.as_nobody();
select consent._record_result(r.id, tests.work('Ice'), 'summary') from consent.runs r;

select tests.as('eli');
select content.propose_decision(tests.scope('heron'), 'benefits.set', 'Share?');
select tests.as_nobody();
set local session_replication_role = replica;
insert into content.decision_uses (tenant_id, decision_id, scope_id, unlocks)
select d.tenant_id, d.id, d.scope_id, d.matter from content.decisions d;
set local session_replication_role = origin;

create table tests.asked (nth serial, name text, relation regclass);
insert into tests.asked (name, relation)
values
    ('anon', 'content.notes'), ('anon', 'content.comments'), ('anon', 'content.reactions'), ('anon', 'content.media'),
    ('anon', 'content.placements'), ('anon', 'content.work_versions'), ('anon', 'content.work_count_steps'),
    ('anon', 'content.work_tags'), ('anon', 'content.tags'), ('anon', 'content.attributions'),
    ('eli', 'content.notes'), ('eli', 'content.comments'), ('eli', 'content.reactions'), ('eli', 'content.media'),
    ('eli', 'content.placements'), ('eli', 'content.work_versions'), ('eli', 'content.work_count_steps'),
    ('eli', 'content.work_tags'), ('eli', 'content.tags'), ('eli', 'content.votes'), ('eli', 'content.attributions'),
    ('eli', 'content.comment_moderations'), ('eli', 'content.poll_options'), ('eli', 'content.ballots'),
    ('eli', 'consent.effective'), ('eli', 'content.decision_uses'),
    ('anon', 'consent.work_labels'), ('anon', 'consent.community_labels'), ('anon', 'consent.label_wordings'),
    ('eli', 'consent.work_labels'), ('eli', 'consent.community_labels'), ('eli', 'consent.label_wordings'),
    -- By what there is to see in a work, and by a work.
    ('cleo', 'consent.protocol_sets'), ('cleo', 'consent.protocol_set_members'),
    ('cleo', 'consent.protocol_set_communities'), ('sol', 'consent.protocol_sets'),
    ('cleo', 'content.placements'), ('cleo', 'content.work_versions'), ('cleo', 'consent.consents'),
    ('rene', 'content.work_transitions'),
    ('sol', 'consent.agreement_ends'), ('sol', 'consent.agreement_purposes'), ('sol', 'consent.agreement_works'),
    ('sol', 'consent.results'), ('sol', 'consent.run_works');
select is((tests.seen(name, 'consent.protocol_sets'))[1], 1::bigint, name || ' reads of one set, and of no other')
from unnest('{cleo,sol}'::text[]) name;
select tests.as('sol');
select isnt_empty(
    $$select from content.notes n where n.id = tests.work('Fire')$$, 'whose work it is reads it without opening it'
);
select tests.as_nobody();
select cmp_ok((tests.seen(a.name, a.relation))[1], '>', 0::bigint, format('before: %s reads %s', a.name, a.relation))
from tests.asked a
order by a.nth;

set local session_replication_role = replica;
select tests.repeat_elsewhere(a.relation) from (select distinct relation from tests.asked) a;
set local session_replication_role = origin;
select is(
    (tests.seen(a.name, a.relation))[2], 0::bigint, format('%s reads no %s of another organization', a.name, a.relation)
)
from tests.asked a
order by a.nth;

-- Nor does anybody say something there of what is read here.

select tests.as('eli');
select throws_ok(
    format(
        'insert into content.comments (tenant_id, work_id, aside, author_id, body)
        values (%L, %L, false, core.me(), %L)',
        tests.scope('hill'), tests.work('Ice'), 'Here too'
    ),
    '42501', null, 'nobody says something to a work of another organization'
);
select throws_ok(
    format(
        'insert into content.reactions (tenant_id, work_id, person_id, kind) values (%L, %L, core.me(), %L)',
        tests.scope('hill'), tests.work('Ice'), 'smile'
    ),
    '42501', null, 'nor feels something about it'
);
select throws_ok(
    format(
        'insert into content.reactions (tenant_id, comment_id, person_id, kind) select %L, c.id, core.me(), %L
        from content.comments c where c.state = %L and c.tenant_id = %L',
        tests.scope('hill'), 'smile', 'visible', tests.scope('river')
    ),
    '42501', null, 'or about what was said'
);
select tests.as('sol');
select throws_ok(
    format(
        'insert into content.comment_moderations (tenant_id, comment_id, moderator_id, hides, reason)
        select %L, c.id, core.me(), true, %L from content.comments c where c.state = %L and c.tenant_id = %L',
        tests.scope('hill'), 'Too short.', 'visible', tests.scope('river')
    ),
    '42501', null, 'nor hides it'
);

select * from finish();
rollback;
