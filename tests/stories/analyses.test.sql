-- Analyses: what machines make of a story, in a run for that and with everyone's consent; who reads of it, and that it
-- is gone when consent is.

begin;
set local search_path = tap, tests, public;
select plan(87);

create function tests.run(model text)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
    select r.id from consent.runs r where r.model = run.model
$$;

-- All that is kept of what machines made: the run, the story, and what it is.
create function tests.kept()
returns text[]
language sql
stable
security definer
set search_path = ''
as $$
    select coalesce(array_agg(what order by what), '{}')
    from stories.analyses a
    join consent.runs r on r.id = a.run_id
    join content.works w on w.id = a.story_id
    cross join concat_ws(' ', r.model, w.title, a.kind) what
$$;

-- What somebody reads of that.
create function tests.reads(name text)
returns text[]
language plpgsql
set search_path = ''
as $$
declare
    seen uuid[];
begin
    perform tests.as(name);
    select array_agg(a.id) into seen from stories.analyses a;
    perform tests.as_nobody();
    return array(
        select concat_ws(' ', r.model, w.title, a.kind)
        from stories.analyses a
        join consent.runs r on r.id = a.run_id
        join content.works w on w.id = a.story_id
        where a.id = any (seen)
        order by 1
    );
end
$$;

-- Which stories stand handed out for analysis, as somebody sees it.
create function tests.standing(name text)
returns text[]
language plpgsql
set search_path = ''
as $$
declare
    seen jsonb;
begin
    perform tests.as(name);
    select jsonb_agg(jsonb_build_array(a.run_id, a.work_id)) into seen from stories.standing_analyses a;
    perform tests.as_nobody();
    return array(
        select concat_ws(' ', r.model, w.title)
        from jsonb_array_elements(seen) s
        join consent.runs r on r.id = (s ->> 0)::uuid
        join content.works w on w.id = (s ->> 1)::uuid and w.kind = 'story'
        order by 1
    );
end
$$;

-- As if the time of everyone's consent to analysis were over, in general or by a channel, and nobody had noticed.
create function tests.runs_out(title text, channel text default '')
returns void
language sql
security definer
set search_path = ''
as $$
    update consent.effective e
    set during = tstzmultirange(tstzrange(now() - interval '2 days', now() - interval '1 day'))
    where e.work_id = tests.work(title) and e.purpose = 'ai_analysis' and e.channel = runs_out.channel;
$$;

select tests.world();
select tests.join('nell', 'heron', 'community_member');
select tests.as('olive');
select core.set_module(tests.scope('river'), 'stories', true);
-- Something else that one can consent to, first in the order of the alphabet.
select tests.as_nobody();
insert into consent.purposes (key, name, description, dpv) values ('aaa', 'Aaa', 'Aaa.', 'dpv:Purpose');
select tests.as('cleo');
select stories.create_story(tests.scope('heron'), title, '{"text": "1"}', visibility => 'public')
from unnest('{Ice,Fire,Ash,Snow}'::text[]) title;
select content.create_note(tests.scope('heron'), 'Note', '{"text": "1"}', visibility => 'public');
select consent.give_consent(tests.work(title), purpose)
from unnest('{Ice,Fire,Ash,Snow,Note}'::text[]) title, unnest('{aaa,ai_analysis,research}'::text[]) purpose;
select consent.give_consent(tests.work('Ice'), 'ai_analysis', 'radio');
select tests.as('oona');
select stories.create_story(tests.scope('otter'), 'Mud', '{"text": "1"}', visibility => 'public');
select consent.give_consent(tests.work('Mud'), 'ai_analysis');
select tests.as('sol');
select consent.create_agreement(
    tests.scope('heron'), 'Institute', '{ai_analysis,research}', 'Give back what is found.', repeat('ab', 32)
);
select consent.begin_run(a.id, purpose, model, channel)
from consent.agreements a,
    (values
        ('ai_analysis', 'Reader', null), ('ai_analysis', 'Listener', 'radio'), ('research', 'Study', null),
        ('ai_analysis', 'Over', null)
    ) v (purpose, model, channel);
