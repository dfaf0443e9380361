-- Access: where a permission counts, what reaches below where it is held and what does not, and what bars somebody
-- whatever they hold.

begin;
set local search_path = tap, tests, public;
select plan(105);

create function tests.slugs(ids uuid[])
returns text[]
language sql
stable
security definer
set search_path = ''
as $$
    select coalesce(array_agg(s.slug order by s.slug collate "C"), '{}')
    from core.scopes s
    where s.id = any (ids)
$$;

create function tests.everywhere()
returns uuid[]
language sql
stable
security definer
set search_path = ''
as $$
    select array_agg(s.id) from core.scopes s
$$;

-- Where somebody can do something, asked scope by scope.
create function tests.places(permission text)
returns text[]
language sql
stable
set search_path = ''
as $$
    select tests.slugs(array(select s.id from unnest(tests.everywhere()) as s (id)
        where core.can(places.permission, s.id)))
$$;

-- The three ways to ask: one scope, all scopes, and the form that policies compare with. Where they disagree.
create function tests.compared(permission text)
returns text[]
language sql
stable
security definer
set search_path = ''
as $$
    select coalesce(array_agg(s.slug order by s.slug collate "C"), '{}')
    from core.scopes s
    where (
            s.tenant_id = any ((select core.granted(permission, 0))::uuid[])
            or s.project_id = any ((select core.granted(permission, 1))::uuid[])
            or s.id = any ((select core.granted(permission, 2))::uuid[])
        )
        and s.id not in (select core.barred())
$$;

create function tests.disagreements(name text)
returns setof text
language plpgsql
set search_path = ''
as $$
declare
    permission text;
begin
    perform tests.as(name);
    foreach permission in array array['scope.manage', 'member.read', 'steward.appoint'] loop
        if tests.places(permission) <> tests.slugs(array(select core.scopes_with(permission)))
            or tests.places(permission) <> tests.compared(permission)
        then
            return next permission;
        end if;
    end loop;
end
$$;

select tests.world();

-- Where somebody belongs.
select tests.as('cleo');
select is(tests.slugs(core.reach(0)), '{river}', 'who belongs to a community belongs to its organization');
select is(tests.slugs(core.reach(1)), '{archive}', 'and to its project');
select is(tests.slugs(core.reach(2)), '{heron}', 'and to itself, and nowhere else');
select tests.as('dara');
select is(tests.slugs(core.reach(0)), '{river}', 'a community straight below the organization is part of it');
select is(tests.slugs(core.reach(1)), '{river}', 'and of no project but, in its stead, the organization');
select is(tests.slugs(core.reach(2)), '{delta}', 'and itself');
select tests.as('max');
select is(tests.slugs(core.reach(2)), '{river}', 'who belongs to the organization does not thereby belong below');
select tests.as('stranger');
select is(core.reach(l), '{}', format('who belongs nowhere reaches nothing at level %s', l))
    from generate_series(0, 2) l;
select tests.as_anon();
select is(core.reach(l), '{}', format('nor does who is not signed in, at level %s', l)) from generate_series(0, 2) l;
select is(core.granted('scope.read', 0), '{}', 'who is not signed in holds nothing');
select is(core.can('scope.read', tests.scope('river')), false, 'and can do nothing');
select is_empty('select core.barred()', 'and is barred from nothing');
select tests.as_service();
select is(core.reach(0), '{}', 'a server is nobody: it belongs nowhere');
select is(core.granted('scope.read', 0), '{}', 'and holds nothing: it has policies of its own');
select is(core.can('scope.read', tests.scope('river')), false, 'and can do nothing as a member');
select is_empty('select core.barred()', 'nor is it barred');
select is_empty($$select core.scopes_with('scope.read')$$, 'nor are there scopes it holds anything in');

