-- History: what happened to a row, what it was at an instant, what happened to what is mine; and who sees what of it.
-- needs: superuser

begin;
set local search_path = tap, tests, public;
select plan(44);

select tests.world();
create temporary table instants (name text, at timestamptz);
grant select on instants to public;

-- Lets the clock go on, and remembers it.
create function tests.instant(name text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
    perform pg_catalog.pg_sleep(0.002);
    insert into pg_temp.instants values (name, clock_timestamp());
    perform pg_catalog.pg_sleep(0.002);
end
$$;
create function tests.at(name text)
returns timestamptz
language sql
stable
security definer
set search_path = ''
as $$
    select i.at from pg_temp.instants i where i.name = at.name
$$;
create function tests.key(id uuid)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
    select jsonb_build_object('id', id, 'tenant_id', tests.scope('river'))
$$;

-- The life of a membership: joined, active, suspended, gone.
select tests.instant('before');
select set_config('tests.membership', tests.join('vera', 'heron', 'community_member')::text, true);
select tests.instant('joined');
select tests.as('hana');
set local app.request_id = 'r-1';
select core.suspend_membership(current_setting('tests.membership')::uuid, 'a loud evening');
set local app.request_id = '';
select tests.as_nobody();
select tests.instant('suspended');
set local session_replication_role = replica;
update core.memberships set reason = 'from elsewhere' where id = current_setting('tests.membership')::uuid;
set local session_replication_role = origin;
select tests.instant('replicated');
delete from core.membership_roles where membership_id = current_setting('tests.membership')::uuid;
delete from core.memberships where id = current_setting('tests.membership')::uuid;
select tests.instant('deleted');
create temporary table written as
select c.*, row_number() over (order by c.seq) as nth
from audit.changes c
where c.table_name = 'core.memberships' and c.key::jsonb ->> 'id' = current_setting('tests.membership');

-- An auditor sees everything.
select tests.as_auditor();
create function pg_temp.history()
returns table (
    seq bigint, "position" bigint, recorded_at timestamptz, operation text, actor uuid, role text, attested boolean,
    replicated boolean, request_id text, clear jsonb, personal jsonb, erased boolean
)
language sql
stable
as $$
    select *
    from audit.history(
        tests.scope('river'), 'core.memberships', tests.key(current_setting('tests.membership')::uuid)
    )
$$;
select results_eq(
    'select operation, actor, role, attested, replicated, request_id, erased from pg_temp.history()',
    $$
    values
        ('I', null::uuid, current_setting('tests.runner'), false, false, null::text, false),
        ('U', tests.person('hana'), 'authenticated', false, false, 'r-1', false),
        ('U', null, current_setting('tests.runner'), false, true, null, false),
        ('D', null, current_setting('tests.runner'), false, false, null, false)
    $$,
    'the history of a row says what happened, who did it, as what and by which way'
)
from (select set_config('tests.runner', session_user, true)) r;
select results_eq(
    $$select seq, recorded_at, clear, personal from pg_temp.history()$$,
    $$
    select seq, recorded_at, clear::jsonb, personal::jsonb from audit.changes
    where table_name = 'core.memberships' and key::jsonb ->> 'id' = current_setting('tests.membership')
    order by seq
    $$,
    'in the order of the writes, with all that the log says'
);
select is(
    (select count(*) from pg_temp.history() h where h.position is not null), 0::bigint, 'it shows what is not sealed'
);
select tests.as_nobody();
select audit._seal_due(p.era, '0', null, clock_timestamp(), null) from audit.progress p;
select tests.as_auditor();
select results_eq(
    $$select h.position from pg_temp.history() h$$,
    $$
    select l.position from audit.leaves l
    where l.tenant_id = tests.scope('river') and l.seq in (select h.seq from pg_temp.history() h)
    order by l.seq
    $$,
    'and the place in the log of what is'
);
select is(
    (select count(*) from pg_temp.history() h where h.position >= 0), 4::bigint, 'each change has one'
);
select tests.as_nobody();
update audit.changes set flags = flags where false;
insert into audit.changes (tenant_id, era, role, session_role, flags, table_name, operation, key, clear)
select tests.scope('river'), 1, 'authenticated', 'authenticator', 1, 'core.memberships', 'U', w.key, '{}'
from written w
where w.nth = 1;
select tests.as_auditor();
select results_eq(
    $$select h.attested, h.replicated from pg_temp.history() h order by h.seq desc limit 1$$,
    $$values (true, false)$$, 'what came through the API server is attested'
);
select is(
    audit.as_of(
        tests.scope('river'), 'core.memberships', tests.key(current_setting('tests.membership')::uuid),
        tests.at(name)
    ) -> 'status',
    status, promise
)
from (
    values
        ('before', null, 'before it was there, a row is nothing'),
        ('joined', '"active"'::jsonb, 'a row is known as it was at an instant'),
        ('suspended', '"suspended"', 'and later'),
        ('replicated', '"suspended"', 'also by what came from elsewhere'),
        ('deleted', null, 'and when it had gone, it is nothing again')
) as v (name, status, promise);
select is(
    audit.as_of(
        tests.scope('river'), 'core.memberships', tests.key(current_setting('tests.membership')::uuid),
        tests.at('replicated')
    ) ->> 'reason',
    'from elsewhere', 'an auditor sees what was personal in it, too'
);
select is(
    audit.as_of(
        tests.scope('river'), 'core.memberships', tests.key(current_setting('tests.membership')::uuid), recorded_at
    ) ->> 'status',
    'active', 'an instant includes the change that was made in it'
)
from (
    select h.recorded_at from pg_temp.history() h where h.operation = 'I'
) i;
select is_empty(
    $$
    select
    from audit.history(
        tests.scope('hill'), 'core.memberships', tests.key(current_setting('tests.membership')::uuid)
    )
    $$,
    'a row has its history in its own log'
);
select is_empty(
    $$
    select
    from audit.history(
        tests.scope('river'), 'core.scopes', tests.key(current_setting('tests.membership')::uuid)
    )
    $$,
    'and in its own table'
);
select is_empty(
    $$select from audit.history(tests.scope('river'), 'core.memberships', '{}')$$, 'without its key nothing is found'
);
select tests.refused(
    format($$select * from audit.history(tests.scope('river'), %L, '{}')$$, name), 'not_found', promise
)
from (
    values
        ('core.usage_shards', 'what the log does not follow has no history'),
        ('core.nothing', 'nor what does not exist'),
        ('memberships', 'a table is named with its schema')
) as v (name, promise);

-- A key that says something about a person.
select is(
    (select count(*) from audit.history(
        audit.platform(), 'core.identities', jsonb_build_object('subject', 'vera', 'issuer', 'https://tests.example')
    )),
    1::bigint, 'a key that is personal finds its row as well'
);
select is(
    (
        select h.personal ->> 'subject'
        from audit.history(
            audit.platform(), 'core.identities', '{"subject": "vera", "issuer": "https://tests.example"}'
        ) h
    ),
    'vera', 'which an auditor reads'
);

-- Whom the organization lets look.
select tests.as('olive');
select results_eq(
    'select operation, personal from pg_temp.history() where operation <> ''D'' limit 3',
    $$values ('I', null::jsonb), ('U', null), ('U', null)$$,
    'whom an organization lets look into its log sees what happened'
);
select results_eq(
    $$select clear ->> 'status' from pg_temp.history() where operation = 'I'$$, $$values ('active')$$,
    'what is in clear'
);
select is(
    audit.as_of(
        tests.scope('river'), 'core.memberships', tests.key(current_setting('tests.membership')::uuid),
        tests.at('joined')
    ) -> 'person_id',
    null, 'and nothing that is personal'
);
select is(
    audit.as_of(
        tests.scope('river'), 'core.memberships', tests.key(current_setting('tests.membership')::uuid),
        tests.at('joined')
    ) ->> 'status',
    'active', 'also at an instant'
);
select tests.as_service();
select is(
    (select count(*) from pg_temp.history() h where h.personal is not null), 3::bigint, 'a server sees what is personal'
);
select tests.as('max');
select tests.refused('select * from pg_temp.history()', 'not_permitted', 'a member does not look into the log');
select tests.refused(
    $$
    select audit.as_of(
        tests.scope('river'), 'core.memberships', tests.key(current_setting('tests.membership')::uuid), now()
    )
    $$,
    'not_permitted', 'nor at an instant'
);

-- My own.
select tests.as('cleo');
select core.update_profile(core.me(), bio => 'Hello');
select tests.as_nobody();
select tests.instant('profile');
select tests.as('hana');
select core.suspend_membership(tests.membership('cleo', 'heron'), 'a quarrel');
select tests.as('cleo');
select results_eq(
    $$select table_name, operation, by_me, tenant_id from audit.my_history() limit 2$$,
    $$
    values
        ('core.memberships', 'U', false, tests.scope('river')), ('core.people', 'U', true, null::uuid)
    $$,
    'what happened to what is about me I can read, newest first, and whether it was me'
);
select results_eq(
    $$select clear ->> 'status' from audit.my_history(at_most => 1)$$, $$values ('suspended')$$,
    'with what is in clear, and as much as I ask for'
);
select results_eq(
    $$select table_name from audit.my_history(tests.at('profile'), 1)$$, $$values ('core.people')$$,
    'page by page'
);
select is((select count(*) from audit.my_history(at_most => 0)), 1::bigint, 'a page holds something');
select set_config('tests.mine', count(*)::text, true) from audit.my_history();
select tests.as_nobody();
select is(
    current_setting('tests.mine')::bigint,
    (select count(*) from audit.changes c where c.subjects @> array[tests.person('cleo')]),
    'all that is about me, and nothing else'
);
insert into audit.changes (tenant_id, era, role, session_role, flags, table_name, operation, key, clear, subjects)
select tests.scope('river'), 1, 'x', 'x', 0, 'core.memberships', 'U', '{}', '{}', array[tests.person('cleo')]
from generate_series(1, 1100);
select tests.as('cleo');
select is((select count(*) from audit.my_history()), 100::bigint, 'a hundred, unless more are asked for');
select is((select count(*) from audit.my_history(at_most => 5000)), 1000::bigint, 'and never more than a thousand');
select tests.as_nobody();
update core.people set guardian_id = tests.person('eli') where id = tests.person('sol');
select tests.as('eli');
select is_empty(
    $$
    select h.table_name from audit.my_history(at_most => 1000) h
    where h.table_name = 'core.people'
        and h.clear ->> 'id' not in (tests.person('eli')::text, tests.person('sol')::text)
    $$,
    'those I act for are mine to read about, and no others'
);
select is(
    (select count(*) from audit.my_history(at_most => 1000) h where h.clear ->> 'id' = tests.person('sol')::text),
    2::bigint, 'what happened to them before, too'
);
select tests.as_token('{"iss": "https://tests.example", "sub": "nobody we know"}');
select is_empty($$select * from audit.my_history()$$, 'somebody who never came has no history');
select tests.as_anon();
select throws_ok($$select * from audit.my_history()$$, '42501', null, 'nobody has none');

-- Modules switched on and off.
select tests.as_nobody();
insert into core.platform_modules (module, version, description, always_on)
values ('kites', '0.1.0', 'Kites.', false);
select tests.as('olive');
select core.set_module(tests.scope('river'), 'kites', true);
select core.set_module(tests.scope('river'), 'kites', false);
select tests.as_nobody();
delete from core.feature_flags where scope_id = tests.scope('river');
select tests.as_auditor();
select results_eq(
    $$
    select operation, actor, scope_id, module, enabled
    from audit.feature_flag_changes
    where tenant_id = tests.scope('river')
    order by seq
    $$,
    $$
    values
        ('I', tests.person('olive'), tests.scope('river'), 'kites', true),
        ('U', tests.person('olive'), tests.scope('river'), 'kites', false),
        ('D', null, tests.scope('river'), 'kites', null)
    $$,
    'who switched which module on or off, and where, is read from the log'
);
select is_empty(
    $$
    select from audit.feature_flag_changes f
    left join audit.changes c on c.tenant_id = f.tenant_id and c.seq = f.seq and c.recorded_at = f.changed_at
    where c.table_name is distinct from 'core.feature_flags'
    $$,
    'and nothing else is'
);
select tests.as('olive');
select throws_ok(
    format('select * from audit.%s', view), '42501', null, format('people do not read audit.%s', view)
)
from unnest('{feature_flag_changes,hashed_changes}'::text[]) view;

-- A log is found by what it is of.
select tests.as_nobody();
select is(
    audit._key_text('core.memberships', '{"b": 1, "id": "x", "tenant_id": "y"}'), '{"tenant_id":"y","id":"x"}',
    'a key is written in its own order'
);

select * from finish();
rollback;
