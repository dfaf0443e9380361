-- Communities: who opens one, what it says of itself and to whom; how it decides, and who gives the word of an elder in
-- it.

begin;
set local search_path = tap, tests, public;
select plan(56);

-- The slugs of the communities of which somebody reads what they say of themselves.
create function tests.finds(name text)
returns text[]
language plpgsql
set search_path = ''
as $$
declare
    ids uuid[];
begin
    perform tests.as(name);
    select array_agg(c.id) into ids from stories.communities c;
    perform tests.as_nobody();
    return array(select s.slug from core.scopes s where s.id = any (ids) order by s.slug);
end
$$;

-- The elders whom somebody sees: by name, and where.
create function tests.elders(name text)
returns text[]
language plpgsql
set search_path = ''
as $$
declare
    seen uuid[];
begin
    perform tests.as(name);
    select array_agg(e.membership_id) into seen from stories.elders e;
    perform tests.as_nobody();
    return array(
        select concat(p.display_name, ' ', s.slug)
        from core.memberships m
        join core.people p on p.id = m.person_id
        join core.scopes s on s.id = m.scope_id
        where m.id = any (seen)
        order by 1
    );
end
$$;

select tests.world();

-- Where the module is off.

select tests.as('olive');
select tests.refused(
    $$select stories.create_community(tests.scope('river'), 'heath', 'Heath', 'kinship')$$, 'not_found',
    'where stories are not switched on, no community of theirs is opened'
);
select core.set_module(tests.scope('river'), 'stories', true);
select core.set_module(tests.scope('otter'), 'stories', false);
select tests.as('hugo');
select core.set_module(tests.scope('hill'), 'stories', true);

-- Opening one.

select tests.as('ada');
select lives_ok(
    $$select stories.create_community(
        tests.scope('archive'), 'ridge', '  Ridge People ', 'geographic', 'public', '  Up on the ridge. ', '{cr,en}',
        '1903-05-01'
    )$$,
    'whoever may open places opens a community'
);
select results_eq(
    $$
    select
        s.name, s.visibility::text, c.kind, c.basis::text, c.territory, c.languages, c.founded_on,
        s.parent_id = tests.scope('archive'), c.tenant_id = tests.scope('river')
    from stories.communities c
    join core.scopes s on s.id = c.id
    $$,
    $$values (
        'Ridge People', 'public', 'community', 'geographic', 'Up on the ridge.', '{cr,en}'::text[],
        '1903-05-01'::date, true, true
    )$$,
    'it is a place of its project, and says what holds it together, where it is at home, what it speaks and since when'
);
select is(
    (select array_agg(r.key order by r.key)
    from core.membership_roles mr
    join core.roles r on r.id = mr.role_id
    where mr.membership_id = tests.membership('ada', 'ridge')),
    '{place_manager,steward}', 'whoever opened it manages it, and is its first steward'
);
select stories.create_community(tests.scope('river'), 'shore', 'Shore', 'thematic');
select results_eq(
    $$
    select s.visibility::text, c.territory, c.languages, c.founded_on
    from stories.communities c
    join core.scopes s on s.id = c.id
    where s.slug = 'shore'
    $$,
    $$values ('private', '', '{}'::text[], null::date)$$, 'one of which nobody says more is private, and says nothing'
);
select tests.as('max');
select tests.refused(
    $$select stories.create_community(tests.scope('river'), 'heath', 'Heath', 'kinship')$$, 'not_permitted',
    'not everybody opens one'
);
select tests.as_anon();
select throws_ok(
    $$select stories.create_community(tests.scope('river'), 'heath', 'Heath', 'kinship')$$, '42501', null,
    'least of all somebody unknown'
);

-- Saying what it is, of one that was there before.