-- What reaches below.
select tests.as('ada');
select is(tests.slugs(core.granted('scope.manage', 0)), '{river}',
'what is held in the organization and reaches below');
select is(core.granted('scope.manage', 1), '{}', 'is compared with organizations, not with projects');
select is(tests.slugs(core.granted('scope.manage', 2)), '{river}', 'and, where it is held, with the scope itself');
select is(core.granted('member.read', 0), '{}', 'what does not reach below');
select is(tests.slugs(core.granted('member.read', 2)), '{river}', 'is compared with the scope itself alone');
select is(
    tests.places('scope.manage'), '{archive,delta,heron,otter,river}',
    'what an admin holds and reaches below, they can do in all the organization, and in no other'
);
select is(tests.places('member.read'), '{river}', 'what does not, they can do in the organization itself');
select is(tests.places('steward.appoint'), '{}', 'what they do not hold, they can do nowhere');
select tests.as('petra');
select is(core.granted('scope.manage', 0), '{}', 'what is held in a project is not compared with organizations');
select is(tests.slugs(core.granted('scope.manage', 1)), '{archive}', 'but with projects');
select is(
    tests.places('scope.manage'), '{archive,heron,otter}',
    'and reaches the communities in it, nothing above and nothing beside'
);
select is(tests.places('member.read'), '{archive}', 'unless it does not reach below');
select tests.as('hana');
select is(core.granted('scope.manage', l), '{}', format('what is held in a community is not compared at level %s', l))
from generate_series(0, 1) l;
select is(tests.places('scope.manage'), '{heron}', 'and counts in it alone');
select is(tests.places('steward.appoint'), '{heron}', 'as does what a community gives by itself');
select tests.as('dara');
select is(
    core.granted('scope.manage', 1), '{}', 'a community that stands in for a project is not compared with projects'
);
select is(tests.places('scope.manage'), '{delta}', 'what is held in it does not reach its siblings');
select tests.as('max');
select is(tests.places('scope.manage'), '{}', 'a member manages nothing');
select is(tests.places('fly'), '{}', 'nobody holds a permission that does not exist');
select is(core.can('member.read', gen_random_uuid()), false, 'nobody can do anything in what does not exist');
select is(core.can(null, tests.scope('river')), null, 'to ask about no permission is to ask nothing');
select is(core.can('member.read', null), null, 'nor is there an answer about no scope');


-- Barring, from what is narrow to what is wide.
select tests.as_nobody();
select tests.join('ada', 'heron', 'place_manager', 'steward');
select tests.join('ada', 'delta', 'community_member');
update core.memberships set status = 'banned' where id = tests.membership('ada', 'heron');
select is_empty(
    format('select tests.disagreements(%L)', n),
        format('one scope, all scopes and the form of policies agree for %s', n)
)
from unnest(array['olive', 'ada', 'max', 'petra', 'priya', 'hana', 'sol', 'cleo', 'eli', 'dara', 'hugo', 'stranger']) n;

select tests.as('ada');
select is(
    tests.slugs(array(select core.barred())), '{heron}', 'who is banned from a community is barred from it'
);
select is(
    tests.places('scope.manage'), '{archive,delta,otter,river}',
    'and does nothing there, whatever they hold there or above'
);
select is(tests.slugs(core.reach(2)), '{delta,river}', 'nor do they belong');
select tests.as_nobody();
select tests.join('ada', 'archive', 'project_manager');
select tests.join('ada', 'otter', 'place_manager');
update core.memberships set status = 'active' where id = tests.membership('ada', 'heron');
update core.memberships set status = 'banned' where id = tests.membership('ada', 'archive');
select tests.as('ada');
select is(
    tests.slugs(array(select core.barred())), '{archive,heron,otter}',
    'who is banned from a project is barred from all in it'
);
select is(
    tests.places('scope.manage'), '{delta,river}', 'also from where they hold roles'
);
select is(tests.slugs(core.reach(2)), '{delta,river}', 'and belong');
select tests.as_nobody();
select tests.join('ada', 'hill', 'admin');
update core.memberships set status = 'active' where id = tests.membership('ada', 'archive');
update core.memberships set status = 'banned' where id = tests.membership('ada', 'river');
select tests.as('ada');
select is(
    tests.slugs(array(select core.barred())), '{archive,delta,heron,otter,river}',
    'who is banned from an organization is barred from all of it'
);
select is(tests.places('scope.manage'), '{hill}', 'and from no other');
select is(tests.slugs(core.reach(0)), '{hill}', 'nor do they belong to it any more');
select is(tests.slugs(core.reach(2)), '{hill}', 'or to anything in it');
select tests.as('hana');
select is_empty('select core.barred()', 'nobody else is barred by that');
select tests.as_nobody();
update core.memberships set status = 'active' where id = tests.membership('ada', 'river');

