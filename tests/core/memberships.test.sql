-- Memberships: every way in, every change of state and every one that is refused, and that what has ended stays.

begin;
set local search_path = tap, tests, public;
select plan(171);

-- Puts somebody's membership into a state, past all rules but the constraints, and returns its id.
create function tests.member(name text, slug text, state core.membership_status)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
    membership_id uuid;
begin
    insert into core.memberships as m (tenant_id, scope_id, level, project_id, person_id, status, joined_at, ended_at)
    select
        s.tenant_id, s.id, s.level, s.project_id, tests.person(member.name), state, now(),
        case when state in ('left', 'revoked') then now() end
    from core.scopes s
    where s.slug = member.slug
    returning m.id into membership_id;
    return membership_id;
end
$$;

-- The newest membership of somebody somewhere: its status, whether it ended, its reason.
create function tests.state(name text, slug text)
returns text
language sql
stable
security definer
set search_path = ''
as $$
    select m.status || case when m.ended_at is null then '' else ' ended' end || coalesce(': ' || m.reason, '')
    from core.memberships m
    where m.person_id = tests.person(name) and m.scope_id = tests.scope(slug)
    order by m.ended_at is not null, m.id desc
    limit 1
$$;

select tests.world();

-- Asking to join.
select tests.as('nia');
select tests.refused(
    format('select core.request_membership(%L)', tests.scope('heron')), 'not_found',
    'nobody asks to join what they cannot find'
);
select tests.refused(
    'select core.request_membership(gen_random_uuid())', 'not_found', 'which is the answer for what does not exist, too'
);
select tests.as('max');
select tests.refused(
    format('select core.request_membership(%L)', tests.scope('heron')), 'not_found',
    'not even somebody of the organization asks to join what is private'
);
select tests.as_nobody();
update core.scopes set visibility = 'organization' where slug = 'heron';
select tests.as('nia');
select tests.refused(
    format('select core.request_membership(%L)', tests.scope('heron')), 'not_found',
    'nobody outside asks to join what is shown to the organization'
);
select tests.as('max');
select lives_ok(
    $$select core.request_membership(tests.scope('heron'), 'I was born here.')$$, 'somebody of the organization does'
);
select is(tests.state('max', 'heron'), 'requested', 'and it is a request, no more');
select is(
    core.reach(2), array[tests.scope('river')], 'a request gives nothing'
);
select tests.refused(
    $$select core.request_membership(tests.scope('heron'))$$, 'already_member', 'nobody asks twice'
);
select tests.as_nobody();
update core.scopes set visibility = 'public' where slug = 'heron';
select tests.as('nia');
select lives_ok(
    $$select core.request_membership(tests.scope('heron'))$$, 'anybody asks to join what is public'
);
select tests.as('cleo');
select tests.refused(
    $$select core.request_membership(tests.scope('heron'))$$, 'already_member', 'who belongs does not ask to'
);
select tests.as('dara');
select tests.violates(
    format('select core.request_membership(%L, %L)', tests.scope('heron'), repeat('x', 2001)),
    'memberships_message_check', 'a request is not a book'
);
select tests.as_token(jsonb_build_object('person', tests.person('dara'), 'api_key', gen_random_uuid()));
select tests.refused(
    format('select core.request_membership(%L)', tests.scope('heron')), 'not_with_key', 'an API key joins nothing'
);
select tests.refused(
    format('select core.leave(%L)', tests.scope('delta')), 'not_with_key', 'and leaves nothing'
);
select tests.as_anon();
select throws_ok(
    format('select core.request_membership(%L)', tests.scope('heron')), '42501', null,
    'nobody asks to join without signing in'
);
select throws_ok(
    format('select core.leave(%L)', tests.scope('heron')), '42501', null, 'nor leaves'
);
select tests.as('hana');
select core.set_setting(tests.scope('heron'), 'members.may_request', 'false');
select tests.as('dara');
select tests.refused(
    format('select core.request_membership(%L)', tests.scope('heron')), 'not_found',
    'where it is not wished, nobody asks to join'
);
select tests.as('hana');
select core.set_setting(tests.scope('heron'), 'members.may_request', 'true');
select tests.as_nobody();
insert into core.sanctions (tenant_id, scope_id, person_id, capability, reason, imposed_by)
values (tests.scope('river'), tests.scope('heron'), tests.person('dara'), 'access', 'why', tests.person('hana'));
select tests.as('dara');
select tests.refused(
    format('select core.request_membership(%L)', tests.scope('heron')), 'not_found',
    'who is kept out by a sanction does not ask to join'
);

