-- Roles and single permissions: nobody gives what they do not hold, and an organization never loses its last owner.

begin;
set local search_path = tap, tests, public;
select plan(233);

-- The roles somebody holds somewhere.
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

create function tests.owners(slug text)
returns integer
language sql
stable
security definer
set search_path = ''
as $$
    select c.owners from core.owner_counts c where c.tenant_id = tests.scope(owners.slug)
$$;

select tests.world();

-- Giving.
select tests.as('hana');
select lives_ok(
    $$select core.grant_role(tests.membership('cleo', 'heron'), 'storyteller')$$,
    'whoever manages a community gives a role that holds no more than they do'
);
select lives_ok(
    $$select core.grant_role(tests.membership('cleo', 'heron'), 'storyteller')$$, 'giving it again changes nothing'
);
select is(tests.roles('cleo', 'heron'), '{community_member,storyteller}', 'it is held once');
select tests.as_nobody();
select results_eq(
    $$
        select mr.granted_by = tests.person('hana'), mr.granted_at = now(), mr.revoked_at, mr.revoked_by
        from core.membership_roles mr
        join core.roles r on r.id = mr.role_id
        where mr.membership_id = tests.membership('cleo', 'heron') and r.key = 'storyteller'
    $$,
    $$values (true, true, null::timestamptz, null::uuid)$$,
    'who gave it and when is kept'
);
select tests.as('hana');
select lives_ok(
    $$select core.grant_role(tests.membership('cleo', 'heron'), 'steward')$$,
    'a steward, whom the community appointed, appoints another'
);
select tests.as('petra');
select tests.refused(
    $$select core.grant_role(tests.membership('eli', 'heron'), 'steward')$$, 'grant_unheld',
    'whoever manages the project does not appoint the stewards of its communities'
);
select tests.as('olive');
select tests.refused(
    $$select core.grant_role(tests.membership('eli', 'heron'), 'steward')$$, 'grant_unheld',
    'nor does the owner of the organization'
);
select tests.refused(
    $$select core.grant_role(tests.membership('hazel', 'hill'), 'member')$$, 'not_permitted',
    'nobody gives roles in another organization'
);
select tests.refused(
    'select core.grant_role(gen_random_uuid(), $$member$$)', 'not_permitted', 'nor to a membership that does not exist'
);
select tests.as('sol');
select tests.refused(
    $$select core.grant_role(tests.membership('eli', 'heron'), 'place_manager')$$, 'grant_unheld',
    'a steward does not give the role of whoever manages the community, who holds more'
);
select tests.refused(
    $$select core.grant_role(tests.membership('sol', 'heron'), 'place_manager')$$, 'grant_unheld',
    'least of all to themselves'
);
select tests.refused(
    $$select core.grant_role(tests.membership('oona', 'otter'), 'storyteller')$$, 'not_permitted',
    'nor anything in another community'
);
select tests.as('cleo');
select core.revoke_role(tests.membership('cleo', 'heron'), 'steward');
select tests.refused(
    $$select core.grant_role(tests.membership('eli', 'heron'), 'storyteller')$$, 'not_permitted',
    'a storyteller gives no roles'
);
select tests.as('ada');
select tests.refused(
    $$select core.grant_role(tests.membership('max', 'river'), 'owner')$$, 'grant_unheld',
    'an admin makes nobody an owner'
);
select tests.refused(
    $$select core.grant_role(tests.membership('max', 'river'), 'king')$$, 'not_found',
    'a role that does not exist is not given'
);
select lives_ok(
    $$select core.grant_role(tests.membership('max', 'river'), 'admin')$$, 'an admin makes somebody an admin'
);
select tests.as('hana');
select tests.refused(
    $$select core.grant_role(tests.membership('cleo', 'heron'), 'member')$$, 'role_not_here',
    'a role is given at the level it is for'
);
select tests.as_nobody();
select tests.join('gone', 'heron', 'community_member');
create temporary table old on commit drop as select tests.membership('gone', 'heron') as id;
grant select on old to public;
select tests.as('gone');
select core.leave(tests.scope('heron'));
select tests.as('hana');
select tests.refused(
    'select core.grant_role((select id from old), $$storyteller$$)', 'membership_state',
    'a membership that has ended is given nothing'
);
select tests.as_anon();
select throws_ok(
    'select core.grant_role((select id from old), $$storyteller$$)', '42501', null,
    'nobody gives roles without signing in'
);
select throws_ok(
    'select core.revoke_role((select id from old), $$storyteller$$)', '42501', null, 'nor takes any'
);

