-- What the people of the demo world tell, in every state that a story can be in: shared with everybody, with some, with
-- nobody any more; waiting for an elder; under a protocol whose season has not come; with a consent that is about to
-- end; analysed, and withdrawn from an analysis. All of it is invented. It is made once: running this again changes
-- nothing.

create or replace function pg_temp.speak(name text)
returns void
language sql
as $$
    select set_config(
        'request.jwt.claims',
        case name when '' then '' else json_build_object('iss', 'https://demo.empathy.example', 'sub', name)::text end,
        true
    )
$$;

create or replace function pg_temp.person(name text)
returns uuid
language sql
as $$
    select p.id from core.people p where p.handle = person.name or p.display_name = person.name
$$;

create or replace function pg_temp.place(slug text)
returns uuid
language sql
as $$
    select s.id from core.scopes s where s.slug = place.slug
$$;

create or replace function pg_temp.story(title text)
returns uuid
language sql
as $$
    select w.id from content.works w where w.title = story.title and w.kind = 'story'
$$;

-- Begins a story of whoever speaks.
create or replace function pg_temp.tell(
    slug text, title text, summary text, plain_text text, visibility content.work_visibility
)
returns uuid
language sql
as $$
    select stories.create_story(
        pg_temp.place(slug), title, jsonb_build_object('text', plain_text), plain_text, summary, 'en', visibility
    )
$$;

-- Whoever speaks consents to sharing a story this far.
create or replace function pg_temp.share(title text, until timestamptz, variadic purposes text[])
returns void
language sql
as $$
    select consent.give_consent(pg_temp.story(title), purpose, until => share.until)
    from unnest(purposes) as purpose
$$;

do $stories$
declare
    agreement uuid;
    run uuid;