select tests.as('hana');
select lives_ok(
    $$select stories.describe_community(tests.scope('heron'), 'kinship', 'By the river.', '{cr}', '1950-01-01')$$,
    'whoever manages a community says what it is'
);
select lives_ok(
    $$select stories.describe_community(tests.scope('heron'), 'thematic', ' By the lake. ')$$, 'or says it anew'
);
select results_eq(
    $$select basis::text, territory, languages, founded_on from stories.communities where id = tests.scope('heron')$$,
    $$values ('thematic', 'By the lake.', '{}'::text[], null::date)$$,
    'then that is what it is; what is left out is empty'
);
select results_eq(
    $$select c.territory from stories.communities c join core.scopes s on s.id = c.id where s.slug = 'ridge'$$,
    $$values ('Up on the ridge.')$$, 'and others are what they were'
);
select tests.refused(
    $$select stories.describe_community(tests.scope('delta'), 'kinship')$$, 'not_permitted', 'nobody does so of another'
);
select tests.as('cleo');
select tests.refused(
    $$select stories.describe_community(tests.scope('heron'), 'kinship')$$, 'not_permitted',
    'nor somebody who only belongs to it'
);
select tests.as('olive');
select tests.refused(
    format($$select stories.describe_community(%L, 'kinship')$$, tests.scope(slug)), 'not_found',
    format('what is no community is none: %s', slug)
)
from unnest('{archive,river}'::text[]) slug;
select tests.refused(
    $$select stories.describe_community(tests.scope('otter'), 'kinship')$$, 'not_found',
    'where stories are switched off, no community says what it is'
);
select tests.as('olive');
select stories.describe_community(tests.scope('delta'), 'kinship');

-- What can be said.

select tests.as('hana');
select tests.violates(
    format($$select stories.describe_community(tests.scope('heron'), 'kinship', languages => %L)$$, languages),
    'communities_languages_check', promise
)
from (values
    ('{English}'::text[], 'a language is said by its tag'), ('{cr,cr}', 'once'),
    (array['cr', null], 'and is none unknown'),
    (array(select chr(97 + n / 26) || chr(97 + n % 26) from generate_series(1, 21) n), 'nobody speaks more than twenty')
) v (languages, promise);
select lives_ok(
    format(
        $$select stories.describe_community(tests.scope('heron'), 'kinship', languages => %L)$$,
        array(select chr(97 + n / 26) || chr(97 + n % 26) from generate_series(1, 20) n)
    ),
    'but twenty'
);
select tests.violates(
    $$select stories.describe_community(tests.scope('heron'), 'kinship', repeat('x', 1001))$$,
    'communities_territory_check', 'where it is at home is said in short'
);
select lives_ok(
    $$select stories.describe_community(tests.scope('heron'), 'kinship', repeat('x', 1000))$$, 'so long at most'
);
select tests.as_nobody();
select is(stories.are_languages('{cr,en}'), true, 'two languages are two');
select is(stories.are_languages('{}'), true, 'none is fine');
select is(stories.are_languages(null), null, 'what nobody knows is unknown');
select tests.violates(
    tests.variant(
        'stories.communities', jsonb_build_object('id', tests.scope('otter'), 'languages', '{cr,cr}'::text[])
    ),
    'communities_languages_check', 'whoever writes it'
);
select tests.violates(
    tests.variant(
        'stories.communities', jsonb_build_object('id', tests.scope('otter'), 'territory', repeat('x', 1001))
    ),
    'communities_territory_check', 'and says where it is'
);
select tests.violates(
    tests.variant('stories.communities', jsonb_build_object('id', tests.scope('archive'))),
    'communities_tenant_id_id_kind_fkey', 'a project is none by any way'
);
select tests.violates(
    tests.variant('stories.communities', '{}'), 'communities_pkey', 'and a community is one thing'
);
update stories.communities set updated_at = '2020-01-01' where id = tests.scope('heron');
select is(
    (select c.updated_at from stories.communities c where c.id = tests.scope('heron')), now(),
    'when it last changed is kept'
);
select tests.refused(
    $$update stories.communities set id = tests.scope('otter') where id = tests.scope('heron')$$, 'key_frozen',
    'which community it is stays'
);

-- Who reads of it.

select is(tests.finds('anon'), '{ridge}'::text[], 'of what is public everybody reads');
select is(tests.finds('hazel'), '{ridge}'::text[], 'also somebody of another organization');
select is(tests.finds('cleo'), '{heron,ridge}'::text[], 'whoever belongs to a community reads of it');
select is(tests.finds('dara'), '{delta,ridge}'::text[], 'and not of another');
select is(tests.finds('olive'), '{delta,heron,ridge,shore}'::text[], 'whoever finds all places reads of all');
select tests.backend_reads('stories.communities');
select tests.as('hana');
select throws_ok(
    format('%s stories.communities %s', verb, rest), '42501', null, format('by hand nobody may %s', verb)
)
from (values
    ('insert into', $$(tenant_id, id, basis) values (tests.scope('river'), tests.scope('otter'), 'kinship')$$),
    ('update', $$set basis = 'kinship'$$), ('delete from', '')
) v (verb, rest);

-- How it decides.