-- Taking.
select tests.as('sol');
select tests.refused(
    $$select core.revoke_role(tests.membership('hana', 'heron'), 'place_manager')$$, 'grant_unheld',
    'nobody takes what they could not give'
);
select tests.as('cleo');
select tests.refused(
    $$select core.revoke_role(tests.membership('eli', 'heron'), 'elder')$$, 'not_permitted',
    'who gives no roles takes none'
);
select tests.refused(
    'select core.revoke_role(gen_random_uuid(), $$elder$$)', 'not_permitted',
    'nor from a membership that does not exist'
);
select tests.refused(
    $$select core.revoke_role(tests.membership('cleo', 'heron'), 'elder')$$, 'not_found',
    'what is not held is not given up'
);
select lives_ok(
    $$select core.revoke_role(tests.membership('cleo', 'heron'), 'community_member')$$,
    'people give up a role of theirs'
);
select tests.as_token(jsonb_build_object('person', tests.person('cleo'), 'api_key', gen_random_uuid()));
select tests.refused(
    format('select core.revoke_role(%L, %L)', tests.membership('cleo', 'heron'), 'storyteller'), 'not_with_key',
    'an API key does not give up the roles of its person'
);
select tests.as('hana');
select lives_ok(
    $$select core.revoke_role(tests.membership('cleo', 'heron'), 'storyteller')$$, 'whoever gave a role takes it'
);
select tests.refused(
    $$select core.revoke_role(tests.membership('cleo', 'heron'), 'storyteller')$$, 'not_found', 'once'
);
select is(tests.roles('cleo', 'heron'), '{}', 'what was taken and given up is not held any more');
select tests.as_nobody();
select results_eq(
    $$
        select r.key, mr.revoked_at = now(), mr.revoked_by
        from core.membership_roles mr
        join core.roles r on r.id = mr.role_id
        where mr.membership_id = tests.membership('cleo', 'heron')
        order by r.key
    $$,
    $$
        values
            ('community_member', true, tests.person('cleo')), ('steward', true, tests.person('cleo')),
            ('storyteller', true, tests.person('hana'))
    $$,
    'what has ended stays as history, and by whose hand'
);
select tests.as('hana');
select lives_ok(
    $$select core.grant_role(tests.membership('cleo', 'heron'), 'storyteller')$$, 'what was taken can be given again'
);
select is(tests.roles('cleo', 'heron'), '{storyteller}', 'and is held again');

-- Owners.
select tests.as('olive');
select tests.refused(
    format('select core.leave(%L)', tests.scope('river')), 'last_owner', 'the last owner does not leave'
);
select tests.refused(
    $$select core.revoke_role(tests.membership('olive', 'river'), 'owner')$$, 'last_owner',
    'nor gives up being an owner'
);
select lives_ok(
    $$select core.grant_role(tests.membership('ada', 'river'), 'owner')$$, 'an owner makes somebody else an owner'
);
select lives_ok($$select core.leave(tests.scope('river'))$$, 'then the first may leave');
select tests.as('ada');
select tests.refused(
    format('select core.leave(%L)', tests.scope('river')), 'last_owner', 'now the second is the last'
);
select tests.as_nobody();
select tests.join('olive', 'river', 'owner');
select is(
    tests.owners('river'), 2, 'owners are counted as they come'
);
select tests.as('olive');
select lives_ok(
    $$select core.suspend_membership(tests.membership('ada', 'river'), 'why')$$, 'an owner suspends another'
);
select tests.as('olive');
select tests.refused(
    format('select core.leave(%L)', tests.scope('river')), 'last_owner', 'who is suspended does not count as an owner'
);
select core.revoke_role(tests.membership('ada', 'river'), 'owner');
select is(tests.owners('river'), 1, 'nor is one lost when the role is taken from them meanwhile');
select core.grant_role(tests.membership('ada', 'river'), 'owner');
select is(tests.owners('river'), 1, 'nor won when it is given to them');
select lives_ok(
    $$select core.reinstate_membership(tests.membership('ada', 'river'))$$, 'once reinstated'
);
select lives_ok(
    $$select core.revoke_role(tests.membership('ada', 'river'), 'owner')$$, 'and until the role is taken from them'
);
select tests.refused(
    $$select core.revoke_role(tests.membership('olive', 'river'), 'owner')$$, 'last_owner', 'they count'
);
select tests.as_nobody();
select tests.refused(
    $$delete from core.membership_roles where membership_id = tests.membership('olive', 'river')$$, 'last_owner',
    'the last owner''s role is not deleted either'
);
select tests.refused(
    format($$update core.memberships set status = %L, ended_at = %s
        where id = tests.membership('olive', 'river')$$, s, e),
    'last_owner', format('nor is their membership %s, whoever writes', s)
)
from (
    values ('suspended', 'null'), ('banned', 'null'), ('left', 'now()'), ('revoked', 'now()'), ('requested', 'null')
) as states (s, e);
select tests.join('owen', 'river', 'owner');
delete from core.membership_roles where membership_id = tests.membership('owen', 'river');
select is(
    tests.owners('river'), 1,
    'a role that is deleted is not counted'
);
delete from core.memberships where id = tests.membership('owen', 'river');
select is_empty('select * from core.verify_owners()', 'through all of it, the count is right');

