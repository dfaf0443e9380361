-- Secrets: kept and opened through the keyholder alone, each with its person's own key; what is destroyed stays shut;
-- and nobody else gets at a key or a secret by any means that we know of. The means tried are listed one by one.

begin;
set local search_path = tap, tests, public;
select plan(638);

-- What Ann's address is, to a session with this key-encryption key.
create function tests.opened_with(kek text)
returns text
language plpgsql
set search_path = ''
as $$
begin
    perform tests.as_keyholder('ann', kek);
    return core.read_secret(core.me(), 'email');
exception
    when others then
        return sqlstate;
end
$$;

-- How a statement ends for somebody: refused, answered, or with nothing to tell. Ann herself asks, where a person can.
create function tests.attempt(who text, statement text)
returns text
language plpgsql
set search_path = ''
as $$
declare
    found_rows bigint;
begin
    perform tests.as('ann');
    perform set_config('role', who, true);
    execute statement;
    get diagnostics found_rows = row_count;
    perform tests.as_nobody();
    return case when found_rows = 0 then 'nothing' else 'answered' end;
exception
    when insufficient_privilege then
        return 'refused';
    when others then
        return sqlstate || ' ' || sqlerrm;
end
$$;

-- Whatever secrets this database holds are of another key: they would be in the way here, and come back at the end.
delete from core.person_secrets;
delete from core.person_keys;
delete from core.instance_keys;

select tests.person('bob'), tests.person('ward'), tests.person('nell');
update core.people set guardian_id = tests.person('ann') where id = tests.person('ward');

-- Keeping and opening.
select tests.as_keyholder('ann');
select lives_ok(
    format('select core.write_secret(core.me(), %L, %L)', field, value), format('a person keeps their %s', field)
)
from (
    values ('email', 'Ann@Example.org'), ('phone', '+1 555 0100'), ('legal_name', 'Ann Sølvi O''Hara')
) as v (field, value);
select is(core.read_secret(core.me(), field), value, format('a person reads their %s as they wrote it', field))
from (
    values ('email', 'Ann@Example.org'), ('phone', '+1 555 0100'), ('legal_name', 'Ann Sølvi O''Hara')
) as v (field, value);
select is(core.read_secret(core.me(), 'shoe_size'), null, 'what is not kept is not told');
select is(core.read_secret(tests.person('ward'), 'email'), null, 'what was never written is nothing');
select core.write_secret(tests.person('ward'), 'legal_name', 'Little One');
select is(
    core.read_secret(tests.person('ward'), 'legal_name'), 'Little One', 'a guardian keeps the secrets of their ward'
);
select tests.refused(format('select core.write_secret(core.me(), %s)', arguments), refusal, promise)
from (
    values
        ($$'email', 'not an address'$$, 'email_shape', 'an email address looks like one'),
        ($$'email', 'two@at@example.org'$$, 'email_shape', 'and not like two'),
        ($$'email', ''$$, 'email_shape', 'and not like nothing'),
        ($$'shoe_size', '38'$$, 'not_found', 'not everything is kept secret here'),
        ($$null, '38'$$, 'not_found', 'and nothing without a name')
) as v (arguments, refusal, promise);
select core.write_secret(core.me(), 'phone', null);
select is(core.read_secret(core.me(), 'phone'), null, 'what is written over with nothing is gone');
select is(core.read_secret(core.me(), 'email'), 'Ann@Example.org', 'and the rest is still there');
select core.write_secret(core.me(), 'phone', '+1 555 0100');
select tests.as_keyholder('bob');
select tests.refused(
    format('select core.%s', call), 'not_yours', promise
)
from (
    values
        ($$read_secret(tests.person('ann'), 'email')$$, 'nobody reads the secrets of others'),
        ($$read_secret(tests.person('ward'), 'legal_name')$$, 'nor those of the ward of others'),
        ($$write_secret(tests.person('ann'), 'phone', '0')$$, 'nobody writes the secrets of others'),
        ($$read_secret(null, 'email')$$, 'nor those of nobody')
) as v (call, promise);

