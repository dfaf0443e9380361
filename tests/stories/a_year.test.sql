-- A year of a small community, from its founding to an elder's season. Read it from above: it is told in the order in
-- which it happens. All of it is invented.
-- needs: superuser

begin;
set local search_path = tap, tests, public;
select plan(55);

-- The year goes by: whatever was decided, opened or shared lies that much further back.
create function tests.months_pass(months integer)
returns void
language plpgsql
set search_path = ''
as $$
declare
    since constant interval := make_interval(months => months);
    decided uuid;
begin
    perform tests.as_nobody();
    set local session_replication_role = replica;
    -- One after the other: what follows moves to where the one before it was.
    for decided in select c.id from consent.consents c order by lower(c.during), c.id loop
        update consent.consents c set
            during = tstzrange(lower(c.during) - since, upper(c.during) - since),
            recorded_at = c.recorded_at - since
        where c.id = decided;
    end loop;
    update consent.effective e set during = (
        select coalesce(range_agg(tstzrange(lower(r) - since, upper(r) - since)), '{}') from unnest(e.during) r
    );
    update content.works w set
        compiled_at = w.compiled_at - since,
        community_during = (
            select coalesce(range_agg(tstzrange(lower(r) - since, upper(r) - since)), '{}')
            from unnest(w.community_during) r
        ),
        public_during = (
            select coalesce(range_agg(tstzrange(lower(r) - since, upper(r) - since)), '{}')
            from unnest(w.public_during) r
        );
    update consent.openings o set
        opened_at = o.opened_at - since, open_until = o.open_until - since, opened_in = '3';
    update consent.run_works h set
        handed_out_at = h.handed_out_at - since, recalled_at = h.recalled_at - since;
    update consent.agreements a set during = tstzrange(lower(a.during) - since, upper(a.during) - since);
    update content.polls p set opened_at = p.opened_at - since, closes_at = p.closes_at - since;
    update consent.protocols p set
        season_from = to_char(to_date('2001-' || p.season_from, 'YYYY-MM-DD') - since, 'MM-DD'),
        season_until = to_char(to_date('2001-' || p.season_until, 'YYYY-MM-DD') - since, 'MM-DD');
    set local session_replication_role = origin;
end
$$;

-- What is opened can be read in the next transaction; here it is as if that had come.
create function tests.opens(name text, title text)
returns void
language plpgsql
set search_path = ''
as $$
begin
    perform tests.as(name);
    perform consent.acknowledge_protocol(c.protocol_id, c.wording)
    from consent.conditions(tests.work(title)) c
    where c.acknowledgement is not null;
    perform consent.open_work(tests.work(title));
    perform tests.as_nobody();
    perform tests.next_transaction();
    perform tests.as(name);
end
$$;

-- Who knows of a story, and who reads what it says, of all who appear here.
create function tests.who_knows(title text)
returns text[]
language plpgsql
set search_path = ''
as $$
declare
    name text;
    known text[] := '{}';
begin
    foreach name in array '{anon,aske,fen,lin,moss,rush,wren}'::text[] loop
        perform tests.as(name);
        if exists (select from content.works w where w.title = who_knows.title) then
            known := known || name;
        end if;
    end loop;
    perform tests.as_nobody();
    return known;
end
$$;

create function tests.who_reads(title text)
returns text[]
language plpgsql
set search_path = ''
as $$
declare
    name text;
    readers text[] := '{}';
begin
    foreach name in array '{anon,aske,fen,lin,moss,rush,wren}'::text[] loop
        perform tests.as(name);
        if exists (select from content.work_versions v where v.work_id = tests.work(who_reads.title)) then
            readers := readers || name;
        end if;
    end loop;
    perform tests.as_nobody();
    return readers;
end
$$;

create function tests.run(model text)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
    select r.id from consent.runs r where r.model = run.model
$$;

-- January. Wren founds the Marsh Commons, and opens two communities in it, Sedge and Rush.