-- An owner is whoever holds the owner's role, and nobody else however much they hold.
select tests.join('wendy', 'river', 'member', 'owner');
update core.membership_roles set revoked_at = now() where membership_id = tests.membership('wendy', 'river') and owns;
insert into core.membership_permissions (tenant_id, membership_id, permission, effect)
select tests.scope('river'), tests.membership('wendy', 'river'), tp.permission, 'allow'
from core.role_template_permissions tp
where tp.role = 'owner';
select tests.as('wendy');
select lives_ok(
    $$select core.grant_role(tests.membership('ada', 'river'), 'admin')$$,
    'who may do all that owners may gives any other role'
);
select tests.refused(
    $$select core.grant_role(tests.membership('ada', 'river'), 'owner')$$, 'grant_unheld',
    'who was an owner, and may do all that owners may, makes nobody an owner'
);
select tests.refused(
    $$select core.revoke_role(tests.membership('olive', 'river'), 'owner')$$, 'grant_unheld', 'nor takes it from one'
);
select tests.as_nobody();
update core.membership_roles
set revoked_at = now() - interval '1 day'
where membership_id = tests.membership('wendy', 'river') and owns;
update core.memberships set status = 'suspended' where id = tests.membership('wendy', 'river');
select is_empty('select * from core.verify_owners()', 'and whatever becomes of them, the owners are as many as before');
update core.memberships
set valid_during = tstzrange(now() + interval '1 day', null)
where id = tests.membership('wendy', 'river');
select lives_ok(
    $$
        update core.membership_roles
        set revoked_at = now() - interval '2 days'
        where membership_id = tests.membership('wendy', 'river') and owns
    $$,
    'their membership is like any other'
);

-- An owner's membership is open-ended, has begun, and is one of the organization itself.
select tests.violates(
    format(
        'update core.memberships set valid_during = tstzrange(now(), now() + interval %L) where id = %L',
        '1 year', tests.membership('olive', 'river')
    ),
    'membership_roles_open_ended_fkey', 'an owner''s membership is given no end'
);
select tests.refused(
    format(
        'update core.memberships set valid_during = tstzrange(now() + interval %L, null) where id = %L',
        '1 day', tests.membership('olive', 'river')
    ),
    'owner_from_now', 'nor a beginning that is still to come'
);
select tests.violates(
    format('update core.memberships set level = 1 where id = %L', tests.membership('olive', 'river')),
    'membership_roles_owner_level_fkey', 'nor moved to another level'
);
select tests.join('tim', 'river', 'member');
update core.memberships
set valid_during = tstzrange(now(), now() + interval '1 year')
where id = tests.membership('tim', 'river');
select tests.join('tom', 'river', 'member');
update core.memberships
set valid_during = tstzrange(now() + interval '1 day', null)
where id = tests.membership('tom', 'river');
select tests.as('olive');
select tests.violates(
    $$select core.grant_role(tests.membership('tim', 'river'), 'owner')$$, 'membership_roles_open_ended_fkey',
    'who belongs for a time is not made an owner'
);
select tests.refused(
    $$select core.grant_role(tests.membership('tom', 'river'), 'owner')$$, 'owner_from_now',
    'nor who will belong only later'
);
select tests.refused(
    $$select core.grant_role(tests.membership('priya', 'archive'), 'owner')$$, 'grant_unheld',
    'an organization has owners, a project has none'
);
select tests.as_nobody();
select tests.refused(
    $$
        insert into core.membership_roles (tenant_id, membership_id, role_id, owns)
        select r.tenant_id, tests.membership('priya', 'archive'), r.id, true
        from core.roles r
        where r.tenant_id = tests.scope('river') and r.key = 'owner'
    $$,
    'role_not_here', 'whoever writes'
);
update core.memberships
set valid_during = tstzrange(now() - interval '1 day', null)
where id = tests.membership('tom', 'river');
select tests.as('olive');
select lives_ok(
    $$select core.grant_role(tests.membership('tom', 'river'), 'owner')$$,
    'once it has begun, and without an end, it is'
);

-- Retired.
select lives_ok($$select core.retire_role(tests.scope('river'), 'editor')$$, 'an owner retires a role');
select tests.as_nobody();
select is(
    (select retired_at from core.roles where tenant_id = tests.scope('river') and key = 'editor'), now(),
    'since when is known'
);
select is(
    (select retired_at from core.roles where tenant_id = tests.scope('hill') and key = 'editor'), null,
    'in other organizations it is in use'
);
select tests.as('petra');
select tests.refused(
    $$select core.grant_role(tests.membership('priya', 'archive'), 'editor')$$, 'role_retired',
    'a retired role is given to nobody'
);
select tests.as('olive');
select tests.refused(
    $$select core.retire_role(tests.scope('river'), 'owner')$$, 'not_found', 'the owner''s role is not retired'
);
select tests.refused(
    $$select core.retire_role(tests.scope('river'), 'king')$$, 'not_found', 'nor one that does not exist'
);
select tests.as('hugo');
select tests.refused(
    $$select core.retire_role(tests.scope('river'), 'admin')$$, 'not_permitted', 'nor one of another organization'
);
select tests.as('ada');
select tests.refused(
    $$select core.retire_role(tests.scope('river'), 'admin')$$, 'not_permitted', 'an admin retires none'
);
select tests.as_anon();
select throws_ok(
    format('select core.retire_role(%L, %L)', tests.scope('river'), 'admin'), '42501', null,
    'nor does anybody without signing in'
);
select tests.as('hana');
select is(tests.roles('hana', 'heron'), '{place_manager,steward}', 'before: what somebody holds');
select tests.as('olive');
select core.retire_role(tests.scope('river'), 'place_manager');
select tests.as('hana');
select ok(core.can('scope.manage', tests.scope('heron')), 'whoever holds a retired role keeps it');

