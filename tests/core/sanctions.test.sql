-- Sanctions: who may take what from whom, what that changes, how it ends, and that nobody judges their own matter.

begin;
set local search_path = tap, tests, public;
select plan(142);

create function tests.sanction(name text, slug text, capability text)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
    select s.id
    from core.sanctions s
    where s.person_id = tests.person(name)
        and s.scope_id = tests.scope(slug)
        and s.capability = sanction.capability
    order by s.lifted_at nulls first
    limit 1
$$;

create function tests.appeal(name text)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
    select a.id
    from core.sanction_appeals a
    where a.person_id = tests.person(name)
    order by a.status
    limit 1
$$;

select tests.world();
select tests.join('mo', 'heron', 'moderator');
select tests.join('ivo', 'heron', 'place_manager');
select tests.join('ilse', 'otter', 'place_manager');
select tests.join('gus', 'heron', 'elder');
select tests.join('kit', 'heron', 'community_member');
update core.people set guardian_id = tests.person('gus') where id = tests.person('kit');

-- Who may impose one.
select tests.as('cleo');
select tests.refused(
    $$select core.impose_sanction(tests.scope('heron'), tests.person('eli'), 'invite', 'no reason')$$,
    'not_permitted', 'a community member imposes nothing'
);
select tests.as('eli');
select tests.refused(
    $$select core.impose_sanction(tests.scope('heron'), tests.person('cleo'), 'invite', 'no reason')$$,
    'not_permitted', 'an elder, who judges sanctions, does not impose them'
);
select tests.as('mo');
select tests.refused(
    $$select core.impose_sanction(tests.scope('otter'), tests.person('oona'), 'invite', 'no reason')$$,
    'not_permitted', 'a moderator imposes nothing in another community'
);
select tests.refused(
    $$select core.impose_sanction(tests.scope('archive'), tests.person('cleo'), 'invite', 'no reason')$$,
    'not_permitted', 'a moderator imposes nothing above their community'
);
select tests.as_anon();
select throws_ok(
    $$select core.impose_sanction(tests.scope('heron'), tests.person('cleo'), 'invite', 'no reason')$$,
    '42501', null, 'nobody imposes a sanction without signing in'
);
select set_config('request.jwt.claims', '{"role": "authenticated"}', true);
select set_config('role', 'authenticated', true);
select tests.refused(
    format('select core.%s', call), 'not_signed_in', format('who is nobody yet does not %s', promise)
)
from (
    values
        ($$impose_sanction(tests.scope('heron'), tests.person('cleo'), 'invite', 'x')$$, 'impose'),
        ($$lift_sanction(gen_random_uuid())$$, 'lift'),
        ($$judge_appeal(gen_random_uuid(), true, 'x')$$, 'judge'),
        ($$appeal_sanction(gen_random_uuid(), 'x')$$, 'appeal')
) as v (call, promise);
select tests.as('mo');
select tests.refused(
    $$select core.impose_sanction(tests.scope('heron'), tests.person('mo'), 'invite', 'no reason')$$,
    'not_on_yourself', 'nobody sanctions themselves'
);
select tests.refused(
    $$select core.impose_sanction(tests.scope('heron'), tests.person('hana'), 'invite', 'no reason')$$,
    'grant_unheld', 'a moderator does not sanction whoever manages the community'
);
select tests.as_nobody();
select tests.join('olive', 'heron', 'community_member');
select tests.as('mo');
select tests.refused(
    $$select core.impose_sanction(tests.scope('heron'), tests.person('olive'), 'invite', 'no reason')$$,
    'owner_first', 'a moderator does not sanction whoever owns the organization above'
);
select tests.refused(
    $$select core.impose_sanction(tests.scope('heron'), tests.person('petra'), 'invite', 'no reason')$$,
    'grant_unheld', 'a moderator does not sanction whoever manages the project above'
);
select tests.refused(
    $$select core.impose_sanction(tests.scope('heron'), tests.person('cleo'), 'dancing', 'no reason')$$,
    'not_found', 'a sanction takes a capability that exists'
);
select tests.refused(
    $$select core.impose_sanction(tests.scope('heron'), gen_random_uuid(), 'invite', 'no reason')$$,
    'not_found', 'a sanction concerns a person who exists'
);
select tests.refused(
    $$select core.impose_sanction(tests.scope('heron'), tests.person('hazel'), 'invite', 'no reason')$$,
    'not_found', 'a sanction concerns somebody the organization has had to do with'
);
select tests.violates(
    $$select core.impose_sanction(tests.scope('heron'), tests.person('cleo'), 'invite', '  ')$$,
    'sanctions_reason_check', 'a sanction gives a reason'
);
select tests.refused(
    format(
        'select core.impose_sanction(tests.scope(''heron''), tests.person(''cleo''), ''invite'', ''late'', %L)', until
    ),
    'ends_before_now', 'a sanction lasts for a time'
)
from unnest(array[now(), now() - interval '1 day', '-infinity']) until;
select lives_ok(
    $$select core.impose_sanction(
        tests.scope('heron'), tests.person('cleo'), 'invite', 'twelve invitations in a day',
        now() + interval '7 days', 'Please invite people you know.'
    )$$,
    'a moderator sanctions a member of the community'
);
select results_eq(
    $$select reason, notice, imposed_by, during, lifted_at
    from core.sanctions
    where id = tests.sanction('cleo', 'heron', 'invite')$$,
    $$values (
        'twelve invitations in a day', 'Please invite people you know.', tests.person('mo'),
        tstzrange(now(), now() + interval '7 days'), null::timestamptz
    )$$,
    'a sanction keeps its reason, its notice, who imposed it and from when to when it lasts'
);
select tests.refused(
    $$select core.impose_sanction(tests.scope('heron'), tests.person('cleo'), 'invite', 'again')$$,
    'sanction_stands', 'one capability is not taken twice at a time'
);
select tests.as('petra');
select lives_ok(
    $$select core.impose_sanction(tests.scope('archive'), tests.person('ilse'), 'invite', 'invites strangers')$$,
    'a project manager sanctions in the project'
);

