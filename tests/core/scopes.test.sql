-- The tree of scopes: organization, project, place. Its shape is held by keys and checks, whoever writes.

begin;
set local search_path = tap, tests, public;
select plan(141);

-- The scopes that somebody finds.
create function tests.seen()
returns text[]
language sql
stable
set search_path = ''
as $$
    select coalesce(array_agg(s.slug order by s.slug collate "C"), '{}') from core.scopes s
$$;

-- A statement that writes a scope of this shape, past all functions.
create function tests.shape(
    tenant uuid,
    id uuid,
    kind text,
    level integer,
    parent_id uuid,
    parent_level integer,
    slug text default 'new'
)
returns text
language sql
set search_path = ''
as $$
    select format(
        'insert into core.scopes (tenant_id, id, kind, level, parent_id, parent_level, slug, name)
        values (%L, %L, %L, %L, %L, %L, %L, %L)',
        tenant, id, kind, level, parent_id, parent_level, slug, 'New'
    )
$$;

select tests.world();

-- Making them.
select tests.as('olive');
select lives_ok(
    $$select core.create_project(tests.scope('river'), 'weir', ' The Weir ', 'organization')$$,
    'an owner begins a project'
);
select lives_ok(
    $$select core.create_place(tests.scope('weir'), 'community', 'beaver', 'Beaver People')$$,
    'whoever begins a project opens places in it'
);
select tests.as_nobody();
select results_eq(
    $$
        select
            s.slug, s.name, s.kind, s.level::integer, p.slug, s.parent_level::integer, j.slug, s.visibility::text,
            s.created_by = tests.person('olive'), s.tenant_id = tests.scope('river')
        from core.scopes s
        join core.scopes p on p.id = s.parent_id
        join core.scopes j on j.id = s.project_id
        where s.slug in ('weir', 'beaver', 'delta')
        order by s.slug
    $$,
    $$
        values
            ('beaver', 'Beaver People', 'community', 2, 'weir', 1, 'weir', 'private', true, true),
            ('delta', 'Delta People', 'community', 2, 'river', 0, 'river', 'private', true, true),
            ('weir', 'The Weir', 'project', 1, 'river', 0, 'weir', 'organization', true, true)
    $$,
    'each stands where it was made: in its organization, below its parent, in its project if it has one'
);
select results_eq(
    $$
        select s.slug, r.key, m.status::text
        from core.memberships m
        join core.scopes s on s.id = m.scope_id
        join core.membership_roles mr on mr.membership_id = m.id
        join core.roles r on r.id = mr.role_id
        where m.person_id = tests.person('olive') and s.slug in ('weir', 'beaver')
        order by s.slug, r.key
    $$,
    $$
        values
            ('beaver', 'place_manager', 'active'), ('beaver', 'steward', 'active'),
            ('weir', 'project_manager', 'active')
    $$,
    'whoever makes one manages it; whoever opens a community is its first steward'
);
select tests.as('olive');
select tests.violates(
    $$select core.create_place(tests.scope('archive'), 'community', 'heron', 'Herons')$$,
    'scopes_tenant_id_parent_id_slug_key', 'two siblings cannot have one address'
);
select lives_ok(
    $$select core.create_place(tests.scope('weir'), 'community', 'heron', 'Herons of the weir')$$,
    'in another project the address is free'
);
select lives_ok(
    $$select core.update_scope(s.id, slug => 'egret') from core.scopes s where s.name = 'Herons of the weir'$$,
    'an address can be changed'
);
select tests.refused(
    $$select core.create_place(tests.scope('river'), 'organization', 'new', 'New')$$, 'not_found',
    'an organization is not a place in another'
);
select tests.refused(
    $$select core.create_place(tests.scope('river'), 'project', 'new', 'New')$$, 'not_found',
    'a project is not a place: it is begun as one'
);
select tests.refused(
    $$select core.create_place(tests.scope('river'), 'castle', 'new', 'New')$$, 'not_found',
    'a place is of a kind that exists'
);
select tests.refused(
    $$select core.create_place(tests.scope('river'), null, 'new', 'New')$$, 'not_found', 'a place is of some kind'
);
select tests.violates(
    $$select core.create_place(tests.scope('river'), 'community', 'Not a slug', 'New')$$, 'scopes_slug_check',
    'an address is lower-case, without blanks'
);
select tests.violates(
    $$select core.create_place(tests.scope('river'), 'community', 'new', ' ')$$, 'scopes_name_check',
    'a place has a name'
);
select tests.as('hana');
select tests.refused(
    $$select core.create_place(tests.scope('heron'), 'community', 'new', 'New')$$, 'not_permitted',
    'whoever manages a community opens none in it'
);
select tests.as('petra');
select tests.refused(
    $$select core.create_project(tests.scope('river'), 'new', 'New')$$, 'not_permitted',
    'whoever manages a project begins no other'
);
select tests.violates(
    $$select core.create_place(tests.scope('otter'), 'community', 'new', 'New')$$, 'scopes_parent_check',
    'there is no place in a place: the tree has three levels'
);
select tests.violates(
    $$select core.create_project(tests.scope('archive'), 'new', 'New')$$, 'scopes_parent_check',
    'there is no project in a project'
);
select tests.as('priya');
select tests.refused(
    $$select core.create_place(tests.scope('archive'), 'community', 'new', 'New')$$, 'not_permitted',
    'a member of a project opens no places in it'
);
select tests.as('hugo');
select tests.refused(
    $$select core.create_place(tests.scope('river'), 'community', 'new', 'New')$$, 'not_permitted',
    'nobody opens places in another organization'
);
select tests.as_anon();
select throws_ok(
    $$select core.create_place(tests.scope('river'), 'community', 'new', 'New')$$, '42501', null,
    'nobody opens places without signing in'
);
select throws_ok(
    $$select core.create_project(tests.scope('river'), 'new', 'New')$$, '42501', null,
    'nobody begins projects without signing in'
);

