-- Who decides, and for whom: in person, for the one who was named, at a time of their own; and nobody is asked twice.

begin;
set local search_path = tap, tests, public;
select plan(20);

-- What stands about a work: who decided what, who wrote it down, and in how long it begins.
create function tests.standing(title text)
returns table (party text, recorded_by text, decision text, purpose text, begins interval)
language sql
stable
security definer
set search_path = ''
as $$
    select e.display_name, r.display_name, c.decision::text, c.purpose, lower(c.during) - now()
    from consent.consents c
    join consent.consent_parties p on p.tenant_id = c.tenant_id and p.id = c.party_id
    join core.people e on e.id = p.person_id
    join core.people r on r.id = c.recorded_by
    where c.work_id = tests.work(title) and not isempty(c.during)
    order by c.id
$$;

select tests.world();
select tests.join('ada', 'heron', 'community_member');
select tests.as('ada');
select content.create_note(tests.scope('heron'), 'Ice', '{"text": "1"}');
select consent.add_party(tests.work('Ice'), tests.person('max'), 'depicted');
select tests.refused(
    $$select consent.add_party(tests.work('Ice'), null, 'depicted')$$, 'not_found', 'nobody is somebody to be asked'
);
select tests.as_nobody();

-- In person.

create temporary table deeds on commit drop as
select *
from (
    values
        ($$select consent.give_consent(tests.work('Ice'), 'research')$$),
        ($$select consent.refuse_consent(tests.work('Ice'))$$),
        ($$select consent.withdraw_consent(tests.work('Ice'))$$),
        ($$select consent.add_party(tests.work('Ice'), tests.person('eli'), 'depicted')$$)
) as v (deed);
grant select on deeds to authenticated;
select tests.as('ada');
create temporary table key on commit drop as
select core.create_api_key(tests.scope('river'), 'all', '{scope.read}') as secret;
select tests.as_nobody();
select set_config('tests.claims', core.authenticate_api_key(sha256(convert_to(secret, 'utf8')))::text, true) from key;
select tests.as('ada');
select set_config('request.jwt.claims', current_setting('tests.claims'), true);
select tests.refused(deed, 'not_with_key', 'a program does not decide: ' || deed) from deeds;
select tests.as_token('{"iss": "https://tests.example", "sub": "nobody ever"}');
select tests.refused(deed, 'not_signed_in', 'nor does somebody unknown: ' || deed) from deeds;
select tests.as_nobody();
select is_empty($$select * from tests.standing('Ice')$$, 'and nothing was decided');

-- A guardian who has to consent themselves, too.

update core.people set guardian_id = tests.person('ada') where id = tests.person('max');
select tests.as('ada');
select consent.give_consent(tests.work('Ice'), 'research');
select results_eq(
    $$select party, recorded_by, decision, purpose from tests.standing('Ice')$$,
    $$values ('Ada', 'Ada', 'given', 'research')$$, 'whoever names nobody decides for themselves, a guardian, too'
);
select consent.refuse_consent(tests.work('Ice'), 'research', person_id => tests.person('max'));
select results_eq(
    $$select party, recorded_by, decision, purpose from tests.standing('Ice')$$,
    $$values ('Ada', 'Ada', 'given', 'research'), ('Max', 'Ada', 'refused', 'research')$$,
    'who names their ward decides for them, and their own yes stays'
);
select tests.refused(
    $$select consent.give_consent(tests.work('Ice'), 'research', person_id => tests.person('sol'))$$, 'not_found',
    'nobody decides for whom they do not act for'
);
select tests.as_nobody();
update core.people set guardian_id = null where id = tests.person('max');

-- What one decided in a transaction that began later, comes before what one decides now; what others did, does not.

insert into consent.consents (
    tenant_id, work_id, party_id, purpose, decision, during, recorded_by, recorded_at
)
select
    p.tenant_id, p.work_id, p.id, 'insight', 'refused', tstzrange(now() + interval '1 minute', null), p.person_id,
    now() + interval '1 minute'
from consent.consent_parties p
where p.person_id = tests.person('max');
select tests.as('ada');
select consent.give_consent(tests.work('Ice'), 'insight');
select tests.as('max');
select consent.give_consent(tests.work('Ice'), 'commercial_use');
select results_eq(
    $$select party, decision, purpose, begins from tests.standing('Ice') where purpose <> 'research'$$,
    $$
    values
        ('Max', 'refused', 'insight', interval '1 minute'), ('Ada', 'given', 'insight', interval '0'),
        ('Max', 'given', 'commercial_use', interval '1 minute')
    $$,
    'what others decide meanwhile moves nothing of mine; what I do, does'
);

-- Which work it is about.

select tests.as('ada');
select content.create_note(tests.scope('heron'), 'Snow', '{"text": "1"}');
select consent.give_consent(tests.work('Snow'), 'research');
select is(consent.allows(tests.work('Snow'), 'research'), true, 'what one work allows');
select is(consent.allows(tests.work('Ice'), 'research'), false, 'another does not');
select consent.give_consent(tests.work('Snow'), 'insight');
select consent.withdraw_consent(tests.work('Snow'), 'research');
select is(consent.allows(tests.work('Snow'), 'research'), false, 'nor it itself, when that is taken back');

-- Closed places, where nothing is made, but anybody's no is heard.

select tests.as_nobody();
update core.scopes set archived_at = now() where slug = 'heron';
select tests.as('ada');
select tests.refused(
    $$select consent.add_party(tests.work('Ice'), tests.person('eli'), 'depicted')$$, 'scope_archived',
    'in a place that is closed nobody is asked'
);
select lives_ok($$select consent.withdraw_consent(tests.work('Ice'))$$, 'and everybody can take back what they said');
select tests.as_nobody();

-- A community is asked once, too.

insert into consent.consent_parties (tenant_id, work_id, scope_id, capacity, added_by)
select w.tenant_id, w.id, w.scope_id, 'community', w.owner_id from content.works w where w.title = 'Ice';
select tests.violates(
    tests.variant('consent.consent_parties', '{"x": 1}', 'capacity = ''community'''),
    'consent_parties_scope_id_tenant_id_work_id_key', 'a community is asked once'
);

select * from finish();
rollback;