select tests.as('otis');
select consent.create_agreement(tests.scope('otter'), 'College', '{ai_analysis}', '', repeat('ab', 32));
select consent.begin_run(a.id, 'ai_analysis', 'Pupil') from consent.agreements a;
select count(h.work_id) from consent.hand_out(tests.run('Pupil'), array[tests.work('Mud')]) h;
select tests.as('sol');
select count(h.work_id)
from unnest('{Reader,Listener,Study,Over}'::text[]) model,
    consent.hand_out(tests.run(model), array(select tests.work(t) from unnest('{Ice,Fire,Note}'::text[]) t)) h;
select consent.finish_run(tests.run('Over'));

-- Writing down what came of it.

select lives_ok(
    $$select stories.record_analysis(
        tests.run('Reader'), tests.work('Ice'), 'themes', '{"themes": ["thaw of the heart"]}', '2026-01'
    )$$,
    'whoever manages the agreement writes down what came of a story'
);
select tests.as_nobody();
select results_eq(
    $$
    select a.run_id, a.story_id, a.kind, a.purpose, a.model_version, a.result, a.analysed_at
    from stories.analyses a
    join consent.results r
        on r.tenant_id = a.tenant_id and r.id = a.id and r.run_id = a.run_id and r.work_id = a.story_id
            and r.kind = a.kind
    $$,
    $$values (
        tests.run('Reader'), tests.work('Ice'), 'themes', 'ai_analysis', '2026-01',
        '{"themes": ["thaw of the heart"]}'::jsonb, now()
    )$$,
    'it is what came of it in that run, by that model, and nothing else'
);
select tests.as_service();
select lives_ok(
    $$select stories.record_analysis(tests.run('Reader'), tests.work('Fire'), 'summary', '["It burned."]')$$,
    'a server does so, too'
);
select is(
    (select a.model_version from stories.analyses a where a.story_id = tests.work('Fire')), '',
    'and need not say which version of the model that was'
);
select tests.as('sol');
select stories.record_analysis(tests.run('Listener'), tests.work(t), 'sentiment', '{"mood": "calm"}')
from unnest('{Ice,Fire}'::text[]) t;
select tests.as('otis');
select stories.record_analysis(tests.run('Pupil'), tests.work('Mud'), 'entities', '{}');
select tests.as_nobody();
select is_empty(
    $$
    select
    from audit.changes c
    where concat(c.clear, c.personal) ~ '(thaw of the heart|burned|calm)'
    union all
    select from ops.outbox o where convert_from(o.body, 'utf8') ~ '(thaw of the heart|burned|calm)'
    $$,
    'the log keeps no word of what came of it, nor does whoever follows it hear one'
);
select is(
    (
        select count(*)
        from audit.changes c
        where c.table_name = 'stories.analyses' and c.operation = 'I' and c.body_commitment is not null
    ),
    5::bigint, 'but a hash of each'
);

-- Only then.