-- Every wrong shape, written past all functions, is refused.
select tests.as_nobody();
create temporary table here on commit drop as
select
    tests.scope('river') as river, tests.scope('archive') as archive, tests.scope('heron') as heron,
    tests.scope('hill') as hill, gen_random_uuid() as new, gen_random_uuid() as nowhere;
select lives_ok(
    tests.shape(river, new, 'community', 2, archive, 1), 'a place in a project is a shape that can be written'
) from here;
delete from core.scopes s using here where s.id = here.new;
select tests.violates(
    tests.shape(nowhere, nowhere, 'organization', 0, null, null), 'scopes_tenant_id_fkey',
    'a root scope belongs to an organization that exists'
) from here;
select tests.violates(
    tests.shape(river, river, 'organization', 0, null, null), 'scopes_pkey', 'an organization has one root scope'
) from here;
select tests.violates(
    tests.shape(river, new, 'organization', 0, null, null), 'scopes_root_check',
    'only the scope with the id of the organization is its root'
) from here;
select tests.violates(
    tests.shape(nowhere, nowhere, 'project', 1, nowhere, 0), 'scopes_root_check',
    'the scope with the id of the organization is nothing but its root'
) from here;
select tests.violates(
    tests.shape(river, new, 'community', 1, river, 0), 'scopes_kind_level_fkey',
    'a community does not stand at the level of projects'
) from here;
select tests.violates(
    tests.shape(river, new, 'project', 2, archive, 1), 'scopes_kind_level_fkey',
    'a project does not stand at the level of places'
) from here;
select tests.violates(
    tests.shape(river, new, 'castle', 2, archive, 1), 'scopes_kind_level_fkey', 'a scope is of a kind that exists'
) from here;
select tests.violates(
    tests.shape(nowhere, nowhere, 'organization', 0, river, 0), 'scopes_parent_check',
    'an organization stands below nothing'
) from here;
select tests.violates(
    tests.shape(nowhere, nowhere, 'organization', 0, river, null), 'scopes_parent_check',
    'not even where no level is named, so that nobody would check'
) from here;
select tests.violates(
    tests.shape(nowhere, nowhere, 'organization', 0, null, 0), 'scopes_parent_check',
    'nor does it name a level above it'
) from here;
select tests.violates(
    tests.shape(river, new, 'project', 1, null, null), 'scopes_parent_check', 'a project stands in its organization'
) from here;
select tests.violates(
    tests.shape(river, new, 'project', 1, archive, 1), 'scopes_parent_check', 'a project does not stand in a project'
) from here;
select tests.violates(
    tests.shape(river, new, 'project', 1, hill, 0), 'scopes_parent_check',
    'a project does not stand in another organization'
) from here;
select tests.violates(
    tests.shape(river, new, 'project', 1, river, 1), 'scopes_parent_check',
    'a project names the level of its organization as it is'
) from here;
select tests.violates(
    tests.shape(river, new, 'project', 1, river, null), 'scopes_parent_check', 'and names it at all'
) from here;
select throws_ok(
    tests.shape(river, new, 'community', 2, null, 1), '23502', null, 'a place stands in something'
) from here;
select tests.violates(
    tests.shape(river, new, 'community', 2, archive, null), 'scopes_parent_check',
    'a place names the level of what it stands in'
) from here;
select tests.violates(
    tests.shape(river, new, 'community', 2, heron, 2), 'scopes_parent_check', 'a place does not stand in a place'
) from here;
select tests.violates(
    tests.shape(river, new, 'community', 2, heron, 1), 'scopes_tenant_id_parent_id_parent_level_fkey',
    'nor in a place that is called a project'
) from here;
select tests.violates(
    tests.shape(river, new, 'community', 2, archive, 0), 'scopes_tenant_id_parent_id_parent_level_fkey',
    'nor in a project that is called an organization'
) from here;
select tests.violates(
    tests.shape(river, new, 'community', 2, nowhere, 1), 'scopes_tenant_id_parent_id_parent_level_fkey',
    'nor in something that does not exist'
) from here;
select tests.violates(
    tests.shape(hill, new, 'community', 2, archive, 1), 'scopes_tenant_id_parent_id_parent_level_fkey',
    'nor in a project of another organization'
) from here;
select tests.violates(
    tests.shape(hill, new, 'community', 2, river, 0), 'scopes_tenant_id_parent_id_parent_level_fkey',
    'nor in another organization'
) from here;
select tests.violates(
    tests.shape(river, new, 'community', 2, new, 1), 'scopes_tenant_id_parent_id_parent_level_fkey',
    'nor in itself'
) from here;
select tests.violates(
    tests.shape(river, new, 'community', 2, archive, 1, 'otter'), 'scopes_tenant_id_parent_id_slug_key',
    'two siblings cannot have one address, whoever writes'
) from here;
select tests.violates(
    tests.variant('core.scopes', '{}', $$slug = 'heron'$$), 'scopes_pkey', 'one id is one scope'
);
select tests.violates(
    $$update core.scopes set level = 1 where slug = 'heron'$$, 'scopes_parent_check', 'a place never becomes a project'
);
select throws_ok(
    $$update core.scopes set parent_id = null where slug = 'heron'$$, '23502', null, 'nor loses its parent'
);
select throws_ok(
    $$update core.scopes set project_id = tests.scope('otter') where slug = 'heron'$$, '428C9', null,
    'the project of a place follows from where it stands, and cannot be said otherwise'
);
select tests.violates(
    $$update core.scopes set parent_id = tests.scope('river'), parent_level = 0 where slug = 'heron'$$,
    'memberships_tenant_id_scope_id_level_project_id_fkey', 'a place does not move from under its members'
);
select throws_ok(
    $$delete from core.scopes where slug = 'heron'$$, '23503', null, 'a place with members is not deleted'
);
select tests.violates(
    tests.variant('core.scopes', jsonb_build_object('slug', g), $$slug = 'heron'$$), 'scopes_slug_check',
    format('%s is not an address', to_json(left(g, 20)))
)
from unnest(array['', 'Heron', 'he ron', '-heron', 'heron-', 'he--ron', 'he_ron', repeat('h', 64)]) g;
select tests.violates(
    tests.variant('core.scopes', jsonb_build_object('slug', 'new', 'name', n), $$slug = 'heron'$$), 'scopes_name_check',
    format('%s is not a name', to_json(left(n, 20)))
)
from unnest(array['', '  ', repeat('n', 201)]) n;
select tests.violates(
    tests.variant('core.scopes', jsonb_build_object('slug', 'new', 'created_by', gen_random_uuid()),
        $$slug = 'heron'$$),
    'scopes_created_by_fkey', 'whoever made a scope is somebody'
);
update core.scopes set updated_at = '2000-01-01' where slug = 'heron';
select is(
    (select updated_at from core.scopes where slug = 'heron'), now(),
    'when a row last changed is not for the writer to say'
);

