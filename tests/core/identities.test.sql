-- Logins: several may lead to one person, each leads to one, and nobody sees or gives up those of others.

begin;
set local search_path = tap, tests, public;
select plan(31);

select tests.world();
select tests.as_service();
select lives_ok(
    $$select core.link_identity(tests.person('cleo'), 'https://phone.example', '0042')$$,
    'a server ties a second login to a person'
);
select tests.violates(
    $$select core.link_identity(tests.person('eli'), 'https://phone.example', '0042')$$,
    'identities_pkey', 'one login cannot lead to two people'
);
select lives_ok(
    $$select core.link_identity(tests.person('eli'), 'https://other.example', '0042')$$,
    'the same subject with another issuer is another login'
);
select tests.refused(
    $$select core.link_identity(gen_random_uuid(), 'https://phone.example', '0043')$$, 'not_found',
    'a login is not tied to nobody'
);
select tests.as_nobody();
insert into core.people (display_name, erased_at) values ('Erased person', now());
insert into core.people (display_name, merged_into) values ('Cleopatra', tests.person('cleo'));
select tests.as_service();
select tests.refused(
    format($$select core.link_identity(%L, 'https://phone.example', '0043')$$, id), 'not_found',
    'nor to somebody who is gone, or goes by another name'
)
from core.people
where display_name in ('Erased person', 'Cleopatra');
select tests.as_token('{"iss": "https://phone.example", "sub": "0042"}');
select is(core.me(), tests.person('cleo'), 'the second login leads to the same person');
select tests.as('cleo');
select is(core.me(), tests.person('cleo'), 'and so does the first, as before');
select results_eq(
    'select issuer, subject from core.identities order by issuer',
    $$values ('https://phone.example', '0042'), ('https://tests.example', 'cleo')$$,
    'people see their own logins, and nobody else''s'
);
select throws_ok(
    $$select core.link_identity(core.me(), 'https://phone.example', '0043')$$, '42501', null,
    'people do not tie logins themselves: a server that saw both sign-ins does'
);

-- Guardians see the logins of their wards.
select tests.as_nobody();
update core.people set guardian_id = tests.person('sol') where id = tests.person('cleo');
select tests.as('sol');
select is(
    array(select i.subject from core.identities i order by i.subject), '{0042,cleo,sol}',
    'a guardian sees the logins of their ward'
);
select tests.as('olive');
select is(
    array(select i.subject from core.identities i), '{olive}',
    'the owner of an organization does not see the logins of its members'
);
select tests.as_token(jsonb_build_object('person', tests.person('cleo'), 'api_key', gen_random_uuid()));
select is_empty('select from core.identities', 'an API key sees no logins');
select tests.refused(
    $$select core.unlink_identity('https://phone.example', '0042')$$, 'not_with_key', 'and gives none up'
);
select tests.as_anon();
select throws_ok('select from core.identities', '42501', null, 'who is not signed in sees no logins');
select throws_ok(
    $$select core.unlink_identity('https://phone.example', '0042')$$, '42501', null, 'and gives none up'
);
select tests.backend_reads('core.identities');

-- Giving one up.
select tests.as('eli');
select tests.refused(
    $$select core.unlink_identity('https://phone.example', '0042')$$, 'not_found',
    'nobody gives up somebody else''s login'
);
select tests.as('cleo');
select tests.refused(
    $$select core.unlink_identity('https://phone.example', '0043')$$, 'not_found',
    'nobody gives up what they do not have'
);
select lives_ok(
    $$select core.unlink_identity('https://phone.example', '0042')$$, 'people give up a login of theirs'
);
select tests.refused(
    $$select core.unlink_identity('https://tests.example', 'cleo')$$, 'last_identity', 'the last login stays'
);
select is(
    array(select i.subject from core.identities i), '{cleo}', 'what was given up is gone, what was kept is there'
);
select tests.as_token('{"iss": "https://phone.example", "sub": "0042"}');
select is(core.me(), null, 'what was given up leads to nobody');
select tests.refused(
    $$select core.unlink_identity('https://phone.example', '0042')$$, 'not_signed_in', 'nobody gives up nothing'
);

-- What a row can hold.
select tests.as_nobody();
select tests.violates(
    tests.variant('core.identities',
    '{"issuer": "https://new.example", "person_id": "00000000-0000-7000-8000-000000000000"}'),
    'identities_person_id_fkey', 'a login leads to somebody'
);
select tests.violates(
    tests.variant('core.identities', jsonb_build_object(c, v)),
    format('identities_%s_check', c), format('a login has an %s, of reasonable length', c)
)
from unnest(array['issuer', 'subject']) c, unnest(array['', repeat('x', 501)]) v;
select isnt(core.add_person('Nobody'), null, 'there is somebody who belongs nowhere');
insert into core.identities (issuer, subject, person_id)
select 'https://tests.example', 'nobody', id from core.people where display_name = 'Nobody';
delete from core.people where display_name = 'Nobody';
select is_empty(
    $$select from core.identities where subject = 'nobody'$$, 'a login does not outlive the person it leads to'
);

select * from finish();
rollback;
