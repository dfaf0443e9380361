-- Consent: who has to give it, what it opens and for whom, how it begins and ends, and that nothing less than
-- everyone's yes is a yes. Times are set in the tables where the functions would have to wait for them.

begin;
set local search_path = tap, tests, public;
select plan(111);

create function tests.readers(title text)
returns text[]
language plpgsql
set search_path = ''
as $$
declare
    found text[] := '{}';
    name text;
    work_id constant uuid := tests.work(title);
begin
    foreach name in array '{anon,ada,cleo,eli,hazel,max,oona,sol}'::text[] loop
        perform tests.as(name);
        if exists (select from content.works w where w.id = work_id) then
            found := found || name;
        end if;
    end loop;
    perform tests.as_nobody();
    return found;
end
$$;

-- The versions that somebody reads of a work.
create function tests.reads(name text, title text)
returns integer[]
language plpgsql
set search_path = ''
as $$
declare
    numbers integer[];
    chosen constant uuid := tests.work(title);
begin
    perform tests.as(name);
    select array_agg(v.number order by v.number) into numbers
    from content.work_versions v
    where v.work_id = chosen;
    perform tests.as_nobody();
    return numbers;
end
$$;

-- Whose decisions there are about a work, one line each.
create function tests.decided(title text)
returns setof text
language sql
stable
security definer
set search_path = ''
as $$
    select concat_ws(
        ' ', e.display_name, c.decision, c.purpose, c.channel,
        case
            when isempty(c.during) then 'never'
            when upper(c.during) <= now() then 'ended'
            when lower(c.during) > now() then 'later'
            when upper(c.during) is not null then 'until'
        end
    )
    from consent.consents c
    join consent.consent_parties p on p.tenant_id = c.tenant_id and p.id = c.party_id
    join core.people e on e.id = p.person_id
    where c.work_id = tests.work(title)
    order by c.id
$$;
grant execute on all functions in schema tests to public;

select tests.world();
select tests.as('cleo');
select content.create_note(tests.scope('heron'), 'Ice', '{"text": "one"}', visibility => 'public');
select content.transition(tests.work('Ice'), 'published');

-- Silence.

select is(tests.readers('Ice'), '{cleo}'::text[], 'published for everybody, but without consent: nobody reads it');
select tests.as('cleo');
select is(consent.allows(tests.work('Ice'), p.key), false, format('and it is not allowed: %s', p.key))
from consent.purposes p
order by p.key;

-- Each purpose opens for its own, and no further.

select consent.give_consent(tests.work('Ice'), 'community_sharing');
select is(tests.readers('Ice'), '{cleo,eli,sol}'::text[], 'consent to its community opens it to who reads there');
select tests.as('cleo');
select ok(consent.allows(tests.work('Ice'), 'community_sharing'), 'that is allowed');
select ok(not consent.allows(tests.work('Ice'), 'public_sharing'), 'and nothing else');
select consent.give_consent(tests.work('Ice'), 'organization_sharing');
select is(
    tests.readers('Ice'), '{ada,cleo,eli,max,oona,sol}'::text[], 'consent to the organization, to who belongs to it'
);
select tests.as('cleo');
select consent.give_consent(tests.work('Ice'), 'public_sharing');
select is(
    tests.readers('Ice'), '{anon,ada,cleo,eli,hazel,max,oona,sol}'::text[], 'consent to the public, to everybody'
);
select is_empty('select * from consent.verify_effective()', 'as is recounted');

-- No further than its owner means, and only while it is published.

select tests.as('cleo');
select content.update_work(tests.work('Ice'), visibility => 'organization');
select is(tests.readers('Ice'), '{ada,cleo,eli,max,oona,sol}'::text[], 'an owner draws it back to the organization');
select tests.as('cleo');
select content.update_work(tests.work('Ice'), visibility => 'community', title => 'Ice');
select is(tests.readers('Ice'), '{cleo,eli,sol}'::text[], 'to the community');
select tests.as('cleo');
select content.update_work(tests.work('Ice'), visibility => 'private');
select is(tests.readers('Ice'), '{cleo}'::text[], 'to nobody');
select tests.as('cleo');
select content.update_work(tests.work('Ice'), visibility => 'public');
select content.transition(tests.work('Ice'), 'withdrawn');
select is(tests.readers('Ice'), '{cleo}'::text[], 'a work that is withdrawn is nobody''s to read');
select tests.as('cleo');
select content.transition(tests.work('Ice'), 'draft');
select content.attribute_work(tests.work('Ice'), 'Cleo', 'teller');
select content.transition(tests.work('Ice'), 'published');
select is(cardinality(tests.readers('Ice')), 8, 'and when it is published again, the consents still stand');
select is_empty('select * from consent.verify_effective()', 'as is recounted');