-- The root stays.
select tests.refused(
    $$delete from core.scopes where slug = 'hill'$$, 'root_kept', 'the root scope is not deleted'
);
-- What they say of themselves.
select tests.as('hana');
select is(
    core.update_scope(tests.scope('heron'), name => ' Heron Nation ', description => 'By the water.'),
    tests.scope('heron'),
    'whoever manages a community says what it is called'
);
select results_eq(
    $$select name, description, slug, visibility::text from core.scopes where slug = 'heron'$$,
    $$values ('Heron Nation', 'By the water.', 'heron', 'private')$$,
    'what is not mentioned stays as it was'
);
select lives_ok(
    $$select core.update_scope(tests.scope('heron'), slug => 'herons', visibility => 'organization')$$,
    'they say where it is found, and by whom'
);
select results_eq(
    $$select name, description, slug, visibility::text from core.scopes where slug = 'herons'$$,
    $$values ('Heron Nation', 'By the water.', 'herons', 'organization')$$,
    'and what it is called stays'
);
select tests.violates(
    $$select core.update_scope(tests.scope('herons'), slug => 'otter')$$, 'scopes_tenant_id_parent_id_slug_key',
    'an address that a sibling has cannot be taken'
);
select lives_ok(
    $$select core.update_scope(tests.scope('herons'), slug => 'heron', visibility => 'private')$$, 'they take it back'
);
select tests.refused(
    $$select core.update_scope(tests.scope('otter'), name => 'Mine')$$, 'not_permitted',
    'they say nothing of another community'
);
select tests.refused(
    $$select core.update_scope(tests.scope('archive'), name => 'Mine')$$, 'not_permitted',
    'nor of the project that theirs is part of'
);
select tests.refused(
    $$select core.update_scope(null, name => 'Mine')$$, 'not_permitted', 'nor of nothing'
);
select tests.as('cleo');
select tests.refused(
    $$select core.update_scope(tests.scope('heron'), name => 'Mine')$$, 'not_permitted',
    'a community member does not say what it is called'
);