-- What people said, and why, is for those who manage members.
select tests.as('hana');
select results_eq(
    $$
        select n.person_id = tests.person('max'), n.membership_id = tests.membership('max', 'heron'), n.message,
            n.reason
        from core.membership_notes(tests.scope('heron')) n
        where n.status = 'requested' and n.message <> ''
    $$,
    $$values (true, true, 'I was born here.', null::text)$$,
    'whoever manages members reads what people said when they asked to join'
);
select is(
    (select count(*) from core.membership_notes(tests.scope('heron'))), 7::bigint,
    'of all who belong, belonged or asked to, there and nowhere else'
);
select tests.refused(
    $$select core.membership_notes(tests.scope('otter'))$$, 'not_permitted',
    'they do not read those of another community'
);
select tests.refused('select core.membership_notes(null)', 'not_permitted', 'nor of none');
select tests.as_token('{"iss": "https://tests.example", "sub": "unregistered"}');
select tests.refused(
    $$select core.membership_notes(tests.scope('heron'))$$, 'not_signed_in', 'who has not registered reads none'
);
select tests.as('cleo');
select tests.refused(
    $$select core.membership_notes(tests.scope('heron'))$$, 'not_permitted', 'fellow members do not'
);
select throws_ok('select message from core.memberships', '42501', null, 'what people said is not shown beside them');
select throws_ok('select reason from core.memberships', '42501', null, 'nor why somebody was suspended or banned');
select throws_ok('select invitation_id from core.memberships', '42501', null, 'nor which invitation they came with');
select lives_ok(
    $$
        select
            tenant_id, id, scope_id, level, project_id, person_id, status, valid_during, open_ended,
            invited_by, joined_at, last_active_on, created_at, updated_at, ended_at
        from core.memberships
    $$,
    'who belongs, since when and until when is shown'
);
select tests.as_anon();
select throws_ok(
    format('select core.membership_notes(%L)', tests.scope('heron')), '42501', null,
    'who is not signed in reads no notes'
);
select throws_ok('select id from core.memberships', '42501', null, 'nor who belongs');

-- Letting in.
select tests.as_nobody();
select tests.join('wanda', 'heron');
insert into core.membership_permissions (tenant_id, membership_id, permission, effect)
values (tests.scope('river'), tests.membership('wanda', 'heron'), 'member.manage', 'allow');
select tests.as('wanda');
select tests.refused(
    $$select core.approve_membership(tests.membership('max', 'heron'))$$, 'grant_unheld',
    'whoever lets somebody in gives them a role, and nobody gives what they do not hold'
);
select tests.as('hana');
select is(
    core.approve_membership(tests.membership('max', 'heron')), tests.membership('max', 'heron'),
    'whoever manages members lets somebody in'
);
select tests.as('max');
select is(core.reach(2) @> array[tests.scope('heron')], true, 'who was let in belongs');
select tests.as_nobody();
select results_eq(
    $$
        select m.status::text, m.joined_at = now(), r.key, mr.granted_by = tests.person('hana')
        from core.memberships m
        join core.membership_roles mr on mr.membership_id = m.id
        join core.roles r on r.id = mr.role_id
        where m.id = tests.membership('max', 'heron')
    $$,
    $$values ('active', true, 'community_member', true)$$,
    'in a community they are a community member, by the hand of whoever let them in'
);
update core.scopes set visibility = 'public' where slug in ('archive', 'river');
select tests.as('nia');
select lives_ok($$select core.request_membership(tests.scope('archive'))$$, 'somebody asks to join a project');
select tests.as('hana');
select tests.refused(
    format('select core.approve_membership(%L)', tests.membership('nia', 'archive')), 'not_permitted',
    'whoever manages a community lets nobody into the project around it'
);
select tests.as('petra');
select lives_ok(
    $$select core.approve_membership(tests.membership('nia', 'archive'))$$, 'whoever manages the project does'
);
select tests.as_nobody();
select is(
    (
        select r.key
        from core.membership_roles mr
        join core.roles r on r.id = mr.role_id
        where mr.membership_id = tests.membership('nia', 'archive')
    ),
    'member',
    'in a project they are a member'
);