-- A role that needs a verified identity.
select tests.as('olive');
select tests.refused(
    $$select core.grant_role(tests.membership('max', 'river'), 'compliance')$$, 'kyc_required',
    'who checks identities has a verified one'
);
select tests.as_nobody();
insert into core.verifications (kind, person_id, document_type, status, verifier, decided_at, valid_during)
values (
    'kyc', tests.person('max'), 'passport', 'verified', 'Post office', now() - interval '2 years',
    tstzrange(now() - interval '2 years', now() - interval '1 year')
);
select tests.as('olive');
select tests.refused(
    $$select core.grant_role(tests.membership('max', 'river'), 'compliance')$$, 'kyc_required',
    'a verification that has run out is none'
);
select tests.as_nobody();
insert into core.verifications (kind, person_id, document_type, status, verifier, decided_at, valid_during)
values ('kyc', tests.person('max'), 'passport', 'verified', 'Post office', now(), tstzrange(now(), null));
select tests.as('olive');
select lives_ok(
    $$select core.grant_role(tests.membership('max', 'river'), 'compliance')$$, 'with a verified identity they may'
);

-- Roles of an organization's own.
select tests.as('hugo');
select core.define_role(tests.scope('hill'), 'guest', 'Guest', '{0}', '{}', 'A guest of the hill.', true);
select core.define_role(tests.scope('hill'), 'miller', 'Miller', '{1}', '{}');
select tests.as('petra');
select tests.refused(
    $$select core.grant_role(tests.membership('priya', 'archive'), 'miller')$$, 'not_found',
    'a role of another organization is not given in this one'
);
select tests.as('olive');
select lives_ok(
    $$
        select core.define_role(
            tests.scope('river'), 'gatekeeper', ' Gatekeeper ', '{0,1}', '{member.invite,member.read}', 'Opens doors.'
        )
    $$,
    'an owner makes a role of the organization''s own'
);
select tests.as_nobody();
create function tests.defined(role text)
returns table (name text, description text, levels smallint[], requires_kyc boolean, permissions text[])
language sql
stable
security definer
set search_path = ''
as $$
    select
        r.name, r.description, r.levels, r.requires_kyc,
        array(
            select rp.permission
            from core.role_permissions rp
            where rp.tenant_id = r.tenant_id and rp.role_id = r.id
            order by rp.permission collate "C"
        )
    from core.roles r
    where r.tenant_id = tests.scope('river') and r.key = defined.role
$$;

select results_eq(
    $$select * from tests.defined('gatekeeper')$$,
    $$
        values ('Gatekeeper', 'Opens doors.', '{0,1}'::smallint[], false, '{member.invite,member.read}'::text[])
    $$,
    'it is called, and carries, what they said'
);
select tests.as('olive');
select lives_ok(
    $$select core.grant_role(tests.membership('tim', 'river'), 'gatekeeper')$$, 'it is given like any other'
);
select tests.as_nobody();
update core.role_permissions rp
set created_at = '2020-01-01'
from core.roles r
where r.id = rp.role_id and r.key = 'gatekeeper';
select tests.as('olive');
select lives_ok(
    $$
        select core.define_role(
            tests.scope('river'), 'gatekeeper', 'Doorkeeper', '{0}', '{member.read,theme.manage}', requires_kyc => true
        )
    $$,
    'and changed'
);
select results_eq(
    $$
        select rp.permission, rp.created_at
        from core.role_permissions rp
        join core.roles r on r.id = rp.role_id
        where r.key = 'gatekeeper'
        order by rp.permission
    $$,
    $$values ('member.read', '2020-01-01'::timestamptz), ('theme.manage', now())$$,
    'what it carried before it carries since then'
);
select results_eq(
    $$select * from tests.defined('gatekeeper')$$,
    $$
        values ('Doorkeeper', 'Opens doors.', '{0}'::smallint[], true, '{member.read,theme.manage}'::text[])
    $$,
    'it carries exactly what was said last; its description stays'
);
select lives_ok(
    $$
        select core.define_role(tests.scope('river'), 'gatekeeper', 'Doorkeeper', '{0}', '{member.read,theme.manage}')
    $$,
    'saying no more of it'
);
select is((select requires_kyc from tests.defined('gatekeeper')), true, 'leaves whether it needs a verified identity');
select tests.refused(
    $$select core.define_role(tests.scope('river'), 'owner', 'King', '{0}', '{member.read}')$$, 'owner_role_fixed',
    'the owner''s role is what it is'
);
select is((select name from tests.defined('owner')), 'Owner', 'and is called what it is called');
select tests.refused(
    $$select core.define_role(tests.scope('river'), 'appointer', 'Appointer', '{2}', '{steward.appoint}')$$,
    'grant_unheld', 'an owner, who appoints no stewards, makes no role that does'
);
select tests.refused(
    $$select core.define_role(tests.scope('river'), 'steward', 'Steward', '{2}',
        '{member.read,member.invite,role.grant,export.run}')$$,
    'grant_unheld', 'nor takes from the stewards what they hold'
);
select tests.refused(
    $$
        select core.define_role(
            tests.scope('river'), 'steward', 'Steward', '{1,2}',
            '{member.read,member.invite,role.grant,steward.appoint,export.run,protocol.modify,
            protocol.admit,consent.give}'
        )
    $$,
    'permission_not_here', 'nor carries it to where it is not held'
);
select tests.refused(
    $$
        select core.define_role(
            tests.scope('river'), 'steward', 'Steward', '{2}',
            '{member.read,member.invite,role.grant,steward.appoint,export.run,protocol.modify,
            protocol.admit,consent.give}', requires_kyc => true
        )
    $$,
    'grant_unheld', 'nor says who can hold it'
);
select lives_ok(
    $$
        select core.define_role(
            tests.scope('river'), 'steward', 'Guardian of the data', '{2}',
            '{member.read,member.invite,role.grant,steward.appoint,export.run,protocol.modify,
            protocol.admit,consent.give}'
        )
    $$,
    'what it is called they may say'
);
select tests.as('ada');
select tests.refused(
    $$select core.define_role(tests.scope('river'), 'guest', 'Guest', '{0}', '{member.read}')$$, 'not_permitted',
    'an admin makes no roles'
);
select tests.as('hugo');
select tests.refused(
    $$select core.define_role(tests.scope('river'), 'guest', 'Guest', '{0}', '{member.read}')$$, 'not_permitted',
    'nor does the owner of another organization'
);
select tests.as('hana');
select tests.refused(
    $$select core.define_role(tests.scope('heron'), 'guest', 'Guest', '{2}', '{member.read}')$$, 'not_permitted',
    'roles are made for the organization, not in a community'
);
select tests.as_anon();
select throws_ok(
    format('select core.define_role(%L, %L, %L, %L, %L)', tests.scope('river'), 'guest', 'Guest', '{0}', '{}'),
        '42501', null,
    'nobody makes roles without signing in'
);
select tests.as_nobody();
update core.roles set retired_at = null where tenant_id = tests.scope('river');
insert into core.memberships (tenant_id, scope_id, level, project_id, person_id, status, joined_at)
select tenant_id, id, level, project_id, tests.person('wanda'), 'active', now()
from core.scopes
where slug = 'river';
insert into core.membership_permissions (tenant_id, membership_id, permission, effect)
values (tests.scope('river'), tests.membership('wanda', 'river'), 'role.define', 'allow');
select tests.as('wanda');
select lives_ok(
    $$select core.define_role(tests.scope('river'), 'guest', 'Guest', '{0}', '{}')$$,
    'whoever defines roles, and holds nothing else, makes one that carries nothing'
);
select results_eq(
    $$select description, requires_kyc from tests.defined('guest')$$, $$values ('', false)$$,
    'of which nothing is said, whatever another organization says of one with that key'
);
select tests.refused(
    $$
        select core.define_role(
            tests.scope('river'), 'moderator', 'Moderator', '{2}', '{member.read,sanction.impose,comment.moderate}'
        )
    $$,
    'grant_unheld', 'nor changes where one is held that carries what they do not hold'
);
select tests.refused(
    $$select core.define_role(tests.scope('river'), 'guest', 'Guest', '{0}', '{member.read}')$$, 'grant_unheld',
    'and puts nothing into it that they do not hold'
);
select tests.refused(
    $$select core.define_role(tests.scope('river'), 'compliance', 'Compliance', '{0}', '{}')$$, 'grant_unheld',
    'nor takes such a thing out of one'
);

