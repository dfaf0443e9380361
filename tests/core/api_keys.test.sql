-- API keys: shown once and kept as a hash; they do less than their person, in one place, and nothing personal; while a
-- key is rotated, two work.

begin;
set local search_path = tap, tests, public;
select plan(129);

-- What a server asks when a key comes in.
create function tests.let_in(key text)
returns jsonb
language sql
set search_path = ''
as $$
    select core.authenticate_api_key(sha256(convert_to(key, 'utf8')))
$$;

-- From here on, until somebody else speaks, the program that has this key does.
create function tests.as_key(name text)
returns void
language plpgsql
set search_path = ''
as $$
begin
    perform tests.as_service();
    perform set_config(
        'request.jwt.claims', tests.let_in(current_setting('tests.key_' || name))::text, true
    );
    perform set_config('role', 'authenticated', true);
end
$$;

-- The id of the key that was made under this name.
create function tests.key_id(name text)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
    select k.id
    from core.api_keys k
    where k.key_hash = sha256(convert_to(current_setting('tests.key_' || key_id.name), 'utf8'))
$$;

-- Keeps a key as whoever made it would.
create function tests.keep(name text, key text)
returns void
language sql
set search_path = ''
as $$
    select set_config('tests.key_' || name, key, true)
$$;

select tests.world();
select tests.join('ivo', 'heron', 'place_manager');
select tests.join('hana', 'delta', 'place_manager');
select tests.join('hana', 'river', 'member');
select tests.join('hana', 'hill', 'member');
select tests.join('olive', 'hill', 'member');
select tests.join('petra', 'heron', 'community_member');
select tests.join('petra', 'delta', 'community_member');
select tests.person('wanda');
update core.people set guardian_id = tests.person('hana') where id = tests.person('wanda');

-- Making one.
select tests.as('hana');
select tests.keep(
    'robot',
    core.create_api_key(
        tests.scope('heron'), ' Robot ', '{member.read,member.invite,member.read}',
        channel => 'website', requests_per_minute => 60
    )
);
select matches(
    current_setting('tests.key_robot'), '^el_[A-Za-z0-9_-]{43}$', 'a key is a secret that nobody can guess'
);
select isnt(
    core.create_api_key(tests.scope('heron'), 'Robot', '{}'), current_setting('tests.key_robot'),
    'each key is another one'
);
select results_eq(
    $$select scope_id, tenant_id, person_id, name, channel, requests_per_minute, expires_at, rotated_from, revoked_at
    from core.api_keys
    where id = tests.key_id('robot')$$,
    $$values (
        tests.scope('heron'), tests.scope('river'), tests.person('hana'), 'Robot', 'website', 60,
        now() + interval '1 year', null::uuid, null::timestamptz
    )$$,
    'a key is somebody''s, for one place, for a year unless told otherwise'
);
select bag_eq(
    $$select permission from core.api_key_permissions where api_key_id = tests.key_id('robot')$$,
    $$values ('member.read'), ('member.invite')$$,
    'a key has the permissions that were chosen, once each'
);
select tests.as_nobody();
select is(
    key_hash, sha256(convert_to(current_setting('tests.key_robot'), 'utf8')), 'what is kept of a key is its hash'
)
from core.api_keys
where id = tests.key_id('robot');
select is_empty(
    format(
        'select from %s t where strpos(t::text, substr(current_setting(''tests.key_robot''), 4)) > 0', oid::regclass
    ),
    format('%s does not hold the key', oid::regclass)
)
from pg_class
where oid in ('core.api_keys'::regclass, 'core.api_key_permissions'::regclass, 'ops.outbox'::regclass);
select tests.as('hana');
select tests.refused(
    format('select core.create_api_key(tests.scope(%L), ''x'', %L)', slug, permissions), refusal, promise
)
from (
    values
        ('heron', '{quota.manage}', 'grant_unheld', 'nobody makes a key that may more than they'),
        ('heron', '{member.read,fly}', 'grant_unheld', 'nobody makes a key that may what does not exist'),
        ('otter', '{member.read}', 'not_permitted', 'nobody makes a key for a place they do not manage'),
        ('archive', '{member.read}', 'not_permitted', 'nobody makes a key for what is above their place'),
        ('nowhere', '{member.read}', 'not_permitted', 'nobody makes a key for nowhere')
) as v (slug, permissions, refusal, promise);
select tests.refused(
    $$select core.create_api_key(tests.scope('heron'), 'x', '{}', now())$$,
    'ends_before_now', 'a key works for a while'
);
select tests.violates(
    format('select core.create_api_key(tests.scope(''heron''), %s)', arguments), constraint_name, promise
)
from (
    values
        ($$' ', '{}'$$, 'api_keys_name_check', 'a key has a name'),
        ($$'x', '{}', null, 'My Site'$$, 'api_keys_channel_check', 'a channel has a plain name'),
        ($$'x', '{}', null, null, 0$$, 'api_keys_requests_per_minute_check', 'a key may ask something')
) as v (arguments, constraint_name, promise);
select tests.as('cleo');
select tests.refused(
    $$select core.create_api_key(tests.scope('heron'), 'x', '{}')$$, 'not_permitted', 'a member makes no keys'
);
select tests.as_anon();
select throws_ok(
    $$select core.create_api_key(tests.scope('heron'), 'x', '{}')$$,
    '42501', null, 'nobody makes a key without signing in'
);

