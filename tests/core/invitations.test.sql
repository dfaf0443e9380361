-- Invitations: who gives them, what they bring, and everything that makes one unusable.

begin;
set local search_path = tap, tests, public;
select plan(118);

-- Keeps the token of an invitation under a name, for whoever it is passed to; and the invitation it belongs to.
create function tests.keep(name text, token text)
returns text
language sql
set search_path = ''
as $$
    select set_config('tests.' || name, token, true)
$$;

create function tests.token(name text)
returns text
language sql
stable
set search_path = ''
as $$
    select current_setting('tests.' || name)
$$;

create function tests.invitation(name text)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
    select i.id
    from core.invitations i
    where i.token_hash = sha256(convert_to(split_part(tests.token(name), '.', 2), 'utf8'))
$$;

create function tests.roles(name text, slug text)
returns text[]
language sql
stable
security definer
set search_path = ''
as $$
    select coalesce(array_agg(r.key order by r.key collate "C"), '{}')
    from core.membership_roles mr
    join core.roles r on r.tenant_id = mr.tenant_id and r.id = mr.role_id
    where mr.membership_id = tests.membership(roles.name, roles.slug) and mr.revoked_at is null
$$;

select tests.world();

-- Giving one.
select tests.as('hana');
select matches(
    tests.keep('plain', core.invite(tests.scope('heron'), message => 'Come in.')), '^[0-9a-f]{32}\.[A-Za-z0-9_-]{43}$',
    'whoever manages a community invites, and is shown the token'
);
select results_eq(
    format(
        'select scope_id, message, max_uses, uses, expires_at, created_by, revoked_at from core.invitations '
        'where id = %L',
        tests.invitation('plain')
    ),
    $$
        values (
            tests.scope('heron'), 'Come in.', 1, 0, now() + interval '14 days', tests.person('hana'), null::timestamptz
        )
    $$,
    'unless they say otherwise one person can use it, for two weeks'
);
select tests.as_nobody();
select is(
    (
        select array_agg(r.key)
        from core.invitation_roles ir
        join core.roles r on r.id = ir.role_id
        where ir.invitation_id = tests.invitation('plain')
    ),
    '{community_member}', 'and brings the role of somebody who simply belongs'
);
select is(
    (select count(*) from core.invitations i where position(split_part(tests.token('plain'), '.', 2) in i::text) > 0),
    0::bigint, 'the token is stored nowhere'
);
select tests.as('hana');
select core.set_setting(tests.scope('heron'), 'invitations.expire_after', '"P2D"');
select tests.keep(
    'tellers',
    core.invite(tests.scope('heron'), '{storyteller,community_member,storyteller}', 2, now() + interval '1 hour')
);
select tests.keep('short', core.invite(tests.scope('heron')));
select is(
    (select expires_at from core.invitations where id = tests.invitation('short')), now() + interval '2 days',
    'a community says itself how long its invitations can be used'
);
select results_eq(
    format('select max_uses, expires_at from core.invitations where id = %L', tests.invitation('tellers')),
    $$values (2, now() + interval '1 hour')$$,
    'and whoever invites says how many can use one, and how long'
);
select tests.refused(
    $$select core.invite(tests.scope('heron'), '{king}')$$, 'not_found', 'an invitation brings roles that exist'
);
select tests.refused(
    $$select core.invite(tests.scope('heron'), '{member}')$$, 'role_not_here', 'that are held there'
);
select tests.as('olive');
select core.retire_role(tests.scope('river'), 'contributor');
select tests.as('hana');
select tests.refused(
    $$select core.invite(tests.scope('heron'), '{contributor}')$$, 'not_found', 'and in use'
);
select tests.violates(
    $$select core.invite(tests.scope('heron'), max_uses => 0)$$, 'invitations_max_uses_check',
    'that nobody can use is no invitation'
);
select tests.violates(
    $$select core.invite(tests.scope('heron'), max_uses => 10001)$$, 'invitations_max_uses_check',
    'nor one for everybody'
);
select tests.refused(
    $$select core.invite(tests.scope('heron'), expires_at => now())$$, 'ends_before_now', 'nor one that has expired'
);
select tests.violates(
    $$select core.invite(tests.scope('heron'), expires_at => 'infinity')$$, 'invitations_expires_at_check',
    'nor one for ever'
);
select tests.violates(
    $$select core.invite(tests.scope('heron'), message => repeat('x', 2001))$$, 'invitations_message_check',
    'nor a book'
);
select tests.refused(
    $$select core.invite(tests.scope('otter'))$$, 'not_permitted', 'nobody invites into another community'
);
select tests.refused(
    'select core.invite(gen_random_uuid())', 'not_permitted', 'nor into what does not exist'
);
select tests.as('sol');
select lives_ok(
    $$select core.invite(tests.scope('heron'), '{steward}')$$, 'a steward invites somebody to be a steward'
);
select tests.refused(
    $$select core.invite(tests.scope('heron'), '{place_manager}')$$, 'grant_unheld',
    'nobody invites somebody to be what they could not make them'
);
select tests.as('cleo');
select tests.refused(
    $$select core.invite(tests.scope('heron'))$$, 'not_permitted', 'a community member does not invite'
);
select tests.as_nobody();
insert into core.membership_permissions (tenant_id, membership_id, permission, effect)
values (tests.scope('river'), tests.membership('cleo', 'heron'), 'member.invite', 'allow');
select tests.as('cleo');
select lives_ok(
    format('select tests.keep(%L, core.invite(%L))', 'cleo', tests.scope('heron')),
    'unless they are allowed to'
);
select tests.refused(
    $$select core.invite(tests.scope('heron'), '{storyteller}')$$, 'not_permitted',
    'and then into no role but that of somebody who simply belongs'
);
select tests.as_anon();
select throws_ok(
    format('select core.invite(%L)', tests.scope('heron')), '42501', null, 'nobody invites without signing in'
);
select throws_ok(
    $$select core.accept_invitation(tests.token('plain'))$$, '42501', null, 'nor accepts'
);
select throws_ok(
    $$select core.revoke_invitation(tests.invitation('plain'))$$, '42501', null, 'nor takes one back'
);

