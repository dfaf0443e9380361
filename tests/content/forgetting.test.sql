-- What there is of somebody who is forgotten in the works of others: they help with nothing, approve of nothing, and
-- nobody asks them for anything any more. Of everybody else nothing goes.

begin;
set local search_path = tap, tests, public;
select plan(12);

-- Who helps with a work, and who approves of it.
create function tests.with_work(title text)
returns text[]
language sql
stable
security definer
set search_path = ''
as $$
    select array_agg(n.what order by n.what collate "C")
    from (
        select 'helps: ' || p.display_name
        from content.work_collaborators c
        join core.people p on p.id = c.person_id
        where c.work_id = tests.work(with_work.title)
        union all
        select 'approves: ' || p.display_name
        from content.votes v
        join core.people p on p.id = v.person_id
        where v.work_id = tests.work(with_work.title)
    ) n (what)
$$;

-- Who was forgotten, and somebody who never was.
create function tests.nobody_there()
returns setof uuid
language sql
volatile
security definer
set search_path = ''
as $$
    select p.id from core.people p where p.erased_at is not null
    union all
    select gen_random_uuid()
$$;

select tests.world();
select tests.as('cleo');
select content.create_note(tests.scope('heron'), title, '{"text": "1"}', visibility => 'public')
from unnest('{Ice,Beside}'::text[]) title;
select content.attribute_work(tests.work(title), 'Cleo', 'author') from unnest('{Ice,Beside}'::text[]) title;
select content.transition(tests.work(title), 'published') from unnest('{Ice,Beside}'::text[]) title;
select consent.give_consent(tests.work(title), 'public_sharing') from unnest('{Ice,Beside}'::text[]) title;
select content.add_collaborator(tests.work(title), tests.person(name), 'comment')
from unnest('{Ice,Beside}'::text[]) title, unnest('{eli,sol}'::text[]) name;
select tests.as('eli');
select content.cast_vote(tests.work(title)) from unnest('{Ice,Beside}'::text[]) title;
select tests.as('sol');
select content.cast_vote(tests.work('Ice'));
select tests.as_nobody();
select is(
    tests.with_work('Ice'), '{"approves: Eli","approves: Sol","helps: Eli","helps: Sol"}', 'both help, and approve'
);

select tests.as_service();
select core.erase_person(tests.person('eli'));
select tests.as_nobody();
select is(tests.with_work('Ice'), '{"approves: Sol","helps: Sol"}', 'who is forgotten does neither any more');
select is(tests.with_work('Beside'), '{"helps: Sol"}', 'with any work');

-- Nor is anything asked of them.

select tests.as('cleo');
select tests.refused(statement, 'not_found', 'nobody who was forgotten is asked: ' || statement)
from tests.nobody_there() i (person_id)
cross join lateral unnest(array[
    format('select content.add_collaborator(tests.work(''Ice''), %L, ''edit'')', i.person_id),
    format('select consent.add_party(tests.work(''Ice''), %L, ''co_teller'')', i.person_id),
    format('select content.attribute_work(tests.work(''Ice''), ''Eli'', ''teller'', %L)', i.person_id)
]) statement;
select is((select count(*) from consent.consent_parties), 2::bigint, 'and nobody else has to consent');
select tests.as_nobody();

-- Under whatever row of theirs.

select tests.as_service();
select core.merge_people(tests.person('sol'), tests.person('hana'));
select core.erase_person(tests.person('hana'));
select tests.as_nobody();
select is(tests.with_work('Ice'), null, 'who turned out to be somebody else is forgotten with them');
select is(
    (select array_agg(p.display_name order by p.display_name) from core.people p where p.erased_at is not null),
    '{"Erased person","Erased person","Erased person"}', 'each of their rows'
);

select * from finish();
rollback;