-- What it takes: a capability.
select tests.as('ilse');
select tests.refused(
    $$select core.invite(tests.scope('otter'))$$,
    'barred', 'who is sanctioned in a project does not invite in a community below'
);
select ok(core.can('member.manage', tests.scope('otter')), 'the capability to invite is all that was taken');
select ok(tests.scope('otter') not in (select core.barred()), 'who may not invite is not kept out');
select bag_eq(
    $$select core.barred('invite')$$,
    $$values (tests.scope('archive')), (tests.scope('heron')), (tests.scope('otter'))$$,
    'a sanction in a project holds in every place below, and nowhere else'
);
select tests.as('otis');
select lives_ok($$select core.invite(tests.scope('otter'))$$, 'others who may invite still do');

-- What it takes: access, which stands for everything.
select tests.as('sol');
select set_config('tests.token', core.invite(tests.scope('heron')), true);
select tests.as('hana');
select lives_ok(
    $$select core.impose_sanction(tests.scope('heron'), tests.person('ivo'), 'access', 'threats')$$,
    'whoever manages the community keeps somebody of their own rank out'
);
select tests.as('ivo');
select bag_eq(
    $$select core.barred()$$, $$values (tests.scope('heron'))$$, 'who lost access is kept from the place'
);
select ok(tests.scope('heron') in (select core.barred('invite')), 'who lost access lost every capability');
select is_empty(
    $$select from core.scopes where slug = 'heron'$$, 'who lost access does not find the place any more'
);
select ok(not core.can('member.manage', tests.scope('heron')), 'who lost access may do nothing there');
select is(core.reach(2), '{}', 'who lost access belongs to nothing there');
select is_empty(
    $$select from core.memberships where person_id <> core.me()$$, 'who lost access does not see who belongs'
);
select tests.refused(
    $$select core.accept_invitation(current_setting('tests.token'))$$,
    'barred', 'who lost access is not let in by an invitation'
);
select isnt_empty(
    $$select from core.sanctions where reason = 'threats'$$, 'who lost access still reads why'
);
select tests.as('olive');
select lives_ok(
    $$select core.impose_sanction(tests.scope('river'), tests.person('oona'), 'access', 'fraud')$$,
    'an owner sanctions for the whole organization'
);
select tests.as('oona');
select bag_eq(
    $$select core.barred()$$,
    $$select tests.scope(s) from unnest('{river,archive,heron,otter,delta}'::text[]) s$$,
    'a sanction in an organization holds in all of it'
);
select is_empty(
    $$select from core.organizations where slug = 'river'$$,
    'who lost access to an organization does not see it any more'
);

