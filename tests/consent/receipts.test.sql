-- A receipt says what was decided and how it stands now, to whoever decided.

begin;
set local search_path = tap, tests, public;
select plan(25);

create function tests.receipt(says consent.decision, about text default 'research', by_channel text default null)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
    chosen uuid;
    answer jsonb;
begin
    perform tests.as_nobody();
    select c.id into strict chosen
    from consent.consents c
    where c.decision = says and c.purpose = about and c.channel is not distinct from by_channel;
    perform tests.as('cleo');
    return consent.receipt(chosen);
end
$$;

select tests.world();
select tests.as('cleo');
select content.create_note(tests.scope('heron'), 'Ice', '{}');
select consent.give_consent(
    tests.work('Ice'), 'research', until => now() + interval '1 year', attribution_required => true
);
select consent.give_consent(tests.work('Ice'), 'research', 'radio');
select consent.give_consent(tests.work('Ice'), 'insight', begins => now() + interval '1 day');

select is(
    tests.receipt('given'),
    jsonb_build_object(
        'schema_version', 'ISO/IEC TS 27560:2023',
        'record_id', (select c.id from consent.consents c where c.purpose = 'research' and c.channel is null),
        'pii_principal_id', tests.person('cleo'),
        'controller', jsonb_build_object(
            'id', tests.scope('river'), 'name', 'River Council', 'jurisdiction', 'CA', 'data_location', 'ca-central'
        ),
        'processing', jsonb_build_object(
            'work_id', tests.work('Ice'), 'version', 1,
            'purpose', jsonb_build_object('key', 'research', 'name', 'Research', 'type', 'dpv:ResearchAndDevelopment'),
            'channel', null, 'attribution_required', true
        ),
        'event', jsonb_build_object(
            'type', 'given', 'time', now(), 'recorded_by', tests.person('cleo'), 'valid_from', now(),
            'valid_until', now() + interval '1 year', 'state', 'given'
        ),
        'uses', '[]'::jsonb
    ),
    'a receipt says what was decided, for what, from when until when'
);
select is(tests.receipt('given', 'insight') #>> '{event,state}', 'not yet', 'what begins later does not stand yet');
select is(
    tests.receipt('given', 'research', 'radio') #>> '{processing,channel}', 'radio', 'by which way, where it was said'
);
select is(
    tests.receipt('given', 'research', 'radio') #>> '{processing,attribution_required}', 'false',
    'and whether a name was a condition of it'
);
select isnt(consent.receipt(c.id), null, 'they ask for it by its id') from consent.consents c limit 1;
select tests.as('eli');
select is(
    consent.receipt((tests.receipt('given') ->> 'record_id')::uuid) #>> '{event,state}', 'given', 'before: theirs'
);
select tests.as_nobody();
create temporary table asked as select c.id from consent.consents c;
grant select on asked to public;
select tests.as('eli');
select is_empty(
    $$select from asked a where consent.receipt(a.id) is not null$$, 'nobody gets a receipt for what others decided'
);
select tests.as_service();
select is(
    (select count(consent.receipt(a.id)) from asked a), 3::bigint, 'but a server, which sends it'
);
select tests.join('cleo', 'otter', 'community_member');
select tests.as('cleo');
select content.create_note(tests.scope('heron'), 'Ours', '{}');
select consent.add_party(tests.work('Ours'), tests.person('eli'), 'co_teller');
select consent.add_community(tests.work('Ours'), tests.scope('otter'));
select tests.as('eli');
select consent.give_consent(tests.work('Ours'), 'ai_training');
select tests.as('otis');
select consent.give_consent(tests.work('Ours'), 'ai_training', scope_id => tests.scope('otter'));
select tests.as_nobody();
create temporary table ours as
select coalesce(e.display_name, 'Otter') as whose, c.id
from consent.consents c
join consent.consent_parties p on p.id = c.party_id
left join core.people e on e.id = p.person_id
where c.work_id = tests.work('Ours') and c.decision = 'given' and c.recorded_by <> tests.person('cleo');
grant select on ours to public;
select tests.as('cleo');
select is_empty(
    $$select o.whose from ours o where consent.receipt(o.id) is not null$$,
    'whose work it is gets none for what others decided about it'
);
select tests.as('otis');
select results_eq(
    $$select o.whose from ours o where consent.receipt(o.id) is not null$$, $$values ('Otter')$$,
    'who speaks for a community does, for what it decided'
);
select tests.as('sol');
select consent.create_protocol(tests.scope('heron'), 'Embers', 'family', 'members');
select tests.as('cleo');
select consent.protect_work(tests.work('Ours'), tests.scope('heron'), array[p.id]) from consent.protocols p;
select tests.as('otis');
select is_empty(
    $$select o.whose from ours o where consent.receipt(o.id) is not null$$,
    'as long as they may know of the work'
);

-- As if that had been yesterday.

select tests.as_nobody();
alter table consent.consents disable trigger _010_end_only;
update consent.consents c
set during = tstzrange(lower(c.during) - interval '2 days', upper(c.during)), recorded_at = now() - interval '2 days'
where c.purpose = 'research';
alter table consent.consents enable trigger _010_end_only;
select tests.as('sol');
select consent.begin_run(
    consent.create_agreement(tests.scope('heron'), 'Institute', '{research}', '', repeat('ab', 32)), 'research', 'First'
);
select is(
    (select count(*) from consent.hand_out(r.id, array[tests.work('Ice')])), 1::bigint, 'before: it is used'
)
from consent.runs r;
select content.create_note(tests.scope('heron'), 'Snow', '{}') from tests.as('cleo');
select consent.give_consent(tests.work('Snow'), 'research', 'book');
select tests.as('sol');
select is(
    (
        select count(h.work_id)
        from consent.agreements a, consent.begin_run(a.id, 'research', 'Second', 'book') r (id),
            consent.hand_out(r.id, array[tests.work('Snow')]) h
    ),
    1::bigint, 'before: another run uses another work'
);
select is(
    (tests.receipt('given') #> '{uses,0}') - 'run_id',
    jsonb_build_object('version', 1, 'handed_out_at', now(), 'recalled_at', null, 'irrevocable', false),
    'a receipt says what it was used for'
);
select is(jsonb_array_length(tests.receipt('given') -> 'uses'), 1, 'once for each run that had it');
select is(
    tests.receipt('given', 'research', 'book') #>> '{uses,0,run_id}',
    (select r.id::text from consent.runs r where r.model = 'Second'),
    'and which run that was'
);
select is(
    jsonb_array_length(tests.receipt('given', 'insight') -> 'uses'), 0, 'and nothing that others were used for'
);
select consent.withdraw_consent(tests.work('Ice'), 'research');
select is(tests.receipt('given') #>> '{event,state}', 'withdrawn', 'what was taken back says so');
select is(
    tests.receipt('given', 'research', 'radio') #>> '{event,state}', 'withdrawn', 'also where it was with all others'
);
select is(
    (tests.receipt('given') #>> '{uses,0,recalled_at}')::timestamptz, now(), 'and that it was taken from the use'
);
select is(tests.receipt('withdrawn') #>> '{event,state}', 'withdrawn', 'as does the receipt for taking it back');
select is(
    tests.receipt('given') #>> '{event,valid_until}', to_jsonb(now()) #>> '{}', 'it ended when it was taken back'
);
select tests.as_nobody();
alter table consent.consents disable trigger _010_end_only;
update consent.consents c
set during = tstzrange(now() - interval '2 days', now() - interval '1 day'), recorded_at = now() - interval '2 days'
where c.purpose = 'insight';
alter table consent.consents enable trigger _010_end_only;
select is(tests.receipt('given', 'insight') #>> '{event,state}', 'expired', 'what ended by itself, that it did');

-- What ended something is what the same party said next, about the same, by the same way or in general.

select tests.as('cleo');
select content.create_note(tests.scope('heron'), 'Rain', '{}');
select consent.add_party(tests.work('Rain'), tests.person('max'), 'depicted');
select tests.as_nobody();
insert into consent.consents (
    tenant_id, work_id, party_id, purpose, channel, decision, during, through_version, recorded_by, recorded_at
)
select
    p.tenant_id, p.work_id, p.id, v.purpose, v.channel, v.decision::consent.decision,
    tstzrange(now() + v.begins, now() + v.ends), case v.decision when 'given' then 1 end, p.person_id, now() + v.begins
from (
    values
        ('cleo', 'insight', null, 'given', interval '-10 days', interval '-5 days'),
        ('max', 'insight', null, 'withdrawn', '-6 days', null),
        ('cleo', 'insight', null, 'refused', '-3 days', null),
        ('cleo', 'commercial_use', null, 'given', '-10 days', null),
        ('cleo', 'commercial_use', 'radio', 'given', '-8 days', '-5 days'),
        ('cleo', 'commercial_use', 'book', 'refused', '-6 days', null),
        ('cleo', 'ai_analysis', 'radio', 'given', '-10 days', '-5 days'),
        ('cleo', 'ai_analysis', 'radio', 'withdrawn', '-5 days', null)
) as v (name, purpose, channel, decision, begins, ends)
join consent.consent_parties p on p.work_id = tests.work('Rain') and p.person_id = tests.person(v.name);
select tests.as_service();
select results_eq(
    $$select c.purpose, c.channel, consent.receipt(c.id) #>> '{event,state}'
    from consent.consents c
    where c.work_id = tests.work('Rain') and c.decision = 'given' and not upper_inf(c.during)
    order by c.purpose$$,
    $$
    values
        ('ai_analysis', 'radio', 'withdrawn'), ('commercial_use', 'radio', 'expired'),
        ('insight', null, 'expired')
    $$,
    'not what others said, nor what was said before, or of another way, or long after'
);
select is(
    (
        select consent.receipt(c.id) ->> 'pii_principal_id'
        from consent.consents c where c.recorded_by = tests.person('max')
    ),
    tests.person('max')::text, 'a receipt names whose decision it was'
);

select * from finish();
rollback;
