-- Two rows turn out to be one person: everything that hung on the one hangs on the other, and nothing is lost.

begin;
set local search_path = tap, tests, public;
select plan(80);

-- Puts somebody's membership into a state, past all rules but the constraints.
create function tests.member(name text, slug text, state core.membership_status, changes jsonb default '{}')
returns uuid
language sql
set search_path = ''
as $$
    insert into core.memberships (
        tenant_id, scope_id, level, project_id, person_id, status, valid_during, joined_at, last_active_on, invited_by,
        message, reason
    )
    select
        s.tenant_id, s.id, s.level, s.project_id, tests.person(member.name), state,
        coalesce((changes ->> 'valid_during')::tstzrange, tstzrange(now(), null)),
        coalesce((changes ->> 'joined_at')::timestamptz, now()), (changes ->> 'last_active_on')::date,
        (changes ->> 'invited_by')::uuid, coalesce(changes ->> 'message', ''), changes ->> 'reason'
    from core.scopes s
    where s.slug = member.slug
    returning id
$$;

-- What a live membership carries: its roles, and the permissions given to it or taken from it.
create function tests.carried(name text, slug text)
returns text[]
language sql
stable
set search_path = ''
as $$
    select coalesce(array_agg(c order by c collate "C"), '{}')
    from (
        select r.key
        from core.membership_roles mr
        join core.roles r on r.tenant_id = mr.tenant_id and r.id = mr.role_id
        where mr.membership_id = tests.membership(carried.name, carried.slug) and mr.revoked_at is null
        union all
        select mp.effect || ' ' || mp.permission || coalesce(': ' || nullif(mp.reason, ''), '')
        from core.membership_permissions mp
        where mp.membership_id = tests.membership(carried.name, carried.slug)
    ) as carried_there (c)
$$;

-- Who a person is in these tests: the row, whoever the login leads to by now.
create function tests.row(name text)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
    select p.id from core.people p where p.display_name = initcap(row.name) order by p.created_at, p.id limit 1
$$;

create function tests.merge(duplicate text, survivor text)
returns text
language sql
set search_path = ''
as $$
    select format('select core.merge_people(%L, %L)', tests.row(duplicate), tests.row(survivor))
$$;

select tests.world();
select tests.person('rob');
select tests.person('robert');
select tests.person('wren');

-- Who may say so.
select tests.as('robert');
select throws_ok(
    tests.merge('rob', 'robert'), '42501', null,
    'people do not say that two rows are one person: a server that checked does'
);
select tests.as_service();
select tests.refused(
    'select core.merge_people(p.id, p.id) from core.people p where p.display_name = $$Rob$$', 'merge_with_self',
    'nobody turns out to be themselves'
);
select tests.refused(
    'select core.merge_people(gen_random_uuid(), p.id) from core.people p where p.display_name = $$Rob$$', 'not_found',
    'nor does somebody who does not exist'
);
select tests.refused(
    'select core.merge_people(p.id, gen_random_uuid()) from core.people p where p.display_name = $$Rob$$', 'not_found',
    'or to be somebody who does not'
);