select tests.as('wren');
select core.create_organization('marsh', 'Marsh Commons', 'north', 'CA', 'ca-central');
select core.set_module(tests.scope('marsh'), 'stories', true);
select lives_ok(
    $$select stories.create_community(
        tests.scope('marsh'), 'sedge', 'Sedge People', 'kinship', 'private', 'Where the two creeks meet', '{qaa,en}'
    )$$,
    'in January, a community is founded'
);
select stories.create_community(tests.scope('marsh'), 'rushes', 'Rush People', 'geographic');
select tests.as_nobody();
select tests.join('lin', 'sedge', 'place_manager', 'steward');
select tests.join('aske', 'sedge', 'elder');
select tests.join('moss', 'sedge', 'storyteller');
select tests.join('fen', 'sedge', 'community_member');
select tests.join('rush', 'rushes', 'place_manager', 'steward');
select tests.as('wren');
select core.leave(tests.scope('sedge'));
select core.leave(tests.scope('rushes'));
select tests.as('lin');
select results_eq(
    $$select person_id, approve_stories, modify_protocols, manage_access, export_data
    from consent.stewards where scope_id = tests.scope('sedge')$$,
    $$values (tests.person('lin'), true, true, true, true)$$,
    'its steward approves stories, modifies protocols, manages access and exports data'
);
select core.set_setting(tests.scope('sedge'), 'stories.elder_reviewed', 'true');
select core.set_setting(tests.scope('sedge'), 'decisions.process', '"elder_council"');
select core.set_setting(tests.scope('sedge'), 'decisions.quorum', '1');
select results_eq(
    $$select elder_reviewed, decision_process::text from stories.community_governance
    where scope_id = tests.scope('sedge')$$,
    $$values (true, 'elder_council')$$, 'and it says how it decides'
);
select results_eq(
    $$select person_id from stories.elders where scope_id = tests.scope('sedge')$$,
    $$values (tests.person('aske'))$$, 'and who its elders are'
);

-- February. Moss tells the first story.

select tests.as('moss');
select stories.create_story(
    tests.scope('sedge'), 'The long water', '{"text": "It rose for nine days."}', 'It rose for nine days.',
    'Of a flood.', visibility => 'public', recorded_on => '2020-02-02'
);
select stories.place_story(tests.work('The long water'), 'The ford', 52.123456, -101.987654, 'locality');
select stories.set_warnings(tests.work('The long water'), '{displacement}');
select results_eq(
    $$select latitude, longitude from stories.stories$$, $$values (52.1::numeric, -102.0::numeric)$$,
    'in February, a story is told; where it belongs is kept no more precisely than its teller wants'
);
select is(tests.who_knows('The long water'), '{moss}', 'and nobody else knows of it');
select tests.as('moss');
select tests.refused(
    $$select content.transition(tests.work('The long water'), 'published')$$, 'review_missing',
    'nor is it published without an elder'
);
select content.transition(tests.work('The long water'), 'submitted');
select is(tests.who_reads('The long water'), '{aske,lin,moss}', 'given in, it is read by those who review it');
select tests.as('lin');
select tests.refused(
    $$select stories.review_story(tests.work('The long water'), 'elder', 'approved')$$, 'not_found',
    'not everybody gives the word of an elder'
);
select content.transition(tests.work('The long water'), 'in_review');
select tests.as('aske');
select lives_ok(
    $$select stories.review_story(tests.work('The long water'), 'elder', 'changes_requested', 'Say whose ford.')$$,
    'an elder asks for something'
);
select content.transition(tests.work('The long water'), 'changes_requested', 'Say whose ford.');
select tests.as('moss');
select results_eq(
    $$select kind::text, outcome::text, note from stories.reviews$$,
    $$values ('elder', 'changes_requested', 'Say whose ford.')$$, 'which the teller reads'
);
select content.revise_work(
    tests.work('The long water'), '{"text": "It rose for nine days at the ford of the Sedge."}',
    'It rose for nine days at the ford of the Sedge.'
);
select content.transition(tests.work('The long water'), 'submitted');
select tests.as('aske');
select stories.review_story(tests.work('The long water'), 'elder', 'approved', 'So it was.');
select content.transition(tests.work('The long water'), 'in_review');
select content.transition(tests.work('The long water'), 'approved');
select tests.as('moss');
select lives_ok(
    $$select content.transition(tests.work('The long water'), 'published')$$, 'and publishes with an elder''s word'
);
select is(
    tests.who_knows('The long water'), '{moss}', 'still nobody knows of it: nobody consented to sharing it'
);
select tests.as('moss');
select consent.give_consent(tests.work('The long water'), 'community_sharing');
select is(tests.who_reads('The long water'), '{aske,fen,lin,moss}', 'then the community reads it, and nobody else');
select tests.as('moss');
select tests.refused(
    $$select content.revise_work(tests.work('The long water'), '{"text": "It rose for ten days."}')$$,
    'under_review', 'what an elder approved says nothing else without an elder'
);