-- Who is kept from a place does not read there, whatever the window.

insert into core.sanctions (tenant_id, scope_id, person_id, capability, reason, imposed_by)
values (tests.scope('river'), tests.scope('heron'), tests.person('eli'), 'access', 'a quarrel', tests.person('hana'));
select is(
    tests.readers('Ice'), '{anon,ada,cleo,hazel,max,oona,sol}'::text[], 'who is kept from a place does not read there'
);
select is(tests.reads('eli', 'Ice'), null, 'nor what it says');
delete from core.sanctions;

-- Withdrawing.

select tests.as('cleo');
select consent.withdraw_consent(tests.work('Ice'), 'public_sharing');
select is(
    tests.readers('Ice'), '{ada,cleo,eli,max,oona,sol}'::text[],
    'when the public''s is withdrawn, the organization keeps what is its own'
);
select set_eq(
    $$select tests.decided('Ice')$$,
    '{"Cleo given community_sharing","Cleo given organization_sharing","Cleo given public_sharing never",
    "Cleo withdrawn public_sharing"}'::text[],
    'the decision before is ended, not gone'
);
select tests.as('cleo');
select consent.withdraw_consent(tests.work('Ice'));
select is(tests.readers('Ice'), '{cleo}'::text[], 'all can be withdrawn at once');
select tests.as('cleo');
select is(
    (select count(*) from consent.consents c where c.decision = 'withdrawn' and not isempty(c.during)), 9::bigint,
    'which is a no to every purpose'
);
select consent.give_consent(tests.work('Ice'), 'public_sharing', until => now() + interval '1 day');
select consent.give_consent(tests.work('Ice'), 'community_sharing');
select is(cardinality(tests.readers('Ice')), 8, 'and given again, for a day');
select results_eq(
    $$select public_during, community_during from content.works$$,
    $$values (
        tstzmultirange(tstzrange(now(), now() + interval '1 day')), tstzmultirange(tstzrange(now(), null))
    )$$,
    'after which it falls back to its community by itself'
);

-- The past and the future.

select tests.as('cleo');
select tests.refused(
    $$select consent.give_consent(tests.work('Ice'), 'public_sharing', until => now())$$, 'ends_before_now',
    'what would have ended is not given'
);
select consent.withdraw_consent(tests.work('Ice'));
select consent.give_consent(tests.work('Ice'), 'public_sharing', begins => now() + interval '1 day');
select is(tests.readers('Ice'), '{cleo}'::text[], 'what begins later is not yet');
select ok(not consent.allows(tests.work('Ice'), 'public_sharing'), 'is not allowed')
from tests.as('cleo');
select ok(
    consent.allows(tests.work('Ice'), 'public_sharing', at => now() + interval '1 day'), 'until its instant'
);
select results_eq(
    $$select public_during from content.works$$,
    $$values (tstzmultirange(tstzrange(now() + interval '1 day', null)))$$, 'when it opens by itself'
);
select consent.give_consent(tests.work('Ice'), 'public_sharing', begins => now() - interval '9 days');
select results_eq(
    $$select public_during, lower(c.during) from content.works, consent.consents c
    where c.decision = 'given' and not isempty(c.during)$$,
    $$values (tstzmultirange(tstzrange(now(), null)), now())$$, 'nothing is given for the past'
);

-- Everyone.

