-- Quotas: use counts in a scope and all above it; a limit holds, strict ones to the last unit; limits come from above;
-- counts survive every change of a limit, and can be recounted.

begin;
set local search_path = tap, tests, public;
select plan(103);

-- How much of a resource a scope uses, of how much, as an admin reads it.
create function tests.use(slug text, resource text)
returns text
language plpgsql
security definer
set search_path = ''
as $$
declare
    claims constant text := current_setting('request.jwt.claims', true);
    told text;
begin
    perform set_config('request.jwt.claims', '{"iss": "https://tests.example", "sub": "ada"}', true);
    select format('%s of %s%s', q.used, coalesce(q.amount::text, 'any'), case when q.strict then ', strictly' end)
    into told
    from core.quota_use(tests.scope(slug)) q
    where q.resource = use.resource;
    perform set_config('request.jwt.claims', claims, true);
    return told;
end
$$;

select tests.world();

-- Seats: who is active takes one, here and above.
select is(tests.use('heron', 'seats'), '4 of any', 'each member takes a seat in their place');
select is(tests.use('otter', 'seats'), '2 of any', 'and in no other');
select is(tests.use('archive', 'seats'), '8 of any', 'and one in the project above');
select is(tests.use('river', 'seats'), '12 of any', 'and one in the organization above; who left gave theirs back');
select is(tests.use('river', 'projects'), '1 of any', 'a project counts in its organization');
select is_empty($$select from core.verify_seats()$$, 'a recount finds the same seats');
select is_empty($$select from core.verify_projects()$$, 'and the same projects');
select tests.as('hana');
select core.suspend_membership(tests.membership('cleo', 'heron'), 'a pause');
select is(tests.use('heron', 'seats'), '3 of any', 'who is suspended takes no seat');
select core.reinstate_membership(tests.membership('cleo', 'heron'));
select is(tests.use('heron', 'seats'), '4 of any', 'who is reinstated takes one again');
select tests.as_nobody();
delete from core.membership_roles where membership_id = tests.membership('cleo', 'heron');
delete from core.memberships where id = tests.membership('cleo', 'heron');
select is(tests.use('archive', 'seats'), '7 of any', 'a membership that is deleted gives its seat back');
select tests.join('cleo', 'heron', 'community_member');
select is_empty($$select from core.verify_seats()$$, 'a recount still finds the same seats');

-- Who may limit.
select tests.as('hana');
select tests.refused(
    $$select core.set_quota(tests.scope('heron'), 'seats', 100)$$,
    'not_permitted', 'whoever manages a community does not lift its limits'
);
select tests.as('petra');
select lives_ok(
    $$select core.set_quota(tests.scope('heron'), 'seats', 100)$$, 'a project manager limits a community of the project'
);
select tests.refused(
    $$select core.set_quota(tests.scope('archive'), 'seats', 100)$$,
    'not_permitted', 'a project manager does not lift the limits of the project'
);
select tests.refused(
    $$select core.set_quota(tests.scope('delta'), 'seats', 100)$$,
    'not_permitted', 'a project manager limits nothing outside the project'
);
select tests.as('ada');
select lives_ok(
    $$select core.set_quota(tests.scope('archive'), 'seats', 100)$$, 'an admin limits a project of the organization'
);
select tests.refused(
    $$select core.set_quota(tests.scope('river'), 'seats', 100)$$,
    'not_permitted', 'an admin does not lift the limits of the organization'
);
select tests.as('hugo');
select tests.refused(
    $$select core.set_quota(tests.scope('heron'), 'seats', 100)$$,
    'not_permitted', 'the owner of another organization limits nothing here'
);
select tests.as_anon();
select throws_ok(
    $$select core.set_quota(tests.scope('heron'), 'seats', 100)$$,
    '42501', null, 'nobody limits anything without signing in'
);
select tests.as_service();
select lives_ok(
    $$select core.set_quota(tests.scope('river'), 'seats', 100)$$, 'a server limits an organization, for the platform'
);
select tests.refused(
    $$select core.set_quota(tests.scope('river'), 'dreams', 100)$$, 'not_found', 'only what can be counted is limited'
);
select tests.refused(
    $$select core.set_quota(gen_random_uuid(), 'seats', 100)$$, 'not_found', 'a limit is for a scope that exists'
);
select tests.refused(
    $$select core.set_quota(tests.scope('river'), 'seats', -1)$$,
    'quota_in_use', 'nothing is limited to less than nothing'
);
select tests.as('ada');
select tests.refused(
    $$select core.quota_use(null)$$, 'not_permitted', 'nobody reads how much is used nowhere'
);
select tests.as('cleo');
select tests.refused(
    $$select core.quota_use(tests.scope('heron'))$$, 'not_permitted', 'a member does not read how much is used'
);
select set_config('request.jwt.claims', '{"role": "authenticated"}', true);
select tests.refused(
    $$select core.quota_use(tests.scope('heron'))$$, 'not_signed_in', 'nor does who is nobody yet'
);
select tests.as('hana');
select results_eq(
    $$select resource, used, amount, strict from core.quota_use(tests.scope('heron'))$$,
    $$values
        ('projects', 0::bigint, null::bigint, false), ('seats', 4, 100, false), ('storage_bytes', 0, null, false),
        ('works', 0, null, false)$$,
    'whoever manages a community reads how much it uses, and how much it may'
);