select tests.refused_to(
    name, format('select stories.record_analysis(%L, %L, %L, %L)', run, work, 'themes', '{}'), refusal, promise
)
from (values
    ('cleo', tests.run('Reader'), tests.work('Ice'), 'not_found', 'not whoever tells it'),
    ('otis', tests.run('Reader'), tests.work('Ice'), 'not_found', 'nor who manages the agreements of others'),
    ('sol', tests.run('Study'), tests.work('Ice'), 'not_found', 'nor in a run for something else'),
    ('sol', tests.run('Over'), tests.work('Ice'), 'run_over', 'nor in one that is done'),
    ('sol', tests.run('Reader'), tests.work('Ash'), 'not_found', 'nor of what was not handed out'),
    ('sol', tests.run('Reader'), gen_random_uuid(), 'not_found', 'or is not there'),
    ('sol', gen_random_uuid(), tests.work('Ice'), 'not_found', 'or in no run')
) v (name, run, work, refusal, promise);
select tests.as('sol');
select throws_ok(
    format('select stories.record_analysis(tests.run(%L), %L, %L, %L)', 'Pupil', work, 'themes', '{}'), 'P0002',
    'there is no such run, or it is not for you to see', promise
)
from (values (tests.work('Ice'), 'of a run of others nothing is told')) v (work, promise);
select consent.begin_run(a.id, 'ai_analysis', 'Empty') from consent.agreements a where a.recipient <> 'College';
select throws_ok(
    format('select stories.record_analysis(tests.run(%L), %L, %L, %L)', 'Empty', work, 'themes', '{}'), 'P0002',
    'there is no such story in this run, or it is not for you to see', promise
)
from (values
    (tests.work('Ice'), 'who knows the id of a story that is in another run learns nothing of it'),
    (tests.work('Note'), 'of a note the same'), (gen_random_uuid(), 'as of what is not there')
) v (work, promise);
select tests.as_anon();
select throws_ok(
    $$select stories.record_analysis(gen_random_uuid(), gen_random_uuid(), 'themes', '{}')$$, '42501', null,
    'nor anybody unknown'
);
select tests.as('sol');
select tests.refused(
    format('select stories.record_analysis(tests.run(%L), tests.work(%L), %L, %L)', 'Reader', 'Note', 'themes', '{}'),
    'not_found', 'nothing is kept of what is no story'
);
select tests.violates(
    format('select stories.record_analysis(tests.run(%L), tests.work(%L), %s)', 'Reader', title, args), broken, promise
)
from (values
    ('Ice', $$'horoscope', '{}'$$, 'analyses_kind_check', 'nothing is kept of a kind that there is not'),
    ('Ice', $$'themes', '"thaw"'$$, 'analyses_result_check', 'nor what is one word'),
    ('Ice', $$'themes', '{}', repeat('x', 301)$$, 'analyses_model_version_check', 'a version is said in short')
) v (title, args, broken, promise);
select tests.as_nobody();
create temporary table kinds as select unnest('{themes,sentiment,summary,entities,embedding}'::text[]) as kind;
grant select on kinds to public;
select tests.as('sol');
select lives_ok(
    format(
        'select stories.record_analysis(tests.run(%L), tests.work(%L), %L, %L, repeat(%L, 300))', 'Reader', 'Ice', kind,
        '{}', 'x'
    ),
    'what there is: ' || kind
)
from kinds;
select tests.as_nobody();
delete from consent.results r
where r.id in (select a.id from stories.analyses a where a.result = '{}' and a.run_id = tests.run('Reader'));

-- Who reads of it: those who decide about the story; who manages the agreement, as far as they read it.

create temporary table everything as select tests.kept() as kept;
select is(
    kept, '{"Listener Fire sentiment","Listener Ice sentiment","Pupil Mud entities","Reader Fire summary",
    "Reader Ice themes"}', 'before: this is all there is'
)
from everything;
select is(
    tests.reads('cleo'), array_remove(kept, 'Pupil Mud entities'), 'whose story it is reads what machines made of it'
)
from everything;
select is(tests.reads('oona'), '{"Pupil Mud entities"}'::text[], 'each of their own');
select is(tests.reads('eli'), '{}'::text[], 'nobody else does');
select is(tests.reads('sol'), '{}'::text[], 'not who manages the agreement, of what they may not read');
select tests.as('cleo');
select content.transition(tests.work(t), 'published') from unnest('{Ice,Fire,Snow}'::text[]) t;
select consent.give_consent(tests.work(t), 'public_sharing') from unnest('{Ice,Snow}'::text[]) t;
select is(
    tests.reads('sol'), '{"Listener Ice sentiment","Reader Ice themes"}'::text[], 'until it is shared with them'
);
select is(tests.reads(name), '{}'::text[], 'who reads the story does not read what machines made of it: ' || name)
from unnest('{eli,max,hazel,olive}'::text[]) name;
select is(tests.reads('otis'), '{}'::text[], 'nor who manages the agreements of others');
select tests.as('cleo');
select consent.add_party(tests.work('Fire'), tests.person('eli'), 'co_teller');
select tests.as('eli');
select consent.give_consent(tests.work('Fire'), purpose) from unnest('{ai_analysis,research}'::text[]) purpose;
select is(tests.kept(), '{"Listener Ice sentiment","Pupil Mud entities","Reader Ice themes"}',
    'who is asked later, and did not say yes yet, takes everything back');
