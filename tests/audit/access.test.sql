-- Who may look into which log, and who may do what with it.

begin;
set local search_path = tap, tests, public;
select plan(158);

select tests.world();
select audit._seal_due(p.era, '0', null, clock_timestamp(), null) from audit.progress p;

-- Everything that opens a log, asked of river's.
create temporary table openings (call text);
insert into openings
values
    ('history(%L, ''core.scopes'', ''{}'')'), ('as_of(%L, ''core.scopes'', ''{}'', now())'), ('verify(%L)'),
    ('checkpoint(%L)'), ('prove_inclusion(%L, 0, 1)'), ('prove_consistency(%L, 1, 1)'), ('bundle(%L)');
grant select on openings to public;
create function tests.opening(call text, log uuid)
returns text
language sql
stable
set search_path = ''
as $$
    select 'select * from audit.' || format(call, log)
$$;

select tests.as('olive');
select lives_ok(tests.opening(call, tests.scope('river')), 'an owner looks into the log of the organization: ' || call)
from openings;
select tests.refused(tests.opening(call, tests.scope('hill')), 'not_permitted', 'and into no other''s: ' || call)
from openings;
select tests.refused(tests.opening(call, audit.platform()), 'not_permitted', 'nor into the platform''s: ' || call)
from openings;
select tests.as('hugo');
select tests.refused(
    tests.opening(call, tests.scope('river')), 'not_permitted', 'the owner of another organization does not: ' || call
)
from openings;
select tests.as('ada');
select tests.refused(
    tests.opening(call, tests.scope('river')), 'not_permitted', 'nor an admin, to whom nobody gave it: ' || call
)
from openings;
select tests.as('max');
select tests.refused(tests.opening(call, tests.scope('river')), 'not_permitted', 'nor a member: ' || call)
from openings;
select tests.as_token('{"iss": "https://tests.example", "sub": "never came"}');
select tests.refused(tests.opening(call, tests.scope('river')), 'not_signed_in', 'nor somebody unknown: ' || call)
from openings;
select tests.as_anon();
select throws_ok(tests.opening(call, gen_random_uuid()), '42501', null, 'nor anybody: ' || call)
from (
    select unnest(array['history(%L, ''core.scopes'', ''{}'')', 'verify(%L)', 'checkpoint(%L)', 'bundle(%L)']) as call
) o;
select tests.as_service();
select lives_ok(tests.opening(call, tests.scope('hill')), 'a server looks into every log: ' || call)
from openings;
select lives_ok(tests.opening(call, audit.platform()), 'also into the platform''s: ' || call)
from openings;
select tests.as_auditor();
select lives_ok(tests.opening(call, tests.scope('hill')), 'and so does an auditor: ' || call)
from openings;
set local role empathy_owner;
select lives_ok(tests.opening(call, tests.scope('hill')), 'and whoever runs the database: ' || call)
from openings;

-- To whom it was given.
select tests.as_nobody();
insert into core.membership_permissions (tenant_id, membership_id, permission, effect)
select m.tenant_id, m.id, 'audit.read', 'allow'
from core.memberships m
where m.id = tests.membership('max', 'river');
select tests.as('max');
select lives_ok(
    $$select * from audit.verify(tests.scope('river'))$$, 'whoever was given it looks into the log, too'
);
select tests.as('olive');
select core.set_permission(tests.membership('max', 'river'), 'audit.read', 'deny');
select tests.as('max');
select tests.refused(
    $$select * from audit.verify(tests.scope('river'))$$, 'not_permitted', 'until it is taken from them'
);

-- A program with a key.
select tests.as_nobody();
create function tests.as_key(key text)
returns void
language plpgsql
set search_path = ''
as $$
begin
    perform tests.as_service();
    perform set_config(
        'request.jwt.claims', core.authenticate_api_key(sha256(convert_to(key, 'utf8')))::text, true
    );
    perform set_config('role', 'authenticated', true);