select tests.as('eli');
select tests.refused(
    $$select consent.give_consent(tests.work('Ice'), 'public_sharing')$$, 'not_found',
    'who has not to consent, cannot'
);
select tests.refused(
    $$select consent.add_party(tests.work('Ice'), tests.person('eli'), 'co_teller')$$, 'not_found',
    'and does not make themselves one who has to'
);
select tests.as('cleo');
select tests.refused(
    $$select consent.add_party(tests.work('Ice'), tests.person('hazel'), 'co_teller')$$, 'not_found',
    'nor is somebody asked whom the organization does not know'
);
select tests.refused(
    $$select consent.add_party(tests.work('Ice'), tests.person('eli'), 'community')$$, 'not_found',
    'nor a person as a community'
);
select lives_ok(
    $$select consent.add_party(tests.work('Ice'), tests.person('max'), 'depicted')$$, 'an owner says who else has to'
);
select tests.refused(
    $$select consent.add_party(tests.work('Ice'), tests.person('max'), 'co_teller')$$, 'already_asked', 'once'
);
select is(tests.readers('Ice'), '{cleo,max}'::text[], 'who is asked reads it, and nobody else until they said yes');
select tests.as('max');
select results_eq(
    $$select capacity::text, allows, says from consent.explain(tests.work('Ice'), 'public_sharing')$$,
    $$values ('teller', true, 'given'), ('depicted', false, 'silent')$$, 'they are told who said what'
);
select consent.give_consent(tests.work('Ice'), 'public_sharing', until => now() + interval '1 hour');
select is(cardinality(tests.readers('Ice')), 8, 'everyone''s yes is a yes');
select results_eq(
    'select public_during from content.works',
    $$values (tstzmultirange(tstzrange(now(), now() + interval '1 hour')))$$, 'for as long as all of them say so'
);
select tests.as('max');
select consent.refuse_consent(tests.work('Ice'), 'public_sharing');
select is(tests.readers('Ice'), '{cleo,max}'::text[], 'one no is a no');
select tests.as('cleo');
select consent.give_consent(tests.work('Ice'), 'public_sharing');
select is(tests.readers('Ice'), '{cleo,max}'::text[], 'however often the others say yes');
select tests.as('cleo');
select matches(
    (select e.says from consent.explain(tests.work('Ice'), 'public_sharing') e where not e.allows),
    '^refused since ....-..-.. ..:..:.. UTC$', 'and it says whose it is'
);
select is_empty(
    $$select from consent.consents c where c.recorded_by <> tests.person('cleo')$$, 'others'' decisions are theirs'
);
select tests.as('sol');
select is_empty(
    $$select * from consent.explain(tests.work('Ice'), 'public_sharing')$$, 'to others nothing is explained'
);
select is(consent.allows(tests.work('Ice'), 'public_sharing'), false, 'nor answered');
select is_empty('select from consent.effective', 'nor shown');
select is_empty('select from consent.consent_parties', 'nor who was asked');
select tests.as_nobody();
select is_empty('select * from consent.verify_effective()', 'all as is recounted');

-- Somebody who acts for another.

update core.people set guardian_id = tests.person('ada') where id = tests.person('max');
select tests.as('ada');
select lives_ok(
    $$select consent.give_consent(tests.work('Ice'), 'public_sharing')$$, 'a guardian says yes for their ward'
);
select results_eq(
    $$select recorded_by from consent.consents where decision = 'given' and not isempty(during)
    and party_id in (select id from consent.consent_parties where person_id = tests.person('max'))$$,
    $$values (tests.person('ada'))$$, 'and it is kept who wrote it down'
);
select is(cardinality(tests.readers('Ice')), 8, 'which counts');
update core.people set guardian_id = null where id = tests.person('max');

-- Ways of sharing.

select tests.as('max');
select consent.refuse_consent(tests.work('Ice'), 'public_sharing', channel => 'radio');
select tests.as('cleo');
select ok(consent.allows(tests.work('Ice'), 'public_sharing'), 'a no to the radio leaves the rest');
select ok(not consent.allows(tests.work('Ice'), 'public_sharing', channel => 'radio'), 'and is a no to the radio');
select ok(consent.allows(tests.work('Ice'), 'public_sharing', channel => 'book'), 'of which nothing else follows');
select consent.give_consent(tests.work('Ice'), 'commercial_use', channel => 'book');
select tests.as('max');
select consent.give_consent(tests.work('Ice'), 'commercial_use');
select ok(
    consent.allows(tests.work('Ice'), 'commercial_use', channel => 'book'), 'a yes for all and one for a book: a book'
);
select ok(not consent.allows(tests.work('Ice'), 'commercial_use'), 'and no more than that');
select consent.refuse_consent(tests.work('Ice'), 'commercial_use');
select ok(
    not consent.allows(tests.work('Ice'), 'commercial_use', channel => 'book'), 'a no to all is a no to the book, too'
);
select tests.violates(
    $$select consent.give_consent(tests.work('Ice'), 'insight', channel => 'A Book')$$,
    'consents_channel_check', 'a way of sharing has a plain name'
);
select tests.violates(
    $$select consent.give_consent(tests.work('Ice'), 'insight', channel => repeat('a', 64))$$,
    'consents_channel_check', 'a short one'
);
select tests.refused(
    $$select consent.give_consent(tests.work('Ice'), 'anything')$$, 'not_found', 'and a purpose is one there is'
);
select tests.refused(
    $$select consent.give_consent(tests.work('Ice'), null)$$, 'not_found', 'nobody says yes to everything at once'
);