-- Using one.
select tests.as('nia');
select isnt(core.accept_invitation(tests.token('plain')), null, 'whoever holds the token comes in');
select is(tests.roles('nia', 'heron'), '{community_member}', 'with the role that it brings');
select tests.as_nobody();
select results_eq(
    $$
        select m.status::text, m.joined_at, m.invited_by, m.invitation_id, i.uses
        from core.memberships m
        join core.invitations i on i.id = m.invitation_id
        where m.id = tests.membership('nia', 'heron')
    $$,
    format($$values ('active', now(), tests.person('hana'), %L::uuid, 1)$$, tests.invitation('plain')),
    'who invited them, and with which invitation, is kept'
);
select tests.as('noa');
select tests.refused(
    $$select core.accept_invitation(tests.token('plain'))$$, 'invitation_unusable', 'a second person does not'
);
select is(core.reach(2), '{}', 'and does not belong');
select lives_ok($$select core.accept_invitation(tests.token('tellers'))$$, 'where two can use one, one does');
select is(tests.roles('noa', 'heron'), '{community_member,storyteller}', 'with all the roles that it brings');
select tests.as('noor');
select lives_ok($$select core.accept_invitation(tests.token('tellers'))$$, 'and another');
select tests.as('nils');
select tests.refused(
    $$select core.accept_invitation(tests.token('tellers'))$$, 'invitation_unusable', 'and then nobody'
);
select tests.as('cleo');
select tests.refused(
    $$select core.accept_invitation(tests.token('short'))$$, 'already_member', 'who belongs does not come in again'
);
select tests.as_nobody();
select is(
    (select uses from core.invitations where id = tests.invitation('short')), 0,
    'and the invitation is not used by that'
);
select tests.as_token(jsonb_build_object('person', tests.person('nils'), 'api_key', gen_random_uuid()));
select tests.refused(
    $$select core.accept_invitation(tests.token('short'))$$, 'not_with_key', 'an API key accepts nothing'
);
select tests.as_token('{"iss": "https://tests.example", "sub": "unregistered"}');
select tests.refused(
    $$select core.accept_invitation(tests.token('short'))$$, 'not_signed_in', 'who has not registered accepts nothing'
);