-- Every change of state, from every state, by whoever manages members, or (leaving) by the person.
create function tests.moved(act text, state core.membership_status)
returns text
language plpgsql
set search_path = ''
as $$
declare
    who constant text := act || '_' || state;
    id uuid;
    refusal text := '';
begin
    perform tests.as_nobody();
    id := tests.member(who, 'heron', state);
    perform tests.as(case act when 'leave' then who else 'hana' end);
    begin
        case act
            when 'approve' then perform core.approve_membership(id);
            when 'suspend' then perform core.suspend_membership(id, 'why');
            when 'ban' then perform core.ban_member(id, 'why');
            when 'reinstate' then perform core.reinstate_membership(id);
            when 'revoke' then perform core.revoke_membership(id, 'why');
            when 'leave' then perform core.leave(tests.scope('heron'));
        end case;
    exception
        when sqlstate 'EL031' or no_data_found then refusal := ', refused';
    end;
    perform tests.as_nobody();
    return tests.state(who, 'heron') || refusal;
end
$$;

select is(
    tests.moved(act, state),
    case
        when state = any (from_states) then outcome
        when state in ('left', 'revoked') then state || ' ended, refused'
        else state || ', refused'
    end,
    format('a membership that is %s %s %s', state,
        case when state = any (from_states) then 'can' else 'cannot' end, words)
)
from (
    values
        ('approve', 'be approved', '{requested}'::core.membership_status[], 'active'),
        ('suspend', 'be suspended', '{active}', 'suspended: why'),
        ('ban', 'be banned', '{invited,requested,active,suspended}', 'banned: why'),
        ('reinstate', 'be reinstated', '{suspended,banned}', 'active'),
        ('revoke', 'be ended', '{invited,requested,active,suspended,banned}', 'revoked ended: why'),
        ('leave', 'be left', '{invited,requested,active}', 'left ended')
) as acts (act, words, from_states, outcome)
cross join unnest(enum_range(null::core.membership_status)) as state;
select is_empty('select * from core.verify_owners()', 'through all of it, the counts of owners stay right');
select is_empty('select * from core.verify_seats()', 'and those of seats');
select is(
    (
        select sum(u.used)::bigint
        from core.usage_shards u
        where u.resource = 'seats' and u.scope_id = tests.scope('heron')
    ),
    (select count(*) from core.memberships m where m.scope_id = tests.scope('heron') and m.status = 'active'),
    'which are taken by those who are active, and by nobody else'
);