-- An address counts once a server has seen proof that it is theirs.
select tests.as_keyholder('service');
select is(core.find_by_email('ann@example.org'), null, 'nobody is found by an address that is not confirmed');
select tests.refused(format('select core.confirm_email(%s)', arguments), 'not_found', promise)
from (
    values
        ($$tests.person('ann'), 'anne@example.org'$$, 'no address is confirmed but the one that its person wrote'),
        ($$tests.person('ann'), null$$, 'nor none'),
        ($$tests.person('nell'), 'nell@example.org'$$, 'nor that of somebody who wrote none'),
        ($$null, 'ann@example.org'$$, 'nor that of nobody')
) as v (arguments, promise);
select lives_ok(
    $$select core.confirm_email(tests.person('ann'), 'ann@example.ORG')$$,
    'a server confirms an address, however it is written'
);
select lives_ok(
    $$select core.confirm_email(tests.person('ann'), 'ann@example.org')$$, 'confirming it again is no error'
);
select is(core.find_by_email('ANN@example.org'), tests.person('ann'), 'then the person is found by it');
select tests.as_keyholder('bob');
select tests.refused(
    $$select core.confirm_email(core.me(), 'ann@example.org')$$, 'not_permitted', 'people confirm no addresses'
);
select lives_ok(
    $$select core.write_secret(core.me(), 'email', 'ann@example.org')$$,
    'whoever writes an address as theirs is not told that somebody has it'
);
select is(core.read_secret(core.me(), 'email'), 'ann@example.org', 'and reads it as anybody would');
select tests.as_keyholder('service');
select tests.refused(
    $$select core.confirm_email(tests.person('bob'), 'ann@example.org')$$,
    'email_taken', 'the server hears that it is confirmed for somebody else'
);
select is(core.find_by_email('ann@example.org'), tests.person('ann'), 'who keeps it');
select tests.as_keyholder('ann');
select core.write_secret(core.me(), 'email', 'ANN@example.org');
select core.write_secret(core.me(), 'phone', '+1 555 0100');
select tests.as_keyholder('service');
select is(
    core.find_by_email('ann@example.org'), tests.person('ann'), 'an address that is written again stays confirmed'
);
select tests.as_keyholder('ann');
select core.write_secret(core.me(), 'email', 'anne@example.org');
select tests.as_keyholder('service');
select is(core.find_by_email(address), null, promise)
from (
    values
        ('ann@example.org', 'whoever writes another address is not found by the one before'),
        ('anne@example.org', 'nor by the other one yet')
) as v (address, promise);
select lives_ok(
    $$select core.confirm_email(tests.person('bob'), 'ann@example.org')$$, 'an address that was given up is free again'
);
select tests.as_keyholder('bob');
select core.write_secret(core.me(), 'email', null);
select core.write_secret(core.me(), 'email', 'bob@example.org');
select tests.as_keyholder('ann');
select core.write_secret(core.me(), 'email', 'ann@example.org');
select tests.as_keyholder('service');
select core.confirm_email(tests.person(name), name || '@example.org') from unnest('{ann,bob}'::text[]) name;

-- Who else opens them.
select tests.as_keyholder('service');
select is(core.read_secret(tests.person('ann'), 'phone'), '+1 555 0100', 'a server opens them in its own name');
select is(core.find_by_email('ANN@example.org'), tests.person('ann'), 'a server finds a person by their address');
select is(core.find_by_email('nobody@example.org'), null, 'and nobody by an unknown one');
select tests.as_keyholder('bob');
select tests.refused(
    $$select core.find_by_email('ann@example.org')$$, 'not_permitted', 'people do not look for others by their address'
);
select set_config(
    'request.jwt.claims',
    json_build_object('role', 'authenticated', 'person', tests.person('ann'), 'api_key', gen_random_uuid())::text, true
);
select tests.refused(
    $$select core.read_secret(tests.person('ann'), 'email')$$,
    'not_yours', 'an API key does not open the secrets of its person'
);
select set_config('request.jwt.claims', '', true);
select tests.refused(
    $$select core.read_secret(tests.person('ann'), 'email')$$, 'not_yours', 'who is not signed in opens nothing'
);

