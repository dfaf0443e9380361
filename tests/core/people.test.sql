-- People: how they arrive, what they say of themselves, who acts for them, who sees them, how they are forgotten.

begin;
set local search_path = tap, tests, public;
select plan(170);

-- A row by the name on it.
create function tests.row(display_name text)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
    select p.id from core.people p where p.display_name = "row".display_name
$$;

-- Whom somebody sees, by name.
create function tests.seen()
returns text[]
language sql
stable
set search_path = ''
as $$
    select coalesce(array_agg(p.display_name order by p.display_name collate "C"), '{}') from core.people p
$$;

select tests.world();

-- Arriving.
select tests.as_token('{"iss": "https://tests.example", "sub": "nia"}');
select is(core.me(), null, 'a login that leads to nobody is nobody');
select isnt(core.register(' Nia ', 'nia', 'fr'), null, 'whoever signs in for the first time becomes somebody');
select isnt(core.me(), null, 'from then on the login leads to them');
select results_eq(
    'select display_name, handle, locale from core.people where id = core.me()',
    $$values ('Nia', 'nia', 'fr')$$,
    'a newcomer is called as they asked, without blanks around it'
);
select results_eq(
    'select issuer, subject from core.identities where person_id = core.me()',
    $$values ('https://tests.example', 'nia')$$,
    'a newcomer has the login they came with'
);
select tests.refused(
    $$select core.register('Nia again')$$, 'already_registered', 'nobody registers twice'
);
select tests.as_token('{"iss": "https://tests.example", "sub": "noa"}');
select tests.violates(
    $$select core.register('Noa', 'nia')$$, 'people_handle_key', 'two people cannot have one handle'
);
select tests.violates(
    $$select core.register('  ')$$, 'people_display_name_check', 'nobody registers without a name'
);
select is(core.me(), null, 'a registration that was refused leaves nobody behind');
select tests.as_token('{"sub": "noa"}');
select tests.refused(
    $$select core.register('Noa')$$, 'not_signed_in', 'a token that names no issuer registers nobody'
);
select tests.as_token('{"iss": "https://tests.example"}');
select tests.refused(
    $$select core.register('Noa')$$, 'not_signed_in', 'a token that names no subject registers nobody'
);
select tests.as_anon();
select throws_ok($$select core.register('Noa')$$, '42501', null, 'nobody registers without a token');
select is(core.me(), null, 'whoever brings no token is nobody');

-- Tokens that name the person themselves.
select tests.as_token(jsonb_build_object('person', tests.person('cleo')));
select is(core.me(), tests.person('cleo'), 'a token that names a person speaks for them');
select tests.as_token(jsonb_build_object('person', tests.person('cleo'), 'iss', 'https://tests.example', 'sub', 'eli'));
select is(core.me(), tests.person('cleo'), 'the person that a token names goes before its login');
select tests.refused(
    $$select core.register('Cleo')$$, 'already_registered', 'nor does it register anybody'
);
select tests.as_token(jsonb_build_object('person', gen_random_uuid()));
select is(core.me(), null, 'a token that names a person who does not exist speaks for nobody');
select tests.refused(
    $$select core.leave(tests.scope('heron'))$$, 'not_signed_in', 'a token that speaks for nobody does nothing'
);
select tests.as_token('{"iss": "https://other.example", "sub": "cleo"}');
select is(core.me(), null, 'the same name with another issuer is somebody else');