-- Single permissions.
select tests.as('hana');
select lives_ok(
    $$select core.set_permission(tests.membership('cleo', 'heron'), 'member.invite', 'allow', 'Knows everybody.')$$,
    'whoever manages a community gives somebody a single permission'
);
select tests.as('cleo');
select ok(core.can('member.invite', tests.scope('heron')), 'which they then hold');
select ok(not core.can('member.invite', tests.scope('archive')), 'there, and not around it');
select results_eq(
    'select permission, effect::text, reason, granted_by, granted_at from core.membership_permissions',
    $$values ('member.invite', 'allow', 'Knows everybody.', tests.person('hana'), now())$$,
    'they read that they hold it, why and from whom'
);
select tests.as('hana');
select lives_ok(
    $$select core.set_permission(tests.membership('cleo', 'heron'), 'member.invite', 'deny', 'Invited strangers.')$$,
    'takes it'
);
select tests.as('cleo');
select ok(not core.can('member.invite', tests.scope('heron')), 'and then they do not');
select results_eq(
    'select effect::text, reason from core.membership_permissions', $$values ('deny', 'Invited strangers.')$$,
    'the last word holds'
);
select tests.as('hana');
select core.grant_role(tests.membership('cleo', 'heron'), 'steward');
select tests.as('cleo');
select ok(
    not core.can('member.invite', tests.scope('heron')), 'what was taken stays taken, whatever roles are given after'
);
select ok(core.can('role.grant', tests.scope('heron')), 'and what else the role carries is held');
select tests.as('hana');
select lives_ok(
    $$select core.set_permission(tests.membership('cleo', 'heron'), 'member.invite', null)$$,
    'or leaves it to the roles again'
);
select tests.as('cleo');
select ok(core.can('member.invite', tests.scope('heron')), 'which then decide');
select is_empty('select from core.membership_permissions', 'and nothing is left of it');
select tests.as('hana');
select tests.refused(
    $$select core.set_permission(tests.membership('cleo', 'heron'), 'domain.manage', 'allow')$$, 'grant_unheld',
    'nobody gives a permission they do not hold'
);
select tests.refused(
    $$select core.set_permission(tests.membership('cleo', 'heron'), 'domain.manage', 'deny')$$, 'grant_unheld',
    'nor takes one'
);
select tests.refused(
    $$select core.set_permission(tests.membership('cleo', 'heron'), 'fly', 'allow')$$, 'grant_unheld',
    'nor gives one that does not exist'
);
select tests.refused(
    $$select core.set_permission(tests.membership('cleo', 'heron'), null, 'allow')$$, 'grant_unheld', 'nor none'
);
select tests.refused(
    $$select core.set_permission(tests.membership('hana', 'heron'), 'member.invite', 'allow')$$, 'not_on_yourself',
    'nor gives themselves anything'
);
select tests.refused(
    $$select core.set_permission(tests.membership('oona', 'otter'), 'member.invite', 'allow')$$, 'not_permitted',
    'nor gives anything in another community'
);
select tests.refused(
    'select core.set_permission(gen_random_uuid(), $$member.invite$$, $$allow$$)', 'not_permitted',
    'nor to a membership that does not exist'
);
select tests.as('sol');
select tests.refused(
    $$select core.set_permission(tests.membership('hana', 'heron'), 'member.invite', 'deny')$$, 'grant_unheld',
    'a steward takes nothing from whoever manages the community, who holds more'
);
select tests.as('eli');
select tests.refused(
    $$select core.set_permission(tests.membership('cleo', 'heron'), 'member.read', 'deny')$$, 'not_permitted',
    'who gives no roles takes no permissions'
);
select tests.as('olive');
select tests.refused(
    $$select core.set_permission(tests.membership('priya', 'archive'), 'role.define', 'allow')$$, 'grant_unheld',
    'what is held in the organization alone is not given in a project'
);
select tests.as_nobody();
select tests.join('olga', 'river', 'owner');
insert into core.membership_permissions (tenant_id, membership_id, permission, effect)
values (tests.scope('river'), tests.membership('olga', 'river'), 'steward.appoint', 'allow');
select tests.as('olga');
select tests.refused(
    $$select core.set_permission(tests.membership('tim', 'river'), 'steward.appoint', 'allow')$$, 'permission_not_here',
    'a permission is given at a level it is for'
);
select lives_ok(
    $$select core.set_permission(tests.membership('tim', 'river'), 'steward.appoint', 'deny')$$, 'but taken anywhere'
);
select tests.as('hana');
select core.set_permission(tests.membership('cleo', 'heron'), 'scope.read', 'allow');
select core.set_permission(tests.membership('cleo', 'heron'), 'setting.manage', 'allow');
select core.set_permission(tests.membership('eli', 'heron'), 'scope.read', 'allow');
select core.set_permission(tests.membership('cleo', 'heron'), 'scope.read', null);
select tests.as_nobody();
select results_eq(
    $$
        select membership_id, permission
        from core.membership_permissions
        where membership_id in (tests.membership('cleo', 'heron'), tests.membership('eli', 'heron'))
        order by permission
    $$,
    $$
        values
            (tests.membership('eli', 'heron'), 'scope.read'),
            (tests.membership('cleo', 'heron'), 'setting.manage')
    $$,
    'what is left to the roles again is that one permission of that one membership'
);
delete from core.membership_permissions where membership_id = tests.membership('eli', 'heron');
select tests.as_anon();
select throws_ok(
    'select core.set_permission(gen_random_uuid(), $$member.invite$$, $$allow$$)', '42501', null,
    'nobody gives permissions without signing in'
);