select tests.as('sol');
select consent.begin_run(a.id, 'ai_analysis', 'Second') from consent.agreements a;
select count(h.work_id) from consent.hand_out(tests.run('Second'), array[tests.work('Ice'), tests.work('Fire')]) h;
select stories.record_analysis(tests.run('Second'), tests.work('Fire'), 'summary', '{}');
select stories.record_analysis(tests.run('Second'), tests.work('Ice'), 'summary', '{}');
select is(tests.reads('eli'), '{"Second Fire summary"}'::text[], 'who tells it with them reads of it');
select tests.as_nobody();
insert into core.membership_permissions (tenant_id, membership_id, permission, effect)
values
    (tests.scope('river'), tests.membership('nell', 'heron'), 'consent.give', 'allow'),
    (tests.scope('river'), tests.membership('sol', 'heron'), 'consent.give', 'deny');
select is(tests.reads('nell'), '{}'::text[], 'who speaks for a community does not');
select tests.as('cleo');
select consent.add_community(tests.work('Fire'), tests.scope('heron'));
select tests.as('nell');
select consent.give_consent(tests.work('Fire'), 'ai_analysis', scope_id => tests.scope('heron'));
select tests.as('sol');
select consent.begin_run(a.id, 'ai_analysis', 'Third') from consent.agreements a;
select count(h.work_id) from consent.hand_out(tests.run('Third'), array[tests.work('Fire')]) h;
select stories.record_analysis(tests.run('Third'), tests.work('Fire'), 'summary', '{}');
select is(tests.reads('nell'), '{"Third Fire summary"}'::text[], 'unless it has to consent');
select tests.backend_reads('stories.analyses');
select tests.as_anon();
select throws_ok('select from stories.analyses', '42501', null, 'nobody reads of it who is not signed in');
select tests.as('sol');
select throws_ok(format('%s stories.analyses %s', verb, rest), '42501', null, 'by hand nobody does: ' || verb)
from (values ('insert into', 'default values'), ('update', $$set result = '{}'$$), ('delete from', '')) v (verb, rest);

-- What stands under protocols.

select tests.as('hana');
select consent.create_protocol(tests.scope('heron'), 'Embers', 'family', 'members');
select tests.as('cleo');
select content.transition(tests.work('Ash'), 'published');
select consent.give_consent(tests.work('Ash'), 'public_sharing');
select tests.as('sol');
select consent.begin_run(a.id, 'ai_analysis', 'Apart') from consent.agreements a;
select count(h.work_id) from consent.hand_out(tests.run('Apart'), array[tests.work('Ash')]) h;
select stories.record_analysis(tests.run('Apart'), tests.work('Ash'), 'themes', '{}');
select ok(tests.reads('sol') @> '{"Apart Ash themes"}', 'before: who manages the agreement reads of what is public');
select tests.as('cleo');
select consent.protect_work(tests.work('Ash'), tests.scope('heron'), array[p.id]) from consent.protocols p;
select ok(
    tests.standing('sol') @> '{"Apart Ash"}' and not tests.reads('sol') @> '{"Apart Ash themes"}',
    'what is restricted, and not opened, they do not, though it stands handed out'
);
select ok(tests.reads('cleo') @> '{"Apart Ash themes"}', 'its teller does');
select tests.as(name), consent.open_work(tests.work('Ash')) from unnest('{sol,eli}'::text[]) name;
select tests.next_transaction();
select ok(tests.reads('sol') @> '{"Apart Ash themes"}', 'who manages the agreement does when they opened it');
select is(tests.reads('eli'), '{"Third Fire summary"}'::text[], 'but nobody who only reads the story');
select tests.as('cleo');
select consent.add_community(tests.work('Ash'), tests.scope('heron'));
select tests.as('nell');
select consent.give_consent(tests.work('Ash'), 'ai_analysis', scope_id => tests.scope('heron'));
select tests.as('sol');
select consent.begin_run(a.id, 'ai_analysis', 'Again') from consent.agreements a;
select count(h.work_id) from consent.hand_out(tests.run('Again'), array[tests.work('Ash')]) h;
select stories.record_analysis(tests.run('Again'), tests.work('Ash'), 'summary', '{}');
select ok(
    tests.standing('nell') @> '{"Again Ash"}' and not tests.reads('nell') @> '{"Again Ash summary"}',
    'nor does who speaks for a community that has to consent'
);
select tests.as('nell');
select consent.open_work(tests.work('Ash'));
select tests.next_transaction();
select ok(tests.reads('nell') @> '{"Again Ash summary"}', 'until they open it');
select tests.as('cleo');
select consent.withdraw_consent(tests.work('Ash'));

