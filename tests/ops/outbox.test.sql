-- The outbox: what the world outside must hear of is written with what caused it, names things by id, and is read by
-- servers and auditors alone.

begin;
set local search_path = tap, tests, public;
select plan(23);

-- What was told about somebody's membership in a place, in order.
create function tests.told(name text, slug text)
returns text
language sql
stable
security definer
set search_path = ''
as $$
    select string_agg(o.topic, ', ' order by o.id)
    from ops.outbox o
    where o.scope_id = tests.scope(slug)
        and convert_from(o.body, 'utf8')::jsonb ->> 'person_id' = tests.person(told.name)::text
$$;

select tests.world();

select is(tests.told('cleo', 'heron'), 'membership.active', 'a membership that begins is told');
select results_eq(
    $$select o.tenant_id, o.created_at, o.body
    from ops.outbox o
    where o.scope_id = tests.scope('heron') and convert_from(o.body, 'utf8') like '%' || tests.person('cleo') || '%'$$,
    $$select
        tests.scope('river'), now(),
        convert_to(
            format(
                '{"person_id": "%s", "membership_id": "%s"}',
                tests.person('cleo'), tests.membership('cleo', 'heron')
            ),
            'utf8'
        )$$,
    'with the bytes that will be sent: ids, and nothing else'
);
select tests.as('hana');
select core.suspend_membership(tests.membership('cleo', 'heron'), 'a pause');
select pg_sleep(0.002);
select core.reinstate_membership(tests.membership('cleo', 'heron'));
select pg_sleep(0.002);
select core.ban_member(tests.membership('cleo', 'heron'), 'threats');
select pg_sleep(0.002);
select core.revoke_membership(tests.membership('cleo', 'heron'), 'enough');
select is(
    tests.told('cleo', 'heron'),
    'membership.active, membership.suspended, membership.active, membership.banned, membership.revoked',
    'every change of a membership is told, in order'
);
select core.leave(tests.scope('heron'));
select is(tests.told('hana', 'heron'), 'membership.active, membership.left', 'also that somebody left');
select tests.as_nobody();
update core.scopes set visibility = 'public' where slug = 'otter';
select tests.as('rita');
select core.request_membership(tests.scope('otter'), 'my cousin told me of you');
select is(tests.told('rita', 'otter'), 'membership.requested', 'also that somebody asks to join');
select tests.as('oona');
select core.record_activity(tests.scope('otter'));
select is(
    tests.told('oona', 'otter'), 'membership.active', 'what changes nothing of somebody''s standing is not told'
);
select tests.as_nobody();
select is_empty(
    $$select o.id from ops.outbox o
    where o.created_at = now()
        and (
            select array_agg(key order by key) from jsonb_object_keys(convert_from(o.body, 'utf8')::jsonb) key
        ) <> '{membership_id,person_id}'$$,
    'nothing is told but ids'
);

-- With what caused it, or not at all.
create function tests.undone(statement text)
returns text
language plpgsql
set search_path = ''
as $$
begin
    execute statement;
    raise exception 'undone';
exception
    when raise_exception then
        return sqlerrm;
end
$$;
select set_config('tests.before', count(*)::text, true) from ops.outbox;
select is(
    tests.undone($$select tests.join('rita', 'hill')$$), 'undone', 'when a membership is undone'
);
select is(
    (select count(*)::text from ops.outbox), current_setting('tests.before'), 'so is what was told of it'
);

-- Who reads and writes it.
select tests.as_service();
select isnt_empty($$select from ops.outbox$$, 'a server reads what to send');
select tests.as_auditor();
select isnt_empty($$select from ops.outbox$$, 'an auditor reads it');
select tests.as('olive');
select throws_ok($$select from ops.outbox$$, '42501', null, 'people do not, whatever they own');
select tests.as_nobody();
select is(
    tests.access('ops.outbox'), '{select to empathy_auditor,select to service_role}', 'it is written by functions alone'
);
grant select on ops.outbox to authenticated;
select tests.as('olive');
select is_empty($$select from ops.outbox$$, 'and were it granted, no row would show');
select tests.as_nobody();
revoke select on ops.outbox from authenticated;
select is_empty(
    format(
        $$select where has_function_privilege(%L, 'ops._emit(uuid, uuid, text, jsonb)', 'execute')$$, who
    ),
    format('%s does not put words into it', who)
)
from unnest('{anon,authenticated,service_role,empathy_auditor,empathy_keyholder}'::text[]) who;

-- What the table refuses, whoever writes.
select tests.violates(tests.variant('ops.outbox', changes), constraint_name, promise)
from (
    values
        ('{}'::jsonb, 'outbox_pkey', 'an event is one row'),
        (
            jsonb_build_object('tenant_id', gen_random_uuid()),
            'outbox_tenant_id_scope_id_fkey', 'an event happens in a scope of its organization'
        ),
        ('{"topic": "membership"}', 'outbox_topic_check', 'a topic is thing.event'),
        ('{"topic": "Membership.active"}', 'outbox_topic_check', 'in small letters')
) as v (changes, constraint_name, promise);

select * from finish();
rollback;