-- What people say of themselves.
select tests.as('cleo');
select is(
    core.update_profile(core.me(), ' Cleo R. ', 'cleo_r', 'Weaves.', 'https://img.example/c.png', 'es', 'MX'),
    core.me(),
    'people say themselves how they want to be shown'
);
select results_eq(
    'select display_name, handle, bio, avatar_url, locale from core.people where id = core.me()',
    $$values ('Cleo R.', 'cleo_r', 'Weaves.', 'https://img.example/c.png', 'es')$$,
    'what they say is what is shown'
);
select lives_ok(
    $$select core.update_profile(core.me(), bio => 'Weaves and sings.')$$, 'people change a part of their profile'
);
select results_eq(
    'select display_name, handle, bio, avatar_url, locale from core.people where id = core.me()',
    $$values ('Cleo R.', 'cleo_r', 'Weaves and sings.', 'https://img.example/c.png', 'es')$$,
    'what is not mentioned stays as it was'
);
select is(
    (select country_code from core.my_profile()), 'MX', 'the country stays as it was, and people read their own'
);
select lives_ok(
    $$select core.update_profile(core.me(), handle => '', bio => '', avatar_url => '', country_code => '')$$,
    'people take back what they said'
);
select results_eq(
    'select display_name, handle, bio, avatar_url, locale from core.people where id = core.me()',
    $$values ('Cleo R.', null, '', null, 'es')$$,
    'an empty text clears what can be empty'
);
select is((select country_code from core.my_profile()), null, 'an empty text clears the country');
select tests.refused(
    $$select core.update_profile(tests.person('eli'), 'Somebody')$$,
    'not_yours', 'nobody speaks for a fellow member'
);
select tests.refused(
    $$select core.update_profile(null, 'Somebody')$$, 'not_yours', 'a profile of nobody cannot be changed'
);
select tests.as('olive');
select tests.refused(
    $$select core.update_profile(tests.person('cleo'), 'Somebody')$$,
    'not_yours', 'an owner of the organization does not speak for its members'
);
select tests.as_token(jsonb_build_object('person', tests.person('cleo'), 'api_key', gen_random_uuid()));
select tests.refused(
    $$select core.update_profile(tests.person('cleo'), 'Somebody')$$,
    'not_with_key', 'an API key does not change the profile of its person'
);
select is(
    array(select core.my_people()), '{}'::uuid[], 'an API key acts for nobody: it acts in its scope, not in a life'
);
select is_empty('select * from core.my_profile()', 'an API key does not read the profile of its person');
select is(tests.seen(), '{"Cleo R."}', 'but it sees who its person is');
select tests.as_anon();
select throws_ok(
    $$select core.update_profile(tests.person('cleo'), 'Somebody')$$, '42501', null,
    'nobody changes a profile without signing in'
);

-- Guardians.
select tests.as_service();
select isnt(
    core.add_person(' Wren ', tests.person('hana')), null, 'a server adds a person who has no login, and their guardian'
);
select isnt(
    core.add_person('Old Heron', locale => 'iu', deceased_on => '1954-03-02'), null,
    'a server adds somebody who died long ago'
);
select tests.as_nobody();
select results_eq(
    $$
        select display_name, guardian_id = tests.person('hana'), locale, deceased_on, handle
        from core.people
        where display_name in ('Wren', 'Old Heron')
        order by display_name
    $$,
    $$
        values ('Old Heron', null::boolean, 'iu', '1954-03-02'::date, null::text), ('Wren', true, 'en', null, null)
    $$,
    'a person without a login is kept as they were described'
);
insert into core.identities (issuer, subject, person_id)
select 'https://tests.example', 'wren', id from core.people where display_name = 'Wren';
insert into core.people (display_name, merged_into, erased_at)
values ('Hana once', tests.person('hana'), null), ('Erased person', tests.person('hana'), now());
select tests.as('hana');
select set_eq(
    'select core.my_people()',
    $$values (tests.person('hana')), (tests.row('Hana once')), (tests.person('wren'))$$,
    'a guardian acts for themselves, also under a name they had before, and for their ward'
);
select ok(core.acts_for(tests.person('wren')), 'a guardian acts for their ward');
select ok(core.acts_for(core.me()), 'everybody acts for themselves');
select ok(not core.acts_for(tests.person('cleo')), 'nobody acts for a fellow member');
select is(
    core.update_profile(tests.person('wren'), bio => 'Seven years old.', country_code => 'CA'),
    tests.person('wren'),
    'a guardian says how their ward is shown'
);
select results_eq(
    $$select country_code, deceased_on, guardian_id, verified from core.my_profile(tests.person('wren'))$$,
    $$values ('CA', null::date, tests.person('hana'), false)$$,
    'a guardian reads what the platform knows of their ward'
);
select ok('Wren' = any (tests.seen()), 'a guardian sees their ward, who belongs nowhere');
select tests.as('wren');
select ok(not core.acts_for(tests.person('hana')), 'a ward does not act for their guardian');
select is((select guardian_id from core.my_profile()), tests.person('hana'), 'a ward may know their guardian');
select tests.as('sol');
select ok(not 'Wren' = any (tests.seen()), 'others do not see somebody who belongs nowhere');
select is_empty(
    $$select * from core.my_profile(tests.person('wren'))$$, 'others do not read what the platform knows of somebody'
);
select is_empty(
    $$select * from core.my_profile(tests.person('hana'))$$, 'not even those who share a community with them'
);
select is((select id from core.my_profile()), core.me(), 'without saying whose, a profile is my own');
select tests.as_nobody();
insert into core.verifications (kind, person_id, document_type, status, verifier, decided_at, valid_during)
values ('kyc', tests.person('sol'), 'passport', 'verified', 'Post office', now(), tstzrange(now(), null));
select tests.as('sol');
select ok((select verified from core.my_profile()), 'people read that their identity was verified');
select throws_ok(
    $$select core.add_person('Somebody')$$, '42501', null, 'people do not add people: a server does'
);

