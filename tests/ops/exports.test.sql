-- Exports: what a person may ask for, what a scope may, who sees that, and how one is taken back.

begin;
set local search_path = tap, tests, public;
select plan(50);

create function tests.export(name text)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
    select e.id from ops.exports e where e.requested_by = tests.person(name) order by e.channel limit 1
$$;

select tests.world();
select tests.person('kit');
update core.people set guardian_id = tests.person('cleo') where id = tests.person('kit');
select tests.join('kit', 'otter', 'community_member');

-- What is mine.
select tests.as('cleo');
select lives_ok(
    $$select ops.request_export(tests.scope('heron'), 'json', core.me(), 'archive')$$,
    'a person asks for what is theirs in a scope they belong to'
);
select results_eq(
    $$select tenant_id, scope_id, person_id, format, channel, status::text, requested_at, halted_at
    from ops.exports
    where id = tests.export('cleo')$$,
    $$values (
        tests.scope('river'), tests.scope('heron'), tests.person('cleo'), 'json', 'archive', 'queued', now(),
        null::timestamptz
    )$$,
    'what was asked for waits'
);
select lives_ok(
    $$select ops.request_export(tests.scope('otter'), 'csv', tests.person('kit'))$$, 'a guardian asks for their ward'
);
select tests.refused(
    $$select ops.request_export(tests.scope('heron'), 'json', tests.person('eli'))$$,
    'not_yours', 'nobody asks for what is another''s'
);
select tests.refused(
    $$select ops.request_export(tests.scope('otter'), 'json', core.me())$$,
    'not_found', 'nobody asks for what is theirs where they never were'
);
select tests.refused(
    $$select ops.request_export(tests.scope('heron'))$$,
    'not_permitted', 'a member does not ask for all that a place holds'
);
select tests.violates(
    $$select ops.request_export(tests.scope('heron'), 'pdf', core.me())$$,
    'exports_format_check', 'an export has a form that we can make'
);
select tests.violates(
    $$select ops.request_export(tests.scope('heron'), 'json', core.me(), 'My Site')$$,
    'exports_channel_check', 'a channel has a plain name'
);
select core.leave(tests.scope('heron'));
select lives_ok(
    $$select ops.request_export(tests.scope('heron'), 'json', core.me())$$, 'who left can still ask for what is theirs'
);

-- What a scope holds.
select tests.as('sol');
select lives_ok($$select ops.request_export(tests.scope('heron'))$$, 'a steward exports what the community holds');
select is(person_id, null, 'that is for nobody in particular') from ops.exports where id = tests.export('sol');
select tests.refused(
    $$select ops.request_export(tests.scope('otter'))$$, 'not_permitted', 'and not what another holds'
);
select tests.refused(
    $$select ops.request_export(tests.scope('archive'))$$, 'not_permitted', 'nor what is held above'
);
select tests.as('olive');
select tests.refused(
    $$select ops.request_export(tests.scope('heron'))$$,
    'not_permitted', 'an owner does not thereby export what a community holds'
);
select lives_ok(
    $$select ops.request_export(tests.scope('river'), 'ocf')$$, 'an owner exports what the organization itself holds'
);
select tests.as('ada');
select tests.refused(
    $$select ops.request_export(tests.scope('river'))$$, 'not_permitted', 'an admin exports nothing'
);
select set_config('request.jwt.claims', '{"role": "authenticated"}', true);
select tests.refused(
    $$select ops.request_export(tests.scope('heron'), 'json', tests.person('cleo'))$$,
    'not_signed_in', 'who is nobody yet has nothing to ask for'
);
select tests.as_anon();
select throws_ok(
    $$select ops.request_export(tests.scope('heron'))$$, '42501', null, 'nobody asks without signing in'
);
select tests.as_nobody();
update core.organizations set status = 'suspended' where slug = 'hill';
select tests.as('hugo');
select tests.refused(
    $$select ops.request_export(tests.scope('hill'))$$,
    'organization_not_active', 'a suspended organization exports nothing'
);
select tests.as('hazel');
select lives_ok(
    $$select ops.request_export(tests.scope('hill'), 'json', core.me())$$,
    'but its people still get what is theirs'
);