-- March. Fen told it with Moss, and is asked as well.

select tests.months_pass(1);
select tests.as('moss');
select consent.add_party(tests.work('The long water'), tests.person('fen'), 'co_teller');
select is(tests.who_reads('The long water'), '{fen,moss}', 'in March, a co-teller is asked, and until then it closes');
select tests.as('fen');
select consent.give_consent(tests.work('The long water'), 'community_sharing', until => now() + interval '8 months');
select is(tests.who_reads('The long water'), '{aske,fen,lin,moss}', 'who consents, until the snow falls');
select results_eq(
    $$select person_id, capacity::text from stories.storytellers order by capacity::text desc$$,
    $$values (tests.person('moss'), 'teller'), (tests.person('fen'), 'co_teller')$$, 'and tells it, too'
);
select tests.as('lin');
select is_empty(
    $$select from stories.content_warnings where kind = 'deceased'$$, 'it warns of nobody''s death as yet'
);

-- April. Old Heath is seen in the pictures, and dies.

select tests.months_pass(1);
select core._join(tests.scope('sedge'), core.add_person('Heath', tests.person('aske')), '{community_member}');
select tests.as('moss');
select consent.add_party(
    tests.work('The long water'), (select p.id from core.people p where p.display_name = 'Heath'), 'depicted'
);
select tests.as('aske');
select consent.give_consent(
    tests.work('The long water'), 'community_sharing',
    person_id => (select p.id from core.people p where p.display_name = 'Heath')
);
select is(
    tests.who_reads('The long water'), '{aske,fen,lin,moss}', 'in April, a guardian consents for who is seen in it'
);
select tests.as_service();
select core.record_death(p.id, '2020-04-04') from core.people p where p.display_name = 'Heath';
select tests.as('lin');
select results_eq(
    $$select kind, source::text from stories.content_warnings order by kind$$,
    $$values ('deceased', 'record'), ('displacement', 'teller')$$,
    'and dies: from then on the story warns of it, of itself'
);

-- May. A university asks for an analysis.

select tests.months_pass(1);
select tests.as('lin');
select consent.create_agreement(
    tests.scope('sedge'), 'Invented University', '{ai_analysis}', 'Delete within a year.', repeat('ab', 32)
);
select consent.begin_run((select a.id from consent.agreements a), 'ai_analysis', 'themes-1');
select is_empty(
    $$select consent.hand_out(tests.run('themes-1'), array[tests.work('The long water')])$$,
    'in May, an agreement is signed, and nothing is handed out: nobody consented to analysis'
);
select tests.as('moss');
select consent.give_consent(tests.work('The long water'), 'ai_analysis');
select tests.as('fen');
select consent.give_consent(tests.work('The long water'), 'ai_analysis');
select tests.as('lin');
select is_empty(
    $$select consent.hand_out(tests.run('themes-1'), array[tests.work('The long water')])$$,
    'all have to, also for who has died'
);
select tests.as('aske');
select consent.give_consent(
    tests.work('The long water'), 'ai_analysis',
    person_id => (select p.id from core.people p where p.display_name = 'Heath')
);
select tests.as('lin');
select isnt_empty(
    $$select consent.hand_out(tests.run('themes-1'), array[tests.work('The long water')])$$, 'then it is handed out'
);
select stories.record_analysis(
    tests.run('themes-1'), tests.work('The long water'), 'themes', '["flood", "kin"]', '1.0'
);
select tests.as('moss');
select results_eq(
    $$select kind, result, model_version from stories.analyses$$,
    $$values ('themes', '["flood", "kin"]'::jsonb, '1.0')$$, 'and its teller reads what came of it'
);
select results_eq(
    $$select recipient, model, version, recalled_at is null from stories.uses_of_mine()$$,
    $$values ('Invented University', 'themes-1', 2, true)$$, 'and who has it, and under which agreement'
);
select tests.as('rush');
select is_empty($$select from stories.analyses$$, 'another community reads nothing of that');