-- Unusable, which is one answer whatever the reason.
select tests.as('nils');
select tests.refused(
    format('select core.accept_invitation(%L)', t), 'invitation_unusable', format('%s is not an invitation',
        coalesce(to_json(left(t, 40))::text, 'null'))
)
from unnest(array[
    null, '', 'guess', repeat('0', 32) || '.' || repeat('A', 43),
    split_part(tests.token('short'), '.', 1) || '.' || repeat('A', 43),
    repeat('0', 32) || '.' || split_part(tests.token('short'), '.', 2),
    split_part(tests.token('short'), '.', 2), tests.token('short') || ' '
]) t;
select tests.as_nobody();
update core.invitations
set created_at = now() - interval '2 days', expires_at = now()
where id = tests.invitation('short');
select tests.as('nils');
select tests.refused(
    $$select core.accept_invitation(tests.token('short'))$$, 'invitation_unusable',
    'an invitation that has expired is unusable'
);
select tests.as('hana');
select tests.keep('taken', core.invite(tests.scope('heron')));
select lives_ok(
    $$select core.revoke_invitation(tests.invitation('taken'))$$, 'whoever invited takes it back'
);
select lives_ok($$select core.revoke_invitation(tests.invitation('taken'))$$, 'taking it back again changes nothing');
select tests.as('nils');
select tests.refused(
    $$select core.accept_invitation(tests.token('taken'))$$, 'invitation_unusable', 'what was taken back is unusable'
);
select tests.as('hana');
select lives_ok(
    $$select core.revoke_invitation(tests.invitation('plain'))$$, 'an invitation that was used can be taken back'
);
select is(
    (select m.status::text from core.memberships m where m.person_id = tests.person('nia')), 'active',
    'and who came in with it stays'
);
select tests.keep('others', core.invite(tests.scope('heron')));
select tests.as('sol');
select lives_ok(
    $$select core.revoke_invitation(tests.invitation('others'))$$, 'others who invite there take it back, too'
);
select tests.as('eli');
select tests.refused(
    $$select core.revoke_invitation(tests.invitation('others'))$$, 'not_permitted', 'who does not invite does not'
);
select tests.as('otis');
select tests.refused(
    $$select core.revoke_invitation(tests.invitation('others'))$$, 'not_permitted', 'nor who invites elsewhere'
);
select tests.refused(
    'select core.revoke_invitation(gen_random_uuid())', 'not_permitted', 'what does not exist is not taken back'
);

-- What bars somebody from coming in.
select tests.as('hana');
select tests.keep('many', core.invite(tests.scope('heron'), max_uses => 100));
select core.ban_member(tests.membership('noa', 'heron'), 'why');
select tests.as('noa');
select tests.refused(
    $$select core.accept_invitation(tests.token('many'))$$, 'barred', 'who is banned does not come in by an invitation'
);
select tests.as_nobody();
insert into core.sanctions (tenant_id, scope_id, person_id, capability, reason, imposed_by)
values (tests.scope('river'), tests.scope('archive'), tests.person('nils'), 'access', 'why', tests.person('petra'));
select tests.as('nils');
select tests.refused(
    $$select core.accept_invitation(tests.token('many'))$$, 'barred', 'nor who is kept out of the project around it'
);
select tests.as('hana');
select core.suspend_membership(tests.membership('noor', 'heron'), 'why');
select tests.as('noor');
select tests.refused(
    $$select core.accept_invitation(tests.token('many'))$$, 'already_member', 'nor who is suspended'
);
select tests.as_nobody();
update core.scopes set visibility = 'public' where slug = 'heron';
select tests.as('nell');
select core.request_membership(tests.scope('heron'));
select lives_ok(
    $$select core.accept_invitation(tests.token('many'))$$, 'who asked to join does, without waiting for an answer'
);
select is(tests.roles('nell', 'heron'), '{community_member}', 'and belongs like everybody');
select tests.as('max');
select lives_ok($$select core.accept_invitation(tests.token('many'))$$, 'so does who belongs to the organization');
select core.leave(tests.scope('heron'));
select lives_ok($$select core.accept_invitation(tests.token('many'))$$,
'and who left comes back by the same invitation');
select tests.as('hana');
select core.archive_scope(tests.scope('heron'));
select tests.as('nadia');
select tests.refused(
    $$select core.accept_invitation(tests.token('many'))$$, 'scope_archived', 'nobody comes into what is archived'
);
select tests.as('hana');
select core.archive_scope(tests.scope('heron'), false);
select tests.as_nobody();
insert into core.sanctions (tenant_id, scope_id, person_id, capability, reason, imposed_by)
values (tests.scope('river'), tests.scope('heron'), tests.person('cleo'), 'invite', 'why', tests.person('hana'));
select tests.as('cleo');
select tests.refused(
    $$select core.invite(tests.scope('heron'))$$, 'barred', 'from whom inviting was taken by a sanction does not invite'
);
select tests.as('nadia');
select tests.refused(
    $$select core.accept_invitation(tests.token('cleo'))$$, 'invitation_unusable',
    'nor are the invitations they gave before worth anything'
);
select tests.as_nobody();
update core.sanctions set lifted_at = now() where person_id = tests.person('cleo');
delete from core.membership_permissions where membership_id = tests.membership('cleo', 'heron');
select tests.as('nadia');
select tests.refused(
    $$select core.accept_invitation(tests.token('cleo'))$$, 'invitation_unusable',
    'an invitation is worth as much as the rights of whoever gave it'
);
select tests.as('hana');
select tests.keep('teller', core.invite(tests.scope('heron'), '{storyteller}'));
select tests.keep('elder', core.invite(tests.scope('heron'), '{elder}'));
select tests.as_nobody();
insert into core.membership_permissions (tenant_id, membership_id, permission, effect)
values (tests.scope('river'), tests.membership('hana', 'heron'), 'sanction.judge', 'deny');
select tests.as('nadia');
select tests.refused(
    $$select core.accept_invitation(tests.token('elder'))$$, 'invitation_unusable',
    'it does not bring what they do not hold any more'
);
select tests.as_nobody();
insert into core.membership_permissions (tenant_id, membership_id, permission, effect)
values (tests.scope('river'), tests.membership('hana', 'heron'), 'role.grant', 'deny');
select tests.as('nadia');
select tests.refused(
    $$select core.accept_invitation(tests.token('teller'))$$, 'invitation_unusable',
    'nor what they could not give any more'
);
select lives_ok(
    $$select core.accept_invitation(tests.token('many'))$$, 'what brings only belonging they still can give'
);