-- What hangs on somebody.
select tests.as_nobody();
select tests.member(
    'rob', 'heron', 'active',
    jsonb_build_object(
        'valid_during', tstzrange('2020-01-01', '2100-01-01'), 'joined_at', '2020-01-02', 'last_active_on',
        '2026-01-03',
        'invited_by', tests.person('hana'), 'message', 'Hello', 'reason', 'because'
    )
);
insert into core.membership_roles (tenant_id, membership_id, role_id, owns, granted_by, granted_at)
select r.tenant_id, tests.membership('rob', 'heron'), r.id, false, tests.person('hana'), '2020-01-02'
from core.roles r
where r.tenant_id = tests.scope('river') and r.key in ('storyteller', 'elder');
insert into core.membership_permissions (tenant_id, membership_id, permission, effect, reason, granted_by, granted_at)
values (
    tests.scope('river'), tests.membership('rob', 'heron'), 'member.invite', 'deny', 'Spam.', tests.person('hana'),
    '2020-02-02'
);
-- In Otter, both.
select tests.member(
    'rob', 'otter', 'active',
    '{"valid_during": "[2020-01-01,2027-01-01)", "joined_at": "2020-01-02", "last_active_on": "2026-01-03"}'
);
select tests.member(
    'robert', 'otter', 'active',
    '{"valid_during": "[2021-01-01,2099-01-01)", "joined_at": "2021-01-02", "last_active_on": "2025-01-03"}'
);
insert into core.membership_roles (tenant_id, membership_id, role_id, owns)
select r.tenant_id, tests.membership(n, 'otter'), r.id, false
from (
    values ('rob', 'storyteller'), ('rob', 'community_member'), ('robert', 'community_member'), ('robert', 'reviewer')
) as held (n, key)
join core.roles r on r.tenant_id = tests.scope('river') and r.key = held.key;
insert into core.membership_permissions (tenant_id, membership_id, permission, effect, reason)
values
    (tests.scope('river'), tests.membership('rob', 'otter'), 'member.invite', 'deny', 'Spam.'),
    (tests.scope('river'), tests.membership('robert', 'otter'), 'member.invite', 'allow', 'Knows all.'),
    (tests.scope('river'), tests.membership('rob', 'otter'), 'scope.manage', 'allow', 'Helps.'),
    (tests.scope('river'), tests.membership('robert', 'otter'), 'scope.manage', 'deny', 'Broke it.'),
    (tests.scope('river'), tests.membership('rob', 'otter'), 'export.run', 'allow', 'Both.'),
    (tests.scope('river'), tests.membership('robert', 'otter'), 'export.run', 'allow', 'Mine.');
-- In Delta, the survivor's has run out.
select tests.member('rob', 'delta', 'active', '{"valid_during": "[2022-01-01,)"}');
select tests.member('robert', 'delta', 'active', '{"valid_during": "[2020-01-01,2021-01-01)"}');
-- In Archive, the first left long ago.
insert into core.memberships (tenant_id, scope_id, level, project_id, person_id, status, joined_at, ended_at)
select tenant_id, id, level, project_id, tests.person('rob'), 'left', '2019-01-01', '2019-02-01'
from core.scopes
where slug = 'archive';
-- In River, roles that are not given any more: one is retired, one needs an identity that was verified then.
insert into core.verifications (kind, person_id, document_type, status, verifier, decided_by, decided_at, valid_during)
values
    (
        'kyc', tests.person('rob'), 'passport', 'verified', 'Post office', null, '2020-01-01',
        tstzrange('2020-01-01', '2021-01-01')
    ),
    (
        'kyc', tests.person('rob'), 'id_card', 'verified', 'Robert', tests.person('robert'), '2020-01-01',
        tstzrange('2020-01-01', '2021-01-01')
    );
select tests.member('rob', 'river', 'active');
insert into core.membership_roles (tenant_id, membership_id, role_id, owns, granted_at)
select r.tenant_id, tests.membership('rob', 'river'), r.id, r.is_owner, '2020-02-01'
from core.roles r
where r.tenant_id = tests.scope('river') and r.key in ('member', 'compliance', 'owner');
update core.roles set retired_at = '2024-01-01' where key = 'member';
delete from core.membership_roles where membership_id = tests.membership('olive', 'river');
select is(
    (select owners from core.owner_counts where tenant_id = tests.scope('river')), 1, 'before: they are the only owner'
);
-- No seat is left in Heron.
select tests.as_service();
select core.set_quota(
    tests.scope('heron'), 'seats',
    (select count(*) from core.memberships m where m.scope_id = tests.scope('heron') and m.status = 'active'), true
);
select tests.as_nobody();
update core.people
set
    handle = 'rob', bio = 'Tells.', avatar_url = 'https://img.example/r.png', country_code = 'CA',
    guardian_id = tests.person('hana')