-- Without the key.
select tests.as_nobody();
select is(tests.opened_with(repeat('ab', 32)), 'ann@example.org', 'with the key a secret is opened');
select is(tests.opened_with(kek), 'EL080', format('with %s nothing is', promise))
from (
    values ('', 'no key'), (repeat('ab', 31), 'a short key'), (repeat('AB', 32), 'a key written otherwise')
) as v (kek, promise);
select is(tests.opened_with(repeat('cd', 32)), 'EL083', 'nor with another key');
select tests.as_keyholder('nell', repeat('cd', 32));
select tests.refused(
    $$select core.write_secret(core.me(), 'phone', '0')$$,
    'kek_unknown', 'with another key than the installation''s no person''s key is wrapped'
);
select tests.as_keyholder('nell', repeat('cd', 32), repeat('ef', 32));
select tests.refused(
    $$select core.write_secret(core.me(), 'phone', '0')$$, 'kek_unknown', 'nor with two others'
);

-- What is stored.
select tests.as_nobody();
select is(
    (select count(*) from core.instance_keys), 1::bigint, 'the installation has one key for addresses'
);
select is(
    (select count(distinct wrapped_key) from core.person_keys), 3::bigint, 'each person has a key of their own'
);
select is_empty(
    format('select from core.person_secrets s where strpos(encode(%s, ''escape''), %L) > 0', field, plain),
    format('%s is not stored as it is', field)
)
from (
    values
        ('s.email', 'ann@example.org'), ('s.phone', '555 0100'), ('s.legal_name', 'O''Hara'),
        ('s.email_index', 'ann@example.org')
) as v (field, plain);
select is_empty(
    $$select from core.person_secrets s
    where s.email_index in (
        sha256('ann@example.org'), extensions.hmac('ann@example.org', '', 'sha256'),
        extensions.hmac('ann@example.org', repeat('ab', 32), 'sha256'),
        extensions.hmac('ann@example.org', decode(repeat('ab', 32), 'hex'), 'sha256')
    )$$,
    'the index of an address is no hash that somebody could make without its key'
);
select is_empty(
    $$select wrapped_key from core.person_keys
    where strpos(encode(wrapped_key, 'hex'), repeat('ab', 32)) > 0 or octet_length(wrapped_key) < 48$$,
    'no key stands in clear, and none holds the key-encryption key'
);
create temporary table before on commit drop as select * from core.person_secrets;
select tests.as_keyholder('ann');
select core.write_secret(core.me(), field, core.read_secret(core.me(), field))
from unnest('{email,phone,legal_name}'::text[]) field;
select tests.as_nobody();
select ok(
    s.email <> b.email and s.phone <> b.phone and s.legal_name <> b.legal_name,
    'the same secret is never stored as the same bytes'
)
from core.person_secrets s
join before b using (person_id)
where person_id = tests.person('ann');
select is(s.email_index, b.email_index, 'but its index is the same')
from core.person_secrets s
join before b using (person_id)
where person_id = tests.person('ann');