begin
    if exists (select from content.works w where w.kind = 'story')
        or not exists (select from core.organizations o where o.slug = 'saltmarsh')
    then
        return;
    end if;

    perform pg_temp.speak('ilvane');
    perform core.set_module(pg_temp.place('saltmarsh'), 'stories', true);
    perform pg_temp.speak('soreth');
    perform core.set_module(pg_temp.place('highfell'), 'stories', true);
    perform stories.describe_community(
        pg_temp.place('cinder-hollow'), 'thematic', 'Wherever there was a fire, and somebody stayed.', '{en}'
    );
    perform pg_temp.speak('dovik');
    perform stories.describe_community(
        pg_temp.place('lanternfield'), 'geographic', 'The fields behind the wall.', '{en}', '1998-05-01'
    );
    perform pg_temp.speak('quessa');
    perform stories.describe_community(
        pg_temp.place('reedbank'), 'kinship', 'Both banks of the seventh channel.', '{qaa,en}'
    );
    perform core.set_setting(pg_temp.place('reedbank'), 'decisions.process', '"elder_council"');
    perform core.set_setting(pg_temp.place('reedbank'), 'decisions.quorum', '1');
    perform consent.set_benefits(pg_temp.place('reedbank'), 'equal', 'elder_council', '{"kept": 25}');

    -- Shared with everybody, and talked about; its place said to a tenth of a degree.
    perform pg_temp.speak('nimbrey');
    perform pg_temp.tell(
        'reedbank', 'The tide wall', 'How the wall was built, twice.',
        'The first wall was built by people who had never met the sea. The second one was built by us.', 'public'
    );
    perform stories.date_story(pg_temp.story('The tide wall'), '2021-09-14');
    perform stories.place_story(pg_temp.story('The tide wall'), 'The old sluice', 52.0417, 4.3162, 'locality');
    perform content.attribute_work(
        pg_temp.story('The tide wall'), 'Nimbrey of Reedbank', 'teller', pg_temp.person('nimbrey')
    );
    perform content.tag_work(
        pg_temp.story('The tide wall'), content.create_tag(pg_temp.place('saltmarsh'), 'water', 'Water')
    );
    perform content.transition(pg_temp.story('The tide wall'), 'published');
    perform pg_temp.share(
        'The tide wall', null, 'public_sharing', 'organization_sharing', 'community_sharing', 'insight', 'ai_analysis'
    );
    perform pg_temp.speak('ambrel');
    perform content.add_comment(pg_temp.story('The tide wall'), 'My grandmother carried stones for the second one.');
    perform content.react('thanks', pg_temp.story('The tide wall'));
    perform content.record_view(pg_temp.story('The tide wall'));
    perform pg_temp.speak('havren');
    perform content.react('remember', pg_temp.story('The tide wall'));

    -- Its community says in its own words whom to name.
    perform pg_temp.speak('quessa');
    perform consent.adopt_label(pg_temp.place('reedbank'), 'tk_attribution');
    perform consent.word_label(
        pg_temp.place('reedbank'), 'tk_attribution', 'en', 'Say who told it',
        'Name the teller and Reedbank whenever you pass this on.'
    );
    perform consent.label_work(pg_temp.story('The tide wall'), pg_temp.place('reedbank'), 'tk_attribution');

    -- Beside it, how another community tells it.
    perform pg_temp.speak('ambrel');
    perform stories.create_record(
        pg_temp.story('The tide wall'), pg_temp.place('lanternfield'), 'The wall, seen from the fields',
        '{"text": "From here it was only ever a line, and then it was gone."}',
        'From here it was only ever a line, and then it was gone.', 'What the same winter was like further in.',
        visibility => 'organization'
    );
    perform content.transition(pg_temp.story('The wall, seen from the fields'), 'published');
    perform pg_temp.share('The wall, seen from the fields', null, 'organization_sharing', 'community_sharing');

    -- Told by two, and seen in it a child; one of the consents is about to end.
    perform pg_temp.speak('nimbrey');
    perform pg_temp.tell(
        'reedbank', 'Two in one boat', 'A crossing, told from both ends of the boat.',
        'I rowed. She steered, and says that she rowed as well.', 'community'
    );
    perform consent.add_party(pg_temp.story('Two in one boat'), pg_temp.person('ambrel'), 'co_teller');
    perform consent.add_party(pg_temp.story('Two in one boat'), pg_temp.person('Pell'), 'depicted');
    perform content.transition(pg_temp.story('Two in one boat'), 'published');
    perform pg_temp.share('Two in one boat', null, 'community_sharing');
    perform consent.give_consent(
        pg_temp.story('Two in one boat'), 'community_sharing', person_id => pg_temp.person('Pell')
    );
    perform pg_temp.speak('ambrel');
    perform pg_temp.share('Two in one boat', now() + interval '6 days', 'community_sharing');

    -- Under a protocol for elders, in a season that has not come.
    perform pg_temp.speak('nimbrey');
    perform pg_temp.tell(
        'reedbank', 'What the ice hums', 'For the cold months.', 'It hums before it holds.', 'community'
    );
    perform stories.set_warnings(pg_temp.story('What the ice hums'), '{ceremony}');
    perform content.transition(pg_temp.story('What the ice hums'), 'published');
    perform pg_temp.share('What the ice hums', null, 'community_sharing');
    perform pg_temp.speak('quessa');
    perform consent.admit_by_protocol(
        consent.create_protocol(
            pg_temp.place('reedbank'), 'While the ice holds', 'seasonal', 'admitted',
            'Told by those who remember, to those who will.',
            season_from => to_char(now() + interval '60 days', 'MM-DD'),
            season_until => to_char(now() + interval '120 days', 'MM-DD'),
            season_zone => 'UTC', acknowledgement => 'I listen, and leave it here.'
        ),
        role_id => (
            select r.id from core.roles r where r.tenant_id = pg_temp.place('saltmarsh') and r.key = 'elder'
        )
    );
    perform consent.protect_work(
        pg_temp.story('What the ice hums'), pg_temp.place('reedbank'),
        array(select p.id from consent.protocols p where p.name = 'While the ice holds')
    );

    -- Under a protocol for members that asks for a promise, and opened by one.
    perform consent.create_protocol(
        pg_temp.place('reedbank'), 'Kept among us', 'family', 'members', 'For those who belong.',
        acknowledgement => 'I tell it nobody who does not belong.'
    );
    perform pg_temp.speak('nimbrey');
    perform pg_temp.tell(
        'reedbank', 'Who moved the marker', 'A quarrel that is over.', 'Nobody did. The bank moved.', 'community'
    );
    perform content.transition(pg_temp.story('Who moved the marker'), 'published');
    perform pg_temp.share('Who moved the marker', null, 'community_sharing');
    perform consent.protect_work(
        pg_temp.story('Who moved the marker'), pg_temp.place('reedbank'),
        array(select p.id from consent.protocols p where p.name = 'Kept among us')
    );
    perform pg_temp.speak('havren');
    perform consent.acknowledge_protocol(p.id) from consent.protocols p where p.name = 'Kept among us';
    perform consent.open_work(pg_temp.story('Who moved the marker'));

    -- Waiting for an elder; and sent back by one.
    perform pg_temp.speak('nimbrey');
    perform pg_temp.tell(
        'reedbank', 'Names of the seven channels', 'Each has two, and one has three.',
        'The first is called what the herons call it.', 'community'
    );
    perform stories.require_elder(pg_temp.story('Names of the seven channels'));
    perform content.transition(pg_temp.story('Names of the seven channels'), 'submitted');
    perform pg_temp.tell(
        'reedbank', 'Old Yorrow''s knots', 'How he tied them, as far as anybody remembers.',
        'He never showed the last turn.', 'community'
    );
    perform stories.set_warnings(pg_temp.story('Old Yorrow''s knots'), '{deceased}');
    perform stories.require_elder(pg_temp.story('Old Yorrow''s knots'));
    perform content.transition(pg_temp.story('Old Yorrow''s knots'), 'submitted');
    perform pg_temp.speak('havren');
    perform stories.review_story(
        pg_temp.story('Old Yorrow''s knots'), 'elder', 'changes_requested', 'Ask his sister about the last turn.'
    );
    perform content.transition(pg_temp.story('Old Yorrow''s knots'), 'in_review');
    perform content.transition(
        pg_temp.story('Old Yorrow''s knots'), 'changes_requested', 'Ask his sister about the last turn.'
    );

    -- Taken back from everybody; and not told yet.
    perform pg_temp.speak('nimbrey');
    perform pg_temp.tell(
        'reedbank', 'The year I was away', 'Told once, and taken back.', 'I will say where when I am ready.', 'public'
    );
    perform content.transition(pg_temp.story('The year I was away'), 'published');
    perform pg_temp.share('The year I was away', null, 'public_sharing', 'research');
    perform pg_temp.tell('reedbank', 'A drawer of shells', '', 'One for each', 'private');

    -- An institute analyses what it may; what it studied before it was taken back cannot be brought back.
    perform pg_temp.speak('quessa');
    agreement := consent.create_agreement(
        pg_temp.place('reedbank'), 'Invented Institute of Shores', '{ai_analysis,research}',
        'Show us what comes of it before anybody else sees it; delete everything within a year.', repeat('5a', 32)
    );
    run := consent.begin_run(agreement, 'ai_analysis', 'themes-of-the-shore');
    perform consent.hand_out(run, array[pg_temp.story('The tide wall'), pg_temp.story('Two in one boat')]);
    perform stories.record_analysis(
        run, pg_temp.story('The tide wall'), 'themes', '["building", "sea", "twice"]', '2.1'
    );
    perform stories.record_analysis(
        run, pg_temp.story('The tide wall'), 'summary', '{"en": "A wall is built by strangers, then by kin."}', '2.1'
    );
    run := consent.begin_run(agreement, 'research', 'A reading group');
    perform consent.hand_out(run, array[pg_temp.story('The year I was away')]);
    perform consent.finish_run(run);
    perform pg_temp.speak('nimbrey');
    perform consent.withdraw_consent(pg_temp.story('The year I was away'));

    -- Lanternfield keeps to itself; Cinder Hollow asks its organization in.
    perform pg_temp.speak('ambrel');
    perform pg_temp.tell(
        'lanternfield', 'Lamps in March', 'Why there are lamps in the windows in March.',
        'For whoever comes late over the fields.', 'community'
    );
    perform content.transition(pg_temp.story('Lamps in March'), 'published');
    perform pg_temp.share('Lamps in March', null, 'community_sharing');
    perform pg_temp.speak('tavindel');
    perform pg_temp.tell(
        'cinder-hollow', 'After the second fire', 'What we kept.', 'A door, three cups, and the dog.', 'organization'
    );
    perform stories.set_warnings(pg_temp.story('After the second fire'), '{grief,displacement}');
    perform content.transition(pg_temp.story('After the second fire'), 'published');
    perform pg_temp.share('After the second fire', null, 'organization_sharing', 'community_sharing');

    -- And what somebody has to say about how it is going.
    perform pg_temp.speak('ambrel');
    perform stories.give_feedback(pg_temp.place('reedbank'), 'Could the warnings be read aloud as well?');
    perform pg_temp.speak('quessa');
    perform stories.answer_feedback(f.id, 'They will be from spring on.') from stories.feedback f;
    perform pg_temp.speak('');
end
$stories$;