where id = tests.person('rob');
update core.people set bio = 'Robert tells.', locale = 'fr' where id = tests.person('robert');
update core.people set guardian_id = tests.person('rob') where id = tests.person('wren');
insert into core.people (display_name, merged_into) values ('Bobby', tests.person('rob'));
insert into core.api_keys (key_hash, tenant_id, scope_id, person_id, name, expires_at)
values ('\x01', tests.scope('river'), tests.scope('heron'), tests.person('rob'), 'Importer', now() + interval '1 day');
insert into core.invitations (tenant_id, scope_id, token_hash, created_by)
values (tests.scope('river'), tests.scope('heron'), '\x01', tests.person('rob'));
insert into core.person_limits (person_id, tier, since)
values (tests.person('rob'), 'PRO', '2025-01-01'), (tests.person('robert'), 'BASIC', '2026-01-01');
select tests.as_keyholder('rob');
select core.write_secret(core.me(), 'email', 'rob@tests.example');
select tests.as_keyholder('service');
select core.confirm_email(tests.person('rob'), 'rob@tests.example');
select tests.as_nobody();
create temporary table rob on commit drop as select tests.person('rob') as id;
grant select on rob to public;

select tests.as_service();
select lives_ok(tests.merge('rob', 'robert'), 'a server says that two rows are one person');

-- Logins.
select tests.as('rob');
select is(core.me(), tests.row('robert'), 'the login of the one leads to the other');
select tests.as('robert');
select is(core.me(), tests.row('robert'), 'which has its own, too');
select is(
    array(select i.subject from core.identities i where i.person_id = core.me() order by i.subject), '{rob,robert}',
    'they are both logins of one person'
);
select tests.as_token(jsonb_build_object('person', (select id from rob)));
select is(core.me(), tests.row('robert'), 'a token that names the first row speaks for the person');

-- Memberships.
select tests.as_nobody();
select results_eq(
    $$
        select valid_during, joined_at, last_active_on, invited_by, message, reason, status::text
        from core.memberships
        where id = tests.membership('robert', 'heron')
    $$,
    $$
        values (
            tstzrange('2020-01-01', '2100-01-01'), '2020-01-02'::timestamptz, '2026-01-03'::date, tests.person('hana'),
            'Hello', 'because', 'active'
        )
    $$,
    'where only the first belonged the person belongs, as they did'
);
select is(
    tests.carried('robert', 'heron'), '{"deny member.invite: Spam.",elder,storyteller}', 'with what they held'
);
select results_eq(
    $$
        select mr.granted_by, mr.granted_at
        from core.membership_roles mr
        where mr.membership_id = tests.membership('robert', 'heron')
        union
        select mp.granted_by, mp.granted_at - interval '31 days'
        from core.membership_permissions mp
        where mp.membership_id = tests.membership('robert', 'heron')
    $$,
    $$values (tests.person('hana'), '2020-01-02'::timestamptz)$$,
    'from whom they had it, and since when'
);
select is(
    tests.carried('robert', 'otter'),
    '{"allow export.run: Mine.",community_member,"deny member.invite: Spam.","deny scope.manage: '
    'Broke it.",reviewer,storyteller}',
    'where both belonged they hold what either held, and what was taken from either is taken'
);
select results_eq(
    $$
        select valid_during, joined_at, last_active_on
        from core.memberships
        where id = tests.membership('robert', 'otter')
    $$,
    $$
        values (
            tstzrange('2020-01-01', '2099-01-01'), '2020-01-02'::timestamptz, '2026-01-03'::date
        )
    $$,
    'since the first of them, and until the last'
);
select is(
    (select valid_during from core.memberships where id = tests.membership('robert', 'delta')),
    tstzrange('2022-01-01', null), 'where one had run out the other counts'
);
select is(
    tests.carried('robert', 'river'), '{compliance,member,owner}', 'also what would not be given any more they keep'
);
select is(
    (select owners from core.owner_counts where tenant_id = tests.scope('river')), 1, 'an owner is still one owner'
);
select results_eq(
    $$
        select s.slug, m.status::text, m.reason
        from core.memberships m
        join core.scopes s on s.id = m.scope_id
        join rob on rob.id = m.person_id
        order by s.slug
    $$,
    $$
        values
            ('archive', 'left', null), ('delta', 'revoked', 'merged'), ('heron', 'revoked', 'merged'),
            ('otter', 'revoked', 'merged'), ('river', 'revoked', 'merged')
    $$,
    'what the first row had is history, and says so'
);
select tests.as('robert');
select is(
    (select count(*) from core.memberships m join rob on rob.id = m.person_id), 5::bigint,
    'which the person sees as their own'
);
select is((select p.display_name from core.people p join rob using (id)), 'Rob', 'under the name they had');
select tests.as_nobody();
select is_empty('select * from core.verify_seats()', 'nobody took a second seat: there was none');
select is(
    (
        select q.used
        from core.quotas q
        where q.scope_id = tests.scope('heron') and q.resource = 'seats'
    ),
    (select count(*) from core.memberships m where m.scope_id = tests.scope('heron') and m.status = 'active'),
    'and none was given up'
);

