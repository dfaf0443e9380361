-- Stories: how they begin, when they were told, where they belong, and no more precisely than their teller says; who
-- reads of that; and what stands beside them.

begin;
set local search_path = tap, tests, public;
select plan(135);

-- Those who read what only a story has.
create function tests.readers(title text)
returns text[]
language plpgsql
set search_path = ''
as $$
declare
    readers text[] := '{}';
    name text;
    seen boolean;
    story_id constant uuid := tests.work(title);
begin
    foreach name in array '{ada,anon,cleo,eli,hana,hazel,max,oona,rene,sol}'::text[] loop
        perform tests.as(name);
        select exists (select from stories.stories s where s.id = story_id) into seen;
        if seen then
            readers := readers || name;
        end if;
    end loop;
    perform tests.as_nobody();
    return readers;
end
$$;

-- Where a story belongs.
create function tests.place(title text)
returns text[]
language sql
stable
security definer
set search_path = ''
as $$
    select array[s.place_name, s.latitude::text, s.longitude::text, s.place_precision::text]
    from stories.stories s
    where s.id = tests.work(title)
$$;

-- Everything that is kept anywhere of where stories belong: in the rows, in the log, in what is sent.
create function tests.kept()
returns text
language sql
stable
security definer
set search_path = ''
as $$
    select concat(
        (select string_agg(s::text, ' ') from stories.stories s),
        (
            select string_agg(concat(c.key, c.clear, c.personal_key, c.personal), ' ')
            from audit.changes c
            where c.table_name = 'stories.stories'
        ),
        (select string_agg(convert_from(o.body, 'utf8'), ' ') from ops.outbox o)
    )
$$;

-- The records of which somebody is told beside which story they stand.
create function tests.knows(name text)
returns text[]
language plpgsql
set search_path = ''
as $$
declare
    known uuid[];
begin
    perform tests.as(name);
    select array_agg(r.id) into known from stories.community_records r;
    perform tests.as_nobody();
    return array(select w.title from content.works w where w.id = any (known) order by w.title);
end
$$;

select tests.world();
select tests.join('rene', 'heron', 'cultural_reviewer');
select tests.as('cleo');
select tests.refused(
    $$select stories.create_story(tests.scope('heron'), 'Ice', '{}')$$, 'not_found',
    'where stories are not switched on, none is begun'
);
select tests.as('olive');
select core.set_module(tests.scope('river'), 'stories', true);

-- Beginning.

select tests.as('cleo');
select lives_ok(
    $$select stories.create_story(
        tests.scope('heron'), ' First snow ', '{"text": "It came early."}', 'It came early.', 'Of one winter.', 'cr',
        'public', '2026-01-02'
    )$$,
    'who belongs to a community tells a story in it'
);
select results_eq(
    $$
    select
        w.kind, w.title, w.summary, w.lang, w.visibility::text, w.state::text, s.kind, s.recorded_on, s.place_name,
        s.latitude, s.longitude, s.place_precision, s.elder_review_required, s.is_record, s.record_id
    from stories.stories s
    join content.works w on w.tenant_id = s.tenant_id and w.id = s.id
    $$,
    $$values (
        'story', 'First snow', 'Of one winter.', 'cr', 'public', 'draft', 'story', '2026-01-02'::date, null::text,
        null::numeric, null::numeric, null::stories.place_precision, false, false, null::uuid
    )$$,
    'it is a draft of theirs, with the day that it was told, and belongs nowhere in particular'
);
select results_eq(
    $$select v.body ->> 'text', v.plain_text from content.work_versions v$$,
    $$values ('It came early.', 'It came early.')$$, 'it says what it says'
);
select stories.create_story(tests.scope('heron'), 'Thaw', '{"text": "1"}', elder_review_required => true);
select results_eq(
    $$select w.lang, w.visibility::text, s.recorded_on, s.elder_review_required
    from stories.stories s join content.works w on w.id = s.id where w.title = 'Thaw'$$,
    $$values ('en', 'private', null::date, true)$$, 'or with nothing said but that it waits for an elder'
);
select tests.refused(
    $$select stories.create_story(tests.scope('otter'), 'X', '{}')$$, 'not_permitted', 'but nowhere else'
);
select tests.as_anon();
select throws_ok(
    $$select stories.create_story(tests.scope('heron'), 'X', '{}')$$, '42501', null, 'nobody unknown tells one'
);
select tests.as_nobody();
insert into core.settings (tenant_id, scope_id, key, value)
values (tests.scope('river'), tests.scope('otter'), 'stories.elder_reviewed', 'true');
select tests.as('oona');
select stories.create_story(tests.scope('otter'), 'Mud', '{"text": "1"}', visibility => 'public');
select is(
    (select s.elder_review_required from stories.stories s where s.id = tests.work('Mud')), true,
    'where a place asks for the word of an elder, so does every story in it'
);