-- Letting one in.
select tests.as_service();
select is(
    tests.let_in(current_setting('tests.key_robot')),
    jsonb_build_object(
        'role', 'authenticated', 'person', tests.person('hana'), 'api_key', tests.key_id('robot'),
        'channel', 'website', 'requests_per_minute', 60,
        'exp', floor(extract(epoch from now() + interval '1 year'))
    ),
    'a key is worth the claims of its person, narrowed'
);
select is(
    (select last_used_on from core.api_keys where id = tests.key_id('robot')), current_date,
    'a key says when it was last used'
);
select is(tests.let_in('el_' || repeat('x', 43)), null, 'an unknown key is worth nothing');
select is(
    tests.let_in(upper(current_setting('tests.key_robot'))), null, 'nor is one that is almost right'
);
select tests.as('hana');
select throws_ok(
    $$select core.authenticate_api_key('\x00')$$,
    '42501', null, 'only servers let keys in'
);

-- What it may: what its person may, in its place, with its permissions.
select core.create_api_key(tests.scope('heron'), 'Another', '{member.manage}');
select tests.as_key('robot');
select is(core.me(), tests.person('hana'), 'a key acts for its person');
select ok(core.can('member.read', tests.scope('heron')), 'a key may what it was given');
select ok(
    not core.can('member.manage', tests.scope('heron')), 'a key may not what its person may, but it was not given'
);
select ok(not core.can('member.read', tests.scope('delta')), 'a key may nothing in another place of its person');
select ok(not core.can('member.read', tests.scope('hill')), 'nor in another organization of its person');
select is(core.reach(2), array[tests.scope('heron')], 'a key reaches its place');
select is(core.reach(1), '{}', 'and not the project above');
select is(core.reach(0), '{}', 'and not the organization above');
select bag_eq(
    $$select slug from core.scopes where slug in ('river', 'archive', 'heron', 'otter', 'delta', 'hill')$$,
    $$values ('heron')$$,
    'a key finds its place, and no other'
);
select is_empty(
    $$select from core.organizations where slug in ('river', 'hill')$$, 'a key of a place does not see the organization'
);
select bag_eq(
    $$select distinct scope_id from core.memberships$$, $$values (tests.scope('heron'))$$,
    'a key with member.read sees who belongs to its place, and to no other'
);
select lives_ok($$select core.invite(tests.scope('heron'))$$, 'a key does what it may');
select tests.refused(
    $$select core.suspend_membership(tests.membership('cleo', 'heron'), 'beep')$$,
    'not_permitted', 'a key does not do what it may not'
);
select tests.refused(
    $$select core.invite(tests.scope('heron'), '{storyteller}')$$,
    'not_permitted', 'a key that may invite does not give roles with it'
);
select tests.as('olive');
select tests.keep('narrow', core.create_api_key(tests.scope('heron'), 'Narrow', '{member.invite}'));
select tests.keep('wide', core.create_api_key(tests.scope('river'), 'Wide', '{member.invite,member.read}'));
select tests.as('petra');
select tests.keep('project', core.create_api_key(tests.scope('archive'), 'Project', '{member.invite}'));
select tests.as_key('narrow');
select ok(
    core.can('member.invite', tests.scope('heron')), 'what its person holds above reaches down into the place of a key'
);
select is(core.granted('member.invite', 2), array[tests.scope('heron')], 'and there alone');
select is(core.granted('member.invite', 0), '{}', 'what its person holds above stays out of reach above');
select tests.as_key('wide');
select ok(core.can('member.invite', tests.scope('otter')), 'a key of an organization reaches its places');
select ok(core.can('member.read', tests.scope('river')), 'a key of an organization may there what was given');
select ok(not core.can('member.read', tests.scope('otter')), 'what does not reach down does not through a key');
select is(core.reach(0), array[tests.scope('river')], 'a key of an organization reaches that one');
select is(core.reach(2), array[tests.scope('river')], 'and of the places of its person those in it');
select tests.as_key('project');
select ok(core.can('member.invite', tests.scope('otter')), 'a key of a project reaches its places');
select ok(not core.can('member.invite', tests.scope('delta')), 'and no place outside the project');
select is(core.reach(1), array[tests.scope('archive')], 'a key of a project reaches the project');
select is(core.reach(0), '{}', 'and not the organization');
select set_eq(
    $$select unnest(core.reach(2))$$, $$values (tests.scope('archive')), (tests.scope('heron'))$$,
    'and of the places of its person those in the project'
);