-- Everything else.
select is(
    (select array_agg(v.document_type) from core.verifications v where v.person_id = tests.row('robert')), '{passport}',
    'their verified identities are theirs, except one that they decided on themselves'
);
select results_eq(
    $$
        select display_name, handle, bio, avatar_url, locale, country_code, guardian_id, merged_into
        from core.people
        where id = tests.row('robert')
    $$,
    $$
        values (
            'Robert', 'rob', 'Robert tells.', 'https://img.example/r.png', 'fr', 'CA', tests.person('hana'), null::uuid
        )
    $$,
    'what they say of themselves stands, and what only the first row said fills the gaps'
);
select results_eq(
    'select p.handle, p.guardian_id, p.merged_into from core.people p join rob using (id)',
    $$values (null::text, null::uuid, tests.row('robert'))$$,
    'the first row says who it turned out to be'
);
select is(
    (select merged_into from core.people where display_name = 'Bobby'), tests.row('robert'),
    'and so does who had turned out to be the first'
);
select is(
    (select guardian_id from core.people where id = tests.person('wren')), tests.row('robert'),
    'they are the guardian of whom the first was'
);
select is((select person_id from core.api_keys where key_hash = '\x01'), tests.row('robert'), 'API keys act for them');
select is(
    (select created_by from core.invitations where token_hash = '\x01'), tests.row('robert'), 'invitations are theirs'
);
select results_eq(
    $$select tier, since from core.person_limits where person_id = tests.row('robert')$$,
    $$values ('PRO', '2025-01-01'::timestamptz)$$,
    'they are on the better of two tiers'
);
select tests.as_keyholder('robert');
select is(
    core.read_secret((select id from rob), 'email'), 'rob@tests.example', 'they open what the first row kept secret'
);
select tests.as_keyholder('service');
select is(core.find_by_email('rob@tests.example'), tests.row('robert'), 'and are found by its email address');
select tests.as_service();
select tests.refused(
    format('select core.merge_people(%L, %L)', (select id from rob), tests.row('ada')), 'not_found',
    'who has turned out to be somebody does not turn out to be somebody else'
);
select tests.refused(
    format('select core.merge_people(%L, %L)', tests.row('ada'), (select id from rob)), 'not_found',
    'nor does somebody turn out to be them'
);

-- Whatever the two memberships are, what was taken stays taken.
select tests.as_nobody();
create function tests.merged(first core.membership_status, second core.membership_status)
returns text
language plpgsql
set search_path = ''
as $$
declare
    name constant text := first || '-' || second;
    duplicate uuid := tests.person('first-' || name);
    survivor uuid := tests.person('second-' || name);