-- When it was told.

select tests.as('cleo');
select lives_ok(
    $$select stories.date_story(tests.work('First snow'), '2025-12-31')$$, 'a teller says when it was told'
);
select lives_ok(
    $$select stories.require_elder(tests.work('First snow'))$$,
    'and that it waits for an elder'
);
select results_eq(
    $$select recorded_on, elder_review_required from stories.stories order by recorded_on$$,
    $$values ('2025-12-31'::date, true), (null, true)$$, 'the one changes nothing of the other'
);
select stories.require_elder(tests.work('First snow'), null);
select stories.date_story(tests.work('First snow'));
select results_eq(
    $$select recorded_on, elder_review_required from stories.stories where id = tests.work('First snow')$$,
    $$values (null::date, true)$$, 'or says it no more'
);
select stories.date_story(tests.work('First snow'), '2025-12-31');
select stories.require_elder(tests.work('First snow'), false);
select results_eq(
    $$select recorded_on, elder_review_required from stories.stories where id = tests.work('First snow')$$,
    $$values ('2025-12-31'::date, false)$$, 'or that it does not wait'
);

-- Where it belongs: as precisely as they choose, and nothing finer is kept.

select lives_ok(
    format(
        'select stories.place_story(tests.work(%L), %L, 68.768231, -94.164952, %L)', 'First snow', ' The bay ', precise
    ),
    format('a teller says where it belongs: %s', precise)
)
from (values ('region'::stories.place_precision)) v (precise);
select is(tests.place('First snow'), '{"The bay",69.000000,-94.000000,region}', 'to a degree');
select tests.as_nobody();
select ok(tests.kept() !~ '68\.7|94\.1', 'and nothing finer is kept anywhere');
select tests.as('cleo');
select stories.place_story(tests.work('First snow'), 'The bay', 68.768231, -94.164952, 'locality');
select is(tests.place('First snow'), '{"The bay",68.800000,-94.200000,locality}', 'or to a tenth of one');
select tests.as_nobody();
select ok(tests.kept() !~ '68\.76|94\.16', 'nor is anything finer than that');
select tests.as('cleo');
select stories.place_story(tests.work('First snow'), 'The bay', 68.7682314, -94.1649526, 'exact');
select is(tests.place('First snow'), '{"The bay",68.768231,-94.164953,exact}', 'or exactly, to a step or so');
select is(tests.place('Thaw'), '{null,null,null,null}', 'another story of theirs stays where it was');
select stories.place_story(tests.work('First snow'), 'The bay', 68.768231, -94.164952, 'region');
select is(
    tests.place('First snow'), '{"The bay",69.000000,-94.000000,region}', 'who says it less precisely again'
);
select tests.as_nobody();
select ok(tests.kept() !~ '68\.7|94\.1', 'takes the rest back: it is kept nowhere, also not in the log');
select isnt(
    (
        select count(*) from audit.changes c
        where c.table_name = 'stories.stories' and c.operation = 'U' and c.body_commitment is not null
    ),
    0::bigint, 'which keeps a hash of it'
);
select tests.as('cleo');
select stories.place_story(tests.work('First snow'), 'The bay');
select is(tests.place('First snow'), '{"The bay",null,null,null}', 'or by its name alone');
select stories.place_story(tests.work('First snow'), 'The bay', 68.768231, -94.164952);
select is(
    tests.place('First snow'), '{"The bay",null,null,null}', 'where nobody says how precisely, nothing is kept of it'
);
select stories.place_story(tests.work('First snow'));
select is(tests.place('First snow'), '{null,null,null,null}', 'or nowhere in particular');
select tests.refused(
    format('select stories.place_story(tests.work(%L), %s)', 'First snow', args), 'not_a_place', promise
)
from (values
    ($$' '$$, 'a name says something'),
    ($$repeat('x', 301)$$, 'in short'),
    ($$'x', 50, null, 'exact'$$, 'how far north is nowhere, without how far east'),
    ($$'x', null, 50, 'exact'$$, 'and the other way round'),
    ($$'x', "precision" => 'exact'$$, 'nothing is not said precisely'),
    ($$'x', 90.1, 50, 'exact'$$, 'nothing is north of the pole'),
    ($$'x', -90.1, 50, 'exact'$$, 'or south of the other'),
    ($$'x', 50, 180.1, 'exact'$$, 'or beyond half the way around'),
    ($$'x', 50, -180.1, 'exact'$$, 'in either direction')
) v (args, promise);
select lives_ok(
    format(
        'select stories.place_story(tests.work(%L), %L, %s, %s, %L)', 'First snow', repeat('x', 300), north, east,
        'exact'
    ),
    format('%s %s is somewhere', north, east)
)
from (values (90, 180), (-90, -180)) v (north, east);
select stories.place_story(tests.work('First snow'), 'The bay', 68.768231, -94.164952, 'locality');