-- A new key-encryption key.
select tests.as_keyholder('ann', repeat('cd', 32), repeat('ab', 32));
select tests.refused(
    $$select core.rewrap_keys()$$, 'not_permitted', 'people do not wrap keys anew'
);
select is(
    core.read_secret(core.me(), 'email'), 'ann@example.org', 'with the new key and the one before, all can be opened'
);
select tests.as_nobody();
select tests.person('otto');
select tests.as_keyholder('otto', repeat('cd', 32), repeat('ab', 32));
select core.write_secret(core.me(), 'phone', '0');
select tests.as_nobody();
select is(
    (select count(distinct kek_id) from core.person_keys), 1::bigint,
    'until keys are wrapped anew, new ones are wrapped as all are, and whoever has only the key before can read them'
);
delete from core.person_keys where person_id = tests.person('otto');
select tests.as_keyholder('service', repeat('cd', 32), repeat('ef', 32));
select tests.refused(
    $$select core.rewrap_keys()$$, 'kek_unknown', 'without the key before nothing is wrapped anew'
);
select tests.as_keyholder('service', repeat('cd', 32), repeat('ab', 32));
select is(
    core.rewrap_keys(1), 2::bigint, 'keys are wrapped anew a batch at a time; it says how many are left'
);
select is(core.find_by_email('bob@example.org'), tests.person('bob'), 'half-way, people are found');
select is(
    core.read_secret(tests.person(name), 'email'), name || '@example.org', format('and the secrets of %s opened', name)
)
from unnest('{ann,bob}'::text[]) name;
select is(core.rewrap_keys(), 0::bigint, 'it goes on where it stopped');
select is(core.rewrap_keys(), 0::bigint, 'and is done');
select tests.as_nobody();
select is(tests.opened_with(repeat('cd', 32)), 'ann@example.org', 'then the new key is enough');
select is(tests.opened_with(repeat('ab', 32)), 'EL083', 'and the one before is worth nothing');
select tests.as_keyholder('service', repeat('cd', 32));
select is(core.find_by_email('ann@example.org'), tests.person('ann'), 'people are still found by their address');
select tests.as_nobody();
select is(
    (select count(*) from core.person_keys where rewrapped_at = now()), 3::bigint, 'a key says when it was wrapped anew'
);

-- What is destroyed stays shut.
update core.person_keys
set wrapped_key = null, kek_id = null, destroyed_at = now()
where person_id = tests.person('ward');
select tests.as_keyholder('ann', repeat('cd', 32));
select tests.refused(
    $$select core.read_secret(tests.person('ward'), 'legal_name')$$,
    'secret_destroyed', 'what was kept with a key that was destroyed cannot be read'
);
select tests.refused(
    $$select core.write_secret(tests.person('ward'), 'legal_name', 'Again')$$,
    'secret_destroyed', 'a key that was destroyed is not replaced'
);
select tests.as_keyholder('service', repeat('ef', 32), repeat('cd', 32));
select is(core.rewrap_keys(), 0::bigint, 'nor wrapped anew');
select tests.as_nobody();
select tests.person('dora');
select set_config('tests.' || name, tests.person(name)::text, true) from unnest('{bob,nell,dora}'::text[]) name;
select tests.as_keyholder('dora', repeat('ef', 32));
select core.write_secret(core.me(), 'email', 'dora@example.org');
select tests.as_keyholder('service', repeat('ef', 32));
select core.confirm_email(tests.person('dora'), 'dora@example.org');
select tests.as_service();
select core.merge_people(tests.person('dora'), tests.person('bob'));
select tests.as_keyholder('service', repeat('ef', 32));
select core.confirm_email(tests.person('bob'), 'bob@example.org');
select is(
    core.find_by_email(address), tests.person('bob'), format('%s leads to a person who has two rows', address)
)
from unnest('{bob@example.org,dora@example.org}'::text[]) address;
select tests.as_keyholder('bob', repeat('ef', 32));
select core.write_secret(core.me(), 'email', 'dora@example.org');
select tests.as_keyholder('service', repeat('ef', 32));
select lives_ok(
    $$select core.confirm_email(tests.person('bob'), 'dora@example.org')$$,
    'whose own it becomes, when they write it there'
);
select is(core.find_by_email('dora@example.org'), tests.person('bob'), 'and leads to them as before');
select tests.refused(
    format('select core.confirm_email(%L, ''bob@example.org'')', current_setting('tests.dora')),
    'not_found', 'what they do not write any more is not confirmed'
);
select tests.as('bob');
select core.erase_person(core.me());
select tests.as('nell');
select core.erase_person(core.me());
select tests.as_nobody();
select is_empty(
    $$select from core.person_secrets
    where person_id in (current_setting('tests.bob')::uuid, current_setting('tests.dora')::uuid)$$,
    'an erased person leaves no secrets, nor does the other row they had'
);
select bag_eq(
    $$select person_id, wrapped_key, kek_id, destroyed_at
    from core.person_keys
    where person_id <> tests.person('ann') and person_id <> tests.person('ward')$$,
    $$select current_setting('tests.' || name)::uuid, null::bytea, null::text, now()
    from unnest('{bob,nell,dora}'::text[]) name$$,
    'nor a key, and says when it went; also who never had one'
);
select tests.as_keyholder('service', repeat('ef', 32));
select is(core.find_by_email('bob@example.org'), null, 'an erased person is not found any more');
select tests.refused(
    format('select core.write_secret(%L, ''phone'', ''0'')', current_setting('tests.' || name)),
    'secret_destroyed', format('nothing more is kept of %s, who was erased', name)
)
from unnest('{bob,nell}'::text[]) name;
select is(
    core.read_secret(current_setting('tests.bob')::uuid, 'email'), null, 'of an erased person nothing is read, either'
);
select tests.as_nobody();
select is(tests.opened_with(repeat('ef', 32)), 'ann@example.org', 'the secrets of others are untouched by all that');