-- June. The Rush People remember the flood otherwise.

select tests.months_pass(1);
select tests.as('rush');
select tests.refused(
    $$select stories.create_record(tests.work('The long water'), tests.scope('rushes'), 'Our side', '{}')$$,
    'not_found', 'in June, nobody tells beside what they do not know of'
);
select tests.as('moss');
select content.update_work(tests.work('The long water'), visibility => 'public');
select consent.give_consent(tests.work('The long water'), 'public_sharing');
select tests.as('fen');
select consent.give_consent(tests.work('The long water'), 'public_sharing');
select tests.as('aske');
select consent.give_consent(
    tests.work('The long water'), 'public_sharing',
    person_id => (select p.id from core.people p where p.display_name = 'Heath')
);
select is(
    tests.who_reads('The long water'), '{anon,aske,fen,lin,moss,rush,wren}', 'they let everybody read it'
);
select tests.as('rush');
select stories.create_record(
    tests.work('The long water'), tests.scope('rushes'), 'How we saw it', '{"text": "Seven days."}', 'Seven days.',
    visibility => 'public'
);
select content.transition(tests.work('How we saw it'), 'published');
select consent.give_consent(tests.work('How we saw it'), 'public_sharing');
select tests.as('anon');
select results_eq(
    $$select id, original_id from stories.community_records$$,
    $$values (tests.work('How we saw it'), tests.work('The long water'))$$,
    'and others tell beside it how they saw it'
);
select tests.as('rush');
select tests.refused(
    $$select stories.create_record(tests.work('How we saw it'), tests.scope('rushes'), 'Again', '{}')$$, 'not_found',
    'nothing is told beside what is told beside something'
);

-- July. The elders decide how they share what their stories bring in.

select tests.months_pass(1);
select tests.as('lin');
select lives_ok(
    $$select consent.set_benefits(tests.scope('sedge'), 'equal', 'elder_council')$$,
    'in July, the community says how it shares what its stories bring in'
);
select tests.as('fen');
select results_eq(
    $$select benefit_sharing_model::text, benefit_decision_process::text from stories.community_governance
    where scope_id = tests.scope('sedge')$$,
    $$values ('equal', 'elder_council')$$, 'and its members read that'
);
select stories.give_feedback(tests.scope('sedge'), 'Could we meet by the water again?');
select tests.as('lin');
select stories.answer_feedback((select f.id from stories.feedback f), 'At the next full moon.');
select tests.as('fen');
select is(
    (select f.answer from stories.feedback f), 'At the next full moon.', 'what they say to it is heard, and answered'
);

-- August. Fen moves away.

select tests.months_pass(1);
select tests.as('moss');
select stories.create_story(
    tests.scope('sedge'), 'The reed song', '{"text": "Hm, hm."}', 'Hm, hm.', visibility => 'community'
);
select content.transition(tests.work('The reed song'), 'submitted');
select tests.as('aske');
select stories.review_story(tests.work('The reed song'), 'elder', 'approved');
select content.transition(tests.work('The reed song'), 'in_review');
select content.transition(tests.work('The reed song'), 'approved');
select tests.as('moss');
select content.transition(tests.work('The reed song'), 'published');
select consent.give_consent(tests.work('The reed song'), 'community_sharing');
select is(tests.who_reads('The reed song'), '{aske,fen,lin,moss}', 'in August, there is another story for its members');
select tests.as('fen');
select core.leave(tests.scope('sedge'));
select is(tests.who_reads('The reed song'), '{aske,lin,moss}', 'which who leaves does not read any more');
select tests.as('fen');
select isnt_empty(
    $$select from content.works where title = 'The long water'$$, 'what they told with others they keep deciding about'
);

-- September. Fen takes back one consent.

