-- Searching for scopes: whoever can see one finds it by its name and by what it says of itself, and nobody else does.

begin;
set local search_path = tap, tests, public;
select plan(34);

-- What somebody finds, in the order in which it comes.
create function tests.found(name text, query text, kind text default null, slug text default null)
returns text[]
language plpgsql
set search_path = ''
as $$
declare
    place constant uuid := tests.scope(slug);
    hits core.found_scope[];
begin
    perform tests.as(name);
    hits := array(select f from core.search_scopes(query, found.kind, place) f);
    perform tests.as_nobody();
    return array(
        select s.slug
        from unnest(hits) with ordinality f (tenant_id, scope_id, rank, nth)
        join core.scopes s on s.tenant_id = f.tenant_id and s.id = f.scope_id
        order by f.nth
    );
end
$$;

select tests.world();
update core.scopes set description = 'By the water, of old.' where slug = 'otter';
update core.scopes set description = 'Beside an otter.' where slug = 'delta';
update core.scopes set created_at = now() - interval '1 day' where slug = 'archive';
update core.scopes set created_at = now() - interval '2 days' where slug = 'river';

select is(tests.found('cleo', query), '{heron}'::text[], format('a member finds a community by %s', query))
from unnest('{heron,HERON PEOPLE,"heron people",heron or moon,heron -moon}'::text[]) query;
select is(tests.found('cleo', query), '{}'::text[], format('and not by %s', coalesce(nullif(query, ''), 'nothing')))
from unnest(array['herons', 'heron moon', '"people heron"', 'heron -people', '', '(((', null]) query;
select is(tests.found('cleo', repeat('heron ', 100000)), '{heron}'::text[], 'of a long question the beginning counts');
select is(tests.found('cleo', 'otter'), '{}'::text[], 'what is private is found by nobody else');
select is(tests.found('anon', 'heron or otter or river or hill'), '{}'::text[], 'least of all by those unknown');
select is(tests.found('cleo', 'river'), '{archive,river}'::text[], 'who is in a place finds what it stands in');
select is(tests.found('max', 'river'), '{river}'::text[], 'and not the other way round');
select is(tests.found('petra', 'heron'), '{heron}'::text[], 'who manages a project finds what is private in it');
select is(tests.found('otis', 'water'), '{otter}'::text[], 'what a place says of itself counts');
select is(
    tests.found('ada', 'people'), '{delta,otter,heron}'::text[], 'of those that fit as well, the newest comes first'
);
select is(tests.found('ada', 'otter'), '{otter,delta}'::text[], 'and a name before what is said');
select is(tests.found('ada', 'old people'), '{otter}'::text[], 'and all words count, wherever they stand');
select is(tests.found('ada', 'people or river', slug => slug), slugs::text[], format('within %s what is in it', slug))
from (
    values
        ('river', '{delta,otter,heron,archive,river}'), ('archive', '{otter,heron,archive}'), ('heron', '{heron}'),
        ('hill', '{}')
) within (slug, slugs);
select is(tests.found('ada', 'people or river', 'project'), '{archive}'::text[], 'of a kind what is of it');
update core.scopes set visibility = 'organization' where slug = 'otter';
select is(tests.found('cleo', 'otter'), '{otter}'::text[], 'what is for the organization is found by it');
select is(tests.found('hazel', 'otter'), '{}'::text[], 'and by no other');
update core.scopes set visibility = 'public' where slug = 'otter';
select is(tests.found('anon', 'otter'), '{otter}'::text[], 'what is public by everybody');
insert into core.sanctions (tenant_id, scope_id, person_id, capability, reason, imposed_by)
values (tests.scope('river'), tests.scope('heron'), tests.person('cleo'), 'access', 'a quarrel', tests.person('hana'));
select is(tests.found('cleo', 'heron'), '{}'::text[], 'who is kept from a place does not find it');
select tests.join('max', 'delta', 'community_member');
update core.memberships set status = 'banned' where id = tests.membership('max', 'delta');
update core.scopes set visibility = 'organization' where slug = 'delta';
select is(tests.found('max', 'delta'), '{}'::text[], 'nor who is banned from it, though all of the organization does');
update core.scopes set visibility = 'private' where slug = 'delta';
insert into core.api_keys (key_hash, tenant_id, scope_id, person_id, name, expires_at)
values ('\x01', tests.scope('river'), tests.scope('delta'), tests.person('ada'), 'Importer', now() + interval '1 day');
insert into core.api_key_permissions (api_key_id, permission) select id, 'scope.read' from core.api_keys;
select tests.as_token(jsonb_build_object('person', tests.person('ada'), 'api_key', (select id from core.api_keys)));
select results_eq(
    $$select scope_id from core.search_scopes('delta or heron')$$, $$values (tests.scope('delta'))$$,
    'a key for a community finds it and nothing else, though its person finds all'
);
select tests.as('hazel');
select results_eq(
    $$select tenant_id, scope_id, rank > 0 from core.search_scopes('hill')$$,
    $$values (tests.scope('hill'), tests.scope('hill'), true)$$,
    'what is found is told by its key, and how well it fits'
);

select * from finish();
rollback;
