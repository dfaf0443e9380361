-- Who reviews a work: whoever has no hand in it, in any guise, and has opened it where it is restricted.

begin;
set local search_path = tap, tests, public;
select plan(16);

-- Asserts that somebody does not take up a work for review, because they have a hand in it.
create function tests.has_a_hand(name text, title text, promise text)
returns text
language plpgsql
set search_path = ''
as $$
begin
    perform tests.as(name);
    return tests.refused(
        format('select content.transition(tests.work(%L), %L)', title, 'in_review'), 'not_on_yourself', promise
    );
end
$$;

select tests.world();
select tests.join(name, 'heron', 'community_member') from unnest('{nell,noor,wade}'::text[]) name;
select tests.as('cleo');
select content.create_note(tests.scope('heron'), title, '{"text": "1"}')
from unnest('{Told,Helped,Written,Named,"Of Wade","Of Nell","Of Noor",Free,Fire}'::text[]) title;
select consent.add_party(tests.work('Told'), tests.person('eli'), 'co_teller');
select content.add_collaborator(tests.work(title), tests.person('eli'), 'edit')
from unnest('{Helped,Written}'::text[]) title;
select consent.give_consent(tests.work('Written'), 'modification');
select tests.as('eli');
select content.revise_work(tests.work('Written'), '{"text": "2"}');
select tests.as('cleo');
select content.remove_collaborator(tests.work('Written'), tests.person('eli'));
select content.attribute_work(tests.work('Named'), 'Eli', 'author', tests.person('eli'));
select consent.add_party(tests.work('Of ' || initcap(name)), tests.person(name), 'depicted')
from unnest('{wade,nell,noor}'::text[]) name;
select content.add_collaborator(tests.work('Free'), tests.person('eli'), 'comment');
select content.transition(tests.work(title), 'submitted')
from unnest('{Told,Helped,Written,Named,"Of Wade","Of Nell","Of Noor",Free}'::text[]) title;

select tests.has_a_hand('eli', 'Told', 'who tells it with others does not');
select tests.has_a_hand('eli', 'Helped', 'nor who helps to write it');
select tests.has_a_hand('eli', 'Written', 'nor who wrote of it, and does not any more');
select tests.has_a_hand('eli', 'Named', 'nor whom it is by');
select tests.as('eli');
select lives_ok(
    $$select content.transition(tests.work('Free'), 'in_review')$$, 'who may comment on it does'
);
select tests.as_nobody();
update core.people set guardian_id = tests.person('eli') where id = tests.person('wade');
select tests.has_a_hand('eli', 'Of Wade', 'nor whose ward is seen in it');
select tests.as_service();
select core.merge_people(tests.person('nell'), tests.person('eli'));
select tests.has_a_hand('eli', 'Of Nell', 'nor who turned out to be somebody who is');
select tests.as_service();
select core.merge_people(tests.person('noor'), tests.person('wade'));
select tests.has_a_hand('eli', 'Of Noor', 'nor whose ward turned out to be');
select tests.as('sol');
select lives_ok(
    format('select content.transition(tests.work(%L), %L)', title, 'in_review'), 'others do: ' || title
)
from unnest('{Told,Written,Named,"Of Noor"}'::text[]) title;

-- What is restricted is opened before anybody says what becomes of it.

select tests.as('sol');
select consent.create_protocol(tests.scope('heron'), 'Embers', 'family', 'members');
select tests.as('cleo');
select consent.protect_work(tests.work('Fire'), tests.scope('heron'), array[p.id]) from consent.protocols p;
select content.transition(tests.work('Fire'), 'submitted');
select tests.as('sol');
select lives_ok(
    $$select content.transition(tests.work('Fire'), 'in_review')$$, 'to take it up nobody has to have read it'
);
select tests.refused(
    format('select content.transition(tests.work(%L), %L)', 'Fire', state), 'not_opened',
    'who did not open it does not say that it is ' || state
)
from unnest('{approved,changes_requested}'::text[]) state;
select consent.open_work(tests.work('Fire'));
select tests.next_transaction();
select tests.as('sol');
select lives_ok($$select content.transition(tests.work('Fire'), 'approved')$$, 'who did, does');

select * from finish();
rollback;
