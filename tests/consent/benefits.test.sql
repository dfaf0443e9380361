-- How a community shares what its works bring in: its stewards say, its members read.

begin;
set local search_path = tap, tests, public;
select plan(10);

select tests.world();
select tests.as('sol');
select lives_ok(
    $$select consent.set_benefits(tests.scope('heron'), 'equal', 'consensus')$$, 'a steward says how it is shared'
);
select consent.set_benefits(tests.scope('heron'), 'custom', 'elder_council', '{"elders": 2}');
select tests.as('otis');
select consent.set_benefits(tests.scope('otter'), 'contribution', 'majority');
select tests.refused(
    $$select consent.set_benefits(tests.scope('heron'), 'equal', 'consensus')$$, 'not_permitted',
    'not one of another community'
);
select tests.as('eli');
select tests.refused(
    $$select consent.set_benefits(tests.scope('heron'), 'equal', 'consensus')$$, 'not_permitted', 'nor a member'
);
select results_eq(
    $$select b.model::text, b.decision_process::text, b.rules, b.updated_by from consent.benefit_settings b$$,
    $$values ('custom', 'elder_council', '{"elders": 2}'::jsonb, tests.person('sol'))$$,
    'who reads what was said last, and by whom; of other communities nothing'
);
select tests.as('olive');
select is_empty($$select from consent.benefit_settings$$, 'who does not belong reads nothing');
select tests.as_nobody();
select tests.violates(
    tests.variant('consent.benefit_settings', changes), constraint_name, promise
)
from (values
    ('{}'::jsonb, 'benefit_settings_pkey', 'a community has one way'),
    (jsonb_build_object('scope_id', tests.scope('delta'), 'rules', '[]'::jsonb), 'benefit_settings_rules_check',
    'rules are named'),
    (
        jsonb_build_object('scope_id', tests.scope('delta'), 'model', 'custom', 'rules', '{}'::jsonb),
        'benefit_settings_custom_check', 'its own rules say something'
    ),
    (
        jsonb_build_object('scope_id', tests.scope('archive')), 'benefit_settings_tenant_id_scope_id_level_fkey',
        'only places share'
    )
) as v (changes, constraint_name, promise);
select tests.backend_reads('consent.benefit_settings');

select * from finish();
rollback;