-- When it counts.
select tests.as_nobody();
insert into core.sanctions (tenant_id, scope_id, person_id, capability, during, reason, imposed_by)
values
    (
        tests.scope('river'), tests.scope('heron'), tests.person('eli'), 'access',
        tstzrange(now() - interval '2 days', now()), 'over', tests.person('mo')
    ),
    (
        tests.scope('river'), tests.scope('heron'), tests.person('eli'), 'access',
        tstzrange(now() + interval '1 hour', null), 'to come', tests.person('mo')
    );
select tests.as('eli');
select is_empty($$select core.barred()$$, 'a sanction that is over, or to come, takes nothing');

-- Lifting.
select tests.as('cleo');
select tests.refused(
    $$select core.lift_sanction(tests.sanction('cleo', 'heron', 'invite'))$$,
    'not_permitted', 'a member does not lift their sanction'
);
select tests.as('eli');
select tests.refused(
    $$select core.lift_sanction(tests.sanction('cleo', 'heron', 'invite'))$$,
    'not_permitted', 'an elder lifts a sanction by judging an appeal, not otherwise'
);
select tests.as('hana');
select core.impose_sanction(tests.scope('heron'), tests.person('mo'), 'invite', 'to be lifted');
select core.impose_sanction(tests.scope('heron'), tests.person('kit'), 'invite', 'a child');
select tests.as('mo');
select tests.refused(
    $$select core.lift_sanction(tests.sanction('mo', 'heron', 'invite'))$$,
    'not_on_yourself', 'nobody lifts their own sanction, though they may lift those of others'
);
select tests.as_nobody();
select core._join(tests.scope('archive'), tests.person('gus'), '{moderator}');
select tests.as('gus');
select tests.refused(
    $$select core.lift_sanction(tests.sanction('kit', 'heron', 'invite'))$$,
    'not_on_yourself', 'nobody lifts a sanction of somebody they are the guardian of'
);
select tests.refused(
    $$select core.lift_sanction(gen_random_uuid())$$, 'not_permitted', 'of an unknown sanction nothing is said'
);
select tests.as('mo');
select lives_ok(
    $$select core.lift_sanction(tests.sanction('cleo', 'heron', 'invite'))$$, 'a moderator lifts a sanction'
);
select tests.as('hana');
select lives_ok(
    $$select core.lift_sanction(tests.sanction('cleo', 'heron', 'invite'))$$, 'lifting a sanction twice is no error'
);
select results_eq(
    $$select lifted_by, lifted_at from core.sanctions where id = tests.sanction('cleo', 'heron', 'invite')$$,
    $$values (tests.person('mo'), now())$$,
    'a lifted sanction keeps who lifted it first, and when'
);
select tests.as('cleo');
select is_empty($$select core.barred('invite')$$, 'a lifted sanction takes nothing any more');
select tests.refused(
    $$select core.appeal_sanction(tests.sanction('cleo', 'heron', 'invite'), 'too late')$$,
    'not_found', 'against a lifted sanction there is nothing to appeal'
);
select tests.as('mo');
select lives_ok(
    $$select core.impose_sanction(tests.scope('heron'), tests.person('cleo'), 'invite', 'it began again')$$,
    'after one was lifted another can be imposed'
);