-- What changes and what stays when a membership changes its state.
select tests.member('rue', 'heron', 'active');
update core.memberships set joined_at = '2020-01-01' where id = tests.membership('rue', 'heron');
select tests.as('hana');
select core.grant_role(tests.membership('rue', 'heron'), 'storyteller');
select core.suspend_membership(tests.membership('rue', 'heron'), 'Shouted.');
select tests.as('rue');
select is(core.reach(2), '{}', 'a suspended membership gives nothing');
select is(
    (select status::text from core.memberships where person_id = core.me()), 'suspended',
    'the person sees that they are suspended'
);
select tests.as('hana');
select core.reinstate_membership(tests.membership('rue', 'heron'));
select tests.as('rue');
select is(core.reach(2), array[tests.scope('heron')], 'once reinstated it gives what it gave');
select is(
    (select joined_at from core.memberships where person_id = core.me()), '2020-01-01',
    'and they joined when they joined'
);
select ok(core.can('member.read', tests.scope('heron')), 'their roles are theirs again');
select tests.as('hana');
select core.ban_member(tests.membership('rue', 'heron'), 'Shouted again.');
select is(
    (select reason from core.membership_notes(tests.scope('heron')) where person_id = tests.person('rue')),
    'Shouted again.', 'whoever manages members reads why somebody was banned'
);
select tests.as('rue');
select tests.refused(
    format('select core.request_membership(%L)', tests.scope('heron')), 'not_found',
    'who is banned does not ask to join'
);
select tests.refused(
    format('select core.leave(%L)', tests.scope('heron')), 'not_found', 'a ban is not left'
);
select tests.as('hana');
select lives_ok(
    $$select core.revoke_membership(tests.membership('rue', 'heron'))$$, 'a ban is ended by whoever manages members'
);
select is(
    (select reason from core.membership_notes(tests.scope('heron')) where person_id = tests.person('rue')),
    'Shouted again.', 'and why it was said stays, where nothing new is'
);
select tests.as('rue');
select lives_ok($$select core.request_membership(tests.scope('heron'))$$, 'then they may ask again');
select tests.as('hana');
select lives_ok(
    $$select core.approve_membership(tests.membership('rue', 'heron'))$$, 'and be let in'
);
select tests.as('rue');
select is(
    array(select m.status::text from core.memberships m where m.person_id = core.me() order by m.ended_at),
    '{revoked,active}',
    'what has ended stays as history, which the person sees'
);
select is(
    array(
        select r.key
        from core.membership_roles mr
        join core.roles r on r.id = mr.role_id
        join core.memberships m on m.id = mr.membership_id
        where m.person_id = core.me() and m.ended_at is null
    ),
    '{community_member}',
    'a new membership begins with nothing of the one before'
);

-- Who may not decide.
select tests.as('hana');
select tests.refused(
    format('select core.%s(%L%s)', f, tests.membership('hana', 'heron'), a), 'not_on_yourself',
    format('nobody does %s to themselves', f)
)
from (
    values ('suspend_membership', $$, 'why'$$), ('ban_member', $$, 'why'$$), ('revoke_membership', '')
) as acts (f, a);
select tests.refused(
    format('select core.%s(%L%s)', f, tests.membership('oona', 'otter'), a), 'not_permitted',
    format('nobody does %s in another community', f)
)
from (
    values
        ('suspend_membership', $$, 'why'$$), ('ban_member', $$, 'why'$$), ('revoke_membership', ''),
        ('approve_membership', ''), ('reinstate_membership', '')
) as acts (f, a);
select tests.refused(
    format('select core.%s(gen_random_uuid()%s)', f, a), 'not_permitted',
    format('nor %s to what does not exist', f)
)
from (
    values
        ('suspend_membership', $$, 'why'$$), ('ban_member', $$, 'why'$$), ('revoke_membership', ''),
        ('approve_membership', ''), ('reinstate_membership', '')
) as acts (f, a);
select tests.as('cleo');
select tests.refused(
    format('select core.%s(%L%s)', f, tests.membership('eli', 'heron'), a), 'not_permitted',
    format('a community member does not %s', f)
)
from (
    values
        ('suspend_membership', $$, 'why'$$), ('ban_member', $$, 'why'$$), ('revoke_membership', ''),
        ('approve_membership', ''), ('reinstate_membership', '')
) as acts (f, a);
select tests.as_anon();
select throws_ok(
    format('select core.%s(gen_random_uuid()%s)', f, a), '42501', null, format('nobody does %s without signing in', f)
)
from (
    values
        ('suspend_membership', $$, 'why'$$), ('ban_member', $$, 'why'$$), ('revoke_membership', ''),
        ('approve_membership', ''), ('reinstate_membership', '')
) as acts (f, a);
select tests.as('ada');
select tests.refused(
    format('select core.suspend_membership(%L, %L)', tests.membership('olive', 'river'), 'why'), 'grant_unheld',
    'an admin does not suspend an owner: nobody ends what they could not give'
);
select tests.refused(
    format('select core.revoke_membership(%L)', tests.membership('hana', 'heron')), 'grant_unheld',
    'nor a steward, whom only the community appoints'
);
select tests.refused(
    format('select core.leave(%L)', tests.scope('heron')), 'not_found', 'nobody leaves where they do not belong'
);
select tests.as_nobody();