-- Sanctions of access do the same, for their time.
create function tests.sanctioned(name text, slug text, capability text, during tstzrange,
    lifted_at timestamptz default null)
returns void
language sql
set search_path = ''
as $$
    delete from core.sanctions s where s.person_id = tests.person(sanctioned.name);
    insert into core.sanctions (
        tenant_id, scope_id, person_id, capability, during, reason, imposed_by, lifted_at
    )
    select s.tenant_id, s.id, tests.person(sanctioned.name), sanctioned.capability, sanctioned.during, 'why',
        tests.person('olive'), sanctioned.lifted_at
    from core.scopes s
    where s.slug = sanctioned.slug
$$;

select tests.sanctioned('ada', 'heron', 'access', tstzrange(now(), null));
select tests.as('ada');
select is(
    tests.slugs(array(select core.barred())), '{heron}', 'from whom access to a community was taken is barred from it'
);
select is(tests.places('scope.manage'), '{archive,delta,hill,otter,river}', 'and does nothing there');
select is(tests.slugs(core.reach(2)), '{archive,delta,hill,otter,river}', 'nor do they belong meanwhile');
select is_empty('select tests.disagreements($$ada$$)', 'however it is asked');
select tests.as_nobody();
select tests.sanctioned('ada', 'archive', 'access', tstzrange(now(), null));
select tests.as('ada');
select is(
    tests.places('scope.manage'), '{delta,hill,river}', 'from whom access to a project was taken, from all in it'
);
select tests.as_nobody();
select tests.sanctioned('ada', 'river', 'access', tstzrange(now(), null));
select tests.as('ada');
select is(
    tests.places('scope.manage'), '{hill}', 'from whom access to an organization was taken, from all of it'
);
select tests.as_nobody();
select tests.sanctioned('ada', 'heron', 'access', tstzrange(now() - interval '2 days', now()));
select tests.as('ada');
select is_empty('select core.barred()', 'from the instant it ends a sanction bars nobody');
select tests.as_nobody();
select tests.sanctioned('ada', 'heron', 'access', tstzrange(now() + interval '1 day', null));
select tests.as('ada');
select is_empty('select core.barred()', 'nor does it before it begins');
select tests.as_nobody();
select tests.sanctioned('ada', 'heron', 'access', tstzrange(now() - interval '1 day', null), now());
select tests.as('ada');
select is_empty('select core.barred()', 'nor once it is lifted');
select tests.as_nobody();
select tests.sanctioned('ada', 'heron', 'invite', tstzrange(now(), null));
select tests.as('ada');
select is_empty('select core.barred()', 'who may not invite is not kept out');
select is(
    tests.slugs(array(select core.barred('invite'))), '{heron}', 'but is barred from inviting'
);
select ok(core.can('scope.manage', tests.scope('heron')), 'and does all else');
select tests.as_nobody();
select tests.sanctioned('ada', 'heron', 'access', tstzrange(now(), null));
select tests.as('ada');
select is(
    tests.slugs(array(select core.barred('invite'))), '{heron}', 'who is kept out is barred from inviting, too'
);
select is_empty('select core.barred(null)', 'nobody is barred from nothing');
select tests.as_nobody();
delete from core.sanctions;

-- What gives nothing: everything that is not active.
select tests.as_nobody();
create function tests.without(state core.membership_status)
returns text[]
language plpgsql
set search_path = ''
as $$
begin
    perform tests.as_nobody();
    update core.memberships
    set status = state, ended_at = case when state in ('left', 'revoked') then now() end
    where person_id = tests.person('eli');
    perform tests.as('eli');
    return tests.places('sanction.judge');
end
$$;