-- What it may not: anything personal.
select tests.as_nobody();
update core.scopes set visibility = 'public' where slug = 'otter';
select tests.as('hana');
select set_config('tests.token', core.invite(tests.scope('delta')), true);
select tests.as('otis');
select set_config('tests.other_token', core.invite(tests.scope('otter')), true);
select tests.as('sol');
select set_config('tests.export', ops.request_export(tests.scope('heron'))::text, true);
select tests.as_nobody();
update ops.exports set requested_by = tests.person('hana') where id = current_setting('tests.export')::uuid;
select set_config('tests.invitation', i.id::text, true)
from core.invitations i
where i.scope_id = tests.scope('delta');
select tests.as_key('robot');
select tests.refused(format('select %s', call), refusal, promise)
from (
    values
        ($$core.leave(tests.scope('heron'))$$, 'not_with_key', 'a key does not leave'),
        (
            $$core.accept_invitation(current_setting('tests.other_token'))$$,
            'not_with_key', 'a key does not accept invitations'
        ),
        ($$core.request_membership(tests.scope('otter'))$$, 'not_with_key', 'a key does not ask to join'),
        ($$core.create_organization('robots', 'Robots')$$, 'not_with_key', 'a key does not found organizations'),
        ($$core.update_profile(core.me(), 'Robot')$$, 'not_with_key', 'a key does not change the profile'),
        ($$core.unlink_identity('https://tests.example', 'hana')$$, 'not_with_key', 'a key gives up no login'),
        ($$core.erase_person(core.me())$$, 'not_yours', 'a key does not erase its person'),
        ($$core.erase_person(tests.person('wanda'))$$, 'not_yours', 'nor the ward of its person'),
        ($$core.set_guardian(core.me(), tests.person('olive'))$$, 'not_yours', 'a key names no guardian'),
        ($$core.request_verification('passport', 'x')$$, 'not_with_key', 'a key shows no papers'),
        ($$core.appeal_sanction(gen_random_uuid(), 'x')$$, 'not_with_key', 'a key does not appeal'),
        ($$core.create_api_key(tests.scope('heron'), 'x', '{}')$$, 'not_with_key', 'a key makes no keys'),
        ($$core.rotate_api_key(tests.key_id('robot'))$$, 'not_with_key', 'a key makes itself no successor'),
        ($$core.revoke_api_key(tests.key_id('robot'))$$, 'not_permitted', 'a key does not stop the keys of its person'),
        (
            $$core.revoke_role(tests.membership('hana', 'heron'), 'steward')$$,
            'not_with_key', 'a key gives up no role of its person'
        ),
        (
            $$core.revoke_invitation(current_setting('tests.invitation')::uuid)$$,
            'not_permitted', 'a key takes back no invitation of its person in another place'
        ),
        (
            $$ops.request_export(tests.scope('heron'), person_id => core.me())$$,
            'not_yours', 'a key does not ask for what its person left'
        ),
        (
            $$ops.cancel_export(current_setting('tests.export')::uuid)$$,
            'not_with_key', 'a key takes back no export of its person'
        ),
        ($$core.register('Robot')$$, 'not_signed_in', 'a key does not become somebody')
) as v (call, refusal, promise);
select is_empty($$select from core.my_profile()$$, 'a key does not read the profile of its person');
select is_empty($$select core.my_people()$$, 'a key acts for nobody''s life');
select is_empty($$select from core.identities$$, 'a key does not read the logins of its person');
select is_empty($$select from core.api_keys$$, 'a key without key.manage reads no keys, not even itself');
select is_empty($$select from core.api_key_permissions$$, 'nor what they may');