-- Who is named a guardian, and by whom.
select tests.as_nobody();
insert into core.people (display_name, erased_at) values ('Erased person', now());
insert into core.people (display_name, merged_into) values ('Otis too', tests.person('otis'));
select tests.as_service();
select tests.refused(
    format('select core.add_person(%L, %L)', 'Somebody', id), 'not_found',
    'nobody is added into the hands of somebody who is gone, or goes by another name'
)
from core.people
where display_name in ('Erased person', 'Otis too');
select tests.as('sol');
select lives_ok(
    'select core.set_guardian(core.me(), tests.person($$eli$$))', 'people name a guardian for themselves'
);
select is((select guardian_id from core.my_profile()), tests.person('eli'), 'who is then theirs');
select tests.refused(
    format('select core.set_guardian(core.me(), %L)', g), 'not_found',
    'they name nobody who is gone, or goes by another name, or does not exist'
)
from (
    select tests.row('Erased person') as g
    union all
    select tests.row('Otis too')
    union all
    select gen_random_uuid()
) as guardians;
select tests.violates(
    'select core.set_guardian(core.me(), core.me())', 'people_guardian_check', 'nor themselves'
);
select tests.refused(
    'select core.set_guardian(tests.person($$cleo$$), core.me())', 'not_yours',
    'nor make themselves somebody''s guardian'
);
select tests.refused('select core.set_guardian(null, core.me())', 'not_yours', 'nor nobody''s');
select tests.as('eli');
select lives_ok(
    'select core.set_guardian(tests.person($$sol$$), tests.person($$hana$$))', 'a guardian passes it on'
);
select tests.refused(
    'select core.set_guardian(tests.person($$sol$$), core.me())', 'not_yours', 'and then is none any more'
);
select tests.as_service();
select lives_ok('select core.set_guardian(tests.person($$sol$$))', 'a server ends it');
select tests.refused(
    'select core.set_guardian(gen_random_uuid())', 'not_found', 'if there is such a person'
);
select tests.as('sol');
select is((select guardian_id from core.my_profile()), null, 'and then there is none');
select tests.as_token(jsonb_build_object('person', tests.person('sol'), 'api_key', gen_random_uuid()));
select tests.refused(
    format('select core.set_guardian(%L, %L)', tests.person('sol'), tests.person('eli')), 'not_yours',
    'an API key names nobody'
);
select tests.as_anon();
select throws_ok(
    format('select core.set_guardian(%L, %L)', tests.person('sol'), tests.person('eli')), '42501', null,
    'nor does who is not signed in'
);

-- What of a person is not for everybody they share a scope with.
select tests.as('sol');
select throws_ok('select country_code from core.people', '42501', null, 'where somebody lives is not shown');
select throws_ok('select deceased_on from core.people', '42501', null, 'when somebody died is not shown');
select throws_ok('select guardian_id from core.people', '42501', null, 'who guards whom is not shown');
select throws_ok('select merged_into from core.people', '42501', null, 'who turned out to be whom is not shown');
select lives_ok(
    $$
        select id, handle, display_name, bio, avatar_url, locale, created_at, updated_at, erased_at
        from core.people
    $$,
    'what people say of themselves is shown'
);