begin
    perform tests.member('first-' || name, 'delta', first, '{"reason": "first"}');
    perform tests.member('second-' || name, 'delta', second, '{"reason": "second"}');
    perform core.merge_people(duplicate, survivor);
    return (
        select m.status || ': ' || m.reason
        from core.memberships m
        where m.person_id = survivor and m.ended_at is null
    );
end
$$;

select is(
    tests.merged(first, second),
    case
        when second = 'banned' then 'banned: second'
        when first = 'banned' then 'banned: first'
        when first = 'suspended' then 'suspended: first'
        when second = 'suspended' then 'suspended: second'
        when 'active' in (first, second) then 'active: second'
        else second || ': second'
    end,
    format('who is %s under one name and %s under the other', first, second)
)
from unnest('{invited,requested,active,suspended,banned}'::core.membership_status[]) first,
    unnest('{invited,requested,active,suspended,banned}'::core.membership_status[]) second;
select is_empty('select * from core.verify_seats()', 'through all of it seats are counted right');

-- The last owner.
select tests.member('olga', 'hill', 'active');
insert into core.membership_roles (tenant_id, membership_id, role_id, owns)
select r.tenant_id, tests.membership('olga', 'hill'), r.id, true
from core.roles r
where r.tenant_id = tests.scope('hill') and r.is_owner;
select is((select owners from core.owner_counts where tenant_id = tests.scope('hill')), 2, 'before: two owners');
select tests.as_service();
select lives_ok(tests.merge('olga', 'hugo'), 'two owners turn out to be one');
select tests.as_nobody();
select is((select owners from core.owner_counts where tenant_id = tests.scope('hill')), 1, 'and are counted once');
select tests.member('banned', 'hill', 'banned');
select tests.as_service();
select tests.refused(
    tests.merge('banned', 'hugo'), 'last_owner',
    'the last owner does not turn out to be somebody banned: others come first'
);
select tests.as_nobody();
select is_empty('select * from core.verify_owners()', 'the counts of owners are right');

-- Sanctions, and what is said against them.
select tests.person('sly');
select tests.person('sylvester');
create temporary table spans on commit drop as
select
    tstzrange(now() - interval '9 days', now() + interval '9 days') as long,
    tstzrange(now() - interval '2 days', now() + interval '2 days') as short,
    tstzrange(now() - interval '9 days', now() - interval '8 days') as past;
insert into core.sanctions (tenant_id, scope_id, person_id, capability, during, reason, notice, imposed_by,
    imposed_at, lifted_at)
select tests.scope('river'), tests.scope(slug), tests.person(name), capability, during, reason, 'Read this.',
    tests.person(by), '2026-01-01', lifted_at