-- Who finds which.
select is(
    tests.seen(), '{archive,heron,river,weir}',
    'who belongs to a community finds it, what it is part of, what is shown to all, and none of its siblings'
);
select tests.as('dara');
select is(tests.seen(), '{delta,river,weir}', 'also where it stands straight below the organization');
select tests.as('priya');
select is(tests.seen(), '{archive,river,weir}', 'who belongs to a project does not find its private communities');
select tests.as('petra');
select is(
    tests.seen(), '{archive,heron,otter,river,weir}', 'whoever manages a project finds all in it'
);
select tests.as('max');
select is(
    tests.seen(), '{river,weir}', 'a member of the organization finds what is shown to the organization'
);
select tests.as('ada');
select is(
    tests.seen(), '{archive,beaver,delta,egret,heron,otter,river,weir}',
    'an admin of the organization finds all in it, and nothing of another'
);
select tests.as('hugo');
select is(tests.seen(), '{hill}', 'another organization finds nothing of it, not even what is shown to all of it');
select tests.as_anon();
select is(tests.seen(), '{}', 'who is not signed in finds nothing private');
select tests.as_nobody();
insert into core.api_keys (key_hash, tenant_id, scope_id, person_id, name, expires_at)
values ('\x01', tests.scope('river'), tests.scope('delta'), tests.person('ada'), 'Importer', now() + interval '1 day');
insert into core.api_key_permissions (api_key_id, permission) select id, 'scope.read' from core.api_keys;
select tests.as_token(jsonb_build_object('person', tests.person('ada'), 'api_key', (select id from core.api_keys)));
select is(
    tests.seen(), '{delta}', 'a key for a community finds it and nothing else, though its person finds all'
);
select tests.as_nobody();
update core.scopes set visibility = 'public' where slug = 'heron';
update core.scopes set visibility = 'organization' where slug = 'otter';
select tests.as_anon();
select is(tests.seen(), '{heron}', 'who is not signed in finds what is public, and only that');
select throws_ok(
    'select created_by from core.scopes', '42501', null, 'and is not told who made it'
);
select is_empty(
    $$
        select c.conrelid::regclass, a.attname
        from pg_constraint c
        join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey)
        where c.confrelid = 'core.people'::regclass and has_column_privilege(c.conrelid, a.attnum, 'select')
    $$,
    'nor, by anything else, of a person'
);
select tests.as('hugo');
select is(tests.seen(), '{heron,hill}', 'another organization finds what is public');
select tests.as('dara');
select is(tests.seen(), '{delta,heron,otter,river,weir}',
'who belongs anywhere finds what is shown to the organization');
select tests.as_nobody();
select tests.join('dara', 'otter', 'community_member');
update core.memberships set status = 'banned' where id = tests.membership('dara', 'otter');
select tests.as('dara');
select is(
    tests.seen(), '{delta,heron,river,weir}',
    'who is banned from a community does not find it, though all of the organization does'
);
select tests.as_nobody();
update core.scopes set visibility = 'private' where slug in ('heron', 'otter');
select tests.backend_reads('core.scopes');

