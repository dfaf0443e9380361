-- Ways of sharing: what is decided for one alone stands before what is decided in general, either way, and is no answer
-- to anything else. A purpose for each case; two have to consent.

begin;
set local search_path = tap, tests, public;
select plan(34);

-- What everyone's decisions come to for a purpose, in general and by radio, now and in two days.
create function tests.allowed(purpose text)
returns boolean[]
language sql
stable
set search_path = ''
as $$
    select array[
        consent.allows(tests.work('Ice'), purpose),
        consent.allows(tests.work('Ice'), purpose, channel => 'radio'),
        consent.allows(tests.work('Ice'), purpose, at => now() + interval '2 days'),
        consent.allows(tests.work('Ice'), purpose, at => now() + interval '2 days', channel => 'radio')
    ]
$$;

select tests.world();
select tests.as('cleo');
select content.create_note(tests.scope('heron'), 'Ice', '{"text": "1"}', visibility => 'public');
select content.transition(tests.work('Ice'), 'published');
select consent.add_party(tests.work('Ice'), tests.person('max'), 'depicted');

-- A yes in general leaves the no to one.

select tests.as('max');
select consent.give_consent(tests.work('Ice'), 'research');
select tests.as('cleo');
select consent.refuse_consent(tests.work('Ice'), 'research', channel => 'radio');
select consent.give_consent(tests.work('Ice'), 'research');
select is(tests.allowed('research'), '{t,f,t,f}', 'a yes in general, after a no to the radio, leaves that no');
select results_eq(
    $$
    select e.says
    from unnest('{null,book,radio}'::text[]) channel,
        consent.explain(tests.work('Ice'), 'research', channel => channel) e
    where e.person_id = tests.person('cleo') and e.says !~ '^refused since'
    $$,
    $$values ('given'), ('given')$$, 'which is explained to whoever asks about the radio, and to nobody else'
);
select is(
    (select e.allows from consent.explain(tests.work('Ice'), 'research', channel => 'radio') e where not e.allows),
    false, 'as a no'
);

-- A no in general ends the yes to one; a yes to one after it stands.

select tests.as('max');
select consent.give_consent(tests.work('Ice'), 'commercial_use');
select tests.as('cleo');
select consent.give_consent(tests.work('Ice'), 'commercial_use', channel => 'radio');
select is(tests.allowed('commercial_use'), '{f,t,f,t}', 'a yes to the radio alone is one to the radio');
select consent.refuse_consent(tests.work('Ice'), 'commercial_use');
select is(tests.allowed('commercial_use'), '{f,f,f,f}', 'a no in general ends it');
select consent.give_consent(tests.work('Ice'), 'commercial_use', channel => 'radio');
select is(tests.allowed('commercial_use'), '{f,t,f,t}', 'after that, a yes to the radio stands');
select consent.withdraw_consent(tests.work('Ice'), 'commercial_use', channel => 'radio');
select is(tests.allowed('commercial_use'), '{f,f,f,f}', 'until it is taken back');

-- One way of sharing is no other one, and not all of them.

select consent.give_consent(tests.work('Ice'), 'insight', channel => 'book');
select tests.as('max');
select consent.give_consent(tests.work('Ice'), 'insight', channel => 'radio');
select is(tests.allowed('insight'), '{f,f,f,f}', 'yes to a book and yes to the radio agree on neither');
select is(
    consent.allows(tests.work('Ice'), 'insight', channel => 'book'), false, 'of the book the other said nothing'
);
select tests.as('cleo');
select consent.give_consent(tests.work('Ice'), 'insight', until => now() + interval '1 day');
select is(tests.allowed('insight'), '{f,t,f,f}', 'general for a day, and the radio: the radio is agreed, for a day');
select tests.as('max');
select consent.give_consent(tests.work('Ice'), 'insight', until => now() + interval '1 day');
select is(tests.allowed('insight'), '{t,t,f,f}', 'both in general: all, for a day');
select tests.as('cleo');
select consent.give_consent(tests.work('Ice'), 'insight', channel => 'radio');
select is(tests.allowed('insight'), '{t,t,f,t}', 'both to the radio for good: it outlasts the day, and it alone');

-- What is said about one purpose is not said about another.

select consent.refuse_consent(tests.work('Ice'), 'ai_training', channel => 'radio');
select consent.give_consent(tests.work('Ice'), 'ai_analysis');
select tests.as('max');
select consent.give_consent(tests.work('Ice'), 'ai_training');
select consent.give_consent(tests.work('Ice'), 'ai_analysis', channel => 'radio');
select is(tests.allowed('ai_training'), '{f,f,f,f}', 'one says no to training by radio, and nothing in general');
select is(tests.allowed('ai_analysis'), '{f,t,f,t}', 'which takes nothing from their yes to analysis');

-- A version agreed to for one way of sharing is not agreed to in general.

select consent.give_consent(tests.work('Ice'), 'public_sharing');
select tests.as('cleo');
select consent.give_consent(tests.work('Ice'), 'public_sharing');
select content.revise_work(tests.work('Ice'), '{"text": "2"}');
select tests.as('max');
select consent.give_consent(tests.work('Ice'), 'public_sharing', channel => 'radio');
select results_eq(
    $$
    select channel, version, during @> now()
    from consent.effective
    where purpose = 'public_sharing'
    order by channel
    $$,
    $$values ('', 1, true), ('radio', 2, true)$$, 'a new version agreed to for the radio is for the radio alone'
);
select tests.as_anon();
select results_eq(
    $$select number from content.work_versions$$, $$values (1)$$, 'and in general the one before goes on being read'
);

-- Only what is decided in general opens a work to be read.