-- Appealing.
select tests.as('eli');
select tests.refused(
    $$select core.appeal_sanction(tests.sanction('cleo', 'heron', 'invite'), 'for a friend')$$,
    'not_found', 'nobody appeals for others'
);
select tests.as('cleo');
select tests.violates(
    $$select core.appeal_sanction(tests.sanction('cleo', 'heron', 'invite'), ' ')$$,
    'sanction_appeals_statement_check', 'an appeal says something'
);
select lives_ok(
    $$select core.appeal_sanction(tests.sanction('cleo', 'heron', 'invite'), 'They are my cousins.')$$,
    'the person sanctioned appeals'
);
select tests.refused(
    $$select core.appeal_sanction(tests.sanction('cleo', 'heron', 'invite'), 'Once more.')$$,
    'appeal_open', 'one appeal is open at a time'
);
select tests.as('eli');
select tests.refused(
    $$select core.withdraw_appeal(tests.appeal('cleo'))$$, 'not_found', 'nobody takes back the appeal of another'
);
select tests.as('cleo');
select lives_ok($$select core.withdraw_appeal(tests.appeal('cleo'))$$, 'an appeal can be taken back');
select tests.refused(
    $$select core.withdraw_appeal(tests.appeal('cleo'))$$, 'not_found', 'an appeal is taken back once'
);
select tests.as('eli');
select tests.refused(
    $$select core.judge_appeal(tests.appeal('cleo'), true, 'too late')$$,
    'appeal_closed', 'an appeal that was taken back is not judged'
);
select tests.as('cleo');
select lives_ok(
    $$select core.appeal_sanction(tests.sanction('cleo', 'heron', 'invite'), 'I thought about it.')$$,
    'after taking one back, a person can appeal again'
);
select tests.as('ivo');
select lives_ok(
    $$select core.appeal_sanction(tests.sanction('ivo', 'heron', 'access'), 'I was hacked.')$$,
    'who lost access can appeal'
);
select tests.as('gus');
select lives_ok(
    $$select core.appeal_sanction(tests.sanction('kit', 'heron', 'invite'), 'It was me.')$$,
    'a guardian appeals for their ward'
);
select tests.as('hana');
select core.impose_sanction(
    tests.scope('heron'), tests.person('eli'), 'invite', 'a dispute', now() + interval '1 minute'
);
select tests.as('eli');
select core.appeal_sanction(tests.sanction('eli', 'heron', 'invite'), 'A mistake.');

