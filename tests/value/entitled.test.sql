-- Who is to get a share of what came in, and how much: those who had a hand in the work, or who belong to the place;
-- or whose works are published there.

begin;
set local search_path = tap, tests, public;
select plan(13);

select tests.world();
select tests.books();
select tests.join('nils', 'heron', 'community_member');
select tests.join('nora', 'heron', 'community_member');
select tests.join('lena', 'heron', 'community_member');
select tests.join('gus', 'heron', 'community_member');

-- A note of somebody's, published or not.
create function tests.note(name text, title text, place text default 'heron', published boolean default true)
returns void
language plpgsql
set search_path = ''
as $$
begin
    perform tests.as(name);
    perform content.create_note(tests.scope(place), title, '{}');
    if published then
        perform content.transition(tests.work(title), 'published');
    end if;
    perform tests.as_nobody();
end
$$;

select tests.note('cleo', 'Ice');
select tests.note('cleo', 'Frost');
select tests.note('nils', 'Melt');
select tests.note('lena', 'Rime');
select tests.note('sol', 'Thaw', published => false);
select tests.note('oona', 'Reeds', 'otter');
select tests.note('eli', 'Snow', published => false);

select tests.as('cleo');
select content.attribute_work(tests.work('Ice'), 'A choir', 'singer');
select content.attribute_work(tests.work('Ice'), 'Hana', 'translator', tests.person('hana'));
select content.attribute_work(tests.work('Frost'), 'Cleo', 'teller', tests.person('cleo'));
select content.attribute_work(tests.work('Frost'), 'Sol', 'translator', tests.person('sol'));
select tests.as('eli');
select content.attribute_work(tests.work('Snow'), name, credit, tests.person(name))
from (
    values
        ('cleo', 'teller'), ('hana', 'teller'), ('hana', 'translator'), ('gus', 'teller'), ('nils', 'teller'),
        ('nora', 'teller')
) as v (name, credit);
select tests.let_in(title, 'olive') from unnest('{Ice,Frost,Snow}'::text[]) title;
select tests.as('olive');
select value.open_account(tests.scope('river'), 'CAD', work_id => tests.work(title))
from unnest('{Ice,Frost,Snow}'::text[]) title;
select tests.came_in('ice', 1000, 'Ice');
select tests.came_in('frost', 1000, 'Frost');
select tests.came_in('snow', 1000, 'Snow');
select tests.came_in('grant', 1000);

-- Somebody leaves, somebody asks to be forgotten, two turn out to be one; some are kept out, or are yet to come.

select tests.as('lena');
select core.leave(tests.scope('heron'));
select tests.as('gus');
select core.erase_person(core.me());
select tests.as_nobody();
select core.merge_people(tests.person('nils'), tests.person('nora'));
delete from core.identities where subject = 'nils';
select tests.join('max', 'heron');
update core.memberships m set status = 'suspended' where m.id = tests.membership('max', 'heron');
select tests.join('priya', 'heron');
update core.memberships m
set valid_during = tstzrange(now() + interval '1 day', null)
where m.id = tests.membership('priya', 'heron');

-- In equal parts.

select tests.sharing('equal');
select is(
    tests.proposed('ice', 'Ice?', 100), 'cleo 50, hana 50',
    'of a work, who made it gets a part without saying so, and whoever helped and is known'
);
select is(
    tests.proposed('frost', 'Frost?', 100), 'cleo 50, sol 50', 'and one part, where they say so'
);
select is(
    tests.proposed('snow', 'Snow?', 100), 'cleo 25, eli 25, hana 25, nora 25',
    'everybody gets one, whatever they did and however they were called; who asked to be forgotten, none'
);
select is(
    tests.proposed('grant', 'Grant?', 100), 'cleo 20, eli 20, hana 20, nora 20, sol 20',
    'of what came in for the place, who belongs there now, and not who left, is kept out or is yet to come'
);
select tests.sharing('equal', '{"kept": 25}');
select is(
    tests.proposed('ice', 'Ice, kept?', 200), 'cleo 75, hana 75, heron 50', 'of which the community keeps its part'
);
select tests.sharing('equal', '{"kept": 100}');
select is(tests.proposed('snow', 'Snow, all?', 100), 'heron 100', 'or all of it');

-- By contribution.

select tests.sharing('contribution', '{"credits": {"teller": 3, "owner": 0}}');
select is(
    tests.proposed('snow', 'Snow, by part?', 130), 'cleo 30, hana 40, nora 60',
    'by contribution, each gets as much as their credits weigh together; who weighs nothing, gets nothing'
);
select is(
    tests.proposed('frost', 'Frost, by part?', 80), 'cleo 60, sol 20', 'and who is credited is so once'
);
select is(
    tests.proposed('grant', 'By works?', 80), 'cleo 40, lena 20, nora 20',
    'of what came in for the place, whose works are published there, as many as there are'
);

-- As the place itself has set it.

select tests.as('otis');
select value.open_account(tests.scope('river'), 'CAD', scope_id => tests.scope('otter'));
select consent.set_benefits(tests.scope('otter'), 'equal', 'consensus');
select tests.as('olive');
select value.make_transfer('fee', 'fee', tests.legs('outside -60', 'otter 60'));
select value.record_event('fee', 'CAD', 60, tests.scope('otter'), transfer_id => tests.transfer('fee'));
select tests.as('otis');
select lives_ok(
    format('select value.propose_distribution(%L, %L)', tests.event('fee'), 'Fee?'),
    'another community shares as it has set itself'
);
select is(tests.shares('Fee?'), 'oona 30, otis 30', 'among its own');
select tests.sharing('custom', '{"elders": "first"}');
select is(
    tests.proposed(
        'grant', 'Both?', 90,
        array[row(tests.person('eli'), null, 2), row(null, tests.scope('otter'), 1)]::value.share[]
    ),
    'eli 60, otter 30', 'by rules of its own, places get a share as people do'
);
select tests.violates(
    format(
        $$select value.propose_distribution(%L, 'Twice?', shares => array[
            row(%2$L, null, 1), row(%2$L, null, 1)
        ]::value.share[])$$,
        tests.event('grant'), tests.person('sol')
    ),
    'recipients_pkey', 'and nobody gets two'
);

select * from finish();
rollback;
