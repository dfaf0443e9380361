-- What hangs on a story is read with it, and only in its organization: rows that say the same ids in another one are
-- read by nobody there. Ids are drawn at random, so there are no such rows; but what keeps organizations apart does not
-- rest on that.
-- needs: superuser

begin;
set local search_path = tap, tests, public;
select plan(37);

select tests.world();
select tests.join('rene', 'heron', 'cultural_reviewer');
select tests.join('cleo', 'otter', 'community_member');
select tests.as('olive');
select core.set_module(tests.scope('river'), 'stories', true);
select tests.as('ada');
select stories.create_community(tests.scope('river'), 'shore', 'Shore', 'thematic', 'public');
select tests.as('cleo');
select stories.create_story(tests.scope('heron'), title, '{"text": "1"}', visibility => 'public')
from unnest('{Ice,Snow}'::text[]) title;
select stories.create_record(tests.work('Ice'), tests.scope('otter'), 'Ice, here', '{}', visibility => 'public');
select stories.set_warnings(tests.work('Ice'), '{grief}');
select content.transition(tests.work(t), 'published') from unnest('{Ice,"Ice, here"}'::text[]) t;
select consent.give_consent(tests.work(t), p)
from unnest('{Ice,"Ice, here"}'::text[]) t, unnest('{public_sharing,ai_analysis}'::text[]) p;
select content.transition(tests.work('Snow'), 'submitted');
select tests.as('rene');
select stories.review_story(tests.work('Snow'), 'cultural', 'approved');
select tests.as('sol');
select consent.create_agreement(tests.scope('heron'), 'Institute', '{ai_analysis}', '', repeat('ab', 32));
select consent.begin_run(a.id, 'ai_analysis', 'Reader') from consent.agreements a;
select h.* from consent.runs r cross join consent.hand_out(r.id, array[tests.work('Ice')]) h;
select stories.record_analysis(r.id, tests.work('Ice'), 'themes', '{}') from consent.runs r;
select consent.create_protocol(tests.scope('heron'), 'Embers', 'family', 'members');
select tests.as('cleo');
select consent.protect_work(tests.work('Snow'), tests.scope('heron'), array[p.id]) from consent.protocols p;
select tests.as_nobody();

create table tests.asked (nth serial, name text, relation regclass);
insert into tests.asked (name, relation)
values
    ('anon', 'stories.communities'), ('anon', 'stories.stories'), ('anon', 'stories.community_records'),
    ('anon', 'stories.content_warnings'), ('eli', 'stories.communities'), ('eli', 'stories.stories'),
    ('eli', 'stories.community_records'), ('eli', 'stories.content_warnings'), ('rene', 'stories.reviews'),
    ('cleo', 'stories.analyses'), ('sol', 'stories.analyses'), ('cleo', 'stories.storytellers'),
    ('cleo', 'stories.storyteller_dashboard');
select cmp_ok((tests.seen(a.name, a.relation))[1], '>', 0::bigint, format('before: %s reads %s', a.name, a.relation))
from tests.asked a
order by a.nth;

set local session_replication_role = replica;
select tests.repeat_elsewhere(tables.relation)
from (
    select distinct a.relation
    from tests.asked a
    join pg_catalog.pg_class c on c.oid = a.relation and c.relkind = 'r'
) tables;
select tests.repeat_elsewhere('consent.consent_parties');
set local session_replication_role = origin;
select is(
    (tests.seen(a.name, a.relation))[2], 0::bigint, format('%s reads no %s of another organization', a.name, a.relation)
)
from tests.asked a
order by a.nth;

-- Where some of what they hang on is there as well, the rest still has to be.

create function tests.works_elsewhere(variadic titles text[])
returns void
language plpgsql
set search_path = ''
as $$
begin
    set local session_replication_role = replica;
    delete from content.works where tenant_id = tests.scope('hill');
    perform tests.repeat_elsewhere('content.works');
    delete from content.works where tenant_id = tests.scope('hill') and title <> all (titles);
    set local session_replication_role = origin;
end
$$;

select tests.works_elsewhere('Ice');
select is(
    (tests.seen(name, 'stories.community_records'))[2], 0::bigint, 'a record is read where it is itself: ' || name
)
from unnest('{anon,eli}'::text[]) name;
select is(
    (tests.seen('sol', 'stories.analyses'))[2], 0::bigint, 'and what machines made, where it was handed out'
);
select tests.works_elsewhere('Ice, here');
select is(
    (tests.seen(name, 'stories.community_records'))[2], 0::bigint, 'or where it stands beside something: ' || name
)
from unnest('{anon,eli}'::text[]) name;
select tests.works_elsewhere('Ice, here', 'Ice');
select is(
    (tests.seen(name, 'stories.community_records'))[2], 1::bigint, 'with both, it would be: ' || name
)
from unnest('{anon,eli}'::text[]) name;
set local session_replication_role = replica;
select tests.repeat_elsewhere(relation)
from unnest('{consent.runs,consent.run_works,consent.effective}'::regclass[]) relation;
set local session_replication_role = origin;
select is((tests.seen('sol', 'stories.standing_analyses'))[2], 1::bigint, 'where it stands handed out');
select is((tests.seen('sol', 'stories.analyses'))[2], 1::bigint, 'what machines made would be read');
set local session_replication_role = replica;
update content.works w
set protocol_set_id = s.id
from consent.protocol_sets s
where w.tenant_id = tests.scope('hill') and w.title = 'Ice';
set local session_replication_role = origin;
select is((tests.seen('sol', 'stories.standing_analyses'))[2], 1::bigint, 'where it stands under protocols');
select is((tests.seen('sol', 'stories.analyses'))[2], 0::bigint, 'by whoever opened it there, and not somewhere else');

select * from finish();
rollback;