-- The same place, less precisely, follows from what is kept.

select stories.place_story(tests.work('Thaw'), 'The lake', 50.45, -0.45, 'exact');
select stories.place_story(tests.work('Thaw'), 'The lake', 50.45, -0.45, 'locality');
select is(tests.place('Thaw'), '{"The lake",50.500000,-0.500000,locality}', 'a tenth of a degree, as it rounds');
select stories.place_story(tests.work('Thaw'), 'The lake', 50.45, -0.45, 'region');
select is(
    tests.place('Thaw'), '{"The lake",51.000000,-1.000000,region}',
    'and a whole one from there, not from what is forgotten'
);
select stories.place_story(tests.work('Thaw'), 'The lake', 50.45, -0.45, 'locality');
select is(tests.place('Thaw'), '{"The lake",50.500000,-0.500000,locality}', 'more precisely, as it is said');
select stories.place_story(tests.work('Thaw'), 'The lake', 50.45, -0.35, 'region');
select is(tests.place('Thaw'), '{"The lake",50.000000,0.000000,region}', 'as another place is: east');
select stories.place_story(tests.work('Thaw'), 'The lake', 50.45, -0.45, 'locality');
select stories.place_story(tests.work('Thaw'), 'The lake', 50.35, -0.45, 'region');
select is(tests.place('Thaw'), '{"The lake",50.000000,0.000000,region}', 'or north');
select stories.place_story(tests.work('Thaw'));

-- Only whose it is says so.

select tests.refused_to(
    name, format(deed, tests.work('First snow')), 'not_found', format('%s does not: %s', name, deed)
)
from unnest('{sol,oona}'::text[]) name,
    unnest(array[
        'select stories.date_story(%L, current_date)', $$select stories.place_story(%L, 'x')$$
    ]) deed;
select tests.as('cleo');
select content.create_note(tests.scope('heron'), 'Note', '{"text": "1"}');
select tests.refused(
    format(deed, id), 'not_found', format('what is no story of theirs has neither day nor place: %s', deed)
)
from (values (tests.work('Note')), (gen_random_uuid())) v (id),
    unnest(array[
        'select stories.date_story(%L, current_date)', $$select stories.place_story(%L, 'x')$$
    ]) deed;
select content.add_collaborator(tests.work('First snow'), tests.person('sol'), 'edit');
select tests.as('sol');
select tests.refused(
    $$select stories.place_story(tests.work('First snow'), 'x')$$, 'not_found', 'who helps to write it does not'
);
select tests.as('cleo');
select content.remove_collaborator(tests.work('First snow'), tests.person('sol'));

