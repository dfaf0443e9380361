-- Settings: each takes one type of value, is set at its levels by those who may, and reaches down to what is below.

begin;
set local search_path = tap, tests, public;
select plan(90);

select tests.world();
insert into core.setting_definitions
    (key, module, type, levels, default_value, choices, minimum, maximum, description)
values
    ('tests.flag', 'core', 'boolean', '{1}', 'false', null, null, null, 'Set in projects alone.'),
    ('tests.count', 'core', 'integer', '{0,1,2}', '3', null, 1, 10, 'A number.'),
    ('tests.tally', 'core', 'integer', '{0,1,2}', '3', null, null, null, 'A number without bounds.'),
    ('tests.greeting', 'core', 'text', '{0,1,2}', '"hello"', null, 2, 20, 'A text.'),
    ('tests.motto', 'core', 'text', '{0,1,2}', '""', null, null, null, 'A text without bounds.'),
    ('tests.mode', 'core', 'choice', '{0,1,2}', '"calm"', '{calm,busy,7}', null, null, 'A choice.'),
    ('tests.lasts', 'core', 'duration', '{0,1,2}', '"P7D"', null, null, null, 'A duration.');

-- What is worth what, where.
select tests.as('olive');
select is(core.setting('tests.count', tests.scope('heron')), '3', 'what nobody set is the default');
select is(core.setting('tests.nothing', tests.scope('heron')), null, 'a setting that does not exist is nothing');
select lives_ok(
    $$select core.set_setting(tests.scope('river'), 'tests.count', '4')$$, 'an owner sets for the organization'
);
select is(core.setting('tests.count', tests.scope('heron')), '4', 'a place takes from the organization');
select tests.as('petra');
select core.set_setting(tests.scope('archive'), 'tests.count', '5');
select is(core.setting('tests.count', tests.scope('heron')), '5', 'a place takes from its project first');
select is(core.setting('tests.count', tests.scope('delta')), '4', 'a place outside the project does not');
select is(core.setting('tests.count', tests.scope('river')), '4', 'what a project sets does not reach up');
select tests.as('hana');
select core.set_setting(tests.scope('heron'), 'tests.count', '6');
select is(core.setting('tests.count', tests.scope('heron')), '6', 'a place takes what it set itself first of all');
select is(core.setting('tests.count', tests.scope('otter')), '5', 'what a place sets does not reach its siblings');
select is(core.setting('tests.count', tests.scope('archive')), '5', 'what a place sets does not reach its project');
select core.set_setting(tests.scope('heron'), 'tests.tally', '8');
select is(
    core.setting('tests.tally', tests.scope('otter')), '3', 'what a place alone has set no other takes from it'
);
select core.set_setting(tests.scope('heron'), 'tests.tally', null);
select core.set_setting(tests.scope('heron'), 'tests.count', '7');
select is(core.setting('tests.count', tests.scope('heron')), '7', 'a setting can be set again');
select results_eq(
    $$select updated_by from core.settings where scope_id = tests.scope('heron')$$,
    $$values (tests.person('hana'))$$,
    'a setting says who set it'
);
select core.set_setting(tests.scope('heron'), 'tests.count', null);
select is(core.setting('tests.count', tests.scope('heron')), '5', 'a setting given up is taken from above again');
select tests.as('hazel');
select is(
    core.setting('tests.count', tests.scope('hill')), '3', 'what one organization sets does not reach another'
);
select is(
    core.setting('members.may_request', tests.scope('hill')), 'true', 'people may ask to join unless told otherwise'
);
select is(
    core.setting('invitations.expire_after', tests.scope('hill')), '"P14D"',
    'an invitation can be used for two weeks unless told otherwise'
);