select tests.join('ivo', 'heron', 'place_manager');
select tests.join('ilse', 'heron', 'steward', 'storyteller');
select tests.as('ivo');
select tests.refused(
    $$select core.suspend_membership(tests.membership('ilse', 'heron'), 'why')$$, 'grant_unheld',
    'whoever manages a community does not suspend a steward, whom they could not appoint'
);
select tests.as('ilse');
select core.revoke_role(tests.membership('ilse', 'heron'), 'steward');
select tests.as('ivo');
select lives_ok(
    $$select core.suspend_membership(tests.membership('ilse', 'heron'), 'why')$$,
    'but somebody who is a steward no longer'
);
select tests.as_nobody();
select tests.join('ada', 'heron', 'community_member');
select tests.as('hana');
select tests.refused(
    $$select core.ban_member(tests.membership('ada', 'heron'), 'why')$$, 'grant_unheld',
    'whoever manages a community does not ban an admin of the organization'
);
select lives_ok(
    $$select core.suspend_membership(tests.membership('ada', 'heron'), 'why')$$,
    'but suspends what they have in it'
);
select tests.as_nobody();
delete from core.membership_roles where membership_id = tests.membership('ada', 'heron');
delete from core.memberships where id = tests.membership('ada', 'heron');
select tests.member('nobody', 'heron', 'active');
delete from core.memberships where id = tests.membership('nobody', 'heron');
select is_empty('select * from core.verify_seats()', 'a membership that is deleted gives its seat back');

-- Outside of its time a membership gives nothing.
select tests.as('oona');
select is(core.reach(2), array[tests.scope('otter')], 'within its time a membership counts');
select tests.as_nobody();
update core.memberships
set valid_during = tstzrange(now() - interval '2 days', now())
where id = tests.membership('oona', 'otter');
select tests.as('oona');
select is(core.reach(2), '{}', 'from the instant it ends it gives nothing');
select ok(not core.can('member.read', tests.scope('otter')), 'nor do its roles');
select is(
    (select status::text from core.memberships where person_id = core.me()), 'active', 'the person still sees it'
);
select tests.as_nobody();
select tests.join('otto', 'otter', 'community_member');
select tests.as('otto');
select is(
    (select count(*) from core.memberships m where m.person_id = tests.person('oona')), 0::bigint,
    'their fellows do not'
);
select tests.as('otis');
select is(
    (select count(*) from core.memberships m where m.person_id = tests.person('oona')), 1::bigint,
    'whoever manages members does'
);
select tests.as_nobody();
update core.memberships
set valid_during = tstzrange(now() + interval '1 day', null)
where id = tests.membership('oona', 'otter');
select tests.as('oona');
select is(core.reach(2), '{}', 'before it begins it gives nothing');
select ok(not core.can('member.read', tests.scope('otter')), 'nor do its roles');
select tests.as_nobody();
update core.memberships
set valid_during = tstzrange(now(), now() + interval '1 day')
where id = tests.membership('oona', 'otter');
select tests.as('oona');
select is(core.reach(2), array[tests.scope('otter')], 'from the instant it begins it counts');

select tests.as_nobody();

-- Who sees which. The rows are read as the reader, the names of those in them are not.
create function tests.named(person_id uuid, scope_id uuid, status core.membership_status)
returns text
language sql
stable
security definer
set search_path = ''
as $$
    select lower(p.display_name) || ' ' || status || ' in ' || s.slug
    from core.people p, core.scopes s
    where p.id = named.person_id and s.id = named.scope_id
$$;

create function tests.seen(slugs text[])
returns text[]
language sql
stable
set search_path = ''
as $$
    select coalesce(array_agg(n order by n collate "C"), '{}')
    from core.memberships m
    cross join lateral tests.named(m.person_id, m.scope_id, m.status) n
    where m.scope_id in (select tests.scope(s) from unnest(slugs) s)
