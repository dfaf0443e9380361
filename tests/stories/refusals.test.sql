-- What nobody does about stories whom nobody knows, and what a program with a key does not do, as it is asked of a
-- person.

begin;
set local search_path = tap, tests, public;
select plan(38);

select tests.world();
select tests.join('ada', 'heron', 'community_member', 'elder');
select tests.join('ada', 'otter', 'community_member');
select tests.as('olive');
select core.set_module(tests.scope('river'), 'stories', true);
select tests.as('ada');
select stories.create_community(tests.scope('river'), 'shore', 'Shore', 'thematic');
select stories.create_story(tests.scope('heron'), 'Ice', '{"text": "1"}');
select stories.give_feedback(tests.scope('river'), 'Slower.');
select tests.as('cleo');
select stories.create_story(tests.scope('heron'), 'Snow', '{"text": "1"}');
select content.transition(tests.work('Snow'), 'submitted');
select tests.as_nobody();

create function tests.said(body text)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
    select f.id from stories.feedback f where f.body = said.body
$$;

create temporary table deeds on commit drop as
select *
from (
    values
        ($$select stories.create_community(tests.scope('river'), 'heath', 'Heath', 'kinship')$$, false),
        ($$select stories.describe_community(tests.scope('shore'), 'kinship')$$, false),
        ($$select stories.create_story(tests.scope('heron'), 'Rain', '{"text": "1"}')$$, true),
        ($$select stories.create_record(tests.work('Ice'), tests.scope('otter'), 'Ice, here', '{"text": "1"}')$$, null),
        ($$select stories.date_story(tests.work('Ice'), '2026-01-02')$$, true),
        ($$select stories.place_story(tests.work('Ice'), 'The bay')$$, true),
        ($$select stories.set_warnings(tests.work('Ice'), '{grief}')$$, true),
        ($$select stories.review_story(tests.work('Snow'), 'elder', 'approved')$$, true),
        ($$select stories.give_feedback(tests.scope('river'), 'Louder.')$$, true),
        ($$select stories.answer_feedback(tests.said('Slower.'), 'Yes.')$$, true)
) v (deed, in_person);
grant select on deeds to authenticated;

-- Somebody whom nobody knows is told to sign in.

select tests.as_token('{"iss": "https://tests.example", "sub": "nobody ever"}');
select tests.refused(deed, 'not_signed_in', 'not somebody unknown: ' || deed)
from deeds
where in_person is not null;
select tests.refused(deed, 'not_found', 'who is told of no story: ' || deed) from deeds where in_person is null;
select is_empty(deed, 'nor is anything told to them: ' || deed)
from unnest(array[
    'select from stories.data_locations()', 'select from stories.readings_of_mine()',
    'select from stories.uses_of_mine()', 'select from stories.withdrawals_of_mine()',
    'select from stories.storyteller_dashboard'
]) deed;

-- A program does not speak for somebody, whatever its key is for.

select tests.as('ada');
create temporary table key on commit drop as
select core.create_api_key(tests.scope('river'), 'all', '{scope.read}') as secret;
select tests.as_nobody();
select set_config('tests.claims', core.authenticate_api_key(sha256(convert_to(secret, 'utf8')))::text, true) from key;
select tests.as('ada');
select set_config('request.jwt.claims', current_setting('tests.claims'), true);
select ok(tests.scope('heron') = any (core.reach(2)), 'a key that reaches a place');
select tests.refused(deed, 'not_with_key', 'does not do it: ' || deed) from deeds where in_person;
select is_empty(deed, 'nor is it told what is somebody''s: ' || deed)
from unnest(array[
    'select from stories.data_locations()', 'select from stories.readings_of_mine()',
    'select from stories.uses_of_mine()', 'select from stories.withdrawals_of_mine()',
    'select from stories.storyteller_dashboard'
]) deed;
select tests.as('ada');
select lives_ok(deed, 'as the person themselves does: ' || deed) from deeds;

select * from finish();
rollback;