-- What is being reviewed stays as it is read, and once it was; but less can always be said.

select content.transition(tests.work('First snow'), 'submitted');
select tests.refused(deed, 'under_review', 'not while it is reviewed: ' || deed)
from unnest(array[
    $$select stories.date_story(tests.work('First snow'), '2026-03-01')$$,
    $$select stories.place_story(tests.work('First snow'), 'The lake', 68.8, -94.2, 'locality')$$,
    $$select stories.place_story(tests.work('First snow'), 'The bay', 68.9, -94.2, 'locality')$$,
    $$select stories.place_story(tests.work('First snow'), 'The bay', 68.8, -94.3, 'locality')$$,
    $$select stories.place_story(tests.work('First snow'), 'The bay', 68.8, -94.2, 'exact')$$
]) deed;
select lives_ok(
    $$select stories.place_story(tests.work('First snow'), 'The bay', 68.8, -94.2, 'locality')$$,
    'what says the same changes nothing'
);
select tests.refused(
    $$select stories.place_story(tests.work('First snow'), 'The bay', 70.4, -94.2, 'region')$$, 'under_review',
    'less precisely is not further north'
);
select tests.refused(
    $$select stories.place_story(tests.work('First snow'), 'The bay', 68.8, -95.6, 'region')$$, 'under_review',
    'or further east'
);
select lives_ok(
    $$select stories.require_elder(tests.work('First snow'))$$,
    'that it waits for an elder can be said'
);
select stories.require_elder(tests.work('First snow'), false);
select tests.as('rene');
select content.transition(tests.work('First snow'), 'in_review');
select tests.as('cleo');
select tests.refused(
    $$select stories.place_story(tests.work('First snow'), 'The lake')$$, 'under_review', 'not while somebody reads it'
);
select lives_ok(
    $$select stories.place_story(tests.work('Thaw'), 'The lake')$$, 'another story is placed meanwhile'
);
select tests.as('rene');
select content.transition(tests.work('First snow'), 'approved');
select tests.as('cleo');
select tests.refused(
    $$select stories.place_story(tests.work('First snow'), 'The lake')$$, 'under_review', 'nor once it was approved'
);
select content.transition(tests.work('First snow'), 'published');
select tests.refused(deed, 'under_review', 'nor when it is published after that: ' || deed)
from unnest(array[
    $$select stories.date_story(tests.work('First snow'), '2026-03-01')$$,
    $$select stories.place_story(tests.work('First snow'), 'The bay', 68.8, -94.2, 'exact')$$
]) deed;
select lives_ok(
    $$select stories.place_story(tests.work('First snow'), 'The bay', 68.8, -94.2, 'region')$$,
    'it is placed less precisely whenever its teller wants'
);
select is(tests.place('First snow'), '{"The bay",69.000000,-94.000000,region}', 'and is');
select tests.refused(
    $$select stories.place_story(tests.work('First snow'), 'The bay', 68.8, -94.2, 'locality')$$, 'under_review',
    'which is not taken back'
);
select stories.place_story(tests.work('First snow'), null, 69, -94, 'region');
select is(tests.place('First snow'), '{null,69.000000,-94.000000,region}', 'or without its name');
select stories.place_story(tests.work('First snow'));
select stories.date_story(tests.work('First snow'));
select is(tests.place('First snow'), '{null,null,null,null}', 'or nowhere');
select is(
    (select s.recorded_on from stories.stories s where s.id = tests.work('First snow')), null::date,
    'and on no day'
);
select tests.refused(
    $$select stories.place_story(tests.work('First snow'), 'The bay', 69, -94, 'region')$$, 'under_review',
    'what was not read is not said there'
);

-- Who reads of it: whoever reads what it says.