-- Judging.
select tests.as('mo');
select tests.refused(
    $$select core.judge_appeal(tests.appeal('kit'), true, 'x')$$, 'not_permitted', 'a moderator does not judge'
);
select tests.as('otis');
select tests.refused(
    $$select core.judge_appeal(tests.appeal('kit'), true, 'x')$$,
    'not_permitted', 'who judges in one community does not judge in another'
);
select tests.refused(
    $$select core.judge_appeal(gen_random_uuid(), true, 'x')$$,
    'not_permitted', 'of an unknown appeal nothing is said'
);
select tests.as('hana');
select tests.refused(
    $$select core.judge_appeal(tests.appeal('kit'), false, 'x')$$,
    'judge_is_party', 'whoever imposed a sanction does not judge the appeal'
);
select tests.as('eli');
select tests.refused(
    $$select core.judge_appeal(tests.appeal('eli'), true, 'x')$$,
    'judge_is_party', 'whoever is under a sanction does not judge the appeal'
);
select tests.as('gus');
select tests.refused(
    $$select core.judge_appeal(tests.appeal('kit'), true, 'x')$$,
    'judge_is_party', 'a guardian does not judge the appeal of their ward'
);
select tests.as('eli');
select tests.violates(
    $$select core.judge_appeal(tests.appeal('cleo'), true, null)$$,
    'sanction_appeals_outcome_check', 'a judgement is given in words'
);
select lives_ok(
    $$select core.judge_appeal(tests.appeal('kit'), false, 'It stays.')$$, 'an elder who is not a party judges'
);
select results_eq(
    $$select a.status::text, a.judged_by, a.judged_at, a.outcome, s.lifted_at
    from core.sanction_appeals a
    join core.sanctions s on s.id = a.sanction_id
    where a.id = tests.appeal('kit')$$,
    $$values ('upheld', tests.person('eli'), now(), 'It stays.', null::timestamptz)$$,
    'an appeal that is turned down leaves the sanction as it is'
);
select tests.refused(
    $$select core.judge_appeal(tests.appeal('kit'), true, 'I changed my mind.')$$,
    'appeal_closed', 'a judgement is final'
);
select lives_ok(
    $$select core.judge_appeal(tests.appeal('ivo'), true, 'He was hacked.')$$, 'an appeal can succeed'
);
select results_eq(
    $$select a.status::text, s.lifted_by, s.lifted_at
    from core.sanction_appeals a
    join core.sanctions s on s.id = a.sanction_id
    where a.id = tests.appeal('ivo')$$,
    $$values ('overturned', tests.person('eli'), now())$$,
    'an appeal that succeeds lifts the sanction'
);
select tests.as('ivo');
select is_empty($$select core.barred()$$, 'whose appeal succeeded is back');
select tests.as('gus');
select lives_ok(
    $$select core.appeal_sanction(tests.sanction('kit', 'heron', 'invite'), 'New facts.')$$,
    'after a judgement a person can appeal with something new'
);
select tests.as('petra');
select core.impose_sanction(tests.scope('archive'), tests.person('kit'), 'invite', 'everywhere');
select tests.as('gus');
select core.appeal_sanction(tests.sanction('kit', 'archive', 'invite'), 'Here, too?');
select tests.as('petra');
select core.lift_sanction(tests.sanction('kit', 'archive', 'invite'));
select tests.as('ada');
select core.judge_appeal(a.id, true, 'Enough.')
from core.sanction_appeals a
where a.sanction_id = tests.sanction('kit', 'archive', 'invite');
select results_eq(
    $$select lifted_by from core.sanctions where id = tests.sanction('kit', 'archive', 'invite')$$,
    $$values (tests.person('petra'))$$,
    'an appeal that succeeds leaves a sanction that was lifted before to whoever lifted it'
);
select tests.as('petra');
select core.impose_sanction(tests.scope('archive'), tests.person('kit'), 'invite', 'again');
select tests.as('gus');
select core.appeal_sanction(tests.sanction('kit', 'archive', 'invite'), 'Again?');
select core.withdraw_appeal(a.id)
from core.sanction_appeals a
where a.sanction_id = tests.sanction('kit', 'archive', 'invite') and a.status = 'open';
select is(
    (select count(*) from core.sanction_appeals where person_id = tests.person('kit') and status = 'open'), 1::bigint,
    'to take back one appeal leaves the others'
);

-- Through an API key.
select tests.as_nobody();
select set_config(
    'request.jwt.claims',
    json_build_object('role', 'authenticated', 'person', tests.person('kit'), 'api_key', gen_random_uuid())::text, true
);
select set_config('role', 'authenticated', true);
select tests.refused(
    $$select core.appeal_sanction(tests.sanction('kit', 'heron', 'invite'), 'beep')$$,
    'not_with_key', 'an API key does not appeal'
);
select is_empty($$select from core.sanctions$$, 'an API key does not read what its person is sanctioned for');

-- Who reads them.
select tests.as_nobody();
insert into core.sanctions (tenant_id, id, scope_id, person_id, capability, reason, imposed_by)
select
    tests.scope('hill'), s.id, tests.scope('hill'), tests.person('hazel'), 'invite',
    'of the same id, by chance', tests.person('hugo')
