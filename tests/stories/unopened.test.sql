-- What machines made of a story under protocols tells what the story says: who speaks for a community that has to
-- consent reads of it what they read of the story, once they have opened it.

begin;
set local search_path = tap, tests, public;
select plan(5);

create function tests.analyses(name text)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
    found bigint;
begin
    perform tests.as(name);
    found := (select count(*) from stories.analyses);
    perform tests.as_nobody();
    return found;
end
$$;

select tests.world();
select tests.join('tella', 'heron', 'storyteller');
select tests.as('olive');
select core.set_module(tests.scope('river'), 'stories', true);
select tests.as('hana');
select consent.create_protocol(tests.scope('heron'), 'Embers', 'family', 'members');
select tests.as('tella');
select stories.create_story(tests.scope('heron'), 'Ice', '{"text": "Thin"}');
select consent.add_community(tests.work('Ice'), tests.scope('heron'));
select consent.protect_work(tests.work('Ice'), tests.scope('heron'), array[p.id]) from consent.protocols p;
select consent.give_consent(tests.work('Ice'), 'ai_analysis');
select tests.as('sol');
select consent.give_consent(tests.work('Ice'), 'ai_analysis', scope_id => tests.scope('heron'));
select consent.begin_run(
    consent.create_agreement(tests.scope('heron'), 'Laboratory', '{ai_analysis}', '', repeat('ab', 32)), 'ai_analysis',
    'Reader'
);
select stories.record_analysis(r.id, h.work_id, 'summary', '{"text": "Of thin ice"}')
from consent.runs r
cross join consent.hand_out(r.id, array[tests.work('Ice')]) h;
select tests.as_nobody();

select is(tests.analyses('tella'), 1::bigint, 'whose story it is reads what machines made of it');
select is(tests.analyses('sol'), 0::bigint, 'who speaks for the community does not, before they have opened it');
select tests.as('sol');
select consent.open_work(tests.work('Ice'));
select is(tests.analyses('sol'), 0::bigint, 'nor in the transaction in which they do');
select tests.next_transaction();
select is(tests.analyses('sol'), 1::bigint, 'but then');
select is(tests.analyses('hana'), 0::bigint, 'and another of them not before they have');

select * from finish();
rollback;