select is(tests.readers('First snow'), '{cleo}'::text[], 'before anybody consents, its teller alone');
select tests.as('cleo');
select consent.give_consent(tests.work('First snow'), 'community_sharing');
select is(
    tests.readers('First snow'), '{cleo,eli,hana,rene,sol}'::text[], 'with whom it is shared reads where it belongs'
);
select tests.as('cleo');
select consent.give_consent(tests.work('First snow'), 'public_sharing');
select is(
    tests.readers('First snow'), '{ada,anon,cleo,eli,hana,hazel,max,oona,rene,sol}'::text[],
    'everybody, when it is shared with everybody'
);
select is(tests.readers('Thaw'), '{cleo}'::text[], 'and of another story, nobody the more');
select tests.as('sol');
select consent.create_protocol(tests.scope('heron'), 'Embers', 'family', 'members');
select tests.as('cleo');
select consent.protect_work(tests.work('First snow'), tests.scope('heron'), array[p.id]) from consent.protocols p;
select is(
    tests.readers('First snow'), '{cleo}'::text[], 'what is restricted says where it belongs once it is opened'
);
select tests.as('eli');
select consent.open_work(tests.work('First snow'));
select tests.next_transaction();
select is(tests.readers('First snow'), '{cleo,eli}'::text[], 'by whoever opened it');
select tests.backend_reads('stories.stories');
select tests.as('cleo');
select throws_ok(format('%s stories.stories %s', verb, rest), '42501', null, 'by hand nobody does this: ' || verb)
from (values
    ('insert into', $$(tenant_id, id) values (tests.scope('river'), tests.work('Note'))$$),
    ('update', $$set place_name = 'x'$$), ('delete from', '')
) v (verb, rest);

-- What a community tells beside it.

select tests.join('oona', 'heron', 'community_member');
select tests.as('oona');
select tests.refused(
    $$select stories.create_record(tests.work('Thaw'), tests.scope('otter'), 'X', '{}')$$, 'not_found',
    'nobody tells anything beside a story that they may not know of'
);
select tests.refused(
    format($$select stories.create_record(%L, tests.scope('otter'), 'X', '{}')$$, gen_random_uuid()), 'not_found',
    'or that is not there: in the same words'
);
select lives_ok(
    $$select stories.create_record(
        tests.work('First snow'), tests.scope('otter'), 'Snow, as we tell it', '{"text": "It came late."}',
        'It came late.', 'Of the same winter.', 'oj', 'community'
    )$$,
    'who may know of a story tells their community''s side of it'
);
select results_eq(
    $$
    select
        w.title, w.summary, w.lang, w.visibility::text, w.owner_id, w.scope_id, v.body ->> 'text', v.plain_text,
        s.is_record, s.record_id = s.id, s.elder_review_required, w.protocol_set_id
    from stories.stories s
    join content.works w on w.id = s.id
    join content.work_versions v on v.work_id = w.id
    where w.title = 'Snow, as we tell it'
    $$,
    $$values (
        'Snow, as we tell it', 'Of the same winter.', 'oj', 'community', tests.person('oona'), tests.scope('otter'),
        'It came late.', 'It came late.', true, true, true, null::uuid
    )$$,
    'it is a story of theirs, asks for what their place asks for, and stands under nothing that the other stands under'
);
select results_eq(
    'select r.id, r.original_id from stories.community_records r',
    $$values (tests.work('Snow, as we tell it'), tests.work('First snow'))$$, 'and says which it stands beside'
);
select tests.refused(
    $$select stories.create_record(tests.work('First snow'), tests.scope('heron'), 'X', '{}')$$, 'not_found',
    'in the story''s own community it stands beside nothing'
);
select tests.refused(
    $$select stories.create_record(tests.work('First snow'), tests.scope('delta'), 'X', '{}')$$, 'not_permitted',
    'nor where they do not belong'
);
select tests.refused(
    $$select stories.create_record(tests.work('Snow, as we tell it'), tests.scope('heron'), 'X', '{}')$$, 'not_found',
    'and a record stands beside no record'
);
select content.create_note(tests.scope('otter'), 'Own note', '{"text": "1"}');
select tests.refused(
    $$select stories.create_record(tests.work('Own note'), tests.scope('heron'), 'X', '{}')$$, 'not_found',
    'nor beside what is no story'
);
select tests.as_nobody();
select tests.join('oona', 'hill', 'member');
select tests.as('hugo');
select core.set_module(tests.scope('hill'), 'stories', true);
select tests.as('oona');
select tests.refused(
    $$select stories.create_record(tests.work('First snow'), tests.scope('hill'), 'X', '{}')$$, 'not_found',
    'nor in another organization'
);
select lives_ok(
    $$select stories.create_record(tests.work('Mud'), tests.scope('heron'), 'Mud, here', '{"text": "1"}')$$,
    'beside a story of theirs, they do'
);
select results_eq(
    $$select w.lang, w.visibility::text, s.elder_review_required, w.summary
    from stories.stories s join content.works w on w.id = s.id where w.title = 'Mud, here'$$,
    $$values ('en', 'private', false, '')$$, 'which asks for no more than its own place does, and says no more'
);