from core.sanctions s
where s.id = tests.sanction('cleo', 'heron', 'invite');
insert into core.sanction_appeals (tenant_id, sanction_id, person_id, imposed_by, statement)
select s.tenant_id, s.id, s.person_id, s.imposed_by, 'No.'
from core.sanctions s
where s.tenant_id = tests.scope('hill');
select tests.as('cleo');
select bag_eq(
    $$select distinct person_id from core.sanctions$$, $$values (tests.person('cleo'))$$,
    'a member reads their own sanctions, and no others'
);
select bag_eq(
    $$select distinct person_id from core.sanction_appeals$$, $$values (tests.person('cleo'))$$,
    'a member reads their own appeals, and no others'
);
select tests.as('gus');
select isnt_empty(
    $$select from core.sanctions where person_id = tests.person('kit')$$, 'a guardian reads the sanctions of their ward'
);
select tests.as('mo');
select bag_eq(
    $$select distinct scope_id from core.sanctions$$, $$values (tests.scope('heron'))$$,
    'a moderator reads the sanctions of their community, and of no other'
);
select tests.as('eli');
select bag_eq(
    $$select distinct scope_id from core.sanctions$$, $$values (tests.scope('heron'))$$,
    'who judges in a community reads its sanctions, and of no other'
);
select tests.as('sol');
select is_empty($$select from core.sanctions$$, 'who neither imposes nor judges reads none');
select is_empty($$select from core.sanction_appeals$$, 'who neither imposes nor judges reads no appeal');
select tests.as('ada');
select bag_eq(
    $$select distinct scope_id from core.sanctions$$,
    $$select tests.scope(s) from unnest('{river,archive,heron}'::text[]) s$$,
    'an admin reads the sanctions of the whole organization'
);
select isnt_empty($$select from core.sanction_appeals$$, 'an admin reads the appeals of the whole organization');
select tests.as('hugo');
select bag_eq(
    $$select scope_id from core.sanctions$$, $$values (tests.scope('hill'))$$,
    'the owner of another organization reads none of these'
);
select tests.as_service();
select isnt_empty($$select from core.sanctions$$, 'a server reads sanctions');
select isnt_empty($$select from core.sanction_appeals$$, 'a server reads appeals');
select isnt_empty($$select from core.capabilities$$, 'a server reads the capabilities');
select tests.as_auditor();
select isnt_empty($$select from core.sanctions$$, 'an auditor reads sanctions');
select isnt_empty($$select from core.sanction_appeals$$, 'an auditor reads appeals');
select isnt_empty($$select from core.capabilities$$, 'an auditor reads the capabilities');
select tests.as('hazel');
select isnt_empty($$select from core.capabilities$$, 'everybody who is signed in knows what a sanction can take');
select tests.as_nobody();
select is(
    tests.access(relation),
    '{select to authenticated,select to empathy_auditor,select to service_role}',
    format('%s is written by functions alone', relation)
)
from unnest('{core.capabilities,core.sanctions,core.sanction_appeals}'::regclass[]) relation;

-- What the tables refuse, whoever writes.
select tests.violates(tests.variant('core.sanctions'), 'sanctions_pkey', 'a sanction is one row');
select tests.violates(
    tests.variant('core.sanctions', changes || '{"during": "[1999-01-01, 1999-02-01)"}'), constraint_name, promise
)
from (
    values
        (
            jsonb_build_object('tenant_id', tests.scope('hill')),
            'sanctions_tenant_id_scope_id_fkey', 'a sanction stands in a scope of its own organization'
        ),
        (
            '{"person_id": "00000000-0000-7000-8000-000000000000"}',
            'sanctions_person_id_fkey', 'a sanction concerns a person'
        ),
        ('{"capability": "dancing"}', 'sanctions_capability_fkey', 'a sanction takes what is in the list'),
        (
            '{"imposed_by": "00000000-0000-7000-8000-000000000000"}',
            'sanctions_imposed_by_fkey', 'a person imposes a sanction'
        ),
        (
            jsonb_build_object('lifted_at', now(), 'lifted_by', gen_random_uuid()),
            'sanctions_lifted_by_fkey', 'a person lifts a sanction'
        ),
        ('{"reason": " "}', 'sanctions_reason_check', 'a sanction has a reason'),
        (jsonb_build_object('reason', repeat('x', 2001)), 'sanctions_reason_check', 'a reason has an end'),
        (jsonb_build_object('notice', repeat('x', 2001)), 'sanctions_notice_check', 'a notice has an end')
) as v (changes, constraint_name, promise);
select tests.violates(
    tests.variant('core.sanctions', changes), constraint_name, promise
)
from (
    values
        ('{"during": "empty"}', 'sanctions_during_check', 'a sanction lasts'),
        ('{"during": "(,2030-01-01)"}', 'sanctions_during_check', 'a sanction begins'),
        (
            jsonb_build_object('imposed_by', tests.person('cleo'), 'person_id', tests.person('cleo')),
            'sanctions_self_check', 'nobody is sanctioned by themselves'
        ),
        (
            jsonb_build_object('lifted_at', null, 'lifted_by', tests.person('mo')),
            'sanctions_lifted_check', 'who lifted a sanction did so at a time'
        )
) as v (changes, constraint_name, promise);
select tests.violates(
    tests.variant('core.sanctions', '{"reason": "once more"}', 'lifted_at is null'),
    'sanctions_overlap_excl', 'two sanctions of a person, place and capability do not overlap'
);
select lives_ok(
    tests.variant('core.sanctions', '{"during": "[1998-01-01, 1998-02-01)"}', 'lifted_at is null'),
    'one sanction can follow another'
);
select tests.refused(
    format('update core.sanctions set %1$I = %1$I', name),
    'key_frozen', format('the %s of a sanction never changes', name)
)
from unnest('{tenant_id,id,scope_id,person_id,capability,imposed_by}'::text[]) name;