-- Who sees whom.
select is(
    tests.seen(), '{"Cleo R.",Eli,Hana,Sol}', 'people see those they share a community with, and nobody else'
);
select tests.as('max');
select is(
    tests.seen(), '{Ada,Max,Olive}',
    'a member of the organization sees its members, and not those of its projects and communities'
);
select tests.as('petra');
select is(
    tests.seen(), '{"Cleo R.",Eli,Hana,Olive,Oona,Otis,Petra,Priya,Sol}',
    'whoever manages a project sees those who belong, or once belonged, to it and its communities'
);
select tests.as('olive');
select is(
    tests.seen(), '{Ada,"Cleo R.",Dara,Eli,Hana,Max,Olive,Oona,Otis,Petra,Priya,Sol}',
    'whoever manages members of the organization sees all who belong anywhere in it'
);
select tests.as('hazel');
select is(tests.seen(), '{Hazel,Hugo}', 'another organization sees nobody of them');
select tests.as('nia');
select is(tests.seen(), '{Nia}', 'who belongs nowhere sees themselves');
select tests.as_anon();
select throws_ok('select id from core.people', '42501', null, 'who is not signed in sees nobody');
select tests.as_nobody();
select tests.join('wren', 'heron', 'community_member');
update core.memberships set status = 'suspended' where id = tests.membership('eli', 'heron');
select tests.as('cleo');
select is(
    tests.seen(), '{"Cleo R.",Hana,Sol,Wren}', 'a suspended member is not shown to their fellows'
);
select tests.as('hana');
select is(
    tests.seen(), '{"Cleo R.",Eli,Hana,"Hana once",Olive,Sol,Wren}',
    'a suspended member is shown to whoever manages members'
);
select tests.as('eli');
select is(tests.seen(), '{Eli}', 'a suspended member sees themselves alone');
select tests.as_nobody();
select tests.backend_reads('core.people');

-- Death.
select tests.as_service();
select lives_ok($$select core.record_death(tests.person('eli'), '2024-05-01')$$, 'a server records a death');
select tests.refused(
    $$select core.record_death(gen_random_uuid(), '2024-05-01')$$, 'not_found', 'nobody unknown is said to have died'
);
select tests.as('eli');
select is((select deceased_on from core.my_profile()), '2024-05-01'::date, 'the day that was recorded is kept');
select tests.as_service();
select lives_ok($$select core.record_death(tests.person('eli'), null)$$, 'an error about a death is taken back');
select tests.as('eli');
select is((select deceased_on from core.my_profile()), null, 'and then there is no such day');
select throws_ok(
    $$select core.record_death(tests.person('cleo'), '2024-05-01')$$, '42501', null, 'people do not record deaths'
);
select tests.as_service();
select core.record_death(p.id, '2024-05-01') from core.people p where p.display_name = 'Hana once';
select tests.as_nobody();
create temporary table dead as
select array_agg(p.display_name order by p.display_name) as names from core.people p where p.deceased_on = '2024-05-01';
select is(names, '{Hana,"Hana once"}', 'a death is recorded of every row that turned out to be the person') from dead;
select tests.as_service();
select core.record_death(tests.person('hana'), null);
select tests.as_nobody();
select is_empty(
    $$select from core.people where deceased_on = '2024-05-01'$$, 'and an error is taken back of every one'
);

-- Being forgotten.
select tests.as_nobody();
select tests.join('cleo', 'delta', 'community_member');
insert into core.memberships (tenant_id, scope_id, level, project_id, person_id, status, message, ended_at)
select tenant_id, id, level, project_id, tests.person('cleo'), 'revoked', 'please', now()
from core.scopes
where slug = 'otter';
insert into core.memberships (tenant_id, scope_id, level, project_id, person_id, status, message, joined_at)
select tenant_id, id, level, project_id, tests.person('cleo'), 'banned', 'let me in', now()
from core.scopes
where slug = 'otter';
update core.people set guardian_id = tests.person('cleo') where id = tests.person('wren');
update core.people
set
    handle = 'cleo', bio = 'Weaves.', avatar_url = 'https://img.example/c.png', country_code = 'MX',
    deceased_on = '2024-05-01', guardian_id = tests.person('sol')