-- Who reads them.
select tests.as('hana');
select core.set_permission(tests.membership('cleo', 'heron'), 'member.invite', 'deny', 'Invited strangers.');
select tests.as('sol');
select isnt_empty('select from core.membership_permissions', 'whoever gives roles reads single permissions there');
select tests.as('petra');
select isnt_empty(
    $$select from core.membership_permissions where membership_id = tests.membership('cleo', 'heron')$$,
    'whoever gives them in the project reads those in its communities'
);
select tests.as('olive');
select isnt_empty(
    $$select from core.membership_permissions where membership_id = tests.membership('cleo', 'heron')$$,
    'and whoever gives them in the organization'
);
select tests.as('eli');
select is_empty('select from core.membership_permissions', 'fellow members do not');
select tests.as('otis');
select is_empty('select from core.membership_permissions', 'nor does whoever gives roles elsewhere');
select tests.as('hugo');
select is_empty('select from core.membership_permissions', 'nor in another organization');
select is(
    (select count(distinct tenant_id) from core.roles), 1::bigint, 'people read the roles of their own organization'
);
select is(
    (select count(distinct tenant_id) from core.role_permissions), 1::bigint, 'and what those carry'
);
select is(
    (
        select count(*)
        from core.membership_roles mr
        where mr.membership_id not in (tests.membership('hugo', 'hill'), tests.membership('hazel', 'hill'))
    ),
    0::bigint, 'and who of it holds which'
);
select isnt_empty('select from core.membership_roles', 'of those they see');
select tests.as('cleo');
select isnt_empty('select from core.roles', 'who belongs to a community reads the roles of its organization');
select isnt_empty('select from core.role_permissions', 'and what they carry');
select isnt_empty(
    $$select from core.membership_roles where membership_id = tests.membership('eli', 'heron')$$,
    'and which a fellow member holds'
);
select is_empty(
    $$select from core.membership_roles where membership_id = tests.membership('oona', 'otter')$$,
    'but not which are held where they do not belong'
);
select lives_ok(
    $$
        select tenant_id, id, membership_id, role_id, granted_by, granted_at, revoked_by, revoked_at
        from core.membership_roles
    $$,
    'who gave it and when is shown'
);
select tests.as('stranger');
select is_empty('select from core.roles', 'who belongs nowhere reads no roles');
select is_empty('select from core.role_permissions', 'nor what they carry');
select is_empty('select from core.membership_roles', 'nor who holds them');
select tests.as_anon();
select throws_ok(format('select from core.%I', t), '42501', null, format('who is not signed in reads no %s', t))
from unnest(array[
    'roles', 'role_permissions', 'membership_roles', 'membership_permissions',
    'permissions', 'role_templates', 'role_template_permissions'
]) t;
select tests.as('stranger');
select isnt_empty(format('select from core.%I', t), format('everybody who is signed in reads %s: a catalog', t))
from unnest(array['permissions', 'role_templates', 'role_template_permissions']) t;
select tests.backend_reads(format('core.%I', t)::regclass)
from unnest(array[
    'roles', 'role_permissions', 'membership_roles', 'membership_permissions',
    'permissions', 'role_templates', 'role_template_permissions'
]) t;

