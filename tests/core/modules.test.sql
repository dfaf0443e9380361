-- Modules: off unless switched on; the nearest switch decides; the kernel is always on; who may switch.

begin;
set local search_path = tap, tests, public;
select plan(54);

select tests.world();
insert into core.platform_modules (module, version, description)
values ('gardens', '1.0.0', 'Something to switch.'), ('kites', '1.0.0', 'Something else.');

-- What is on, where.
select tests.as('olive');
select ok(not core.module_on('gardens', tests.scope('heron')), 'a module that nobody switched on is off');
select ok(not core.module_on('ballroom', tests.scope('heron')), 'a module that does not exist is off');
select ok(not core.module_on('gardens', gen_random_uuid()), 'in a scope that does not exist a module is off');
select ok(
    core.module_on(module, tests.scope('heron')), format('%s belongs to the kernel and is always on', module)
)
from unnest('{core,ops}'::text[]) module;
select core.set_module(tests.scope('river'), 'gardens', true);
select ok(core.module_on('gardens', tests.scope('river')), 'a module is on where it was switched on');
select ok(core.module_on('gardens', tests.scope('archive')), 'and in the projects below');
select ok(core.module_on('gardens', tests.scope('heron')), 'and in the places below');
select ok(core.module_on('gardens', tests.scope('delta')), 'and in the places straight below');
select ok(not core.module_on('gardens', tests.scope('hill')), 'and not in another organization');
select ok(not core.module_on('kites', tests.scope('river')), 'and no other module with it');
select tests.as('petra');
select core.set_module(tests.scope('archive'), 'gardens', false);
select ok(
    not core.module_on('gardens', tests.scope('archive')), 'a project switches off what its organization switched on'
);
select ok(not core.module_on('gardens', tests.scope('heron')), 'for its places, too');
select ok(core.module_on('gardens', tests.scope('delta')), 'and for no others');
select ok(core.module_on('gardens', tests.scope('river')), 'and not for the organization');
select tests.as('hana');
select core.set_module(tests.scope('heron'), 'gardens', true);
select ok(core.module_on('gardens', tests.scope('heron')), 'the switch of the place itself decides before all others');
select ok(not core.module_on('gardens', tests.scope('otter')), 'and for no other place');
select core.set_module(tests.scope('heron'), 'gardens', false);
select ok(not core.module_on('gardens', tests.scope('heron')), 'what was switched on can be switched off');
select core.set_module(tests.scope('heron'), 'gardens', true);
select core.set_module(tests.scope('heron'), 'gardens', null);
select ok(
    not core.module_on('gardens', tests.scope('heron')), 'without a switch of its own a place follows its project'
);
select is_empty(
    $$select from core.feature_flags where scope_id = tests.scope('heron')$$, 'a switch given up leaves no trace'
);
select tests.as_anon();
select ok(core.module_on('gardens', tests.scope('river')), 'whether a module is on, everybody may ask');

-- What a module brings is not there while it is off.
select tests.as_nobody();
insert into core.scope_kinds (kind, level, module, description) values ('garden', 2, 'gardens', 'A garden.');
select tests.as('olive');
select tests.refused(
    $$select core.create_place(tests.scope('archive'), 'garden', 'roses', 'Roses')$$,
    'not_found', 'where a module is off, its kinds of places do not exist'
);
select lives_ok(
    $$select core.create_place(tests.scope('river'), 'garden', 'roses', 'Roses')$$,
    'where a module is on, they do'
);

