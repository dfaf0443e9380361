-- What nobody does to a work: a program with a key, somebody unknown, whoever is kept from its place or helps with
-- another one; and nobody at all where its place is closed, but to leave.

begin;
set local search_path = tap, tests, public;
select plan(35);

select tests.world();
select tests.join('ada', 'heron', 'community_member');
select tests.as('ada');
select content.create_note(tests.scope('heron'), title, '{"text": "1"}') from unnest('{Ice,Snow}'::text[]) title;
select content.add_collaborator(tests.work('Ice'), tests.person('sol'), 'edit');
select content.add_collaborator(tests.work('Ice'), tests.person('eli'), 'edit');
select content.add_collaborator(tests.work('Snow'), tests.person('cleo'), 'edit');
select consent.give_consent(tests.work(title), 'modification') from unnest('{Ice,Snow}'::text[]) title;
select tests.as_nobody();

create temporary table deeds on commit drop as
select *
from (
    values
        ($$select content.create_note(tests.scope('heron'), 'Rain', '{"text": "1"}')$$),
        ($$select content.update_work(tests.work('Ice'), 'Thin ice')$$),
        ($$select content.add_collaborator(tests.work('Ice'), tests.person('max'), 'comment')$$),
        ($$select content.revise_work(tests.work('Ice'), '{"text": "2"}')$$),
        ($$select content.transition(tests.work('Ice'), 'submitted')$$),
        ($$select content.remove_collaborator(tests.work('Ice'), tests.person('eli'))$$)
) as v (deed);
grant select on deeds to authenticated;

-- A program does not speak for somebody, whatever its key is for.

select tests.as('ada');
create temporary table key on commit drop as
select core.create_api_key(tests.scope('river'), 'all', '{scope.read}') as secret;
select tests.as_nobody();
select set_config('tests.claims', core.authenticate_api_key(sha256(convert_to(secret, 'utf8')))::text, true) from key;
select tests.as('ada');
select set_config('request.jwt.claims', current_setting('tests.claims'), true);
select ok(tests.scope('heron') = any (core.reach(2)), 'a key that reaches a place');
select tests.refused(deed, 'not_with_key', 'does not do it: ' || deed) from deeds;

-- Somebody whom nobody knows is told to sign in.

select tests.as_token('{"iss": "https://tests.example", "sub": "nobody ever"}');
select tests.refused(deed, 'not_signed_in', 'nor somebody unknown: ' || deed) from deeds;

-- Who helps with one work does not help with another.

select tests.as('cleo');
select tests.refused(
    $$select content.revise_work(tests.work('Ice'), '{"text": "2"}')$$, 'not_found',
    'who writes on one work does not write on another, though others may'
);
select tests.as('max');
select tests.refused(
    $$select content.revise_work(tests.work('Ice'), '{"text": "2"}')$$, 'not_found', 'and who writes on none, on none'
);
select tests.refused(
    $$select content.transition(gen_random_uuid(), 'submitted')$$, 'not_found', 'what is not there is not moved'
);
select tests.refused(
    $$select content.transition(tests.work('Ice'), 'submitted')$$, 'not_found',
    'nor is what is there, by others: in the same words'
);
select tests.as('ada');
select content.remove_collaborator(tests.work('Ice'), tests.person('eli'));
select set_eq(
    $$select person_id from content.work_collaborators where work_id = tests.work('Ice')$$,
    array[tests.person('sol')], 'when one is taken off, the others stay'
);
select content.add_collaborator(tests.work('Ice'), tests.person('eli'), 'edit');

-- Moves that there are, but not from here.

select tests.refused(
    $$select content.transition(tests.work('Ice'), 'withdrawn')$$, 'no_such_move', 'what is a draft is not taken back'
);
select tests.as_nobody();
insert into core.settings (tenant_id, scope_id, key, value)
values (tests.scope('river'), tests.scope('archive'), 'works.reviewed', 'true');
select tests.as('ada');
select tests.refused(
    $$select content.transition(tests.work('Snow'), 'published')$$, 'no_such_move', 'where works are reviewed'
);
select lives_ok($$select content.transition(tests.work('Snow'), 'submitted')$$, 'they are given in all the same');
select tests.as_nobody();

-- Who is kept from making works in a place writes no more on theirs there.

select tests.as('ada');
select content.update_work(tests.work('Ice'), visibility => 'community');
select tests.as_nobody();
insert into core.sanctions (tenant_id, scope_id, person_id, capability, reason, imposed_by)
values (tests.scope('river'), tests.scope('heron'), tests.person('ada'), 'create', 'a quarrel', tests.person('hana'));
select tests.as('ada');
select tests.refused(
    $$select content.revise_work(tests.work('Ice'), '{"text": "2"}')$$, 'barred',
    'who is kept from it does not write on'
);
select tests.refused(deed, 'barred', 'nor says what others read of it: ' || deed)
from unnest(array[
    $$select content.update_work(tests.work('Ice'), title => 'Ice, again')$$,
    $$select content.update_work(tests.work('Ice'), summary => 'What I think of you.')$$,
    $$select content.update_work(tests.work('Ice'), lang => 'fr')$$,
    $$select content.update_work(tests.work('Ice'), visibility => 'public')$$,
    $$select content.attribute_work(tests.work('Ice'), 'What I think of you', 'teller')$$
]) deed;
select lives_ok(
    $$select content.update_work(tests.work('Ice'), visibility => 'private')$$, 'what is theirs they can share less far'
);
select tests.as_nobody();
delete from core.sanctions;

-- In the language of its own project, not of another.

update core.projects set default_lang = 'cr' where id = tests.scope('archive');
select tests.as('ada');
select core.create_project(tests.scope('river'), 'second', 'Second');
select tests.as_nobody();
update core.projects set default_lang = 'fr' where id = tests.scope('second');
select tests.as('ada');
select content.create_note(place.id, place.slug, '{"text": "1"}')
from core.scopes place
where place.slug in ('heron', 'second', 'river');
select results_eq(
    $$select title, lang from content.works where title in ('heron', 'second', 'river') order by title$$,
    $$values ('heron', 'cr'), ('river', 'en'), ('second', 'fr')$$, 'one of several projects lends its language'
);

-- A place that is closed.

select tests.as_nobody();
update core.scopes set archived_at = now() where slug = 'heron';
select tests.as('ada');
select tests.refused(deed, 'scope_archived', 'nobody in a place that is closed: ' || deed)
from deeds
where deed not like '%remove_collaborator%';
select tests.as('eli');
select lives_ok(
    $$select content.remove_collaborator(tests.work('Ice'), tests.person('eli'))$$, 'who helped may leave all the same'
);
select tests.as_nobody();

select * from finish();
rollback;