-- Who may set.
select tests.as('cleo');
select tests.refused(
    $$select core.set_setting(tests.scope('heron'), 'tests.count', '2')$$, 'not_permitted', 'a member sets nothing'
);
select is_empty($$select from core.settings$$, 'a member reads no settings');
select tests.as('hana');
select tests.refused(
    $$select core.set_setting(tests.scope('otter'), 'tests.count', '2')$$,
    'not_permitted', 'whoever manages one community sets nothing in another'
);
select tests.refused(
    $$select core.set_setting(tests.scope('archive'), 'tests.count', '2')$$,
    'not_permitted', 'whoever manages a community sets nothing above it'
);
select tests.refused(
    $$select core.set_setting(null, 'tests.count', '2')$$, 'not_permitted', 'nobody sets anything nowhere'
);
select tests.as_anon();
select throws_ok(
    $$select core.set_setting(tests.scope('heron'), 'tests.count', '2')$$,
    '42501', null, 'nobody sets anything without signing in'
);
select tests.as_nobody();
update core.organizations set status = 'suspended' where slug = 'hill';
select tests.as('hugo');
select tests.refused(
    $$select core.set_setting(tests.scope('hill'), 'tests.count', '2')$$,
    'organization_not_active', 'in a suspended organization nothing is set'
);

-- What may be set: a setting that exists, at its levels, with its type of value.
select tests.as('ada');
select tests.refused(
    $$select core.set_setting(tests.scope('river'), 'tests.nothing', '1')$$,
    'not_found', 'only settings that exist are set'
);
select tests.refused(
    $$select core.set_setting(tests.scope('river'), 'tests.flag', 'true')$$,
    'setting_not_here', 'a setting of projects is not set for the organization'
);
select tests.refused(
    $$select core.set_setting(tests.scope('heron'), 'tests.flag', 'true')$$,
    'setting_not_here', 'a setting of projects is not set for a place'
);
select lives_ok(
    $$select core.set_setting(tests.scope('archive'), 'tests.flag', 'true')$$,
    'a setting of projects is set for a project'
);
select is(core.setting('tests.flag', tests.scope('heron')), 'true', 'and reaches down to where it cannot be set');
select lives_ok(
    format('select core.set_setting(tests.scope(''river''), %L, %L)', key, value),
    format('%s takes %s', key, value)
)
from (
    values
        ('tests.count', '1'), ('tests.count', '10'), ('tests.count', '2.0'),
        ('tests.tally', '-9007199254740991'), ('tests.tally', '9007199254740991'),
        ('tests.greeting', '"hi"'), ('tests.greeting', '"twenty letters or so"'), ('tests.motto', '""'),
        ('tests.mode', '"busy"'), ('tests.lasts', '"P1Y2M3D"'), ('tests.lasts', '"P30D"')
) as v (key, value);
select tests.refused(
    format('select core.set_setting(tests.scope(''river''), %L, %L)', key, value),
    'setting_misfit', format('%s does not take %s', key, left(value, 30))
)
from (
    values
        ('members.may_request', '"true"'), ('members.may_request', '1'), ('members.may_request', 'null'),
        ('tests.count', '0'), ('tests.count', '11'), ('tests.count', '1.5'), ('tests.count', '"2"'),
        ('tests.count', 'null'), ('tests.count', '[2]'),
        ('tests.tally', '9007199254740992'), ('tests.tally', '-9007199254740992'),
        ('tests.greeting', '"x"'), ('tests.greeting', '"more than twenty letters"'), ('tests.greeting', '7777'),
        ('tests.motto', to_json(repeat('x', 1001))::text),
        ('tests.mode', '"wild"'), ('tests.mode', '["busy"]'), ('tests.mode', '7'),
        ('tests.lasts', '"P"'), ('tests.lasts', '"7 days"'), ('tests.lasts', '7'), ('tests.lasts', '"P7D "')
) as v (key, value);
select is(
    core.setting('tests.lasts', tests.scope('river')), '"P30D"', 'what was refused has changed nothing'
);