select tests.months_pass(1);
select tests.as('fen');
select consent.withdraw_consent(tests.work('The long water'), 'ai_analysis');
select tests.as('moss');
select is_empty($$select from stories.analyses$$, 'in September, one of them withdraws: the analysis is gone');
select tests.as_nobody();
select is_empty($$select from stories.analyses$$, 'for everybody');
select isnt(
    (select r.halted_at from consent.runs r where r.id = tests.run('themes-1')), null, 'the run is halted'
);
select isnt_empty(
    $$select from ops.outbox o
    where o.topic = 'run.recalled' and convert_from(o.body, 'UTF8') like '%' || tests.work('The long water') || '%'$$,
    'who has it is told'
);
select tests.as('fen');
select is(
    (
        select consent.receipt(c.id) #>> '{event,state}'
        from consent.consents c
        join consent.consent_parties p on p.tenant_id = c.tenant_id and p.id = c.party_id
        where p.person_id = tests.person('fen') and c.purpose = 'ai_analysis' and c.decision = 'given'
    ),
    'withdrawn', 'the receipt for what was given says that it is withdrawn'
);
select results_eq(
    $$select title, purpose, stands, uses_recalled, uses_irrevocable from stories.withdrawals_of_mine()$$,
    $$values ('The long water', 'ai_analysis', true, 1::bigint, 0::bigint)$$, 'and what became of it'
);
select is(
    tests.who_reads('The long water'), '{anon,aske,fen,lin,moss,rush,wren}', 'what else they agreed to stands'
);
select tests.as('lin');
select is_empty(
    $$select consent.hand_out(
        consent.begin_run((select a.id from consent.agreements a), 'ai_analysis', 'themes-2'),
        array[tests.work('The long water')]
    )$$,
    'nothing more is handed out'
);

-- November. What Fen gave for a time is over; the elder's season has not come.

select tests.months_pass(2);
select tests.as_nobody();
select is(
    (
        select array_agg(e.purpose order by e.purpose)
        from consent.effective e
        where e.work_id = tests.work('The long water') and e.during @> now()
    ),
    '{public_sharing}', 'in November, a consent that was given for a time has ended by itself'
);
select tests.as('lin');
select consent.create_protocol(
    tests.scope('sedge'), 'When the ice holds', 'seasonal', 'admitted', 'Songs of the cold.',
    season_from => to_char(now() + interval '20 days', 'MM-DD'),
    season_until => to_char(now() + interval '50 days', 'MM-DD'),
    season_zone => 'UTC', acknowledgement => 'I listen, and do not carry it on.'
);
select consent.admit_by_protocol(
    (select p.id from consent.protocols p), role_id => (
        select r.id from core.roles r where r.tenant_id = tests.scope('marsh') and r.key = 'elder'
    )
);
select consent.protect_work(
    tests.work('The reed song'), tests.scope('sedge'), array[(select p.id from consent.protocols p)]
);
select is(
    tests.who_knows('The reed song'), '{moss}', 'a song of the cold is known to nobody before its season'
);

-- December. The ice holds.

select tests.months_pass(1);
select is(tests.who_knows('The reed song'), '{aske,moss}', 'in December, the elder knows of it again');
select is(tests.who_reads('The reed song'), '{moss}', 'and reads nothing before it is opened');
select tests.as('aske');
select tests.refused(
    $$select consent.open_work(tests.work('The reed song'))$$, 'acknowledgement_missing',
    'which takes a promise'
);
select tests.opens('aske', 'The reed song');
select is(tests.who_reads('The reed song'), '{aske,moss}', 'that the elder gives');
select tests.as('moss');
select results_eq(
    $$select title, display_name, acknowledged from stories.readings_of_mine()$$,
    $$values ('The reed song', 'Aske', '{When the ice holds}'::text[])$$, 'and its teller sees who read it'
);

-- And at the end of the year.

select results_eq(
    $$select title, audience::text, restricted, consents_in_force from stories.storyteller_dashboard order by title$$,
    $$values
        ('The long water', 'everybody', false, '{public_sharing}'::text[]),
        ('The reed song', 'community', true, '{community_sharing}')$$,
    'a teller sees how each of their stories stands'
);
select results_eq(
    $$select organization_name, jurisdiction, data_location, works, restricted_works from stories.data_locations()$$,
    $$values ('Marsh Commons', 'CA', 'ca-central', 2::bigint, 1::bigint)$$, 'and where they are kept'
);
select tests.as_nobody();
select is_empty($$select consent.verify_effective()$$, 'what may be used follows from what was decided');

select * from finish();
rollback;