-- Who may do what, by grant: the keyholder calls these functions; nobody reads the tables.
select tests.as_nobody();
select is(tests.access(relation), '{}', format('%s is granted to nobody', relation))
from unnest('{core.instance_keys,core.person_keys,core.person_secrets}'::regclass[]) relation;
grant select on core.instance_keys, core.person_keys, core.person_secrets to authenticated, empathy_auditor;
select is(
    tests.attempt(who, format('select from %s', relation)), 'nothing',
    format('were %s granted to %s, no row would show', relation, who)
)
from unnest('{core.instance_keys,core.person_keys,core.person_secrets}'::regclass[]) relation
cross join unnest('{authenticated,empathy_auditor}'::text[]) who;
revoke select on core.instance_keys, core.person_keys, core.person_secrets from authenticated, empathy_auditor;
select bag_eq(
    $$select who, p.proname::text
    from pg_proc p
    cross join unnest('{anon,authenticated,service_role,empathy_auditor,empathy_keyholder}'::text[]) who
    where p.pronamespace in ('core'::regnamespace, 'ops'::regnamespace)
        and p.prosrc ~ (
            'core\.(person_(secrets|keys)|instance_keys'
            || '|_(kek|kek_called|seal|open|unwrap|instance_key|person_key|blind_index))\M'
        )
        and has_function_privilege(who, p.oid, 'execute')$$,
    $$values
        ('empathy_keyholder', 'read_secret'), ('empathy_keyholder', 'write_secret'),
        ('empathy_keyholder', 'find_by_email'), ('empathy_keyholder', 'bind_invitation'),
        ('empathy_keyholder', 'confirm_email'), ('empathy_keyholder', 'rewrap_keys'),
        -- These two touch the tables and tell nothing of them.
        ('authenticated', 'accept_invitation'), ('authenticated', 'erase_person'), ('service_role', 'erase_person')$$,
    'the keyholder, and nobody else, calls what opens secrets'
);
select bag_eq(
    $$select p.proname::text
    from pg_proc p
    where p.pronamespace in ('core'::regnamespace, 'ops'::regnamespace)
        and has_function_privilege('empathy_keyholder', p.oid, 'execute')$$,
    $$values
        ('me'), ('acts_for'), ('read_secret'), ('write_secret'), ('confirm_email'), ('find_by_email'),
        ('bind_invitation'), ('rewrap_keys')$$,
    'the keyholder calls nothing else'
);
select is_empty(
    $$select c.oid::regclass
    from pg_class c
    where c.relnamespace in ('core'::regnamespace, 'ops'::regnamespace)
        and c.relkind = 'r'
        and has_table_privilege(
            'empathy_keyholder', c.oid, 'select,insert,update,delete,truncate,references,trigger'
        )$$,
    'the keyholder reads and writes no table'
);