-- Neither opens the other; and that they belong together is for who may know of both.

select is(tests.readers('Snow, as we tell it'), '{oona}'::text[], 'who tells the one does not read the other');
select is(tests.knows('cleo'), '{}'::text[], 'nor is told that there is one');
select is(tests.knows('oona'), '{"Mud, here","Snow, as we tell it"}'::text[], 'who knows of both is');
select tests.join('otto', 'otter', 'elder');
select tests.as('oona');
select content.transition(tests.work('Snow, as we tell it'), 'submitted');
select tests.as('otto');
select stories.review_story(tests.work('Snow, as we tell it'), 'elder', 'approved');
select content.transition(tests.work('Snow, as we tell it'), state)
from unnest('{in_review,approved}'::content.work_state[]) state;
select tests.as('oona');
select content.transition(tests.work('Snow, as we tell it'), 'published');
select content.update_work(tests.work('Snow, as we tell it'), visibility => 'public');
select consent.give_consent(tests.work('Snow, as we tell it'), 'public_sharing');
select is(tests.knows('anon'), '{}'::text[], 'who reads the one, and may not know of the other, learns of no other');
select is(tests.knows('max'), '{}'::text[], 'whoever they are');
select is(tests.knows('sol'), '{"Snow, as we tell it"}'::text[], 'who passes what the other stands under, does');
select tests.as('sol');
select is_empty(
    $$select from stories.stories where id = tests.work('First snow')$$, 'and has not opened it with the one they read'
);
select tests.as('cleo');
select consent.withdraw_consent(tests.work('First snow'));
select is(tests.readers('First snow'), '{cleo}'::text[], 'what is taken back of the one');
select ok(tests.readers('Snow, as we tell it') @> '{anon}', 'is not of the other');
select is(
    tests.knows('cleo'), '{"Snow, as we tell it"}'::text[], 'whose it stands beside is told, once they read it'
);
select is(tests.knows('max'), '{}'::text[], 'as nobody else is');
select tests.backend_reads('stories.community_records');

-- By keys, whoever writes it.

select tests.as('oona');
select stories.create_story(tests.scope('otter'), 'Reeds', '{"text": "1"}');
select tests.as_nobody();
select tests.violates(
    tests.variant('stories.community_records'), 'community_records_pkey', 'a record stands beside one story'
);
select tests.violates(
    format(
        'insert into stories.community_records (tenant_id, id, original_id) values (%L, %L, %L)',
        tests.scope('river'), tests.work('Reeds'), tests.work('Thaw')
    ),
    'community_records_tenant_id_id_is_record_fkey', 'what was begun as a story is no record'
);
select set_config('request.jwt.claims', json_build_object('person', tests.person('oona'))::text, true);
select content._create_work('story', tests.scope('otter'), 'Alone', '{}', '', '', null, 'private');
select set_config('request.jwt.claims', '', true);
insert into stories.stories (tenant_id, id, is_record) values (tests.scope('river'), tests.work('Alone'), true);
select tests.violates(
    format(
        'insert into stories.community_records (tenant_id, id, original_id) values (%L, %L, %L)',
        tests.scope('river'), tests.work('Alone'), tests.work('Mud, here')
    ),
    'community_records_tenant_id_original_id_original_is_record_fkey', 'a record stands beside no record'
);
select tests.violates(
    'set constraints stories.stories_tenant_id_record_id_fkey immediate', 'stories_tenant_id_record_id_fkey',
    'and no record stands beside nothing'
);
insert into stories.community_records (tenant_id, id, original_id)
values (tests.scope('river'), tests.work('Alone'), tests.work('Thaw'));
-- Not within a function: what is set there outlasts the savepoints that tests of the tests go back to.
set constraints stories.stories_tenant_id_record_id_fkey immediate;
select pass('but beside one story of others');
select tests.refused(
    $$update stories.stories set is_record = true where id = tests.work('Reeds')$$, 'key_frozen',
    'what is begun as a story stays one'
);
select tests.refused(
    format('%s stories.community_records %s', verb, rest), 'append_only', 'what stands beside what stays: ' || verb
)
from (values ('update', 'set recorded_at = now()'), ('delete from', ''), ('truncate', 'cascade')) v (verb, rest);