end
$$;
select tests.as('olive');
select set_config('tests.key', core.create_api_key(tests.scope('river'), 'Robot', '{audit.read}'), true);
select set_config('tests.weak_key', core.create_api_key(tests.scope('river'), 'Robot', '{member.read}'), true);
select tests.as_key(current_setting('tests.key'));
select lives_ok(
    $$select * from audit.verify(tests.scope('river'))$$, 'a program that was given it verifies a log'
);
select is_empty('select * from audit.my_history()', 'and reads nobody''s own history');
select tests.as_key(current_setting('tests.weak_key'));
select tests.refused(
    $$select * from audit.verify(tests.scope('river'))$$, 'not_permitted', 'one that was not does not'
);

-- The platform's log, where an organization runs the platform.
select tests.as_nobody();
insert into core.platform_config (key, value, description)
values ('platform.organization', to_jsonb(tests.scope('hill')), 'Who runs this.')
on conflict on constraint platform_config_pkey do update set value = excluded.value;
select tests.as('hugo');
select lives_ok(
    'select * from audit.verify(audit.platform())', 'whoever runs the platform lets their own look into its log'
);
select tests.as('hazel');
select tests.refused(
    'select * from audit.verify(audit.platform())', 'not_permitted', 'and not every member'
);
select tests.as('olive');
select tests.refused(
    'select * from audit.verify(audit.platform())', 'not_permitted', 'nor those of others'
);

-- What is personal.
select tests.as('olive');
select tests.refused(
    $$select audit.bundle(tests.scope('river'), true)$$, 'not_permitted',
    'a bundle with what is personal is not for all'
);
select is_empty(
    $$select from audit.bundle(tests.scope('river')) line where line::jsonb -> 'change' ->> 'personal' is not null$$,
    'without it, nothing is in it'
);
select is_empty(
    $$select from audit.bundle(tests.scope('river')) line where line::jsonb -> 'change' ->> 'salt' is not null$$,
    'nor what would let it be guessed'
);
select tests.as_auditor();
select isnt_empty(
    $$
    select from audit.bundle(tests.scope('river'), true) line
    where line::jsonb -> 'change' ->> 'personal' is not null and line::jsonb -> 'change' ->> 'salt' is not null
    $$,
    'for an auditor it is'
);
select tests.as_nobody();
select is(
    (
        select array_agg(line::jsonb ->> key order by key)
        from audit.bundle(tests.scope('river')) with ordinality b (line, nth)
        cross join unnest('{format,version,tenant_id,size,personal}'::text[]) key
        where nth = 1
    ),
    (
        select array['empathy-ledger audit bundle', 'withheld', h.size::text, h.tenant_id::text, '1']
        from audit.heads h
        where h.tenant_id = tests.scope('river')
    ),
    'a bundle says of which log it is, how large that was, and whether what is personal is in it'
);
select results_eq(
    $$
    select
        (line::jsonb -> 'change' ->> 'position')::bigint,
        (line::jsonb -> 'change' ->> 'seq')::bigint,
        line::jsonb -> 'change' ->> 'clear',
        decode(line::jsonb -> 'change' ->> 'personal_commitment', 'hex')
    from audit.bundle(tests.scope('river')) with ordinality b (line, nth)
    where line::jsonb ? 'change'
    order by nth
    $$,
    $$
    select l.position, c.seq, c.clear, c.personal_commitment
    from audit.leaves l
    join audit.changes c on c.tenant_id = l.tenant_id and c.seq = l.seq
    where l.tenant_id = tests.scope('river')
    order by l.position
    $$,
    'holds each change, in the order of the log'
);
select results_eq(
    $$
    select
        (line::jsonb -> 'block' ->> 'number')::bigint, (line::jsonb -> 'block' ->> 'size')::bigint,
        decode(line::jsonb -> 'block' ->> 'hash', 'hex')
    from audit.bundle(tests.scope('river')) with ordinality b (line, nth)
    where line::jsonb ? 'block'
    order by nth
    $$,
    $$select b.number, b.size, b.hash from audit.blocks b where b.tenant_id = tests.scope('river') order by b.number$$,
    'and each block'
);
select is(
    (select max(nth) from audit.bundle(tests.scope('river')) with ordinality b (line, nth)),
    (
        select 1 + h.size + h.number from audit.heads h where h.tenant_id = tests.scope('river')
    ),
    'and nothing else'
);
select is(
    (select count(*) from audit.bundle(gen_random_uuid())), 1::bigint, 'a log that does not exist is an empty bundle'
);

