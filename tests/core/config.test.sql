-- The installation's own settings: what they may be, who reads them, and what they decide.

begin;
set local search_path = tap, tests, public;
select plan(29);

-- What they decide.
select tests.as_nobody();
update core.platform_config set value = '"anyone"' where key = 'organizations.founded_by';
update core.platform_config set value = 'null' where key = 'platform.organization';
select tests.as('ann');
select lives_ok(
    $$select core.create_organization('anns', 'Anns')$$, 'where anyone founds organizations, a person does'
);
select tests.as_nobody();
update core.platform_config set value = '"service"' where key = 'organizations.founded_by';
select tests.as('ann');
select tests.refused(
    $$select core.create_organization('more', 'More')$$,
    'founding_closed', 'where a service founds them, a person does not'
);
select tests.as_service();
select tests.refused(
    $$select core.create_organization('more', 'More')$$, 'not_signed_in', 'a service founds them in somebody''s name'
);
select tests.as_nobody();
select set_config(
    'request.jwt.claims', json_build_object('role', 'service_role', 'person', tests.person('ben'))::text, true
);
select set_config('role', 'service_role', true);
select lives_ok($$select core.create_organization('more', 'More')$$, 'then it does');
select tests.as_nobody();
select is(
    m.person_id, tests.person('ben'), 'and that person owns what was founded'
)
from core.memberships m
where m.scope_id = tests.scope('more');
select tests.as('ann');
select tests.refused(
    $$select core.decide_verification(gen_random_uuid(), true, 'x')$$,
    'not_permitted', 'while no organization runs the platform, nobody acts for it'
);
select tests.as_nobody();
update core.platform_config
set value = to_jsonb(tests.scope('anns'))
where key = 'platform.organization';
select tests.as('ann');
select tests.refused(
    $$select core.decide_verification(gen_random_uuid(), true, 'x')$$,
    'not_found', 'once one does, those who may decide there act for the platform'
);
select tests.as('ben');
select tests.refused(
    $$select core.decide_verification(gen_random_uuid(), true, 'x')$$,
    'not_permitted', 'and the owner of another organization does not'
);

-- Who reads them.
select tests.as('ann');
select throws_ok($$select from core.platform_config$$, '42501', null, 'people do not read them');
select tests.as_service();
select isnt_empty($$select from core.platform_config$$, 'a server reads them');
select tests.as_auditor();
select isnt_empty($$select from core.platform_config$$, 'an auditor reads them');
select tests.as_nobody();
select is(
    tests.access('core.platform_config'), '{select to empathy_auditor,select to service_role}',
    'they are changed by whoever runs the platform alone'
);

-- What they may be.
select lives_ok(
    format('update core.platform_config set value = %L where key = %L', value, key), format('%s may be %s', key, value)
)
from (
    values
        ('environment', '"development"'), ('environment', '"staging"'), ('environment', '"production"'),
        ('organizations.founded_by', '"anyone"'), ('platform.organization', 'null')
) as v (key, value);
select tests.violates(
    format('update core.platform_config set value = %L where key = %L', value, key), constraint_name,
    format('%s may not be %s', key, value)
)
from (
    values
        ('environment', '"prod"', 'platform_config_environment_check'),
        ('environment', 'null', 'platform_config_environment_check'),
        ('environment', '["production"]', 'platform_config_environment_check'),
        ('organizations.founded_by', '"nobody"', 'platform_config_founding_check'),
        ('organizations.founded_by', 'null', 'platform_config_founding_check'),
        ('platform.organization', '"anns"', 'platform_config_organization_check'),
        ('platform.organization', '7', 'platform_config_organization_check'),
        ('platform.organization', '[]', 'platform_config_organization_check'),
        ('platform.organization', '{}', 'platform_config_organization_check')
) as v (key, value, constraint_name);
select tests.violates(tests.variant('core.platform_config'), 'platform_config_pkey', 'a setting is there once');
select tests.violates(
    tests.variant('core.platform_config', '{"key": "Founded By"}'), 'platform_config_key_check',
    'a setting has a plain name'
);
update core.platform_config set updated_at = '-infinity';
select is(min(updated_at), now(), 'a setting says when it changed') from core.platform_config;

select * from finish();
rollback;