select tests.violates(tests.variant('core.sanction_appeals'), 'sanction_appeals_pkey', 'an appeal is one row');
select tests.violates(
    tests.variant('core.sanction_appeals', '{"statement": "once more"}', 'status = ''open'''),
    'sanction_appeals_tenant_id_sanction_id_key', 'a sanction has one open appeal'
);
select tests.violates(
    tests.variant('core.sanction_appeals', changes, 'status = ''upheld'''), constraint_name, promise
)
from (
    values
        (
            jsonb_build_object('imposed_by', tests.person('sol')),
            'sanction_appeals_sanction_fkey', 'an appeal says truly who imposed the sanction'
        ),
        (
            jsonb_build_object('person_id', tests.person('sol')),
            'sanction_appeals_sanction_fkey', 'an appeal says truly who is under the sanction'
        ),
        (
            jsonb_build_object('judged_by', gen_random_uuid()),
            'sanction_appeals_judged_by_fkey', 'a person judges an appeal'
        ),
        (
            jsonb_build_object('judged_by', tests.person('hana')),
            'sanction_appeals_judge_check', 'whoever imposed the sanction cannot be the judge'
        ),
        (
            jsonb_build_object('judged_by', tests.person('kit')),
            'sanction_appeals_judge_check', 'whoever is under the sanction cannot be the judge'
        ),
        ('{"statement": ""}', 'sanction_appeals_statement_check', 'an appeal has a statement'),
        (jsonb_build_object('statement', repeat('x', 5001)), 'sanction_appeals_statement_check', 'which has an end'),
        ('{"status": "open"}', 'sanction_appeals_outcome_check', 'an open appeal has no judge'),
        ('{"judged_by": null}', 'sanction_appeals_outcome_check', 'a judged appeal has a judge'),
        ('{"judged_at": null}', 'sanction_appeals_outcome_check', 'a judged appeal was judged at a time'),
        ('{"outcome": null}', 'sanction_appeals_outcome_check', 'a judged appeal has an outcome')
) as v (changes, constraint_name, promise);
select tests.refused(
    format('update core.sanction_appeals set %1$I = %1$I', name),
    'key_frozen', format('the %s of an appeal never changes', name)
)
from unnest('{tenant_id,id,sanction_id}'::text[]) name;

select tests.violates(tests.variant('core.capabilities'), 'capabilities_pkey', 'a capability is listed once');
select tests.violates(
    tests.variant('core.capabilities', '{"key": "Dancing"}'), 'capabilities_key_check', 'a capability has a plain name'
);
select tests.violates(
    tests.variant('core.capabilities', '{"key": "dancing", "module": "ballroom"}'),
    'capabilities_module_fkey', 'a capability belongs to a module'
);

select * from finish();
rollback;