select tests.as('max');
select consent.give_consent(tests.work('Ice'), purpose, channel => 'radio')
from unnest('{organization_sharing,community_sharing}'::text[]) purpose;
select tests.as('cleo');
select consent.give_consent(tests.work('Ice'), purpose, channel => 'radio')
from unnest('{organization_sharing,community_sharing}'::text[]) purpose;
select consent.refuse_consent(tests.work('Ice'), 'public_sharing');
select consent.give_consent(tests.work('Ice'), 'public_sharing', channel => 'radio');
select is(tests.allowed(purpose), '{f,t,f,t}', 'by radio alone: ' || purpose)
from unnest('{public_sharing,organization_sharing,community_sharing}'::text[]) purpose;
select results_eq(
    'select public_during, organization_during, community_during from content.works',
    $$values ('{}'::tstzmultirange, '{}'::tstzmultirange, '{}'::tstzmultirange)$$, 'opens it to nobody who reads'
);
select tests.as_nobody();
select is_empty('select * from consent.verify_effective()', 'as is recounted');
select tests.as('sol');
select is_empty('select from content.works', 'not to its community');
select tests.as('ada');
select is_empty('select from content.works', 'nor to the organization');
select tests.as_nobody();

-- A program with an API key carries by its channel what is read in general, unless it was decided otherwise for that.

-- What the key of somebody reads of a work without a channel, by radio and in a book: the work, what it says, and
-- whether it is found, for which content.known_works answers.
create function tests.carried(reader text, asked text)
returns text[]
language plpgsql
set search_path = ''
as $$
declare
    key_id constant uuid := (select k.id from core.api_keys k where k.person_id = tests.person(reader));
    channel text;
    carried text[] := '{}';
begin
    foreach channel in array '{null,radio,book}'::text[] loop
        perform set_config(
            'request.jwt.claims',
            json_build_object(
                'role', 'authenticated', 'person', tests.person(reader), 'api_key', key_id, 'channel', channel
            )::text,
            true
        );
        perform set_config('role', 'authenticated', true);
        carried := carried || concat_ws(
            ' ', coalesce(channel, 'any'),
            (select string_agg(w.visibility::text, ',') from content.works w where w.title = asked),
            (
                select string_agg(v.number::text, ',')
                from content.work_versions v
                join content.works w on w.id = v.work_id
                where w.title = asked
            ),
            (select count(*) from content.search_works(asked))
        );
        perform tests.as_nobody();
    end loop;
    return carried;
end
$$;

select tests.as('hana');
select core.create_api_key(tests.scope('heron'), 'Robot', '{member.read}');
select tests.as('olive');
select core.create_api_key(tests.scope('river'), 'Robot', '{member.read}');
select tests.as('cleo');
select content.create_note(tests.scope('heron'), title, '{"text": "1"}', visibility => shared::content.work_visibility)
from (values ('Thaw', 'public'), ('Frost', 'organization'), ('Hail', 'community')) as v (title, shared);
select content.transition(tests.work(title), 'published') from unnest('{Thaw,Frost,Hail}'::text[]) title;
select consent.give_consent(tests.work(title), purpose)
from (
    values ('Thaw', 'public_sharing'), ('Frost', 'organization_sharing'), ('Hail', 'community_sharing')
) as v (title, purpose);
select tests.as_nobody();
select is(
    tests.carried(reader, title),
    array[format('any %s 1 1', shared), format('radio %s 1 1', shared), format('book %s 1 1', shared)],
    format('what is shared with the %s goes by every channel', shared)
)
from (
    values ('hana', 'Thaw', 'public'), ('olive', 'Frost', 'organization'), ('hana', 'Hail', 'community')
) as v (reader, title, shared);
select tests.as('cleo');
select consent.refuse_consent(tests.work('Thaw'), purpose, channel => 'radio')
from unnest('{organization_sharing,research}'::text[]) purpose;
select tests.as_nobody();
select is(
    tests.carried('hana', 'Thaw'), '{any public 1 1,radio public 1 1,book public 1 1}',
    'what was refused for other purposes, or for an audience that does not read it, takes nothing from that'
);
select tests.as('cleo');
select consent.refuse_consent(tests.work(title), purpose, channel => 'radio')
from (
    values ('Thaw', 'public_sharing'), ('Frost', 'organization_sharing'), ('Hail', 'community_sharing')
) as v (title, purpose);
select tests.as_nobody();
select is(
    tests.carried(reader, title), array[format('any %s 1 1', shared), 'radio 0', format('book %s 1 1', shared)],
    format('what is shared with the %s does not go by a channel for which that was refused', shared)
)
from (
    values ('hana', 'Thaw', 'public'), ('olive', 'Frost', 'organization'), ('hana', 'Hail', 'community')
) as v (reader, title, shared);
select tests.as('hana');
select isnt_empty($$select from content.works where title = 'Thaw'$$, 'people are kept from nothing by that');
select tests.as('cleo');
select consent.give_consent(tests.work('Thaw'), 'public_sharing', 'radio', begins => now() + interval '1 day');
select tests.as_nobody();
select is((tests.carried('hana', 'Thaw'))[2], 'radio 0', 'a yes for the channel waits for its day');
select tests.as('cleo');
select consent.give_consent(tests.work('Thaw'), 'public_sharing', 'radio');
select tests.as_nobody();
select is((tests.carried('hana', 'Thaw'))[2], 'radio public 1 1', 'when that has come, it goes again');
select tests.as('cleo');
select consent.refuse_consent(tests.work('Thaw'), 'public_sharing');
select consent.give_consent(tests.work('Thaw'), 'public_sharing', 'radio');
select tests.as_nobody();
select is((tests.carried('hana', 'Thaw'))[2], 'radio 0', 'and what is not read in general goes by no channel');

select * from finish();
rollback;