-- A limit that is not strict.
select tests.as('petra');
select core.set_quota(tests.scope('heron'), 'seats', 5);
select is(tests.use('heron', 'seats'), '4 of 5', 'a limit leaves what was counted');
select tests.as_nobody();
select tests.join('fay', 'heron');
select tests.refused(
    $$select tests.join('finn', 'heron')$$, 'quota_exceeded', 'one more than the limit is refused'
);
select is(tests.membership('finn', 'heron'), null, 'whoever found no seat is no member');
select is(tests.use('archive', 'seats'), '9 of 100', 'a refused seat is not counted above, either');
select tests.as('fay');
select core.leave(tests.scope('heron'));
select tests.as_nobody();
select lives_ok($$select tests.join('finn', 'heron')$$, 'a seat that was given back is taken again');
select tests.as('petra');
select lives_ok(
    $$select core.set_quota(tests.scope('heron'), 'seats', 2)$$, 'a limit below what is in use takes nothing away'
);
select is(tests.use('heron', 'seats'), '5 of 2', 'and says so');
select tests.as('finn');
select lives_ok($$select core.leave(tests.scope('heron'))$$, 'above a limit, everybody may still go');
select tests.as_nobody();
select tests.refused($$select tests.join('finn', 'heron')$$, 'quota_exceeded', 'but nobody come');

-- A strict limit.
select tests.as('petra');
select tests.refused(
    $$select core.set_quota(tests.scope('heron'), 'seats', 3, true)$$,
    'quota_in_use', 'a strict limit is not set below what is in use'
);
select is(tests.use('heron', 'seats'), '4 of 2', 'a limit that was refused has changed nothing');
select lives_ok(
    $$select core.set_quota(tests.scope('heron'), 'seats', 5, true)$$, 'a strict limit is set above what is in use'
);
select is(tests.use('heron', 'seats'), '4 of 5, strictly', 'turning strict keeps the count');
select tests.as_nobody();
select is_empty($$select from core.verify_seats()$$, 'turning strict loses no seat');
select tests.join('fay', 'heron');
select tests.refused(
    $$select tests.join('finn', 'heron')$$, 'quota_exceeded', 'a strict limit is never passed'
);
select is(tests.use('archive', 'seats'), '9 of 100', 'what a strict limit refused is not counted above, either');
select is(tests.use('heron', 'seats'), '5 of 5, strictly', 'the last unit was given');
select tests.as('petra');
select tests.refused(
    $$select core.set_quota(tests.scope('heron'), 'seats', 4, true)$$,
    'quota_in_use', 'a strict limit is not lowered below what is in use'
);
select tests.as('hana');
select core.suspend_membership(tests.membership('cleo', 'heron'), 'a pause');
select tests.as_nobody();
select tests.join('finn', 'heron');
select tests.as('hana');
select tests.refused(
    $$select core.reinstate_membership(tests.membership('cleo', 'heron'))$$,
    'quota_exceeded', 'nobody is reinstated into a seat that was given to somebody else'
);
select tests.as('finn');
select core.leave(tests.scope('heron'));
select is(tests.use('heron', 'seats'), '4 of 5, strictly', 'a strict limit counts what is given back');
select tests.as('petra');
select core.set_quota(tests.scope('heron'), 'seats', 7);
select is(tests.use('heron', 'seats'), '4 of 7', 'turning a limit loose again keeps the count');
select core.set_quota(tests.scope('heron'), 'seats', 7, true);
select core.set_quota(tests.scope('heron'), 'seats', null, true);
select is(tests.use('heron', 'seats'), '4 of any', 'taking a strict limit away keeps the count');
select core.set_quota(tests.scope('heron'), 'seats', 7);
select core.set_quota(tests.scope('heron'), 'seats', null);
select is(tests.use('heron', 'seats'), '4 of any', 'taking a loose limit away keeps the count');
select tests.as_auditor();
select is_empty($$select from core.verify_seats()$$, 'after all that, a recount finds the same seats');