-- Archived.
select tests.as('hana');
select is(core.archive_scope(tests.scope('heron')), tests.scope('heron'), 'whoever manages a community archives it');
select is((select archived_at from core.scopes where slug = 'heron'), now(), 'and since when is known');
select tests.refused(
    format('select %s', w), 'scope_archived', format('in what is archived nothing changes: %s', split_part(w, '(', 1))
)
from unnest(array[
    $$core.update_scope(tests.scope('heron'), name => 'New')$$,
    $$core.invite(tests.scope('heron'))$$,
    $$core.suspend_membership(tests.membership('cleo', 'heron'), 'why')$$,
    $$core.grant_role(tests.membership('cleo', 'heron'), 'storyteller')$$
]) w;
select tests.as('cleo');
select is(tests.seen(), '{archive,heron,river,weir}', 'what is archived can still be read');
select tests.refused(
    $$select core.archive_scope(tests.scope('heron'), false)$$, 'not_permitted',
    'a community member does not bring it back'
);
select tests.as('hana');
select tests.refused(
    $$select core.archive_scope(tests.scope('heron'), null)$$, 'not_permitted',
    'it is archived or brought back, and nothing between'
);
select tests.refused('select core.archive_scope(null)', 'not_permitted', 'nothing is not archived');
select lives_ok($$select core.archive_scope(tests.scope('heron'), false)$$, 'whoever manages it brings it back');
select lives_ok($$select core.update_scope(tests.scope('heron'), name => 'Herons')$$, 'and then it changes again');
select tests.refused(
    $$select core.archive_scope(tests.scope('archive'))$$, 'not_permitted', 'they do not archive the project around it'
);
select tests.as('petra');
select lives_ok($$select core.archive_scope(tests.scope('archive'))$$, 'whoever manages a project archives it');
select tests.refused(
    $$select core.create_place(tests.scope('archive'), 'community', 'new', 'New')$$, 'scope_archived',
    'nothing begins in a project that is archived'
);
select tests.as('hana');
select tests.refused(
    $$select core.update_scope(tests.scope('heron'), name => 'New')$$, 'scope_archived',
    'a community in a project that is archived does not change'
);
select tests.as('dara');
select lives_ok(
    $$select core.update_scope(tests.scope('delta'), name => 'Delta')$$, 'a community outside of it does'
);
select tests.as('olive');
select lives_ok($$select core.archive_scope(tests.scope('archive'), false)$$, 'an owner brings a project back');
select tests.refused(
    $$select core.archive_scope(tests.scope('river'))$$, 'root_kept', 'an organization is not archived: it is closed'
);
select tests.as_nobody();
select is((select archived_at from core.scopes where slug = 'river'), null, 'and its root scope is not');
update core.scopes set archived_at = now() where slug = 'river';
select tests.as('dara');
select tests.refused(
    $$select core.update_scope(tests.scope('delta'), name => 'New')$$, 'scope_archived',
    'were it archived, nothing below it would change'
);
select tests.as_nobody();
update core.scopes set archived_at = null where slug = 'river';
insert into core.scopes (tenant_id, id, kind, level, parent_id, parent_level, slug, name, archived_at)
values (
    tests.scope('river'), '00000000-0000-7000-8000-000000000000', 'community', 2, tests.scope('river'), 0, 'bygone',
    'Bygone', now()
);
select tests.as('dara');
select lives_ok(
    $$select core.update_scope(tests.scope('delta'), name => 'Delta')$$, 'what is archived beside it stops nothing'
);
select tests.as_token('{"iss": "https://tests.example", "sub": "unregistered"}');
select tests.refused(
    $$select core.archive_scope(tests.scope('heron'))$$, 'not_signed_in', 'who has not registered archives nothing'
);
select tests.as_anon();
select throws_ok($$select core.archive_scope(tests.scope('heron'))$$, '42501', null,
'nobody archives without signing in');
select throws_ok(
    $$select core.update_scope(tests.scope('heron'), name => 'New')$$, '42501', null,
    'nor says what a place is called'
);