-- What its person loses, it loses.
select tests.as_nobody();
update core.memberships set status = 'suspended' where id = tests.membership('hana', 'heron');
select tests.as_key('robot');
select ok(not core.can('member.read', tests.scope('heron')), 'while its person is suspended, a key may nothing');
select is(core.reach(2), '{}', 'and reaches nothing');
select tests.as_nobody();
update core.memberships set status = 'active' where id = tests.membership('hana', 'heron');
update core.membership_roles set revoked_at = now() where membership_id = tests.membership('hana', 'heron');
select tests.as_key('robot');
select ok(not core.can('member.read', tests.scope('heron')), 'without the role of its person, a key may nothing');
select ok(
    not core.can('member.invite', tests.scope('heron')), 'not even what its person holds in another place'
);
select tests.as('hana');
select tests.refused(
    $$select core.rotate_api_key(tests.key_id('robot'))$$,
    'not_permitted', 'who does not manage keys any more does not rotate theirs'
);
select tests.as_nobody();
update core.membership_roles
set revoked_at = null
where membership_id = tests.membership('hana', 'heron');

-- Rotating.
select tests.as('ivo');
select tests.refused(
    $$select core.rotate_api_key(tests.key_id('robot'))$$, 'not_found', 'nobody rotates the key of another'
);
select tests.as('hana');
select tests.refused(
    $$select core.rotate_api_key(tests.key_id('robot'), expires_at => now())$$,
    'ends_before_now', 'and so does a successor'
);
select tests.keep('successor', core.rotate_api_key(tests.key_id('robot')));
select results_eq(
    $$select scope_id, tenant_id, person_id, name, channel, requests_per_minute, expires_at, rotated_from
    from core.api_keys
    where id = tests.key_id('successor')$$,
    $$select scope_id, tenant_id, person_id, name, channel, requests_per_minute, now() + interval '1 year', id
    from core.api_keys
    where id = tests.key_id('robot')$$,
    'a successor is as the key before, for as long again'
);
select bag_eq(
    $$select permission from core.api_key_permissions where api_key_id = tests.key_id('successor')$$,
    $$select permission from core.api_key_permissions where api_key_id = tests.key_id('robot')$$,
    'a successor may what the key before may'
);
select is(expires_at, now() + interval '7 days', 'the key before works for another week') from core.api_keys
where id = tests.key_id('robot');
select tests.as_service();
select is(
    tests.let_in(current_setting('tests.key_robot')) ->> 'api_key', tests.key_id('robot')::text,
    'the key before still works'
);
select is(
    tests.let_in(current_setting('tests.key_successor')) ->> 'api_key', tests.key_id('successor')::text,
    'and so does its successor'
);
select tests.as('hana');
select tests.refused(
    $$select core.rotate_api_key(tests.key_id('robot'))$$, 'key_rotated', 'a key has one successor'
);
select tests.keep('third', core.rotate_api_key(tests.key_id('successor'), '0', now() + interval '1 day'));
select bag_eq(
    $$select id, expires_at
    from core.api_keys
    where id in (tests.key_id('successor'), tests.key_id('third'))$$,

    $$values
        (tests.key_id('successor'), now() + interval '1 minute'),
        (tests.key_id('third'), now() + interval '1 day')$$,
    'whoever rotates says how long each works; a minute is left to change over'
);
select tests.as_nobody();
update core.api_keys
set created_at = now() - interval '2 days', expires_at = now() - interval '1 second'
where id = tests.key_id('robot');
select tests.as_service();
select is(tests.let_in(current_setting('tests.key_robot')), null, 'when its time is over, a key stops');
select tests.as('hana');
select tests.refused(
    $$select core.rotate_api_key(tests.key_id('robot'))$$, 'not_found', 'a key whose time is over is not rotated'
);
select set_config(
    'request.jwt.claims',
    json_build_object('role', 'authenticated', 'person', tests.person('hana'), 'api_key', tests.key_id('robot'))::text,
    true
);
select ok(
    not core.can('member.read', tests.scope('heron')), 'who was let in before may nothing any more, either'
);