-- Through the tree: each limit above holds, too.
select tests.as('ada');
select core.set_quota(tests.scope('archive'), 'seats', 8, true);
select tests.as_nobody();
select tests.refused(
    $$select tests.join('finn', 'otter')$$, 'quota_exceeded', 'a place cannot take what its project has not left'
);
select lives_ok($$select tests.join('finn', 'delta')$$, 'a limit of a project is none for a place outside it');
select tests.as_service();
select core.set_quota(tests.scope('river'), 'seats', 13, true);
select tests.as_nobody();
select tests.refused(
    $$select tests.join('fred', 'delta')$$, 'quota_exceeded', 'a place cannot take what its organization has not left'
);
select is(tests.use('delta', 'seats'), '2 of any', 'what was refused above is not counted below');
select lives_ok($$select tests.join('fred', 'hill')$$, 'a limit of one organization is none for another');

-- Projects.
select tests.as_service();
select core.set_quota(tests.scope('river'), 'seats', null);
select core.set_quota(tests.scope('river'), 'seats', 100);
select core.set_quota(tests.scope('river'), 'projects', 2);
select tests.as('olive');
select lives_ok(
    $$select core.create_project(tests.scope('river'), 'second', 'Second')$$,
    'seats in use do not count against a limit of projects'
);
select tests.refused(
    $$select core.create_project(tests.scope('river'), 'third', 'Third')$$,
    'quota_exceeded', 'nor is a limit of seats one of projects'
);
select tests.as_service();
select core.set_quota(tests.scope('river'), 'projects', 3, true);
select core.set_quota(tests.scope('river'), 'seats', null);
select is(tests.use('river', 'projects'), '2 of 3, strictly', 'taking one limit away leaves the others');
select core.set_quota(tests.scope('river'), 'seats', 20, true);
select tests.as('olive');
select lives_ok($$select core.create_project(tests.scope('river'), 'third', 'Third')$$, 'the last project is begun');
select tests.refused(
    $$select core.create_project(tests.scope('river'), 'fourth', 'Fourth')$$, 'quota_exceeded', 'one more is refused'
);
select is(tests.scope('fourth'), null, 'and leaves nothing behind');
select tests.as_auditor();
select is_empty($$select from core.verify_projects()$$, 'a recount finds the same projects');

-- A recount tells what is wrong.
select tests.as_nobody();
select core._count_use(tests.scope('delta'), 'seats', -100);
select is(tests.use('river', 'seats'), '0 of 20, strictly', 'a strict count never falls below nothing');
select tests.as_service();
select bag_eq(
    $$select scope_id from core.verify_seats()$$,
    $$values (tests.scope('delta')), (tests.scope('river'))$$,
    'a recount names the scopes whose count is wrong, strict or not'
);

select is_empty($$select from core.verify_projects()$$, 'the count of projects is none of them');
select tests.as_nobody();
update core.quotas set used = 1 where resource = 'projects' and scope_id = tests.scope('river');
select tests.as_service();
select results_eq(
    $$select tenant_id, counted, recounted from core.verify_projects()$$,
    $$values (tests.scope('river'), 1::bigint, 3::bigint)$$,
    'a recount of projects names the organization whose count is wrong'
);
select tests.as('olive');
select throws_ok($$select from core.verify_projects()$$, '42501', null, 'recounts are not for people');
select throws_ok($$select from core.verify_seats()$$, '42501', null, 'neither of projects nor of seats');
select tests.as_nobody();
update core.quotas set used = 3 where resource = 'projects' and scope_id = tests.scope('river');