-- The kinds.
select tests.as('cleo');
select set_eq(
    'select kind, level from core.scope_kinds',
    $$values ('organization', 0::smallint), ('project', 1), ('community', 2)$$,
    'everybody who is signed in knows the kinds of scope'
);
select tests.as_anon();
select throws_ok('select kind from core.scope_kinds', '42501', null, 'who is not signed in is not told');
select tests.backend_reads('core.scope_kinds');
select tests.violates(tests.variant('core.scope_kinds'), 'scope_kinds_pkey', 'one name is one kind');
select tests.violates(
    tests.variant('core.scope_kinds', jsonb_build_object('kind', k), 'level = 2'), 'scope_kinds_kind_check',
    format('%s is not the name of a kind', to_json(k))
)
from unnest(array['', 'Place', 'holy place', 'place-2']) k;
select tests.violates(
    tests.variant('core.scope_kinds', jsonb_build_object('kind', 'hamlet', 'level', l)), 'scope_kinds_level_check',
    format('no other kind stands at level %s', l)
)
from unnest(array[0, 1, 3, -1]) l;
select tests.violates(
    format($$update core.scope_kinds set level = 2 where kind = %L$$, k), 'scope_kinds_level_check',
    format('%s keeps its level', k)
)
from unnest(array['organization', 'project']) k;
select tests.violates(
    tests.variant('core.scope_kinds', '{"kind": "hamlet", "module": "nothing"}', 'level = 2'),
    'scope_kinds_module_fkey',
    'a kind is brought by a module that exists'
);
select lives_ok(
    tests.variant('core.scope_kinds', '{"kind": "holy_place"}', 'level = 2'),
    'a module brings a kind of place of its own'
);

insert into core.platform_modules (module, version, description) values ('rites', '0.1.0', 'Rites');
update core.scope_kinds set module = 'rites' where kind = 'holy_place';
select tests.as('olive');
select tests.refused(
    $$select core.create_place(tests.scope('river'), 'holy_place', 'spring', 'The Spring')$$, 'not_found',
    'while its module is off the kind is as if it were not there'
);
select core.set_module(tests.scope('river'), 'rites', true);
select lives_ok(
    $$select core.create_place(tests.scope('river'), 'holy_place', 'spring', 'The Spring')$$, 'and then it is'
);

-- Helpers that the shape rests on.
select tests.as_anon();
select ok(core.is_slug('heron-2') and not core.is_slug('Heron'), 'anybody may ask what can be an address');
select is(core.is_slug(null), null, 'nothing is neither an address nor not one');
select ok(core.is_lang('iu-Latn-CA') and not core.is_lang('english please'), 'and what can be a language');
select tests.as_service();
select ok(
    substr(id, 13, 1) = '7'
    and abs(('x' || left(id, 12))::bit(48)::bigint - extract(epoch from clock_timestamp()) * 1000) < 60000,
    'servers make keys that begin with the time they are made'
)
from replace(core.new_id()::text, '-', '') id;
select tests.as_nobody();
select is(
    tests.access('core.scopes'),
    '{select to anon but created_by,select to authenticated,select to empathy_auditor,select to service_role}',
    'scopes are written by functions alone'
);

select * from finish();
rollback;