-- What no role is, and belongs to none that is: a way around privileges.
select is_empty(
    $$select r.rolname
    from pg_roles r
    where r.rolname in (
            'anon', 'authenticated', 'service_role', 'authenticator', 'empathy_auditor', 'empathy_keyholder'
        )
        and (
            r.rolsuper or r.rolcreaterole or r.rolcreatedb or r.rolreplication
            -- Supabase's service_role passes policies by; what is granted to nobody it reads no more than others.
            or (r.rolbypassrls and r.rolname <> 'service_role')
        )$$,
    'no role that answers to apps stands above privileges'
);
select bag_eq(
    $$select member.rolname::text as member, held.rolname::text as held
    from pg_auth_members m
    join pg_roles member on member.oid = m.member
    join pg_roles held on held.oid = m.roleid
    where member.rolname in (
        'anon', 'authenticated', 'service_role', 'authenticator', 'empathy_auditor', 'empathy_keyholder',
        'empathy_owner'
    )
        -- Supabase makes its own administrator one that the API server may become, and lets everybody use the
        -- schema of extensions but nobody pass that on: the owner then uses it as anon.
        and (member.rolname, held.rolname) not in (('authenticator', 'supabase_admin'), ('empathy_owner', 'anon'))$$,
    $$values
        ('authenticator', 'anon'), ('authenticator', 'authenticated'), ('authenticator', 'service_role')$$,
    'the API server''s login becomes those three, and nobody becomes the owner, the keyholder or a reader of files'
);
select set_config('session_authorization', 'authenticator', true)
from pg_roles
where rolname = session_user and rolsuper;
select case
    when session_user = 'authenticator' then throws_ok(
        format('set local role %I', who), '42501', null, format('the API server''s login does not become %s', who)
    )
    else skip('only a superuser can try as the API server''s login')
end
from unnest('{empathy_owner,empathy_keyholder,empathy_auditor,pg_read_server_files,pg_monitor}'::text[]) who;
set local session authorization default;

-- The means tried, by everybody, the keyholder itself included. What is refused is refused for want of privilege,
-- before anything is looked at.
select tests.as_nobody();
analyze core.instance_keys, core.person_keys, core.person_secrets;
select isnt_empty(
    $$select from pg_stats where schemaname = 'core' and tablename = 'person_secrets'$$,
    'there are statistics of secrets that somebody could try to read'
);
prepare peek as select * from core.person_secrets;