$$;

-- Who sees whom.
select tests.member('ossie', 'otter', 'suspended');
select tests.member('ozzy', 'otter', 'requested');
select tests.member('orla', 'otter', 'left');
select tests.as('oona');
select is(
    tests.seen('{otter}'), '{oona active in otter,otis active in otter,otto active in otter}',
    'fellow members see those who are active, and nobody else'
);
select is(
    tests.seen('{archive,heron,delta,river,hill}'), '{}', 'and nothing of who belongs elsewhere'
);
select tests.as('otis');
select is(
    tests.seen('{otter}'),
    '{olive left in otter,oona active in otter,orla left in otter,ossie suspended in otter,otis '
    'active in otter,otto active in otter,ozzy requested in otter}',
    'whoever manages members sees all of them, also those who left'
);
select is(tests.seen('{heron,archive,delta,river,hill}'), '{}', 'and nothing of who belongs elsewhere');
select tests.as('petra');
select is(
    tests.seen('{otter}'),
    '{olive left in otter,oona active in otter,orla left in otter,ossie suspended in otter,otis '
    'active in otter,otto active in otter,ozzy requested in otter}',
    'so does whoever manages the members of the project around it'
);
select is(
    tests.seen('{delta,river,hill}'), '{}', 'but not of what lies outside of the project'
);
select tests.as('ada');
select is(
    tests.seen('{delta,river}'),
    '{ada active in river,dara active in delta,max active in river,olive active in river,olive left in delta}',
    'and whoever manages the members of the organization'
);
select is(tests.seen('{hill}'), '{}', 'but not of another one');
select tests.as('orla');
select is(
    tests.seen('{otter}'), '{orla left in otter}', 'whoever left sees that they did, and nobody else'
);
select tests.as('ozzy');
select is(
    tests.seen('{otter}'), '{ozzy requested in otter}', 'whoever asks to join sees their request, and nobody else'
);
select tests.as_nobody();
update core.people set guardian_id = tests.person('wim') where id = tests.person('ozzy');
select tests.as('wim');
select is(tests.seen('{otter}'), '{ozzy requested in otter}', 'so does their guardian');
select tests.as_nobody();
select tests.member('ada', 'otter', 'banned');
insert into core.sanctions (tenant_id, scope_id, person_id, capability, reason, imposed_by)
values (tests.scope('river'), tests.scope('otter'), tests.person('otto'), 'access', 'why', tests.person('otis'));
select tests.as('ada');
select is(
    tests.seen('{otter}'), '{ada banned in otter}',
    'an admin who is banned from a community sees of it that they are banned, and nothing else'
);
select tests.as('otto');
select is(
    tests.seen('{otter}'), '{otto active in otter}',
    'a member who is kept out by a sanction sees their own membership, and nobody else''s'
);
select tests.as_nobody();
update core.permissions set inherits = true where key = 'member.read';
insert into core.api_keys (key_hash, tenant_id, scope_id, person_id, name, expires_at)
select convert_to(s, 'utf8'), tests.scope('river'), tests.scope(s), tests.person('ada'), s, now() + interval '1 day'
from unnest(array['otter', 'delta']) s;
insert into core.api_key_permissions (api_key_id, permission) select id, 'member.read' from core.api_keys;
select tests.as_token(jsonb_build_object('person', k.person_id, 'api_key', k.id))
    from core.api_keys k where k.name = 'delta';
select is(
    tests.seen('{delta}'), '{dara active in delta}',
    'were seeing who belongs to reach below, a key for a community would show it'
);
select tests.as_nobody();
select tests.as_token(jsonb_build_object('person', k.person_id, 'api_key', k.id))
    from core.api_keys k where k.name = 'otter';
select is(
    tests.seen('{otter}'), '{}', 'but not that of a community which the person behind it is banned from'
);
select tests.as_nobody();
update core.permissions set inherits = false where key = 'member.read';
select tests.backend_reads('core.memberships');

