-- Who is kept from a place helps with nothing there, and who left it brings nothing more into it.

begin;
set local search_path = tap, tests, public;
select plan(12);

-- The works that somebody knows of, finds, and reads a version of.
create function tests.knows(name text)
returns text[]
language plpgsql
set search_path = ''
as $$
declare
    known text[];
begin
    perform tests.as(name);
    known := array(select w.title from content.works w order by w.title)
        || array(select 'found ' || w.title from content.search_works('note') f join content.works w on w.id = f.work_id
            order by w.title)
        || array(select 'version ' || v.number from content.work_versions v order by v.number);
    perform tests.as_nobody();
    return known;
end
$$;

select tests.world();
select tests.as('cleo');
select content.create_note(tests.scope('heron'), 'Ice note', '{"text": "1"}', visibility => 'community');
select content.add_collaborator(tests.work('Ice note'), tests.person('eli'), 'edit');
select consent.give_consent(tests.work('Ice note'), 'modification');
select is(tests.knows('eli'), '{"Ice note","found Ice note","version 1"}'::text[], 'before: an editor reads a draft');
select tests.as('eli');
select is(content.revise_work(tests.work('Ice note'), '{"text": "2"}'), 2, 'before: and writes it');
select tests.as('oona');
select content.create_note(tests.scope('otter'), 'Reed note', '{"text": "1"}');
select tests.as('olive');
select core.impose_sanction(tests.scope('otter'), tests.person('eli'), 'access', 'a quarrel');
select is(
    tests.knows('eli'), '{"Ice note","found Ice note","version 1","version 2"}'::text[],
    'who is kept from another place helps on'
);
select tests.as('hana');
select core.ban_member(tests.membership('eli', 'heron'), 'a quarrel');
select is(tests.knows('eli'), '{}'::text[], 'who is kept from the place learns nothing of it any more');
select tests.as('eli');
select tests.refused(
    $$select content.revise_work(tests.work('Ice note'), '{"text": "3"}')$$, 'not_found', 'nor writes it'
);
select is(tests.knows('cleo'), '{"Ice note","found Ice note","version 1","version 2"}'::text[], 'whose it is does');

-- Whoever left.

select tests.as('cleo');
select content.create_note(tests.scope('heron'), title, '{"text": "1"}', visibility => 'public')
from unnest('{Fire,Snow}'::text[]) title;
select content.transition(tests.work('Snow'), 'published');
select core.leave(tests.scope('heron'));
select tests.refused(
    format('select content.transition(tests.work(%L), %L)', 'Fire', s), 'not_permitted',
    format('who left brings in nothing more: %s', s)
)
from unnest('{submitted,published}'::text[]) s;
select lives_ok(
    $$select content.transition(tests.work('Snow'), 'withdrawn')$$, 'what is theirs, they take back'
);
select content.transition(tests.work('Snow'), 'draft');
select tests.refused(
    $$select content.transition(tests.work('Snow'), 'published')$$, 'not_permitted', 'and do not bring in again'
);

-- What a work is called.

select content.update_work(tests.work('Snow'), title => 'Late snow');
select content.update_work(tests.work('Late snow'), summary => 'Of one winter.');
select content.update_work(tests.work('Late snow'), 'Late snow', 'Of one winter.', visibility => 'community');
select tests.as_nobody();
select is(
    (select count(*) from ops.outbox o where o.topic = 'work.renamed'), 2::bigint,
    'whoever listens hears that a work is called otherwise, or is about something else'
);
select is(
    (
        select convert_from(o.body, 'utf8')::jsonb ->> 'work_id'
        from ops.outbox o
        where o.topic = 'work.renamed'
        limit 1
    ),
    tests.work('Late snow')::text, 'and which'
);

select * from finish();
rollback;