select is(tests.attempt(who, means), 'refused', format('%s is refused: %s', who, means))
from unnest('{anon,authenticated,service_role,empathy_auditor,empathy_keyholder}'::text[]) who
cross join (
    select format('select %I from %s', a.attname, a.attrelid::regclass)
    from pg_attribute a
    where a.attrelid in ('core.instance_keys'::regclass, 'core.person_keys'::regclass, 'core.person_secrets'::regclass)
        and a.attnum > 0
        and not a.attisdropped
    union all
    values
        -- Reading, in all the ways a query can be written.
        ('select * from core.person_secrets'),
        ('table core.person_keys'),
        ('select s from core.person_secrets s'),
        ('select count(*) from core.person_secrets'),
        ('select 1 from core.person_secrets'),
        ('select exists (select from core.person_secrets where email is not null)'),
        ('select (select max(encode(email_index, ''hex'')) from core.person_secrets)'),
        ('select ctid, xmin, tableoid from core.person_secrets'),
        ('select * from core.person_secrets where person_id = core.me()'),
        ('select * from core.person_secrets for update'),
        ('select * from core.person_secrets tablesample system (100)'),
        ('with s as materialized (select * from core.person_keys) select * from s'),
        ('select jsonb_agg(s) from core.person_secrets s'),
        ('execute peek'),
        ('do $do$ begin perform * from core.person_secrets; end $do$'),
        ('create temporary table copied as select * from core.person_secrets'),
        ('create temporary view peeking as select * from core.person_secrets; select * from peeking'),
        ('select query_to_xml(''select * from core.person_secrets'', true, true, '''')'),
        ('select * from core.scopes left join core.person_secrets on true'),
        -- Making an error, or a plan, tell.
        ('select email::text::integer from core.person_secrets'),
        ('select 1 / (octet_length(email) - octet_length(email)) from core.person_secrets'),
        ('select from core.person_secrets where email_index = ''\x00'''),
        ('explain select * from core.person_secrets where email_index = ''\x00'''),
        ('explain analyze select * from core.person_secrets'),
        (
            'create function pg_temp.tell(text) returns boolean language plpgsql cost 0.0001'
            ' as $do$ begin raise notice ''%'', $1; return true; end $do$;'
            ' select * from core.person_secrets s where pg_temp.tell(s::text)'
        ),
        -- Probing an index, or a foreign key.
        ('insert into core.person_secrets (person_id, email, email_index) values (core.me(), ''\x00'', ''\x00'')'),
        (
            'insert into core.person_secrets (person_id) values (core.me())'
            ' on conflict (person_id) do update set phone = person_secrets.email returning *'
        ),
        ('insert into core.instance_keys (purpose, wrapped_key, kek_id) values (''blind_index'', ''\x00'', '''')'),
        -- Changing what is there.
        ('update core.person_secrets set phone = email returning phone'),
        ('update core.person_keys set kek_id = null where false'),
        ('delete from core.person_secrets returning *'),
        ('truncate core.person_secrets'),
        ('lock table core.person_secrets in share mode'),
        -- Changing who may, or what runs.
        ('grant select on core.person_secrets to public'),
        ('alter table core.person_secrets disable row level security'),
        ('alter table core.person_secrets owner to current_user'),
        ('create policy peek on core.person_secrets using (true)'),
        ('create trigger peek before insert on core.person_secrets execute function core.tg__touch()'),
        ('create rule peek as on insert to core.people do also select * from core.person_secrets'),
        ('create index peek on core.person_secrets (email_index)'),
        ('comment on table core.person_secrets is ''peek'''),
        ('create table core.peek (person_id uuid references core.person_keys)'),
        ('create function core.peek() returns bytea language sql as ''select core._kek()'''),
        ('alter function core.read_secret(uuid, text) security invoker'),
        ('alter default privileges for role empathy_owner grant select on tables to public'),
        ('create publication peek for table core.person_secrets'),
        -- Ways past the tables.
        ('select * from pg_statistic'),
        ('select * from pg_largeobject'),
        ('select * from pg_authid'),
        ('select pg_read_file(''postgresql.auto.conf'')'),
        ('select pg_read_binary_file(pg_relation_filepath(''core.person_secrets''))'),
        ('select pg_ls_dir(''.'')'),
        ('select pg_stat_file(''postgresql.conf'')'),
        ('select pg_ls_logdir()'),
        ('select pg_ls_waldir()'),
        ('select pg_current_logfile()'),
        ('select * from pg_file_settings'),
        ('select * from pg_hba_file_rules'),
        ('select lo_import(''/etc/passwd'')'),
        ('copy core.person_secrets to ''/tmp/peek'''),
        ('copy (select 1) to program ''cat'''),
        ('copy core.people from ''/etc/passwd'''),
        ('select pg_create_logical_replication_slot(''peek'', ''test_decoding'')'),
        ('set local log_statement = ''all'''),
        ('set local session_preload_libraries = ''peek'''),
        ('create foreign data wrapper peek')
) as list (means);

select is(tests.attempt(who, means), 'refused', format('%s is refused: %s', who, means))
from unnest('{anon,authenticated,service_role,empathy_auditor}'::text[]) who
cross join (
    values
        ('select core.read_secret(core.me(), ''email'')'),
        ('select core.write_secret(core.me(), ''phone'', ''0'')'),
        ('select core.confirm_email(core.me(), ''ann@example.org'')'),
        ('select core.find_by_email(''ann@example.org'')'),
        ('select core.bind_invitation(''x'', ''ann@example.org'')'),
        ('select core.rewrap_keys()'),
        ('select core._kek()'),
        ('select core._kek(''empathy.kek_previous'')'),
        ('select core._kek_id(''\x00'')'),
        ('select core._kek_called('''')'),
        ('select core._instance_key()'),
        ('select core._person_key(core.me())'),
        ('select core._blind_index(''ann@example.org'')'),
        ('select core._unwrap(''\x00'', '''')'),
        ('select core._open(''\x00'', ''\x00'')'),
        ('select core._seal(''\x00'', ''\x00'')'),
        ('select core._require_secret_access(core.me())')
) as list (means);