-- Who may switch what.
select tests.as('ada');
select lives_ok(
    $$select core.set_module(tests.scope('delta'), 'kites', true)$$, 'an admin switches in a place below'
);
select ok(
    not core.module_on('kites', tests.scope('heron')), 'a switch in one place alone is none for another'
);
select core.set_module(tests.scope('delta'), 'gardens', true);
select core.set_module(tests.scope('delta'), 'gardens', null);
select ok(core.module_on('kites', tests.scope('delta')), 'to give up one switch leaves the others');
select results_eq(
    $$select updated_by from core.feature_flags where module = 'kites'$$,
    $$values (tests.person('ada'))$$,
    'a switch says who touched it last'
);
select tests.refused(
    $$select core.set_module(tests.scope('river'), 'core', false)$$,
    'module_always_on', 'nobody switches off the kernel'
);
select tests.refused(
    $$select core.set_module(tests.scope('river'), 'ballroom', true)$$,
    'not_found', 'only modules that exist are switched'
);
select tests.as('cleo');
select tests.refused(
    $$select core.set_module(tests.scope('heron'), 'gardens', true)$$, 'not_permitted', 'a member switches nothing'
);
select is_empty($$select from core.feature_flags$$, 'a member reads no switches');
select isnt_empty($$select from core.platform_modules$$, 'everybody who is signed in knows the modules');
select tests.as('hana');
select tests.refused(
    $$select core.set_module(tests.scope('archive'), 'gardens', true)$$,
    'not_permitted', 'whoever manages a place switches nothing above it'
);
select tests.refused(
    $$select core.set_module(tests.scope('otter'), 'gardens', true)$$,
    'not_permitted', 'whoever manages a place switches nothing in another'
);
select tests.as_anon();
select throws_ok(
    $$select core.set_module(tests.scope('river'), 'gardens', false)$$,
    '42501', null, 'nobody switches anything without signing in'
);

-- Who reads the switches.
select tests.as('petra');
select bag_eq(
    $$select distinct scope_id from core.feature_flags$$, $$values (tests.scope('archive'))$$,
    'a project manager reads the switches of the project, and no others'
);
select tests.as('ada');
select bag_eq(
    $$select distinct scope_id from core.feature_flags$$,
    $$values (tests.scope('river')), (tests.scope('archive')), (tests.scope('delta'))$$,
    'an admin reads the switches of the organization and below'
);
select tests.as('hugo');
select is_empty($$select from core.feature_flags$$, 'an owner reads no switch of another organization');
select tests.as_service();
select isnt_empty($$select from core.feature_flags$$, 'a server reads switches');
select isnt_empty($$select from core.platform_modules$$, 'a server reads the modules');
select tests.as_auditor();
select isnt_empty($$select from core.feature_flags$$, 'an auditor reads switches');
select isnt_empty($$select from core.platform_modules$$, 'an auditor reads the modules');
select tests.as_nobody();
select is(
    tests.access(relation),
    '{select to authenticated,select to empathy_auditor,select to service_role}',
    format('%s is written by functions and seeds alone', relation)
)
from unnest('{core.feature_flags,core.platform_modules}'::regclass[]) relation;

-- What the tables refuse, whoever writes.
select tests.violates(tests.variant('core.feature_flags'), 'feature_flags_pkey', 'a module has one switch in a scope');
select tests.violates(tests.variant('core.feature_flags', changes, 'module = ''kites'''), constraint_name, promise)
from (
    values
        (
            jsonb_build_object('tenant_id', tests.scope('hill')),
            'feature_flags_tenant_id_scope_id_fkey', 'a switch stands in a scope of its own organization'
        ),
        ('{"module": "ballroom"}', 'feature_flags_module_fkey', 'a switch is for a module that exists'),
        (
            jsonb_build_object('scope_id', tests.scope('heron'), 'updated_by', gen_random_uuid()),
            'feature_flags_updated_by_fkey', 'a person touches a switch'
        )
) as v (changes, constraint_name, promise);
select tests.refused(
    format('update core.feature_flags set %1$I = %1$I', name),
    'key_frozen', format('the %s of a switch never changes', name)
)
from unnest('{tenant_id,scope_id,module}'::text[]) name;
update core.feature_flags set updated_at = '-infinity' where module = 'kites';
select is(updated_at, now(), 'a switch says when it was touched')
from core.feature_flags
where module = 'kites';
select tests.violates(tests.variant('core.platform_modules'), 'platform_modules_pkey', 'a module is listed once');
select tests.violates(
    tests.variant('core.platform_modules', '{"module": "Ball-Room"}'),
    'platform_modules_module_check', 'a module is called as its schema is'
);

select * from finish();
rollback;