where id = tests.person('cleo');
insert into core.people (display_name, merged_into) values ('Cleopatra', tests.person('cleo'));
insert into core.verifications (
    kind, person_id, document_type, status, verifier, decided_at, valid_during, evidence_uri
)
values (
    'kyc', tests.person('cleo'), 'passport', 'verified', 'Post office', now(), tstzrange(now(), null), 's3://papers/1'
);
insert into core.trust_scores (person_id, explanation) values (tests.person('cleo'), '[]');
insert into core.api_keys (key_hash, tenant_id, scope_id, person_id, name, expires_at)
select '\x01', tenant_id, id, tests.person('cleo'), 'Importer', now() + interval '1 day'
from core.scopes
where slug = 'heron';
-- What is not theirs, and what needs no change.
insert into core.memberships (tenant_id, scope_id, level, project_id, person_id, status, ended_at, updated_at)
select tenant_id, id, level, project_id, tests.person('cleo'), 'left', '2020-01-01', '2020-01-01'
from core.scopes
where slug = 'archive';
insert into core.memberships (tenant_id, scope_id, level, project_id, person_id, status, message)
select tenant_id, id, level, project_id, tests.person('eli'), 'requested', 'please'
from core.scopes
where slug = 'otter';
insert into core.api_keys (key_hash, tenant_id, scope_id, person_id, name, expires_at, revoked_at)
select '\x02'::bytea, tenant_id, id, tests.person('cleo'), 'Old', now() + interval '1 day', '2020-01-01'::timestamptz
from core.scopes
where slug = 'heron'
union all
select '\x03', tenant_id, id, tests.person('eli'), 'Another', now() + interval '1 day', null
from core.scopes
where slug = 'heron';
insert into core.trust_scores (person_id, explanation) values (tests.person('eli'), '[]');
insert into core.person_limits (person_id, tier) values (tests.person('cleo'), 'PRO'), (tests.person('eli'), 'PRO');
insert into core.verifications (kind, person_id, document_type, evidence_uri)
values ('kyc', tests.person('eli'), 'passport', 's3://papers/2');
update core.people set guardian_id = tests.person('hana') where id = tests.person('eli');
select tests.as_keyholder('eli');
select core.write_secret(core.me(), 'email', 'eli@tests.example');
select tests.as_nobody();
create temporary table forgotten on commit drop as select tests.person('cleo') as id;
grant select on forgotten to public;

select tests.as_keyholder('cleo');
select lives_ok(
    $$select core.write_secret(core.me(), 'email', 'cleo@tests.example')$$, 'before, there is an email address'
);
select tests.as('eli');
select tests.refused(
    'select core.erase_person((select id from forgotten))', 'not_yours', 'nobody has a fellow member forgotten'
);
select tests.as('olive');
select tests.refused(
    'select core.erase_person((select id from forgotten))', 'not_yours',
    'nor does the owner of an organization they belong to'
);
select tests.refused(
    'select core.erase_person(core.me())', 'last_owner', 'the last owner hands over before being forgotten'
);
select tests.refused('select core.erase_person(null)', 'not_yours', 'nobody is not forgotten');
select tests.as_token(jsonb_build_object('person', tests.person('cleo'), 'api_key', gen_random_uuid()));
select tests.refused(
    'select core.erase_person((select id from forgotten))', 'not_yours', 'an API key has nobody forgotten'
);
select tests.as_anon();
select throws_ok(
    'select core.erase_person((select id from forgotten))', '42501', null,
    'nobody is forgotten at the word of somebody who is not signed in'
);
select tests.as_nobody();
insert into ops.legal_holds (tenant_id, scope_id, person_id, reason, imposed_by)
select tests.scope('river'), tests.scope('river'), p.id, 'Court order 17', tests.person('olive')
from core.people p
where p.display_name = 'Cleopatra';
select tests.as('cleo');
select tests.refused(
    'select core.erase_person(core.me())', 'held',
    'who is under a legal hold is not forgotten, be it under a name they had before'
);
select tests.as_nobody();
update ops.legal_holds set released_at = now(), released_by = tests.person('olive');

