-- Searching for what very many works have: the newest 5,000 of those that somebody reads, and what they do not read
-- leaves none of these out.
-- needs: superuser

begin;
set local search_path = tap, tests, public;
select plan(5);

select tests.world();

-- 5,010 works of the same word: the newest five and the oldest five hidden, between them 5,000 public ones. Past the
-- triggers, which would count, tell and log every one of them.
set local session_replication_role = replica;
insert into content.works (
    tenant_id, id, kind, scope_id, level, project_id, owner_id, title, state, visibility, public_version, public_during,
    created_at
)
select
    s.tenant_id, core.new_id(), 'note', s.id, s.level, s.project_id, tests.person('cleo'), 'Pebble ' || n, 'published',
    'public', 1, case when n between 6 and 5005 then tstzmultirange(tstzrange(now(), null)) else '{}' end,
    now() - n * interval '1 minute'
from core.scopes s, generate_series(1, 5010) n
where s.slug = 'heron';
insert into content.work_versions (tenant_id, work_id, number, material_version, body, created_by)
select w.tenant_id, w.id, 1, 1, '{}', w.owner_id from content.works w;
insert into consent.consent_parties (tenant_id, work_id, person_id, capacity, added_by)
select w.tenant_id, w.id, w.owner_id, 'teller', w.owner_id from content.works w;
insert into content.search_entries (
    tenant_id, work_id, version, created_at, dictionary, places, audiences, words
)
select t.tenant_id, n.*
from (select w.tenant_id, array_agg(w.id) as ids from content.works w group by w.tenant_id) t
cross join lateral content._search_entries(t.tenant_id, t.ids) n;
set local session_replication_role = origin;
-- As on a server that looks after itself: plans that were made while there was hardly a work go.
analyze content.works, content.work_versions, content.search_entries, consent.consent_parties;
select is_empty('select from content.verify_search()', 'the words are right');

-- The numbers of those that somebody finds, in the order in which they come.
create function tests.numbers(query text)
returns integer[]
language sql
security definer -- what the works are called is not for whoever searches here
set search_path = ''
as $$
    select array_agg(substr(w.title, length('Pebble ') + 1)::integer order by f.nth)
    from content.search_works(query) with ordinality f (tenant_id, work_id, version, rank, query, nth)
    join content.works w on w.id = f.work_id
$$;

select tests.as_anon();
select is(
    tests.numbers('pebble'), array(select n from generate_series(6, 5005) n), 'all that is public, the newest first'
);
select is(tests.numbers('5005'), '{5005}'::integer[], 'with more words fewer of them');
select tests.as('cleo');
select is(
    tests.numbers('pebble'), array(select n from generate_series(1, 5000) n), 'who reads more finds the newest 5,000'
);
select is(tests.numbers('pebble 5010'), '{5010}'::integer[], 'and what is older by what it has alone');

select * from finish();
rollback;