from spans
cross join lateral (
    values
        ('sly', 'heron', 'access', long, 'long', 'hana', null::timestamptz),
        ('sylvester', 'heron', 'access', short, 'own', 'hana', null),
        ('sly', 'otter', 'access', short, 'covered', 'otis', null),
        ('sylvester', 'otter', 'access', long, 'covering', 'otis', null),
        ('sly', 'delta', 'invite', long, 'alone', 'dara', null),
        ('sly', 'archive', 'invite', long, 'by themselves', 'sylvester', null),
        ('sly', 'river', 'invite', past, 'lifted', 'olive', now())
) as imposed (name, slug, capability, during, reason, by, lifted_at);
insert into core.sanction_appeals (tenant_id, sanction_id, person_id, imposed_by, statement, created_at)
select s.tenant_id, s.id, s.person_id, s.imposed_by, 'Not fair.', '2026-01-02'
from core.sanctions s
where s.person_id = tests.person('sly') and s.reason in ('alone', 'lifted');
create temporary table sly on commit drop as select tests.person('sly') as id;
select tests.as_service();
select lives_ok(tests.merge('sly', 'sylvester'), 'somebody under sanctions turns out to be somebody under others');
select tests.as_nobody();
select results_eq(
    $$
        select c.slug, s.reason, s.during, s.notice, s.imposed_by, s.imposed_at
        from core.sanctions s
        join core.scopes c on c.id = s.scope_id
        where s.person_id = tests.row('sylvester') and s.lifted_at is null
        order by c.slug, s.during
    $$,
    $$
        select slug, reason, during, 'Read this.', tests.person(by), '2026-01-01'::timestamptz
        from spans
        cross join lateral (
            values
                ('delta', 'alone', long, 'dara'),
                ('heron', 'long', tstzrange(lower(long), lower(short)), 'hana'),
                ('heron', 'own', short, 'hana'),
                ('heron', 'long', tstzrange(upper(short), upper(long)), 'hana'),
                ('otter', 'covering', long, 'otis')
        ) as stands (slug, reason, during, by)
    $$,
    'each goes on as long as it would have, and where two stood, one does'
);
select is_empty(
    'select from core.sanctions s join sly on sly.id = s.person_id where s.lifted_at is null',
    'under the name they had before none stands any more'
);
select results_eq(
    $$
        select s.reason, a.statement, a.created_at
        from core.sanction_appeals a
        join core.sanctions s on s.tenant_id = a.tenant_id and s.id = a.sanction_id
        where a.status = 'open' and a.person_id = tests.row('sylvester')
    $$,
    $$values ('alone', 'Not fair.', '2026-01-02'::timestamptz)$$,
    'what they said against one is still to be judged'
);
select results_eq(
    $$
        select s.reason, a.status::text
        from core.sanction_appeals a
        join core.sanctions s on s.tenant_id = a.tenant_id and s.id = a.sanction_id
        join sly on sly.id = a.person_id
        order by s.reason
    $$,
    $$values ('alone', 'withdrawn'), ('lifted', 'open')$$,
    'once'
);
select tests.as('otis');
select isnt_empty(
    $$select from core.sanctions where reason = 'covering'$$, 'who imposed one still sees it'
);

-- A legal hold on the one holds the other.
select tests.as_nobody();
select tests.person('held');
select tests.person('helda');
insert into ops.legal_holds (tenant_id, scope_id, person_id, reason, imposed_by)
values (tests.scope('hill'), tests.scope('hill'), tests.person('held'), 'Court order 17', tests.person('hugo'));
select tests.as_service();
select lives_ok(tests.merge('held', 'helda'), 'somebody under a legal hold turns out to be somebody else');
select ok(ops.is_held(null, tests.row('helda')), 'who is then under it');
select tests.as('helda');
select tests.refused('select core.erase_person(core.me())', 'held', 'and is not forgotten');
select tests.as_nobody();
update ops.legal_holds set released_at = now(), released_by = tests.person('hugo');
select tests.as('helda');
select lives_ok(
    format('select core.erase_person(%L)', tests.row('held')), 'once it is released they may be, under either name'
);
select tests.as_nobody();
select is(
    (select count(*) from core.people where erased_at is not null), 2::bigint, 'and then are under both'
);
select tests.as_service();
select tests.refused(
    format('select core.merge_people(%L, %L)', p.id, tests.row('ada')), 'not_found',
    'who was forgotten turns out to be nobody'
)
from (select id from core.people where erased_at is not null and merged_into is null) p;

-- Two who guarded each other.
select tests.as_nobody();
select tests.person('ward');
select tests.person('warden');
update core.people set guardian_id = tests.person('warden') where id = tests.person('ward');
update core.people set guardian_id = tests.person('ward') where id = tests.person('warden');
select tests.as_service();
select lives_ok(tests.merge('ward', 'warden'), 'two who guarded each other turn out to be one');
select tests.as_nobody();
select is((select guardian_id from core.people where id = tests.row('warden')), null, 'who does not guard themselves');

select * from finish();
rollback;