-- The tables.

insert into audit.archived_months (month, changes) values ('2001-01-01', 0);
insert into audit.nodes (tenant_id, height, index, hash) values (audit.platform(), 8, 99999999, sha256(''));
insert into audit.erasure_orders (tenant_id, reason, seqs) values (audit.platform(), 'to be seen', '{1}');
insert into audit.activity (kind) values ('sign_in');
select tests.backend_reads(('audit.' || relation)::regclass)
from unnest(
    '{changes,leaves,nodes,blocks,heads,progress,eras,erasure_orders,archived_months,safeguards}'::text[]
) relation;
select is(
    tests.access(('audit.' || relation)::regclass), '{select to empathy_auditor,select to service_role}',
    format('audit.%s is read by servers and auditors, and written by nobody', relation)
)
from unnest(
    '{changes,leaves,nodes,blocks,heads,progress,eras,erasure_orders,archived_months,safeguards,hashed_changes,
    feature_flag_changes}'::text[]
) relation;
select is(
    tests.access('audit.activity'), '{select to authenticated,select to empathy_auditor,select to service_role}',
    'audit.activity is read by people, too'
);
select is_empty(
    $$
    select c.relname from pg_class c
    where c.relnamespace = 'audit'::regnamespace and c.relispartition and c.relkind = 'r' and c.relacl is not null
    $$,
    'no month can be read past its table'
);
select tests.as('olive');
select throws_ok(
    format('select from audit.%s', relation), '42501', null, format('people do not read audit.%s', relation)
)
from unnest(
    '{changes,leaves,nodes,blocks,heads,progress,eras,erasure_orders,archived_months,safeguards}'::text[]
) relation;
select tests.as_nobody();
grant select on audit.changes, audit.leaves, audit.nodes, audit.blocks, audit.heads, audit.progress, audit.eras,
    audit.erasure_orders, audit.archived_months, audit.safeguards, audit.hashed_changes, audit.feature_flag_changes
to authenticated;
select tests.as('olive');
select is_empty(
    format('select from audit.%s', relation), format('were audit.%s granted, no row would show', relation)
)
from unnest(
    '{changes,leaves,nodes,blocks,heads,progress,eras,erasure_orders,archived_months,safeguards,hashed_changes,
    feature_flag_changes}'::text[]
) relation;
select tests.as_nobody();

-- The functions.

select bag_eq(
    $$
    select p.proname || ' to ' || r.role as may
    from pg_proc p
    cross join unnest(
        '{anon,authenticated,service_role,empathy_auditor,empathy_keyholder,authenticator}'::text[]
    ) r (role)
    where p.pronamespace = 'audit'::regnamespace and has_function_privilege(r.role, p.oid, 'execute')
    $$,
    $$
    select f || ' to ' || r
    from unnest('{as_of,bundle,checkpoint,history,origin,platform,prove_consistency,prove_inclusion,verify}'::text[]) f
    cross join unnest('{authenticated,service_role,empathy_auditor}'::text[]) r
    union all
    select 'my_history to authenticated'
    union all
    select f || ' to service_role'
    from unnest(
        '{
            archive_month,begin_era,changes_since,finish_erasures,make_months,note_activity,seal,shorten_addresses
        }'::text[]
    ) f
    $$,
    'people and auditors look; servers run the log; whatever is inside is for nobody'
);
select tests.as('olive');
select throws_ok('select audit.' || call, '42501', null, 'people do not call ' || call)
from unnest(
    array[
        'seal()', 'begin_era(''x'')', 'make_months()', 'finish_erasures()', 'shorten_addresses()',
        '_erase_people(array[core.me()], ''x'')', '_seal_due(1, ''0'', null, now(), null)', '_record_safeguards()',
        '_attach(''core.people'')'
    ]
) call;
select tests.as_auditor();
select throws_ok('select audit.' || call, '42501', null, 'nor do auditors call ' || call)
from unnest(array['seal()', 'begin_era(''x'')', 'make_months()', 'archive_month(''2001-01-01'')']) call;

select * from finish();
rollback;