select is(
    tests.without(s), case s when 'active' then '{heron}'::text[] else '{}' end,
    format('a membership that is %s gives %s', s, case s when 'active' then 'what its roles carry' else 'nothing' end)
)
from unnest(enum_range(null::core.membership_status)) s;
select tests.as_nobody();
update core.memberships set status = 'active', ended_at = null where person_id = tests.person('eli');
update core.membership_roles set revoked_at = now() where membership_id = tests.membership('eli', 'heron');
select tests.as('eli');
select is(tests.places('sanction.judge'), '{}', 'a role that was taken gives nothing');
select is(tests.slugs(core.reach(2)), '{heron}', 'but who holds no role may belong');

-- Single permissions, beside roles.
select tests.as_nobody();
insert into core.membership_permissions (tenant_id, membership_id, permission, effect)
values
    (tests.scope('river'), tests.membership('max', 'river'), 'scope.manage', 'allow'),
    (tests.scope('river'), tests.membership('max', 'river'), 'export.run', 'allow'),
    (tests.scope('river'), tests.membership('ada', 'heron'), 'scope.manage', 'deny'),
    (tests.scope('river'), tests.membership('petra', 'archive'), 'scope.manage', 'deny');
select tests.as('max');
select is(
    tests.places('scope.manage'), '{archive,delta,heron,otter,river}',
    'what is given to one membership reaches below like any other'
);
select is(tests.places('export.run'), '{river}', 'if it is of those that do');
select tests.as('petra');
select is(tests.places('scope.manage'), '{}', 'what is taken from a membership its roles do not give');
select is(tests.places('theme.manage'), '{archive,heron,otter}', 'the rest they do');
select tests.as('ada');
select ok(
    core.can('scope.manage', tests.scope('heron')),
    'what is taken from one membership is not taken from others above it'
);
select tests.as_nobody();
delete from core.membership_roles
where membership_id in (tests.membership('ada', 'river'), tests.membership('ada', 'archive'));
select tests.as('ada');
select ok(not core.can('scope.manage', tests.scope('heron')), 'and without those it is gone');
select is_empty(format('select tests.disagreements(%L)', n),
    format('through all of it the ways to ask agree for %s', n))
from unnest(array['ada', 'max', 'petra', 'eli']) n;

-- Somebody who turned out to be somebody else, and somebody forgotten.
select tests.as_nobody();
update core.people set merged_into = tests.person('hana') where id = tests.person('cleo');
select tests.as('cleo');
select is(core.me(), tests.person('hana'), 'a login of somebody who turned out to be somebody else leads to them');
select is(tests.places('scope.manage'), '{heron}', 'and to what they hold');
select tests.as_nobody();
update core.people
set display_name = 'Erased person', guardian_id = null, erased_at = now()
where id = tests.person('sol');
select tests.as('sol');
select is(core.reach(2), '{}', 'who was forgotten reaches nothing');

-- Nobody writes to a table: what changes is changed by functions.
select tests.as_nobody();
select is_empty(
    $$
        select c.oid::regclass, r.role, v.verb
        from pg_catalog.pg_class c
        cross join unnest(array['anon', 'authenticated', 'service_role', 'empathy_auditor',
            'empathy_keyholder']) r (role)
        cross join unnest(array['insert', 'update', 'delete', 'truncate', 'references', 'trigger']) v (verb)
        where c.relnamespace = 'core'::regnamespace
            and c.relkind = 'r'
            and (
                has_table_privilege(r.role, c.oid, v.verb)
                or (v.verb in ('insert', 'update', 'references') and has_any_column_privilege(r.role, c.oid, v.verb))
            )
    $$,
    'no role that an app takes writes to a table of core'
);
select is_empty(
    $$
        select p.oid::regprocedure, r.role
        from pg_catalog.pg_proc p
        cross join unnest(array['anon', 'authenticated', 'service_role', 'empathy_auditor',
            'empathy_keyholder']) r (role)
        where p.pronamespace = 'core'::regnamespace
            and (p.proname like '\_%' or p.proname like 'tg\_%')
            and has_function_privilege(r.role, p.oid, 'execute')
    $$,
    'nor calls what is for functions alone'
);

select * from finish();
rollback;