select tests.as('cleo');
select lives_ok('select core.erase_person(core.me())', 'people may ask to be forgotten');
select is(core.me(), null, 'who was forgotten is nobody');
select tests.as_token(jsonb_build_object('person', (select id from forgotten)));
select is(core.me(), null, 'nor do they come back with an old token that names them');
select tests.as_nobody();
select results_eq(
    $$
        select
            display_name, handle, bio, avatar_url, locale, country_code, deceased_on, guardian_id, erased_at = now()
        from core.people p, forgotten f
        where f.id in (p.id, p.merged_into)
    $$,
    $$
        select 'Erased person', null::text, '', null::text, 'en', null::text, null::date, null::uuid, true
        from generate_series(1, 2)
    $$,
    'what people said of themselves is gone, also under the rows that turned out to be them'
);
select is_empty(
    'select from core.identities i join forgotten f on f.id = i.person_id', 'no login leads to somebody forgotten'
);
select is_empty(
    'select from core.person_secrets s join forgotten f on f.id = s.person_id', 'their secrets are gone'
);
select results_eq(
    $$
        select wrapped_key, kek_id, destroyed_at = now()
        from core.person_keys k
        join core.people p on p.id = k.person_id
        join forgotten f on f.id in (p.id, p.merged_into)
    $$,
    'select null::bytea, null::text, true from generate_series(1, 2)',
    'the keys to their secrets are destroyed'
);
select is_empty(
    'select from core.trust_scores t join forgotten f on f.id = t.person_id', 'nothing is said of how far to trust them'
);
select is(
    (select v.evidence_uri from core.verifications v join forgotten f on f.id = v.person_id), null,
    'where their papers lay is gone'
);
select results_eq(
    'select k.name, k.revoked_at from core.api_keys k join forgotten f on f.id = k.person_id order by k.name',
    $$values ('Importer', now()), ('Old', '2020-01-01'::timestamptz)$$,
    'their API keys work no longer'
);
select is_empty(
    'select from core.person_limits l join forgotten f on f.id = l.person_id', 'they are on no tier'
);
select is(
    (select m.updated_at from core.memberships m join forgotten f on f.id = m.person_id
        where m.ended_at = '2020-01-01'),
    '2020-01-01', 'what says nothing of them is left alone'
);
select results_eq(
    $$
        select p.display_name, p.guardian_id is not null, i.subject, s.email is not null, k.destroyed_at, t.score,
            l.tier, v.evidence_uri, a.revoked_at, m.message
        from core.people p
        join core.identities i on i.person_id = p.id
        join core.person_secrets s on s.person_id = p.id
        join core.person_keys k on k.person_id = p.id
        join core.trust_scores t on t.person_id = p.id
        join core.person_limits l on l.person_id = p.id
        join core.verifications v on v.person_id = p.id
        join core.api_keys a on a.person_id = p.id
        join core.memberships m on m.person_id = p.id and m.status = 'requested'
        where p.id = tests.person('eli')
    $$,
    $$
        values (
            'Eli', true, 'eli', true, null::timestamptz, 50.00::numeric(5, 2), 'PRO', 's3://papers/2',
                null::timestamptz,
            'please'
        )
    $$,
    'and nothing is forgotten of anybody else'
);
select is(
    (select p.guardian_id from core.people p where p.id = tests.person('wren')), null,
    'they are nobody''s guardian any more'
);
select results_eq(
    $$
        select s.slug, m.status::text, m.message, m.ended_at is not null
        from core.memberships m
        join forgotten f on f.id = m.person_id
        join core.scopes s on s.id = m.scope_id
        order by s.slug, m.status::text
    $$,
    $$
        values
            ('archive', 'left', '', true), ('delta', 'left', '', true), ('heron', 'left', '', true),
            ('otter', 'banned', '', false), ('otter', 'revoked', '', true)
    $$,
    'their memberships end, a ban stays, and what they wrote when they asked to join is gone'
);
select is(
    (select array_agg(display_name) from core.people p join forgotten f on f.id = p.id), '{"Erased person"}',
    'the row itself stays, so that what others did with them still stands'
);
select tests.as_token('{"iss": "https://tests.example", "sub": "cleo"}');
select isnt(
    core.register('Cleo'), (select id from forgotten), 'with the same login somebody new may begin'
);

select tests.as_nobody();
update core.people set guardian_id = tests.person('hana') where id = tests.person('wren');
select tests.as('hana');
select lives_ok(
    $$select core.erase_person(tests.person('wren'))$$, 'a guardian may have their ward forgotten'
);
select tests.as_service();
select lives_ok(
    $$select core.erase_person(tests.person('oona'))$$, 'a server carries out what reached it another way'
);
select tests.refused(
    'select core.erase_person(gen_random_uuid())', 'not_found', 'who does not exist cannot be forgotten'
);
select tests.refused(
    'select core.record_death((select id from forgotten), current_date)', 'not_found',
    'nothing is said any more of whoever was forgotten'
);