-- Versions.

select is(tests.reads('anon', 'Ice'), '{1}'::integer[], 'readers read the version that everyone agreed to');
select tests.as('cleo');
select content.revise_work(tests.work('Ice'), '{"text": "two"}');
select is(tests.reads('anon', 'Ice'), '{1}'::integer[], 'also when there is a newer one');
select is(tests.reads('max', 'Ice'), '{1,2}'::integer[], 'which those who have to consent to it can read');
select tests.as('max');
select results_eq(
    $$select allows, says from consent.explain(tests.work('Ice'), 'public_sharing')$$,
    $$values (true, 'given, for version 1; the newest is 2'), (true, 'given, for version 1; the newest is 2')$$,
    'that is explained'
);
select consent.give_consent(tests.work('Ice'), 'public_sharing');
select is(tests.reads('anon', 'Ice'), '{2}'::integer[], 'once the others agree to it, it is what readers read');
select tests.as('cleo');
select content.revise_work(tests.work('Ice'), '{"text": "two!"}', minor => true);
select is(tests.reads('anon', 'Ice'), '{3}'::integer[], 'a minor one goes with the one before');
select tests.as('max');
select consent.withdraw_consent(tests.work('Ice'), 'public_sharing');
select is(tests.reads('anon', 'Ice'), null, 'and with a no, none is left');
select tests.as('max');
select consent.give_consent(tests.work('Ice'), 'public_sharing');
select tests.as('cleo');
select content.revise_work(tests.work('Ice'), '{"text": "three"}');
select tests.as('max');
select consent.give_consent(tests.work('Ice'), 'community_sharing');
select tests.as('cleo');
select consent.give_consent(tests.work('Ice'), 'community_sharing');
select is(tests.reads('anon', 'Ice'), '{3}'::integer[], 'each audience has the newest that was agreed to for it');
select is(tests.reads('eli', 'Ice'), '{3,4}'::integer[], 'and the community, which is public, too');
select tests.as_nobody();
select is_empty('select * from consent.verify_effective()', 'as is recounted');

-- What is kept and cannot be edited.

select tests.backend_reads(relation) from unnest('{consent.consents,consent.effective}'::regclass[]) relation;
insert into consent.consents (
    tenant_id, work_id, party_id, purpose, channel, decision, during, through_version, recorded_by
)
select p.tenant_id, p.work_id, p.id, 'research', 'old', 'given', '[2020-01-01,)', 1, p.person_id
from consent.consent_parties p
where p.capacity = 'teller';
select tests.refused(format('update consent.consents set %s where channel = ''old''', change), 'append_only', promise)
from (
    values
        ('decision = ''refused'', through_version = null', 'a decision is never edited, whoever writes'),
        ('during = ''[2019-01-01,)''', 'nor does it begin earlier'),
        ('during = ''[2021-01-01,)''', 'nor later'),
        ('during = ''[2020-01-01,2021-01-01)''', 'nor has it ended before now'),
        ('during = ''empty''', 'nor, once it began, was it never'),
        ('attribution_required = true, during = tstzrange(lower(during), now())', 'nor does it change as it ends')
) as v (change, promise);
select lives_ok(
    $$update consent.consents set during = tstzrange(lower(during), now()) where channel = 'old'$$, 'it ends'
);
select tests.refused(
    $$update consent.consents set during = '[2020-01-01,)' where channel = 'old'$$, 'append_only', 'for good'
);
select tests.refused('delete from consent.consents', 'append_only', 'nor is one taken away');
select tests.violates(
    tests.variant('consent.consents', changes, 'decision = ''given'' and not isempty(during)'), constraint_name, promise
)
from (
    values
        ('{}'::jsonb, 'consents_pkey', 'a decision is written once'),
        ('{"x": 1}', 'consents_overlap_excl', 'two at a time do not stand'),
        ('{"through_version": null}', 'consents_through_version_check', 'a yes is to something'),
        ('{"during": "(,)"}', 'consents_during_check', 'and has a beginning')
) as v (changes, constraint_name, promise);
select tests.violates(
    tests.variant('consent.consent_parties', changes, 'capacity = ''teller'''), constraint_name, promise
)
from (
    values
        ('{}'::jsonb, 'consent_parties_pkey', 'who is asked is written once'),
        ('{"x": 1}', 'consent_parties_person_id_tenant_id_work_id_key', 'as one'),
        ('{"person_id": null}', 'consent_parties_party_check', 'and is somebody'),
        ('{"capacity": "community"}', 'consent_parties_capacity_check', 'a community is a place')
) as v (changes, constraint_name, promise);
select tests.refused(
    $$update consent.consent_parties set capacity = 'depicted'$$, 'key_frozen', 'and nobody else is made of them'
);