-- The starting roles.
select tests.as_nobody();
select set_eq(
    'select key from core.role_templates',
    array[
        'owner', 'admin', 'member', 'project_manager', 'editor', 'place_manager', 'storyteller', 'community_member',
        'elder', 'steward', 'cultural_reviewer', 'story_editor', 'moderator', 'contributor', 'reviewer', 'board_member',
        'compliance'
    ],
    'an organization starts with these roles'
);
select set_eq(
    $$select role from core.role_template_permissions where permission = 'steward.appoint'$$, array['steward'],
    'stewards alone appoint stewards'
);
select is(
    (select inherits from core.permissions where key = 'steward.appoint'), false,
    'and whoever could, above a community, does not thereby in it'
);
select is_empty(
    $$
        select
        from core.role_template_permissions tp
        join core.role_templates t on t.key = tp.role
        join core.permissions p on p.key = tp.permission
        where not t.levels <@ p.levels
    $$,
    'no starting role carries a permission to where it is not held'
);

-- What a row can hold.
select tests.violates(tests.variant('core.roles'), 'roles_pkey', 'one id is one role');
select tests.violates(
    tests.variant('core.roles', jsonb_build_object('id', gen_random_uuid())), 'roles_tenant_id_key_key',
    'one name is one role of an organization'
);
select tests.violates(
    tests.variant('core.roles', jsonb_build_object('key', 'new', 'tenant_id', tests.scope('heron')), $$key = 'admin'$$),
    'roles_tenant_id_fkey', 'a role is an organization''s'
);
select tests.violates(
    tests.variant('core.roles', jsonb_build_object('key', k), $$key = 'admin'$$), 'roles_key_check',
    format('%s is not the key of a role', to_json(k))
)
from unnest(array['', 'Guest', '2nd', '_guest', 'house guest', 'house-guest']) k;
select tests.violates(
    tests.variant('core.roles', jsonb_build_object('key', 'new', 'name', n), $$key = 'admin'$$), 'roles_name_check',
    format('%s is not the name of a role', to_json(left(n, 20)))
)
from unnest(array['', '  ', repeat('n', 81)]) n;
select tests.violates(
    tests.variant('core.roles', jsonb_build_object('key', 'new', 'levels', l), $$key = 'admin'$$), 'roles_levels_check',
    format('a role is not for the levels %s', l)
)
from unnest(array['{}', '{3}', '{0,-1}', '{null}']) l;
select tests.violates(
    $$update core.roles set levels = '{0,1}' where key = 'owner'$$, 'roles_owner_check',
    'owners are owners of organizations'
);
select tests.violates(
    $$update core.roles set retired_at = now() where key = 'owner'$$, 'roles_owner_check',
    'the owner''s role is not retired'
);
select throws_ok(
    $$update core.roles set is_owner = true where key = 'admin'$$, '428C9', null, 'no other role is the owner''s'
);
update core.roles set updated_at = '2000-01-01' where key = 'admin';
select ok(
    (select bool_and(updated_at = now()) from core.roles where key = 'admin'),
    'when a role last changed is not for the writer to say'
);
select tests.violates(
    tests.variant('core.role_permissions'), 'role_permissions_pkey', 'a role carries a permission once'
);
select tests.violates(
    tests.variant('core.role_permissions', jsonb_build_object('role_id', gen_random_uuid())),
    'role_permissions_tenant_id_role_id_fkey', 'what carries a permission is a role'
);
select tests.violates(
    tests.variant('core.role_permissions', '{"permission": "fly"}'), 'role_permissions_permission_fkey',
    'what a role carries is a permission'
);
select tests.violates(
    tests.variant('core.role_templates'), 'role_templates_pkey', 'one key is one starting role'
);
select tests.violates(
    tests.variant('core.role_templates', jsonb_build_object('key', k)), 'role_templates_key_check',
    format('%s is not the key of a starting role', to_json(k))
)
from unnest(array['', 'Guest', 'house guest', 'guest2']) k;
select tests.violates(
    tests.variant('core.role_templates', jsonb_build_object('key', 'new', 'levels', l)), 'role_templates_levels_check',
    format('a starting role is not for the levels %s', l)
)
from unnest(array['{}', '{3}', '{0,-1}', '{null}']) l;
select tests.violates(
    tests.variant('core.role_template_permissions'), 'role_template_permissions_pkey',
    'a starting role carries a permission once'
);
select tests.violates(
    tests.variant('core.role_template_permissions', '{"role": "king"}'), 'role_template_permissions_role_fkey',
    'what carries it is a starting role'
);
select tests.violates(
    tests.variant('core.role_template_permissions', '{"permission": "fly"}'),
    'role_template_permissions_permission_fkey', 'what it carries is a permission'
);
select tests.violates(tests.variant('core.permissions'), 'permissions_pkey', 'one key is one permission');
select tests.violates(
    tests.variant('core.permissions', jsonb_build_object('key', k)), 'permissions_key_check',
    format('%s is not the key of a permission', to_json(k))
)
from unnest(array['', 'fly', 'Sky.fly', 'sky.fly.high', 'sky fly', '.fly', 'sky.']) k;
select tests.violates(
    tests.variant('core.permissions', jsonb_build_object('key', 'sky.fly', 'levels', l)), 'permissions_levels_check',
    format('a permission is not held at the levels %s', l)
)
from unnest(array['{}', '{3}', '{0,-1}', '{null}']) l;
select tests.violates(
    tests.variant('core.permissions', '{"key": "sky.fly", "module": "nothing"}'), 'permissions_module_fkey',
    'a permission is brought by a module that exists'
);