-- What a row can hold.
select tests.as_nobody();
select tests.violates(tests.variant('core.people', '{}', $$id = tests.person('petra')$$), 'people_pkey',
'one id is one person');
update core.people set handle = 'otis' where id = tests.person('otis');
select tests.violates(
    tests.variant('core.people', '{}', $$handle = 'otis'$$), 'people_pkey', 'and one row'
);
select tests.violates(
    tests.variant('core.people', '{"handle": "otis"}', $$id = tests.person('petra')$$), 'people_handle_key',
    'one handle is one person''s'
);
select tests.violates(
    tests.variant('core.people', jsonb_build_object('handle', h), $$id = tests.person('petra')$$),
    'people_handle_check',
    format('%s is not a handle', to_json(h))
)
from unnest(array['Otis', 'o', '_otis', 'otis_', 'ot-is', 'o tis', 'oo' || repeat('o', 39), '', E'otis\n']) h;
select lives_ok(
    tests.variant('core.people', jsonb_build_object('handle', h), $$id = tests.person('petra')$$),
        format('%L is a handle', h)
)
from unnest(array['oti', 'o_2', repeat('o', 40)]) h;
select tests.violates(
    tests.variant('core.people', jsonb_build_object('display_name', n), $$id = tests.person('petra')$$),
    'people_display_name_check',
    format('%L is not a name', n)
)
from unnest(array['', '   ', repeat('n', 81)]) n;
select tests.violates(
    tests.variant('core.people', jsonb_build_object('locale', l), $$id = tests.person('petra')$$),
    'people_locale_check',
    format('%L is not a language', l)
)
from unnest(array['', 'english please', 'EN', 'en_US', 'e', 'en-']) l;
select lives_ok(tests.variant('core.people', '{"locale": "iu-Latn-CA"}', $$id = tests.person('petra')$$),
'iu-Latn-CA is a language');
select tests.violates(
    tests.variant('core.people', '{"deceased_on": "infinity"}', $$id = tests.person('petra')$$),
    'people_deceased_on_check', 'who has died has died on a day'
);
select tests.violates(
    tests.variant('core.people', jsonb_build_object('country_code', c), $$id = tests.person('petra')$$),
    'people_country_code_check',
    format('%L is not a country', c)
)
from unnest(array['', 'ca', 'CAN', 'C1']) c;
select tests.violates(
    tests.variant('core.people', jsonb_build_object('avatar_url', u), $$id = tests.person('petra')$$),
    'people_avatar_url_check',
    format('%s is not a picture''s address', left(u, 30))
)
from unnest(array['http://img.example/a.png', 'javascript:alert(1)', 'https://' || repeat('a', 493)]) u;
select tests.violates(
    tests.variant('core.people', jsonb_build_object('guardian_id', gen_random_uuid()), $$id = tests.person('petra')$$),
    'people_guardian_id_fkey',
    'a guardian is somebody'
);
select tests.violates(
    'update core.people set guardian_id = id where id = tests.person(''petra'')', 'people_guardian_check',
    'nobody is their own guardian'
);
select tests.violates(
    tests.variant('core.people', jsonb_build_object('merged_into', gen_random_uuid()), $$id = tests.person('petra')$$),
    'people_merged_into_fkey',
    'who turned out to be somebody else turned out to be somebody'
);
select tests.violates(
    'update core.people set merged_into = id where id = tests.person(''petra'')', 'people_merged_check',
    'nobody is merged with themselves'
);
select tests.violates(
    format(
        'update core.people set %I = %L where id = (select id from forgotten)', c,
        case c
            when 'avatar_url' then 'https://img.example/c.png'
            when 'country_code' then 'CA'
            when 'guardian_id' then tests.person('olive')::text
            when 'locale' then 'fr'
            when 'deceased_on' then '2020-01-01'
            else 'someone'
        end
    ),
    'people_erased_check', format('%s says nothing of whoever was forgotten', c)
)
from unnest(
    array['display_name', 'handle', 'bio', 'avatar_url', 'locale', 'country_code', 'deceased_on', 'guardian_id']
) c;
update core.people set updated_at = '2000-01-01' where id = tests.person('eli');
select is(
    (select updated_at from core.people where id = tests.person('eli')), now(),
    'when a row last changed is not for the writer to say'
);

select * from finish();
rollback;