-- Once consent has ended by itself, nobody reads of it, and nothing comes of the story any more.

select tests.as('sol');
select consent.begin_run(a.id, 'ai_analysis', model, channel)
from consent.agreements a, (values ('Caller', 'radio'), ('Counter', null)) v (model, channel);
select count(h.work_id)
from unnest('{Caller,Counter}'::text[]) model, consent.hand_out(tests.run(model), array[tests.work('Ice')]) h;
select count(h.work_id) from consent.hand_out(tests.run('Counter'), array[tests.work('Snow')]) h;
select stories.record_analysis(tests.run('Counter'), tests.work('Snow'), 'themes', '{}');
select stories.record_analysis(tests.run(model), tests.work('Ice'), 'themes', '{}')
from unnest('{Caller,Counter}'::text[]) model;
select is(
    tests.standing('cleo'),
    '{
        "Caller Ice","Counter Ice","Counter Snow","Listener Ice","Over Ice","Reader Ice","Second Ice","Third Fire"
    }'::text[],
    'before: what stands handed out for analysis, in no other run'
);
select is(tests.standing('oona'), '{"Pupil Mud"}'::text[], 'is for those who decide about it');
select is(tests.standing('otis'), '{}'::text[], 'and may be known of');
select is(tests.standing('eli'), '{"Third Fire"}'::text[], 'by each as far as they do');
select tests.runs_out('Ice', 'radio');
select is(
    tests.standing('cleo'), '{"Counter Ice","Counter Snow","Over Ice","Reader Ice","Second Ice","Third Fire"}'::text[],
    'where consent to one channel ended by itself'
);
select is(
    tests.reads('cleo'),
    '{
        "Counter Ice themes","Counter Snow themes","Reader Ice themes","Second Ice summary","Third Fire summary"
    }'::text[],
    'what goes out by it is read by nobody'
);
select is(
    tests.reads('sol'),
    '{"Counter Ice themes","Counter Snow themes","Reader Ice themes","Second Ice summary"}'::text[],
    'neither by who manages the agreement'
);
select tests.as('sol');
select tests.refused(
    $$select stories.record_analysis(tests.run('Caller'), tests.work('Ice'), 'themes', '{}')$$, 'consent_missing',
    'and nothing else comes of it'
);
select lives_ok(
    $$select stories.record_analysis(tests.run('Counter'), tests.work('Ice'), 'summary', '{}')$$,
    'while the rest goes on'
);
select tests.runs_out('Ice');
select is(tests.standing('cleo'), '{"Counter Snow","Third Fire"}'::text[], 'where consent ended by itself');
select is(
    tests.reads('cleo'), '{"Counter Snow themes","Third Fire summary"}'::text[], 'nobody reads what machines made of it'
);
select is(tests.reads('sol'), '{"Counter Snow themes"}'::text[], 'whatever they manage; and of other stories, they do');
select tests.as('sol');
select tests.refused(
    $$select stories.record_analysis(tests.run('Counter'), tests.work('Ice'), 'themes', '{}')$$, 'consent_missing',
    'and nothing comes of it'
);
select tests.as_service();
select tests.refused(
    $$select stories.record_analysis(tests.run('Counter'), tests.work('Ice'), 'themes', '{}')$$, 'consent_missing',
    'whoever asks'
);
select consent.recall_expired();
select is(
    tests.kept(), '{"Counter Snow themes","Pupil Mud entities","Third Fire summary"}'::text[],
    'when that is noticed, it is gone'
);
select tests.as('cleo');
select consent.withdraw_consent(tests.work('Snow'));