-- For one person alone, found by their email address.
select tests.as_nobody();
delete from core.membership_permissions where membership_id = tests.membership('hana', 'heron');
select tests.as('hana');
select tests.keep('bound', core.invite(tests.scope('heron')));
select tests.as_keyholder('sol');
select tests.refused(
    $$select core.bind_invitation(tests.token('bound'), 'bo@tests.example')$$, 'invitation_unusable',
    'nobody binds somebody else''s invitation'
);
select tests.as_keyholder('hana');
select lives_ok(
    $$select core.bind_invitation(tests.token('bound'), 'Bo@tests.example')$$,
    'whoever invites binds an invitation to an email address'
);
select tests.refused(
    $$select core.bind_invitation('guess', 'bo@tests.example')$$, 'invitation_unusable', 'if there is one'
);
select tests.refused(
    $$select core.bind_invitation(tests.token('many'), 'bo@tests.example')$$, 'invitation_unusable',
    'and it was not used yet'
);
select tests.refused(
    $$select core.bind_invitation(tests.token('taken'), 'bo@tests.example')$$, 'invitation_unusable', 'nor taken back'
);
select tests.refused(
    format(
        'select core.bind_invitation(%L, %L)',
        replace(tests.scope('hill')::text, '-', '') || '.' || split_part(tests.token('bound'), '.', 2),
        'bo@tests.example'
    ),
    'invitation_unusable', 'and the token is whole'
);
select tests.refused(
    $$select core.bind_invitation(null, 'bo@tests.example')$$, 'invitation_unusable', 'or there at all'
);
select set_config(
    'request.jwt.claims',
    jsonb_build_object('role', 'authenticated', 'person', tests.person('hana'), 'api_key',
        gen_random_uuid())::text, true
);
select tests.refused(
    $$select core.bind_invitation(tests.token('bound'), 'bo@tests.example')$$, 'not_with_key', 'an API key binds none'
);
select tests.as('bill');
select tests.refused(
    $$select core.accept_invitation(tests.token('bound'))$$, 'invitation_unusable', 'it is then for nobody else'
);
select tests.as('bo');
select tests.as_keyholder('bo');
select core.write_secret(core.me(), 'email', 'bo@tests.example');
select tests.as('bo');
select tests.refused(
    $$select core.accept_invitation(tests.token('bound'))$$, 'invitation_unusable',
    'nor for somebody who only says that the address is theirs'
);
select tests.as_keyholder('bill');
select core.write_secret(core.me(), 'email', 'bill@tests.example');
select tests.as_keyholder('service');
select core.confirm_email(tests.person(name), name || '@tests.example') from unnest('{bo,bill}'::text[]) name;
select tests.as('bill');
select tests.refused(
    $$select core.accept_invitation(tests.token('bound'))$$, 'invitation_unusable', 'whatever their own address'
);
select tests.as('bo');
select lives_ok(
    $$select core.accept_invitation(tests.token('bound'))$$, 'the person with that address comes in'
);
select tests.as('hana');
select throws_ok(
    $$select core.bind_invitation(tests.token('bound'), 'bo@tests.example')$$, '42501', null,
    'addresses are bound through the keyholder''s pool alone'
);