-- What a row can hold, whoever writes it.

select tests.violates(
    tests.variant('stories.stories', changes, $$id = (select w.id from content.works w where w.title = 'Reeds')$$),
    broken, promise
)
from (values
    (jsonb_build_object('place_name', ' '), 'stories_place_name_check', 'a place that has a name has one'),
    ('{"recorded_on": "infinity"}', 'stories_recorded_on_check', 'a day is one'),
    (jsonb_build_object('place_name', repeat('x', 301)), 'stories_place_name_check', 'in short'),
    (
        jsonb_build_object('latitude', -90.1, 'longitude', 50, 'place_precision', 'exact'), 'stories_latitude_check',
        'no further south than there is anything'
    ),
    (
        jsonb_build_object('latitude', 50, 'longitude', -180.1, 'place_precision', 'exact'),
        'stories_longitude_check', 'or west'
    ),
    (jsonb_build_object('latitude', 50), 'stories_place_check', 'a place is said whole'),
    (
        jsonb_build_object('latitude', 50.1, 'longitude', 50, 'place_precision', 'region'), 'stories_latitude_check',
        'and never more precisely than its teller chose: a region to a degree north'
    ),
    (
        jsonb_build_object('latitude', 50, 'longitude', 50.1, 'place_precision', 'region'), 'stories_longitude_check',
        'and east'
    ),
    (
        jsonb_build_object('latitude', 50.12, 'longitude', 50.1, 'place_precision', 'locality'),
        'stories_latitude_check', 'a locality to a tenth of one north'
    ),
    (
        jsonb_build_object('latitude', 50.1, 'longitude', 50.12, 'place_precision', 'locality'),
        'stories_longitude_check', 'and east'
    ),
    (
        jsonb_build_object('latitude', 90.1, 'longitude', 50, 'place_precision', 'exact'), 'stories_latitude_check',
        'on earth'
    ),
    (
        jsonb_build_object('latitude', 50, 'longitude', 180.1, 'place_precision', 'exact'), 'stories_longitude_check',
        'alone'
    )
) v (changes, broken, promise);
select tests.violates(tests.variant('stories.stories'), 'stories_pkey', 'one story is one');
select tests.violates(
    tests.variant('stories.stories', jsonb_build_object('id', w.id)), 'stories_tenant_id_id_kind_fkey',
    'what is no story has nothing of one'
)
from content.works w
where w.title = 'Note';
select tests.refused(
    format('update stories.stories set %s = %L', what, gen_random_uuid()), 'key_frozen', 'which it is stays: ' || what
)
from unnest('{tenant_id,id}'::text[]) what;
update stories.stories set updated_at = '2020-01-01' where id = tests.work('Reeds');
select is(
    (select s.updated_at from stories.stories s where s.id = tests.work('Reeds')), now(),
    'when it last changed is kept'
);
select is(stories.decimals(p), d, format('a %s has %s decimals', p, d))
from (values ('region'::stories.place_precision, 0), ('locality', 1), ('exact', 6)) v (p, d);

select * from finish();
rollback;
