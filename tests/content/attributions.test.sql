-- Whom a work is by: who says so, how somebody wants to be named, and that nothing is published without where somebody
-- consented on that condition. What is shared is set here by hand.

begin;
set local search_path = tap, tests, public;
select plan(38);

create function tests.named(title text)
returns text[]
language sql
stable
security definer
set search_path = ''
as $$
    select array_agg(a.named_as || ', ' || a.credit order by a.position)
    from content.attributions a
    where a.work_id = tests.work(named.title)
$$;

create function tests.attribution(named_as text)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
    select a.id from content.attributions a where a.named_as = attribution.named_as
$$;

select tests.world();
select tests.as('sol');
select content.create_note(tests.scope('heron'), 'Smoke', '{}');
select tests.as('cleo');
select content.create_note(tests.scope('heron'), title, '{}', visibility => 'public')
from unnest('{Ice,Circle,Thaw}'::text[]) title;

-- Naming.

select lives_ok(
    $$select content.attribute_work(tests.work('Ice'), ' Cleo of the Herons ', 'teller', tests.person('cleo'))$$,
    'an owner says whom a work is by'
);
select content.attribute_work(tests.work('Ice'), 'Sol', 'photographer', tests.person('sol'));
select content.attribute_work(tests.work('Ice'), 'My grandmother', 'teller');
select content.attribute_work(tests.work('Circle'), 'A friend', 'teller');
select is(
    tests.named('Ice'), '{"Cleo of the Herons, teller","Sol, photographer","My grandmother, teller"}'::text[],
    'in this order'
);
select tests.as_nobody();
select is(
    (select a.position from content.attributions a where a.named_as = 'A friend'), 1, 'counted for each work alone'
);
select tests.as('cleo');
select tests.refused(
    $$select content.attribute_work(tests.work('Ice'), 'Hazel', 'teller', tests.person('hazel'))$$, 'not_found',
    'nobody is named whom the organization does not know'
);
select tests.as('sol');
select tests.refused(
    $$select content.attribute_work(tests.work('Ice'), 'Sol', 'teller')$$, 'not_found', 'nobody else says so'
);
select tests.refused(
    format('select content.remove_attribution(%L)', tests.attribution('Sol')), 'not_found', 'or that it is not so'
);
select lives_ok(
    format('select content.rename_attribution(%L, %L)', tests.attribution('Sol'), ' Sol Rivers '),
    'but how they want to be named'
);
select tests.refused(
    format('select content.rename_attribution(%L, %L)', tests.attribution(named_as), 'x'), 'not_found',
    'not how others do'
)
from unnest('{Cleo of the Herons,My grandmother}'::text[]) named_as;
select tests.as_token('{"iss": "https://tests.example", "sub": "nobody yet"}');
select tests.refused(
    format('select content.rename_attribution(%L, %L)', tests.attribution('My grandmother'), 'x'), 'not_signed_in',
    'least of all somebody unknown'
);
select tests.as('cleo');
select tests.refused(
    format('select content.rename_attribution(%L, %L)', tests.attribution('Sol Rivers'), 'x'), 'not_found',
    'nor an owner for a person'
);
select content.rename_attribution(tests.attribution('My grandmother'), 'An elder');
select is(
    tests.named('Ice'), '{"Cleo of the Herons, teller","Sol Rivers, photographer","An elder, teller"}'::text[],
    'but where none stands behind the name'
);
select is(tests.named('Circle'), '{"A friend, teller"}'::text[], 'of another work, nothing becomes of it');

-- Publishing.