select tests.as('eli');
select content.create_note(tests.scope('heron'), 'Bare', '{}');
select tests.as_nobody();
set constraints all immediate;
select tests.violates(
    $$delete from consent.consent_parties where work_id = tests.work('Bare')$$,
    'works_tenant_id_id_owner_id_fkey', 'whoever owns a work stays one who has to consent'
);
set constraints all deferred;

-- A recount that finds.

select consent._recompute(tests.scope('river'), array[tests.work('Ice')]);
update content.works set public_during = '{}';
select set_eq(
    'select problem from consent.verify_effective()', '{windows}'::text[], 'windows that are wrong are found'
);
select consent._recompute(tests.scope('river'), array[tests.work('Ice')]);
update consent.effective set during = '{}' where purpose = 'public_sharing';
select tests.violates(
    $$update consent.effective set version = null where during <> '{}'$$,
    'effective_during_check', 'nothing may be used in no version'
);
select set_eq(
    'select problem from consent.verify_effective()', '{windows,effective public_sharing}'::text[],
    'and so is what is wrongly effective'
);
select consent._recompute(tests.scope('river'), array[tests.work('Ice')]);
select is_empty('select * from consent.verify_effective()', 'and put right by compiling it again');

-- Who is forgotten, and who turns out to be somebody else.

select tests.as('max');
select core.erase_person(tests.person('max'));
select is(tests.readers('Ice'), '{cleo}'::text[], 'who is forgotten says yes to nothing any more');
select tests.as_nobody();
select is(
    (
        select count(*)
        from consent.consents c
        join consent.consent_parties p on p.tenant_id = c.tenant_id and p.id = c.party_id
        where p.person_id = tests.person('max') and c.decision = 'given' and c.during @> now()
    ),
    0::bigint, 'in no matter'
);
select is_empty('select * from consent.verify_effective()', 'as is recounted');
select tests.join('nia', 'heron', 'storyteller');
select tests.as('nia');
select content.create_note(tests.scope('heron'), 'Fire', '{"text": "one"}', visibility => 'public');
select content.transition(tests.work('Fire'), 'published');
select consent.give_consent(tests.work('Fire'), 'public_sharing');
select tests.as_nobody();
select core.merge_people(tests.person('nia'), tests.person('noa'));
select is_empty('select * from consent.verify_effective()', 'a merger is followed');
select tests.as('noa');
select content.revise_work(tests.work('Fire'), '{"text": "two"}');
select is(tests.reads('anon', 'Fire'), '{2}'::integer[], 'who turned out to be somebody agrees to what they write');
select tests.as_nobody();
select is_empty('select * from consent.verify_effective()', 'as is recounted');
insert into core.sanctions (tenant_id, scope_id, person_id, capability, reason, imposed_by)
values (tests.scope('river'), tests.scope('heron'), tests.person('noa'), 'create', 'a quarrel', tests.person('hana'));
select tests.as('noa');
select lives_ok($$select content.transition(tests.work('Fire'), 'withdrawn')$$, 'who is kept from a place takes back');
select content.transition(tests.work('Fire'), 'draft');
select tests.refused(
    $$select content.transition(tests.work('Fire'), 'published')$$, 'barred', 'and brings nothing into it'
);
select tests.as_nobody();

select * from finish();
rollback;