-- Withdrawn, it is gone at once.

select tests.as('oona');
select consent.withdraw_consent(tests.work('Mud'), 'research');
select is(
    tests.kept(), '{"Pupil Mud entities","Third Fire summary"}'::text[], 'who takes back something else takes nothing'
);
select tests.as('eli');
select consent.withdraw_consent(tests.work('Fire'), 'ai_analysis');
select is(tests.kept(), '{"Pupil Mud entities"}'::text[], 'who takes back their consent takes back what came of it');
select tests.as_nobody();
select is_empty(
    $$select from consent.results where work_id = tests.work('Fire')$$, 'and that anything did'
);
select tests.as('sol');
select tests.refused(
    $$select stories.record_analysis(tests.run('Third'), tests.work('Fire'), 'themes', '{}')$$, 'run_over',
    'what was taken back is not analysed any more'
);
select tests.as('eli');
select consent.give_consent(tests.work('Fire'), 'ai_analysis');
select is(tests.standing('cleo'), '{}'::text[], 'also when they consent again');
select is(tests.kept(), '{"Pupil Mud entities"}'::text[], 'it is gone');
select tests.as('otis');
select consent.end_agreement(a.id) from consent.agreements a where a.recipient = 'College';
select is(tests.kept(), '{}'::text[], 'as it is when the agreement is ended');

-- What a row can hold, whoever writes it.

select tests.as('sol');
select consent.begin_run(a.id, 'ai_analysis', 'Fourth') from consent.agreements a;
select count(h.work_id) from consent.hand_out(tests.run('Fourth'), array[tests.work('Fire')]) h;
select stories.record_analysis(tests.run('Fourth'), tests.work('Fire'), 'themes', '{}');
select consent.begin_run(a.id, 'research', 'Fifth') from consent.agreements a;
select tests.as('nell');
select consent.give_consent(tests.work('Fire'), 'research', scope_id => tests.scope('heron'));
select tests.as('sol');
select count(h.work_id) from consent.hand_out(tests.run('Fifth'), array[tests.work('Fire')]) h;
select tests.as_nobody();
create temporary table other as
select consent._record_result(tests.run('Fifth'), tests.work('Fire'), 'themes') as id;
select tests.violates(tests.variant('stories.analyses', changes), broken, promise)
from (
    select '{}'::jsonb, 'analyses_pkey', 'what came of it came once'
    union all
    select '{"result": "thaw"}', 'analyses_result_check', 'what came of it says more than a word'
    union all
    select '{"kind": "horoscope"}', 'analyses_kind_check', 'and is what there is'
    union all
    select '{"kind": "summary"}', 'analyses_result_fkey', 'and what the run says that it is'
    union all
    select jsonb_build_object('id', gen_random_uuid()), 'analyses_result_fkey', 'or it came of no run'
    union all
    select jsonb_build_object('model_version', repeat('x', 301)), 'analyses_model_version_check', 'by a model so called'
    union all
    select
        jsonb_build_object('id', o.id, 'run_id', tests.run('Fifth')), 'analyses_tenant_id_run_id_purpose_fkey',
        'of a run for analysis, and no other'
    from other o
) v (changes, broken, promise);
select tests.refused(
    format('update stories.analyses set %s', what), 'key_frozen', 'what came of it stays what it is: ' || what
)
from unnest(array[
    $$result = '{"x": 1}'$$, $$kind = 'summary'$$, $$model_version = '2'$$, 'story_id = gen_random_uuid()'
]) what;

select * from finish();
rollback;