select consent.give_consent(tests.work('Thaw'), 'public_sharing', attribution_required => true);
select tests.refused(
    $$select content.transition(tests.work('Thaw'), 'published')$$, 'attribution_missing',
    'what is shared on condition that it says whom it is by is not published without'
);
select consent.give_consent(tests.work('Thaw'), 'public_sharing');
select consent.give_consent(tests.work('Thaw'), 'insight', attribution_required => true);
select consent.give_consent(
    tests.work('Circle'), 'public_sharing', begins => now() + interval '1 day', attribution_required => true
);
select content.create_note(tests.scope('heron'), 'Unnamed', '{}');
select consent.give_consent(tests.work('Unnamed'), 'public_sharing', attribution_required => true);
select lives_ok(
    $$select content.transition(tests.work('Thaw'), 'published')$$, 'where nobody asks for that, it is'
);
select tests.refused(
    $$select consent.give_consent(tests.work('Thaw'), 'public_sharing', attribution_required => true)$$,
    'attribution_missing', 'nor is it made a condition of what is published already, and says no name'
);
select content.transition(tests.work('Thaw'), 'withdrawn');
select content.transition(tests.work('Thaw'), 'draft');
select consent.give_consent(tests.work('Thaw'), purpose, attribution_required => true)
from unnest('{organization_sharing,community_sharing}'::text[]) purpose;
select consent.withdraw_consent(tests.work('Thaw'), 'community_sharing');
select tests.refused(
    $$select content.transition(tests.work('Thaw'), 'published')$$, 'attribution_missing',
    'whomever it is shared with'
);
select consent.refuse_consent(tests.work('Thaw'), 'organization_sharing');
select lives_ok(
    $$select content.transition(tests.work('Thaw'), 'published')$$, 'what was taken back asks for nothing'
);
select lives_ok(
    $$select content.transition(tests.work('Circle'), 'published')$$, 'what says whom it is by, is published'
);
select tests.refused(
    format('select content.remove_attribution(%L)', tests.attribution('A friend')), 'attribution_missing',
    'and goes on saying so'
);
select consent.give_consent(tests.work('Ice'), 'public_sharing', attribution_required => true);
select lives_ok(
    format('select content.remove_attribution(%L)', tests.attribution('An elder')), 'one of several may be taken away'
);
select content.remove_attribution(tests.attribution('Sol Rivers'));
select lives_ok(
    format('select content.remove_attribution(%L)', tests.attribution('Cleo of the Herons')),
    'and the last, while it is not published'
);
select is(tests.named('Ice'), null, 'nobody is left');
select tests.refused(
    $$select content.transition(tests.work('Ice'), 'published')$$, 'attribution_missing',
    'then it is not, whoever is named on another'
);

-- Who is told.

select content.attribute_work(tests.work('Ice'), 'Sol', 'teller', tests.person('sol'));
select content.transition(tests.work('Ice'), 'published');
select tests.as_nobody();
update content.works set public_version = 1, public_during = tstzmultirange(tstzrange(now(), null)) where title = 'Ice';
update content.works set public_during = '{}' where title <> 'Ice';
select tests.as_anon();
select results_eq('select named_as from content.attributions', $$values ('Sol')$$, 'whoever reads a work is told');
select throws_ok(format('select %I from content.attributions', c), '42501', null, format('not everybody, %s', c))
from unnest('{person_id,added_by}'::text[]) c;
select tests.as('eli');
select results_eq('select person_id from content.attributions', $$values (tests.person('sol'))$$, 'nobody of a draft');
select tests.as_nobody();
select tests.backend_reads('content.attributions');
select tests.as('sol');
select core.erase_person(tests.person('sol'));
select tests.as_nobody();
select is(tests.named('Ice'), '{"Erased person, teller"}'::text[], 'who is forgotten is named nowhere');
select is(tests.named('Circle'), '{"A friend, teller"}'::text[], 'others still are');

-- What the table refuses, whoever writes.

select tests.violates(tests.variant('content.attributions', changes), constraint_name, promise)
from (
    values
        ('{}'::jsonb, 'attributions_pkey', 'somebody is named once'),
        ('{"credit": "singer"}', 'attributions_tenant_id_work_id_position_key', 'each in a place of their own'),
        ('{"position": 0}', 'attributions_position_check', 'from the first'),
        ('{"position": 9, "credit": "A Singer"}', 'attributions_credit_check', 'as something'),
        (jsonb_build_object('position', 9, 'credit', repeat('x', 64)), 'attributions_credit_check', 'in a word'),
        ('{"position": 9, "named_as": " "}', 'attributions_named_as_check', 'by a name'),
        (jsonb_build_object('position', 9, 'named_as', repeat('x', 201)), 'attributions_named_as_check', 'a short one')
) as v (changes, constraint_name, promise);

select * from finish();
rollback;