select is(tests.attempt(who, means), 'nothing', format('%s finds nothing: %s', who, means))
from unnest('{anon,authenticated,service_role,empathy_auditor}'::text[]) who
cross join (
    values
        ('select from pg_settings where name like ''empathy.%'''),
        ('select from pg_db_role_setting where setconfig::text like ''%empathy.kek%'''),
        ('select where nullif(current_setting(''empathy.kek'', true), '''') is not null'),
        ('select where nullif(current_setting(''empathy.kek_previous'', true), '''') is not null'),
        ('select from pg_stats where tablename in (''instance_keys'', ''person_keys'', ''person_secrets'')'),
        ('select from pg_stats_ext where tablename in (''instance_keys'', ''person_keys'', ''person_secrets'')'),
        ('select from pg_stats_ext_exprs where tablename in (''instance_keys'', ''person_keys'', ''person_secrets'')'),
        (
            'select from information_schema.columns'
            ' where table_name in (''instance_keys'', ''person_keys'', ''person_secrets'')'
        ),
        ('select from pg_proc where pronamespace = ''core''::regnamespace and prosrc ~ ''[0-9a-f]{64}''')
) as list (means);
deallocate peek;

-- What the tables refuse, whoever writes.
select tests.violates(tests.variant(relation, changes, chosen), constraint_name, promise)
from (
    values
        ('core.instance_keys'::regclass, '{}'::jsonb, 'true', 'instance_keys_pkey', 'a purpose has one key'),
        (
            'core.instance_keys', '{"purpose": "fun"}', 'true',
            'instance_keys_purpose_check', 'a key has a purpose that we know'
        ),
        ('core.person_keys', '{}', 'true', 'person_keys_pkey', 'a person has one key'),
        (
            'core.person_keys', jsonb_build_object('person_id', gen_random_uuid()), 'true',
            'person_keys_person_id_fkey', 'a key is a person''s'
        ),
        (
            'core.person_keys', '{"destroyed_at": "2026-01-01"}', 'destroyed_at is null',
            'person_keys_state_check', 'a key that was destroyed is gone'
        ),
        (
            'core.person_keys', '{"wrapped_key": null}', 'destroyed_at is null',
            'person_keys_state_check', 'a key that was not is there'
        ),
        (
            'core.person_keys', '{"kek_id": null}', 'destroyed_at is null',
            'person_keys_state_check', 'and says what wraps it'
        ),
        (
            'core.person_keys', '{"kek_id": "x"}', 'destroyed_at is not null',
            'person_keys_state_check', 'nothing wraps a key that was destroyed'
        ),
        (
            'core.person_keys', '{"wrapped_key": "\\x00"}', 'destroyed_at is not null',
            'person_keys_state_check', 'and nothing of it is left'
        ),
        (
            'core.person_secrets', '{}', 'person_id = tests.person(''ann'')',
            'person_secrets_pkey', 'a person has one row of secrets'
        ),
        (
            'core.person_secrets',
            jsonb_build_object('person_id', gen_random_uuid(), 'email', null, 'email_index', null),
            'true', 'person_secrets_person_id_fkey', 'secrets have a key'
        ),
        (
            'core.person_secrets', jsonb_build_object('person_id', current_setting('tests.nell')),
            'person_id = tests.person(''ann'')', 'person_secrets_email_index_key', 'an address is one person''s'
        ),
        (
            'core.person_secrets', jsonb_build_object('person_id', current_setting('tests.nell'), 'email', null),
            'person_id = tests.person(''ann'')', 'person_secrets_email_check', 'an index is of an address'
        )
) as v (relation, changes, chosen, constraint_name, promise);
select tests.refused(
    $$update core.person_secrets set person_id = person_id$$, 'key_frozen', 'secrets never change hands'
);
update core.person_secrets set updated_at = '-infinity';
select is(min(updated_at), now(), 'secrets say when they changed') from core.person_secrets;

select * from finish();
rollback;