-- Stopping.
select set_config('request.jwt.claims', '{"role": "authenticated"}', true);
select tests.refused(
    $$select core.revoke_api_key(tests.key_id('third'))$$, 'not_signed_in', 'who is nobody yet stops no keys'
);
select tests.as('cleo');
select tests.refused(
    $$select core.revoke_api_key(tests.key_id('third'))$$, 'not_permitted', 'a member stops no keys of others'
);
select tests.refused(
    $$select core.revoke_api_key(gen_random_uuid())$$, 'not_permitted', 'of an unknown key nothing is said'
);
select tests.as('ivo');
select lives_ok(
    $$select core.revoke_api_key(tests.key_id('third'))$$, 'whoever manages keys in a place stops those of others'
);
select tests.as_service();
select is(
    tests.let_in(current_setting('tests.key_third')), null, 'a key that was stopped is worth nothing at once'
);
select tests.as('hana');
select set_config(
    'request.jwt.claims',
    json_build_object('role', 'authenticated', 'person', tests.person('hana'), 'api_key', tests.key_id('third'))::text,
    true
);
select is(core.reach(2), '{}', 'and who was let in before reaches nothing any more');
select tests.as('hana');
select tests.refused(
    $$select core.rotate_api_key(tests.key_id('third'))$$, 'not_found', 'a key that was stopped is not rotated'
);
select tests.as_nobody();
update core.memberships set status = 'suspended' where id = tests.membership('hana', 'heron');
select tests.as('hana');
select lives_ok(
    $$select core.revoke_api_key(tests.key_id('successor'))$$, 'a person can always stop their own keys'
);
select tests.as_nobody();
update core.api_keys set revoked_at = now() - interval '1 hour' where id = tests.key_id('successor');
update core.memberships set status = 'active' where id = tests.membership('hana', 'heron');
select tests.as('hana');
select core.revoke_api_key(tests.key_id('successor'));
select is(revoked_at, now() - interval '1 hour', 'stopping a key twice changes nothing') from core.api_keys
where id = tests.key_id('successor');