select tests.as('ada');
select core.set_setting(tests.scope('delta'), key, value)
from (values
    ('decisions.process', '"consensus"'::jsonb), ('decisions.quorum', '7'), ('works.reviewed', 'true'),
    ('stories.elder_reviewed', 'true')
) v (key, value);
select core.set_setting(tests.scope('ridge'), key, 'true')
from unnest('{works.decided,stories.culturally_reviewed}'::text[]) key;
select tests.as('sol');
select consent.set_benefits(tests.scope('heron'), 'equal', 'consensus');
select tests.as('olive');
select results_eq(
    $$
    select
        s.slug, decision_process::text, decision_quorum, works_reviewed, works_decided, elder_reviewed,
        culturally_reviewed, benefit_sharing_model::text, benefit_decision_process::text
    from stories.community_governance g
    join core.scopes s on s.id = g.scope_id
    order by s.slug
    $$,
    $$
    with unsaid as (
        select
            max(d.default_value #>> '{}') filter (where d.key = 'decisions.process') as process,
            max(d.default_value::text::integer) filter (where d.key = 'decisions.quorum') as quorum
        from core.setting_definitions d
        where d.key in ('decisions.process', 'decisions.quorum')
    )
    select
        v.slug, coalesce(v.process, u.process), coalesce(v.quorum, u.quorum), v.reviewed, v.decided, v.elder,
        v.cultural, null::text, null::text
    from (values
        ('delta', 'consensus', 7, true, false, true, false),
        ('heron', null, null, false, false, false, false),
        ('ridge', null, null, false, true, false, true),
        ('shore', null, null, false, false, false, false)
    ) v (slug, process, quorum, reviewed, decided, elder, cultural)
    cross join unsaid u
    $$,
    'how each community decides, is read with it'
);
select tests.as('cleo');
select results_eq(
    $$
    select benefit_sharing_model::text, benefit_decision_process::text
    from stories.community_governance
    where scope_id = tests.scope('heron')
    $$,
    $$values ('equal', 'consensus')$$, 'and by its members how it shares what its works bring in'
);
select tests.join('eli', 'delta', 'community_member');
select tests.as('eli');
select is(
    (select g.benefit_sharing_model from stories.community_governance g where g.scope_id = tests.scope('delta')), null,
    'which is not said of one that has not said so'
);
select tests.as('dara');
select is_empty(
    $$select from stories.community_governance where scope_id = tests.scope('heron')$$,
    'how a community decides that one does not find, one does not read'
);
select tests.as_anon();
select throws_ok('select from stories.community_governance', '42501', null, 'nor does anybody who is not signed in');

-- Elders.

select tests.join('ena', 'otter', 'elder');
select tests.join('una', 'delta', 'elder', 'community_member');
select is(tests.elders('cleo'), '{"Eli heron"}'::text[], 'who belongs to a community sees its elders, and no others');
select is(tests.elders('dara'), '{"Una delta"}'::text[], 'each their own');
select is(tests.elders('max'), '{}'::text[], 'who sees nobody of them sees no elder');
select is(
    tests.elders('olive'), '{"Eli heron","Ena otter","Una delta"}'::text[], 'who sees all who belong sees all elders'
);
select tests.as_anon();
select throws_ok('select from stories.elders', '42501', null, 'nobody sees any who is not signed in');
select tests.as_nobody();
update core.memberships set valid_during = tstzrange(now() - interval '2 days', now() - interval '1 day')
where id = tests.membership('ena', 'otter');
select is(tests.elders('olive'), '{"Eli heron","Una delta"}'::text[], 'nobody is one whose time is over');
update core.memberships set status = 'suspended' where id = tests.membership('una', 'delta');
select is(tests.elders('olive'), '{"Eli heron"}'::text[], 'nor who is suspended');
select tests.as('hana');
select core.revoke_role(tests.membership('eli', 'heron'), 'elder');
select is(tests.elders('olive'), '{}'::text[], 'nor whose role was taken');

select tests.as('hana');
select core.grant_role(tests.membership('eli', 'heron'), 'elder');
select tests.as('olive');
select core.define_role(tests.scope('river'), 'elder', 'Elder', '{0,2}', '{member.read,work.review}');
select tests.join('mara', 'river', 'elder');
select is(
    tests.elders('olive'), '{"Eli heron"}'::text[], 'who is called so in the organization is no elder of a community'
);

-- A place that is closed.

select tests.as_nobody();
update core.scopes set archived_at = now() where slug = 'heron';
select tests.as('hana');
select tests.refused(
    $$select stories.describe_community(tests.scope('heron'), 'kinship')$$, 'scope_archived',
    'of a place that is closed nothing else is said'
);

select * from finish();
rollback;