-- The world outside hears of it.
select results_eq(
    $$
        select o.topic, convert_from(o.body, 'utf8')::jsonb = jsonb_build_object(
            'membership_id', m.id, 'person_id', m.person_id
        ), o.tenant_id = m.tenant_id
        from ops.outbox o
        join core.memberships m on m.scope_id = o.scope_id
            and m.id::text = convert_from(o.body, 'utf8')::jsonb ->> 'membership_id'
        where m.person_id = tests.person('max') and o.scope_id = tests.scope('heron')
        order by o.topic
    $$,
    $$values ('membership.active', true, true), ('membership.requested', true, true)$$,
    'each change of a membership is told, with its id and whose it is'
);

-- One live membership, and what a row can hold.
select tests.violates(
    tests.variant('core.memberships', '{"status": "requested"}', format('id = %L', tests.membership('cleo', 'heron'))),
    'memberships_tenant_id_scope_id_person_id_key', 'a person has one live membership in a scope'
);
select lives_ok(
    tests.variant(
        'core.memberships', jsonb_build_object('status', 'left', 'ended_at', now()),
        format('id = %L', tests.membership('cleo', 'heron'))
    ),
    'and any number that have ended'
);
create function tests.wrong(changes jsonb, constraint_name text, description text)
returns text
language sql
set search_path = ''
as $$
    select tests.violates(
        tests.variant(
            'core.memberships',
            jsonb_build_object('person_id', tests.person('newcomer')) || changes,
            format('id = %L', tests.membership('cleo', 'heron'))
        ),
        constraint_name, description
    )
$$;

select tests.person('newcomer');
select tests.violates(
    tests.variant('core.memberships', '{}', format('id = %L', tests.membership('cleo', 'heron'))), 'memberships_pkey',
    'one id is one membership'
);
select tests.wrong('{"level": 1}', 'memberships_tenant_id_scope_id_level_project_id_fkey',
'its level is that of its scope');
select tests.wrong(
    jsonb_build_object('project_id', tests.scope('river')), 'memberships_tenant_id_scope_id_level_project_id_fkey',
    'its project is that of its scope'
);
select tests.wrong(
    jsonb_build_object('scope_id', gen_random_uuid()), 'memberships_tenant_id_scope_id_level_project_id_fkey',
    'it is in a scope that exists'
);
select tests.wrong(
    jsonb_build_object('tenant_id', tests.scope('hill')), 'memberships_tenant_id_scope_id_level_project_id_fkey',
    'it is in a scope of its organization'
);
select tests.wrong(
    jsonb_build_object('person_id', gen_random_uuid()), 'memberships_person_id_fkey', 'whoever belongs is somebody'
);
select tests.wrong(
    jsonb_build_object('invited_by', gen_random_uuid()), 'memberships_invited_by_fkey', 'whoever invited is somebody'
);
select tests.wrong(
    jsonb_build_object('invitation_id', gen_random_uuid()), 'memberships_tenant_id_invitation_id_fkey',
    'the invitation it came by exists'
);
select tests.wrong(
    '{"valid_during": "empty"}', 'memberships_valid_during_check', 'a membership is not valid never'
);
select tests.wrong(
    '{"valid_during": "(,)"}', 'memberships_valid_during_check', 'a membership begins at some time'
);
select tests.wrong(
    jsonb_build_object('ended_at', now()), 'memberships_ended_at_check', 'what is active has not ended'
);
select tests.wrong('{"status": "left"}', 'memberships_ended_at_check', 'what was left has ended');
select tests.wrong('{"status": "revoked"}', 'memberships_ended_at_check', 'and so has what was ended');
select tests.wrong('{"joined_at": null}', 'memberships_joined_at_check', 'who belongs joined at some time');
select tests.wrong(
    jsonb_build_object('message', repeat('x', 2001)), 'memberships_message_check', 'what they said is not a book'
);
update core.memberships set updated_at = '2000-01-01' where id = tests.membership('cleo', 'heron');
select is(
    (select updated_at from core.memberships where id = tests.membership('cleo', 'heron')), now(),
    'when a row last changed is not for the writer to say'
);

select * from finish();
rollback;