-- Who reads what.
select bag_eq(
    $$select distinct scope_id from core.settings$$,
    $$values (tests.scope('river')), (tests.scope('archive'))$$,
    'an admin reads the settings of the organization and below'
);
select tests.as('petra');
select bag_eq(
    $$select distinct scope_id from core.settings$$, $$values (tests.scope('archive'))$$,
    'a project manager reads the settings of the project, and not those above'
);
select tests.as('hugo');
select is_empty($$select from core.settings$$, 'an owner reads nothing of another organization');
select isnt_empty(
    $$select from core.setting_definitions$$, 'everybody who is signed in knows which settings there are'
);
select tests.as_service();
select isnt_empty($$select from core.settings$$, 'a server reads settings');
select isnt_empty($$select from core.setting_definitions$$, 'a server reads definitions');
select tests.as_auditor();
select isnt_empty($$select from core.settings$$, 'an auditor reads settings');
select isnt_empty($$select from core.setting_definitions$$, 'an auditor reads definitions');
select tests.as_nobody();
select is(
    tests.access(relation),
    '{select to authenticated,select to empathy_auditor,select to service_role}',
    format('%s is written by functions and seeds alone', relation)
)
from unnest('{core.settings,core.setting_definitions}'::regclass[]) relation;

-- What the tables refuse, whoever writes.
select tests.violates(tests.variant('core.settings'), 'settings_pkey', 'a setting is set once in a scope');
select tests.violates(tests.variant('core.settings', changes, 'key = ''tests.tally'''), constraint_name, promise)
from (
    values
        (
            -- The trigger, too, finds no such scope in the organization, and leaves it to the key.
            jsonb_build_object('tenant_id', tests.scope('hill')),
            'settings_tenant_id_scope_id_fkey', 'a setting stands in a scope of its own organization'
        ),
        ('{"key": "tests.nothing"}', 'settings_key_fkey', 'a setting has a definition'),
        (
            jsonb_build_object('scope_id', tests.scope('delta'), 'updated_by', gen_random_uuid()),
            'settings_updated_by_fkey', 'a person sets a setting'
        )
) as v (changes, constraint_name, promise);
select tests.refused(
    $$update core.settings set value = '99' where key = 'tests.count'$$,
    'setting_misfit', 'a value that does not fit is refused, whoever writes it'
);
select tests.refused(
    format('update core.settings set %1$I = %1$I', name),
    'key_frozen', format('the %s of a setting never changes', name)
)
from unnest('{tenant_id,scope_id,key}'::text[]) name;
update core.settings set updated_at = '-infinity' where key = 'tests.tally';
select is(updated_at, now(), 'a setting says when it was set')
from core.settings
where key = 'tests.tally';

select tests.violates(
    tests.variant('core.setting_definitions'), 'setting_definitions_pkey', 'a setting is defined once'
);
select tests.violates(
    tests.variant('core.setting_definitions', changes, format('key = %L', base)), constraint_name, promise
)
from (
    values
        (
            'tests.count', '{"key": "tests.other", "module": "ballroom"}'::jsonb,
            'setting_definitions_module_fkey', 'a setting belongs to a module'
        ),
        ('tests.count', '{"key": "count"}', 'setting_definitions_key_check', 'a setting is called thing.property'),
        ('tests.count', '{"levels": [3]}', 'setting_definitions_levels_check', 'a setting has levels that there are'),
        ('tests.count', '{"levels": []}', 'setting_definitions_levels_check', 'a setting can be set somewhere'),
        ('tests.mode', '{"choices": null}', 'setting_definitions_choices_check', 'a choice has choices'),
        ('tests.count', '{"choices": ["a"]}', 'setting_definitions_choices_check', 'what is no choice has none'),
        (
            'tests.count', '{"default_value": 11}', 'setting_definitions_default_value_check',
            'a default fits the definition'
        )
) as v (base, changes, constraint_name, promise);

select * from finish();
rollback;