select tests.as('hana');
select core.grant_role(tests.membership('eli', 'heron'), 'storyteller');
select tests.as_nobody();
create temporary table given on commit drop as
select mr.id
from core.membership_roles mr
join core.roles r on r.id = mr.role_id
where mr.membership_id = tests.membership('eli', 'heron') and r.key = 'storyteller';
create function tests.wrong(changes jsonb, constraint_name text, description text)
returns text
language sql
set search_path = ''
as $$
    select tests.violates(
        tests.variant('core.membership_roles', changes, 'id = (select id from pg_temp.given)'), constraint_name,
            description
    )
$$;
create function tests.role(slug text, key text)
returns uuid
language sql
set search_path = ''
as $$
    select r.id from core.roles r where r.tenant_id = tests.scope(slug) and r.key = role.key
$$;

select tests.wrong('{}', 'membership_roles_pkey', 'one id is one role held');
select tests.wrong(
    jsonb_build_object('id', gen_random_uuid()), 'membership_roles_tenant_id_membership_id_role_id_key',
    'a membership holds a role once'
);
select lives_ok(
    tests.variant(
        'core.membership_roles', jsonb_build_object('revoked_at', now()), 'id = (select id from pg_temp.given)'
    ),
    'and may have held it any number of times'
);
select tests.wrong(
    jsonb_build_object('membership_id', gen_random_uuid()), 'membership_roles_tenant_id_membership_id_fkey',
    'what holds a role is a membership'
);
select tests.wrong(
    jsonb_build_object('role_id', gen_random_uuid()), 'membership_roles_tenant_id_role_id_owns_fkey',
    'what it holds is a role'
);
select tests.wrong(
    jsonb_build_object('role_id', tests.role('river', 'elder'), 'membership_id', tests.membership('cleo', 'heron'),
        'owns', true),
    'membership_roles_tenant_id_role_id_owns_fkey', 'whether it owns is not for the writer to say'
);
select tests.wrong(
    jsonb_build_object(
        'role_id', tests.role('river', 'owner'), 'membership_id', tests.membership('max', 'river'), 'owns', false
    ),
    'membership_roles_tenant_id_role_id_owns_fkey', 'nor that an owner does not'
);
select tests.violates(
    format('update core.membership_roles set granted_by = %L where id = (select id from pg_temp.given)',
        gen_random_uuid()),
    'membership_roles_granted_by_fkey', 'whoever gave it is somebody'
);
select tests.violates(
    format(
        'update core.membership_roles set revoked_at = now(), revoked_by = %L where id = (select id '
        'from pg_temp.given)',
        gen_random_uuid()
    ),
    'membership_roles_revoked_by_fkey', 'whoever took it is somebody'
);
select tests.violates(
    format(
        'update core.membership_roles set revoked_by = %L where id = (select id from '
        'pg_temp.given)', tests.person('hana')
    ),
    'membership_roles_revoked_at_check', 'what somebody took was taken at some time'
);
select tests.violates(
    tests.variant('core.membership_permissions'), 'membership_permissions_pkey',
    'a permission is given to a membership or taken from it, once'
);
select tests.violates(
    tests.variant('core.membership_permissions', jsonb_build_object('membership_id', gen_random_uuid())),
    'membership_permissions_tenant_id_membership_id_fkey', 'it is given to a membership'
);
select tests.violates(
    tests.variant('core.membership_permissions', '{"permission": "fly"}'), 'membership_permissions_permission_fkey',
    'what is given is a permission'
);
select tests.violates(
    tests.variant(
        'core.membership_permissions', jsonb_build_object('permission', 'scope.read', 'granted_by', gen_random_uuid()),
        format('membership_id = %L', tests.membership('cleo', 'heron'))
    ),
    'membership_permissions_granted_by_fkey', 'whoever gave it is somebody'
);
select is_empty('select * from core.verify_owners()', 'after all this the count of owners is right');

select * from finish();
rollback;