-- Who reads.
select tests.as('hana');
select is_empty($$select from core.quotas$$, 'whoever manages a place reads its limits: there are none');
select tests.as('petra');
select bag_eq(
    $$select scope_id from core.quotas$$, $$values (tests.scope('archive'))$$,
    'a project manager reads the limits of the project, and not those above'
);
select tests.as('cleo');
select is_empty($$select from core.quotas$$, 'a member reads no limits');
select isnt_empty($$select from core.quota_resources$$, 'everybody who is signed in knows what can be limited');
select throws_ok(
    $$select from core.usage_shards$$, '42501', null, 'nobody reads the counters but servers and auditors'
);
select tests.as('hugo');
select is_empty($$select from core.quotas$$, 'an owner reads no limits of another organization');
select tests.as_service();
select isnt_empty(format('select from %s', relation), format('a server reads %s', relation))
from unnest('{core.quotas,core.usage_shards,core.quota_resources}'::regclass[]) relation;
select tests.as_auditor();
select isnt_empty(format('select from %s', relation), format('an auditor reads %s', relation))
from unnest('{core.quotas,core.usage_shards,core.quota_resources}'::regclass[]) relation;
select tests.as_nobody();
select is(
    tests.access(relation), expected, format('%s is written by functions and seeds alone', relation)
)
from (
    values
        (
            'core.quotas'::regclass,
            '{select to authenticated,select to empathy_auditor,select to service_role}'::text[]
        ),
        ('core.quota_resources', '{select to authenticated,select to empathy_auditor,select to service_role}'),
        ('core.usage_shards', '{select to empathy_auditor,select to service_role}')
) as v (relation, expected);

-- What the tables refuse, whoever writes.
select tests.violates(tests.variant('core.quotas'), 'quotas_pkey', 'a resource has one limit in a scope');
select tests.violates(
    tests.variant('core.quotas', changes, format('resource = ''projects'' and scope_id = %L', tests.scope('river'))),
    constraint_name, promise
)
from (
    values
        (
            jsonb_build_object('tenant_id', tests.scope('hill')),
            'quotas_tenant_id_scope_id_fkey', 'a limit stands in a scope of its own organization'
        ),
        (jsonb_build_object('resource', 'dreams'), 'quotas_resource_fkey', 'a limit is for what can be counted'),
        ('{"amount": -1, "used": -2}', 'quotas_amount_check', 'a limit is not below nothing'),
        ('{"used": -1}', 'quotas_used_check', 'use is not below nothing'),
        ('{"strict": false}', 'quotas_used_check', 'only a strict limit counts on its own row'),
        ('{"used": 4}', 'quotas_strict_check', 'a strict limit is not passed')
) as v (changes, constraint_name, promise);
select tests.refused(
    format('update core.quotas set %1$I = %1$I', name), 'key_frozen', format('the %s of a limit never changes', name)
)
from unnest('{tenant_id,scope_id,resource}'::text[]) name;
update core.quotas set updated_at = '-infinity';
select is(min(updated_at), now(), 'a limit says when it changed') from core.quotas;
select tests.violates(tests.variant('core.usage_shards'), 'usage_shards_pkey', 'a counter is one row');
select tests.violates(
    tests.variant('core.usage_shards', changes, format('scope_id = %L', tests.scope('delta'))), constraint_name, promise
)
from (
    values
        (
            jsonb_build_object('tenant_id', tests.scope('hill')),
            'usage_shards_tenant_id_scope_id_fkey', 'a counter stands in a scope of its own organization'
        ),
        ('{"resource": "dreams"}', 'usage_shards_resource_fkey', 'a counter is for what can be counted'),
        ('{"shard": 16}', 'usage_shards_shard_check', 'there are sixteen counters'),
        ('{"shard": -1}', 'usage_shards_shard_check', 'they are numbered from nought')
) as v (changes, constraint_name, promise);
select tests.violates(tests.variant('core.quota_resources'), 'quota_resources_pkey', 'a resource is listed once');
select tests.violates(
    tests.variant('core.quota_resources', '{"key": "Dreams"}'), 'quota_resources_key_check',
    'a resource has a plain name'
);
select tests.violates(
    tests.variant('core.quota_resources', '{"key": "dreams", "module": "ballroom"}'),
    'quota_resources_module_fkey', 'a resource belongs to a module'
);

select * from finish();
rollback;