-- Who reads what of it.
select tests.as('ivo');
select tests.keep('other', core.create_api_key(tests.scope('heron'), 'Other', '{member.read}'));
select isnt_empty(
    $$select id from core.api_keys where id = tests.key_id('robot')$$, 'whoever manages keys in a place reads of all'
);
select tests.as_nobody();
update core.membership_roles set revoked_at = now() where membership_id = tests.membership('ivo', 'heron');
select tests.as('ivo');
select bag_eq(
    $$select id from core.api_keys$$, $$values (tests.key_id('other'))$$, 'others read of their own keys alone'
);
select bag_eq(
    $$select api_key_id, permission from core.api_key_permissions$$,
    $$values (tests.key_id('other'), 'member.read')$$,
    'and of what those may'
);
select tests.as('cleo');
select is_empty($$select id from core.api_keys$$, 'a member without keys reads of none');
select is_empty($$select from core.api_key_permissions$$, 'nor of what they may');
select tests.as('otis');
select is_empty($$select id from core.api_keys$$, 'whoever manages another place reads of none');
select tests.as_service();
select isnt_empty($$select id from core.api_keys$$, 'a server reads of keys');
select isnt_empty($$select from core.api_key_permissions$$, 'a server reads what they may');
select tests.as_auditor();
select isnt_empty($$select id from core.api_keys$$, 'an auditor reads of keys');
select isnt_empty($$select from core.api_key_permissions$$, 'an auditor reads what they may');
select tests.as_nobody();
select is(
    tests.access('core.api_keys'),
    '{
        select to authenticated but key_hash,
        select to empathy_auditor but key_hash,
        select to service_role but key_hash
    }',
    'keys are written by functions alone, and their hash is granted to nobody'
);
select is(
    tests.access('core.api_key_permissions'),
    '{select to authenticated,select to empathy_auditor,select to service_role}',
    'what keys may is written by functions alone'
);

-- What the tables refuse, whoever writes.
select tests.violates(
    tests.variant('core.api_keys', changes || '{"rotated_from": null}', format('id = %L', tests.key_id('other'))),
    constraint_name, promise
)
from (
    values
        ('{}'::jsonb, 'api_keys_key_hash_key', 'no two keys are the same'),
        (
            jsonb_build_object('id', tests.key_id('other'), 'key_hash', '\x00'),
            'api_keys_pkey', 'a key is one row'
        ),
        (
            jsonb_build_object('key_hash', '\x01', 'tenant_id', gen_random_uuid()),
            'api_keys_tenant_id_fkey', 'a key is for an organization'
        ),
        (
            jsonb_build_object('key_hash', '\x01', 'person_id', gen_random_uuid()),
            'api_keys_person_id_fkey', 'a key acts for a person'
        ),
        ('{"name": " "}', 'api_keys_name_check', 'a key has a name'),
        (jsonb_build_object('name', repeat('x', 81)), 'api_keys_name_check', 'which is short'),
        ('{"channel": "Web Site"}', 'api_keys_channel_check', 'a channel has a plain name'),
        ('{"requests_per_minute": 0}', 'api_keys_requests_per_minute_check', 'a key may ask'),
        ('{"requests_per_minute": 1000001}', 'api_keys_requests_per_minute_check', 'but not without end'),
        ('{"expires_at": "1999-01-01"}', 'api_keys_expires_at_check', 'a key works for a while')
) as v (changes, constraint_name, promise);
select tests.violates(
    tests.variant(
        'core.api_keys', jsonb_build_object('key_hash', '\x01', 'rotated_from', rotated_from),
        format('id = %L', tests.key_id('other'))
    ),
    constraint_name, promise
)
from (
    values
        (tests.key_id('robot'), 'api_keys_rotated_from_key', 'a key has one successor, whoever writes'),
        (gen_random_uuid(), 'api_keys_rotated_from_fkey', 'a successor has somebody to succeed')
) as v (rotated_from, constraint_name, promise);
select tests.refused($$update core.api_keys set id = id$$, 'key_frozen', 'the id of a key never changes');
select tests.violates(tests.variant('core.api_key_permissions', changes), constraint_name, promise)
from (
    values
        ('{}'::jsonb, 'api_key_permissions_pkey', 'a key has a permission once'),
        (
            jsonb_build_object('api_key_id', gen_random_uuid()),
            'api_key_permissions_api_key_id_fkey', 'a permission is given to a key'
        ),
        ('{"permission": "fly"}', 'api_key_permissions_permission_fkey', 'a key may what there is to be allowed')
) as v (changes, constraint_name, promise);

select * from finish();
rollback;
