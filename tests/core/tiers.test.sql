-- Tiers: what a tier allows a person; who has none is on the first; a person sees their own.

begin;
set local search_path = tap, tests, public;
select plan(39);

insert into core.quota_resources (key, module, unit, description)
values ('lanterns', 'core', 'lantern', 'Something to limit.'), ('kites', 'core', 'kite', 'Something without a limit.');
insert into core.tier_limits (tier, resource, amount) values ('FREE', 'lanterns', 1), ('PRO', 'lanterns', 10);
insert into core.tiers (key, name, position) values ('ROYAL', 'Royal', 9);
select tests.person('ward');
update core.people set guardian_id = tests.person('ann') where id = tests.person('ward');

select results_eq(
    $$select key from core.tiers where key <> 'ROYAL' order by position$$,
    $$values ('FREE'), ('BASIC'), ('PRO'), ('PREMIUM')$$,
    'the tiers rise from FREE to PREMIUM'
);

-- What I may.
select tests.as('ann');
select is(core.person_limit(core.me(), 'lanterns'), 1::bigint, 'who has no tier is on the first');
select is(core.person_limit(core.me(), 'kites'), null, 'what a tier does not list it does not limit');
select is(core.person_limit(tests.person('ward'), 'lanterns'), 1::bigint, 'a guardian reads the limits of their ward');
select is_empty($$select from core.person_limits$$, 'who has no tier has no row');
select throws_ok(
    $$select core.set_tier(core.me(), 'PRO')$$, '42501', null, 'nobody raises their own tier'
);
select tests.as_service();
select lives_ok(
    format('select core.set_tier(%L, ''PRO'')', tests.person(name)), format('a server puts %s on a tier', name)
)
from unnest('{ann,bob,ward}'::text[]) name;
select throws_ok(
    $$select core.set_tier(tests.person('ann'), 'GOLD')$$, '23503', null, 'a tier is one of the list'
);
select is(core.person_limit(tests.person('bob'), 'lanterns'), 10::bigint, 'a server reads anybody''s limits');
select tests.as('ann');
select is(core.person_limit(core.me(), 'lanterns'), 10::bigint, 'on a higher tier a person may more');
select bag_eq(
    $$select person_id from core.person_limits$$, $$values (core.me()), (tests.person('ward'))$$,
    'a person sees their own tier and that of their ward, and nobody else''s'
);
select is(core.person_limit(tests.person('bob'), 'lanterns'), null, 'the limits of others are not told');
select set_config(
    'request.jwt.claims',
    json_build_object('role', 'authenticated', 'person', tests.person('ann'), 'api_key', gen_random_uuid())::text, true
);
select is(
    core.person_limit(tests.person('ann'), 'lanterns'), 10::bigint, 'through an API key the same limit holds'
);
select is_empty($$select from core.person_limits$$, 'an API key does not see the tier of its person');
select tests.as_nobody();
update core.person_limits set since = '-infinity';
select tests.as_service();
select core.set_tier(tests.person('ann'), 'BASIC');
select results_eq(
    $$select tier, since from core.person_limits where person_id = tests.person('ann')$$,
    $$values ('BASIC', now())$$,
    'a person is on one tier, since a time'
);
select tests.as('ann');
select is(core.person_limit(core.me(), 'lanterns'), null, 'another tier may not limit the same things');

-- Who reads what.
select isnt_empty(format('select from %s', relation), format('everybody who is signed in reads %s', relation))
from unnest('{core.tiers,core.tier_limits}'::regclass[]) relation;
select tests.as_service();
select isnt_empty(format('select from %s', relation), format('a server reads %s', relation))
from unnest('{core.tiers,core.tier_limits,core.person_limits}'::regclass[]) relation;
select tests.as_auditor();
select isnt_empty(format('select from %s', relation), format('an auditor reads %s', relation))
from unnest('{core.tiers,core.tier_limits,core.person_limits}'::regclass[]) relation;
select tests.as_nobody();
select is(
    tests.access(relation),
    '{select to authenticated,select to empathy_auditor,select to service_role}',
    format('%s is written by functions and seeds alone', relation)
)
from unnest('{core.tiers,core.tier_limits,core.person_limits}'::regclass[]) relation;

-- What the tables refuse, whoever writes.
select tests.violates(tests.variant(relation, changes), constraint_name, promise)
from (
    values
        ('core.tiers'::regclass, '{}'::jsonb, 'tiers_pkey', 'a tier is listed once'),
        ('core.tiers', '{"key": "GOLD"}', 'tiers_position_key', 'tiers stand one above the other'),
        ('core.tiers', '{"key": "gold", "position": 7}', 'tiers_key_check', 'a tier is called in capitals'),
        ('core.tier_limits', '{}', 'tier_limits_pkey', 'a tier limits a resource once'),
        ('core.tier_limits', '{"tier": "GOLD"}', 'tier_limits_tier_fkey', 'a limit belongs to a tier'),
        (
            'core.tier_limits', '{"resource": "dreams"}',
            'tier_limits_resource_fkey', 'a tier limits what can be counted'
        ),
        (
            'core.tier_limits', '{"tier": "BASIC", "amount": -1}',
            'tier_limits_amount_check', 'a tier allows no less than nothing'
        ),
        ('core.person_limits', '{}', 'person_limits_pkey', 'a person is on one tier'),
        (
            'core.person_limits', jsonb_build_object('person_id', gen_random_uuid()),
            'person_limits_person_id_fkey', 'a tier is a person''s'
        ),
        (
            'core.person_limits', jsonb_build_object('person_id', tests.person('cy'), 'tier', 'GOLD'),
            'person_limits_tier_fkey', 'a person is on a tier of the list'
        )
) as v (relation, changes, constraint_name, promise);

select * from finish();
rollback;