-- Who sees one.
select tests.as('cleo');
select bag_eq(
    $$select distinct person_id from ops.exports$$, $$values (core.me()), (tests.person('kit'))$$,
    'a person sees what they asked for, also for their ward'
);
select tests.as('kit');
select results_eq(
    $$select requested_by from ops.exports$$, $$values (tests.person('cleo'))$$,
    'a person sees what was asked about them, and nothing else'
);
select tests.as('sol');
select is((select count(*) from ops.exports), 3::bigint, 'who may export in a place sees all exports of it');
select tests.as('hana');
select is((select count(*) from ops.exports), 3::bigint, 'and so does everybody else who may');
select tests.as('otis');
select bag_eq(
    $$select distinct scope_id from ops.exports$$, $$values (tests.scope('otter'))$$, 'and of no other place'
);
select tests.as('eli');
select is_empty($$select from ops.exports$$, 'a member sees none of others');
select tests.as_nobody();
update core.membership_roles set revoked_at = now() where membership_id = tests.membership('sol', 'heron');
select tests.as('sol');
select bag_eq(
    $$select id from ops.exports$$, $$values (tests.export('sol'))$$, 'who may export no more sees what they asked for'
);
select tests.as('ada');
select is_empty($$select from ops.exports$$, 'nor does an admin');
select tests.backend_reads('ops.exports');
select is(
    tests.access('ops.exports'),
    '{select to authenticated,select to empathy_auditor,select to service_role}',
    'exports are written by functions alone'
);

-- Taking one back.
select tests.as('hana');
select tests.refused(
    $$select ops.cancel_export(tests.export('sol'))$$, 'not_found', 'nobody takes back what another asked for'
);
select tests.as('sol');
select lives_ok($$select ops.cancel_export(tests.export('sol'))$$, 'who asked takes it back');
select tests.as('cleo');
select ops.cancel_export(tests.export('cleo'));
select is(
    (select count(*) from ops.exports where status = 'queued'), 2::bigint, 'the others that somebody asked for stay'
);
select tests.as('sol');
select results_eq(
    $$select status::text, halted_at, reason from ops.exports where id = tests.export('sol')$$,
    $$values ('halted', now(), 'taken back')$$,
    'what was taken back is halted, and says why'
);
select tests.refused($$select ops.cancel_export(tests.export('sol'))$$, 'not_found', 'it is taken back once');
select tests.as_nobody();
update ops.exports set status = 'running' where id = tests.export('olive');
update ops.exports set status = 'ready' where id = tests.export('hazel');
select tests.as('olive');
select lives_ok($$select ops.cancel_export(tests.export('olive'))$$, 'what is under way can be taken back');
select tests.as('hazel');
select tests.refused(
    $$select ops.cancel_export(tests.export('hazel'))$$, 'not_found', 'what was handed out cannot'
);
select tests.as_anon();
select throws_ok(
    $$select ops.cancel_export(gen_random_uuid())$$, '42501', null, 'nobody takes anything back without signing in'
);

-- What the table refuses, whoever writes.
select tests.as_nobody();
select tests.violates(
    tests.variant('ops.exports', changes, 'status = ''queued'' and requested_by = tests.person(''cleo'')'),
    constraint_name, promise
)
from (
    values
        ('{}'::jsonb, 'exports_pkey', 'an export is one row'),
        (
            jsonb_build_object('tenant_id', tests.scope('hill')),
            'exports_tenant_id_scope_id_fkey', 'an export is of a scope of its own organization'
        ),
        (
            jsonb_build_object('person_id', gen_random_uuid()),
            'exports_person_id_fkey', 'it is about somebody who exists'
        ),
        (jsonb_build_object('requested_by', gen_random_uuid()), 'exports_requested_by_fkey', 'a person asks for it'),
        ('{"format": "pdf"}', 'exports_format_check', 'it has a form that we can make'),
        ('{"channel": "7"}', 'exports_channel_check', 'a channel has a plain name'),
        ('{"status": "halted"}', 'exports_halted_check', 'what is halted was so at a time'),
        ('{"halted_at": "2026-01-01"}', 'exports_halted_check', 'what is not was at none')
) as v (changes, constraint_name, promise);
select tests.refused(
    format('update ops.exports set %1$I = %1$I', name), 'key_frozen',
    format('the %s of an export never changes', name)
)
from unnest('{tenant_id,id,scope_id,person_id}'::text[]) name;

select * from finish();
rollback;