-- Who sees them.
select is_empty(
    'select from core.invitations where scope_id <> tests.scope($$heron$$)',
    'who invites in a community sees its invitations alone'
);
select isnt_empty('select from core.invitations', 'and sees them');
select isnt_empty('select from core.invitation_roles', 'with what they bring');
select throws_ok('select token_hash from core.invitations', '42501', null, 'the hash of a token is shown to nobody');
select throws_ok('select email_index from core.invitations', '42501', null, 'nor that of an address');
select lives_ok(
    $$
        select tenant_id, id, scope_id, message, max_uses, uses, expires_at, created_by, created_at, revoked_at
        from core.invitations
    $$,
    'who invites, until when and how many came is shown'
);
select tests.as('sol');
select isnt_empty(
    'select from core.invitations where created_by <> core.me()', 'others who invite there see them, too'
);
select tests.as('ada');
select isnt_empty('select from core.invitations', 'and those who invite above');
select tests.as('cleo');
select is(
    array(select i.id from core.invitations i), array[tests.invitation('cleo')],
    'who does not invite any more sees the invitations they gave, and nobody else''s'
);
select is(
    array(select ir.invitation_id from core.invitation_roles ir), array[tests.invitation('cleo')],
    'and what those bring'
);
select tests.as('eli');
select is_empty('select from core.invitations', 'fellow members see none');
select is_empty('select from core.invitation_roles', 'nor what they bring');
select tests.as('hugo');
select is_empty('select from core.invitations', 'nor does another organization');
select tests.as('bo');
select is_empty('select from core.invitations', 'nor who came in by one');
select tests.as_anon();
select throws_ok('select id from core.invitations', '42501', null, 'nor who is not signed in');
select throws_ok('select from core.invitation_roles', '42501', null, 'nor what they bring');
select tests.backend_reads('core.invitation_roles');
select tests.as_nobody();
create temporary table counted on commit drop as select count(*) as invitations from core.invitations;
grant select on counted to public;
select tests.as_service();
select is(
    (select count(id) from core.invitations), (select invitations from counted), 'servers see every invitation'
);
select throws_ok('select token_hash from core.invitations', '42501', null, 'though not the hashes');
select tests.as_auditor();
select is(
    (select count(id) from core.invitations), (select invitations from counted), 'and so do auditors'
);
select throws_ok('select token_hash from core.invitations', '42501', null, 'without the hashes, too');

-- What a row can hold.
select tests.as_nobody();
create function tests.wrong(changes jsonb, constraint_name text, description text)
returns text
language sql
set search_path = ''
as $$
    select tests.violates(
        tests.variant(
            'core.invitations', changes || case when changes = '{}' then '{}' else '{"token_hash": "\\x01"}'::jsonb end,
            format('id = %L', tests.invitation('many'))
        ),
        constraint_name, description
    )
$$;

select tests.wrong('{}', 'invitations_pkey', 'one id is one invitation');
select tests.violates(
    tests.variant('core.invitations', jsonb_build_object('id', gen_random_uuid())),
    'invitations_tenant_id_token_hash_key', 'one token is one invitation'
);
select tests.wrong(
    jsonb_build_object('scope_id', gen_random_uuid()), 'invitations_tenant_id_scope_id_fkey', 'it invites into a scope'
);
select tests.wrong(
    jsonb_build_object('tenant_id', tests.scope('hill')), 'invitations_tenant_id_scope_id_fkey', 'of its organization'
);
select tests.wrong(
    jsonb_build_object('created_by', gen_random_uuid()), 'invitations_created_by_fkey', 'whoever invites is somebody'
);
select tests.wrong('{"max_uses": 0, "uses": 0}', 'invitations_max_uses_check', 'somebody can use it');
select tests.wrong('{"max_uses": 10001}', 'invitations_max_uses_check', 'not everybody');
select tests.wrong('{"uses": -1}', 'invitations_uses_check', 'it was not used less than never');
select tests.wrong('{"uses": 101}', 'invitations_uses_check', 'nor more often than it can be');
select tests.wrong('{"expires_at": "2000-01-01"}', 'invitations_expires_at_check', 'it can be used for a time');
select tests.wrong('{"expires_at": "infinity"}', 'invitations_expires_at_check', 'and not for ever');
select tests.wrong(jsonb_build_object('message', repeat('x', 2001)), 'invitations_message_check', 'its words are few');
select tests.violates(
    tests.variant('core.invitation_roles'), 'invitation_roles_pkey', 'an invitation brings a role once'
);
select tests.violates(
    tests.variant('core.invitation_roles', jsonb_build_object('invitation_id', gen_random_uuid())),
    'invitation_roles_tenant_id_invitation_id_fkey', 'what brings a role is an invitation'
);
select tests.violates(
    tests.variant('core.invitation_roles', jsonb_build_object('role_id', gen_random_uuid())),
    'invitation_roles_tenant_id_role_id_fkey', 'what it brings is a role'
);

select * from finish();
rollback;
