-- What is handed out for a use, and how it is taken back: under an agreement, with everyone's consent, and no longer.

begin;
set local search_path = tap, tests, public;
select plan(87);

-- What a module keeps of what came of a work.
create table tests.summaries (
    tenant_id uuid, id uuid primary key, kind text, says text,
    foreign key (tenant_id, id) references consent.results (tenant_id, id) on delete cascade
);

create function tests.agreement(recipient text)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
    select a.id from consent.agreements a where a.recipient = agreement.recipient
$$;

create function tests.run(model text)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
    select r.id from consent.runs r where r.model = run.model
$$;

-- What a run has now: the works that stand, and their versions.
create function tests.holds(model text)
returns text[]
language sql
stable
security definer
set search_path = ''
as $$
    select array_agg(w.title || ' ' || h.version order by w.title)
    from consent.run_works h
    join content.works w on w.tenant_id = h.tenant_id and w.id = h.work_id
    where h.run_id = tests.run(holds.model) and h.stands
$$;

-- Hands all there is out to a run, and says what of it was.
create function tests.handed(model text)
returns text[]
language plpgsql
set search_path = ''
as $$
declare
    everything constant uuid[] := array(select tests.work(t) from unnest('{Ice,Fire,Far,Owned}'::text[]) t);
    handed text[];
begin
    perform tests.as_service();
    select array_agg(w.title || ' ' || h.version order by w.title) into handed
    from consent.hand_out(tests.run(model), everything) h
    join content.works w on w.id = h.work_id;
    return handed;
end
$$;

select tests.world();
select tests.join('tess', 'heron', 'storyteller');
select tests.as('cleo');
select content.create_note(tests.scope('heron'), title, '{"text": "1"}', visibility => 'public')
from unnest('{Ice,Fire}'::text[]) title;
select content.transition(tests.work(title), 'published') from unnest('{Ice,Fire}'::text[]) title;
select consent.give_consent(tests.work(title), purpose)
from unnest('{public_sharing,research}'::text[]) purpose, unnest('{Ice,Fire}'::text[]) title;
select tests.as('oona');
select content.create_note(tests.scope('otter'), 'Far', '{}');
select consent.give_consent(tests.work('Far'), 'research');
select content.create_note(tests.scope('otter'), 'Hidden', '{}');
select tests.as_nobody();

-- Agreements.

select tests.as('sol');
select lives_ok(
    $$select consent.create_agreement(
        tests.scope('heron'), 'Institute', '{research,ai_analysis}', 'Give back what is found.', repeat('ab', 32),
        until => now() + interval '1 year'
    )$$,
    'whoever manages agreements writes one down'
);
select lives_ok(
    $$select consent.create_agreement(
        tests.scope('heron'), 'Museum', '{research}', '', repeat('ab', 32), work_ids => array[tests.work('Ice')]
    )$$,
    'also about some works alone'
);
select lives_ok(
    $$select consent.create_agreement(
        tests.scope('heron'), 'Later', '{research}', '', repeat('ab', 32), begins => now() + interval '1 day'
    )$$,
    'also from a later day on'
);
select tests.refused(
    format(
        $$select consent.create_agreement(tests.scope('heron'), 'X', %L, '', repeat('ab', 32), work_ids => %L)$$,
        purposes, works
    ),
    'not_found', promise
)
from (values
    ('{}'::text[], null::uuid[], 'an agreement is for something'), (null, null, 'whatever is said'),
    ('{research,mischief}', null, 'and for what there is'),
    ('{research}', array[tests.work('Far')], 'it names works of its place alone'),
    ('{research}', array[tests.work('Ice'), gen_random_uuid()], 'that are there')
) v (purposes, works, promise);
select tests.as('otis');
select tests.refused(
    $$select consent.create_agreement(
        tests.scope('otter'), 'X', '{research}', '', repeat('ab', 32), work_ids => array[tests.work('Hidden')]
    )$$,
    'not_found', 'and that whoever signs may know of'
);
select tests.refused(
    $$select consent.create_agreement(tests.scope('heron'), 'X', '{research}', '', repeat('ab', 32))$$,
    'not_permitted', 'nobody signs on behalf of another community'
);
select tests.as('sol');
select tests.refused(
    $$select consent.create_agreement(
        tests.scope('heron'), 'X', '{research}', '', repeat('ab', 32), until => now()
    )$$,
    'ends_before_now', 'an agreement does not end before it was made'
);
select tests.refused(
    $$select consent.create_agreement(
        tests.scope('heron'), 'X', '{research}', '', repeat('ab', 32), until => now() + interval '1 day',
        begins => now() + interval '2 days'
    )$$,
    'ends_before_now', 'or began'
);

-- Runs.

select lives_ok(
    $$select consent.begin_run(tests.agreement('Institute'), 'research', 'First')$$, 'a run begins under an agreement'
);
select tests.refused(
    $$select consent.begin_run(tests.agreement('Institute'), 'ai_training', 'X')$$, 'not_found',
    'for what it names and nothing else'
);
select tests.refused(
    $$select consent.begin_run(tests.agreement('Later'), 'research', 'X')$$, 'not_found', 'and not before it holds'
);
select tests.as('cleo');
select tests.refused(
    $$select consent.begin_run(tests.agreement('Institute'), 'research', 'X')$$, 'not_found',
    'not by who does not manage agreements'
);
select tests.refused(
    $$select consent.hand_out(tests.run('First'), array[tests.work('Ice')])$$, 'not_found',
    'who has nothing handed out either, be it their own'
);
select tests.refused($$select consent.finish_run(tests.run('First'))$$, 'not_found', 'nor says that it is done');
select tests.refused($$select consent.end_agreement(tests.agreement('Institute'))$$, 'not_found', 'nor ends anything');
select tests.as_service();
select lives_ok(
    $$select consent.begin_run(tests.agreement('Museum'), 'research', 'Named')$$, 'a server begins one as well'
);
select is(tests.handed('First'), '{"Fire 1","Ice 1"}', 'what everyone consents to is handed out, of the place alone');
select is(tests.handed('First'), null, 'once');
select is(tests.handed('Named'), '{"Ice 1"}', 'or what the agreement names');
select tests.as('sol');
select is(
    (select count(*) from consent.hand_out(tests.run('First'), array[tests.work('Ice')])), 0::bigint,
    'whoever manages agreements hands out too, and what was handed out is not again'
);

-- What came of it.

select tests.as_nobody();
insert into tests.summaries
select tests.scope('river'), consent._record_result(tests.run(model), tests.work(title), 'summary'), 'summary', title
from unnest('{First,Named}'::text[]) model, unnest('{Ice}'::text[]) title;
insert into tests.summaries
select tests.scope('river'), consent._record_result(tests.run('First'), tests.work('Fire'), 'summary'), 'summary',
    'Fire';
select tests.refused(
    $$select consent._record_result(tests.run('First'), tests.work('Far'), 'summary')$$, 'not_found',
    'nothing comes of what was not handed out'
);

-- Who reads of it.

select tests.backend_reads('consent.results');
select tests.as('cleo');
select is(
    array[
        (select count(*) from consent.agreements), (select count(*) from consent.runs),
        (select count(*) from consent.run_works), (select count(*) from consent.results),
        (select count(*) from consent.agreement_purposes), (select count(*) from consent.agreement_works)
    ],
    array[2, 2, 3, 3, 3, 1]::bigint[], 'whose work it is reads what it is used for, under which agreement'
);
select tests.as('sol');
select is(
    array[
        (select count(*) from consent.agreements), (select count(*) from consent.runs),
        (select count(*) from consent.run_works), (select count(*) from consent.results),
        (select count(*) from consent.agreement_purposes), (select count(*) from consent.agreement_works)
    ],
    array[3, 2, 3, 3, 4, 1]::bigint[], 'whoever manages agreements reads all of theirs'
);
select tests.as('oona');
select is_empty(
    $$select from consent.agreements union all select from consent.runs union all select from consent.run_works
    union all select from consent.results union all select from consent.agreement_purposes
    union all select from consent.agreement_works union all select from consent.agreement_ends$$,
    'nobody else reads any of it'
);

-- Taking back.

select tests.as_service();
select consent.finish_run(tests.run('Named'));
select tests.refused($$select consent.finish_run(tests.run('Named'))$$, 'run_over', 'a run is done once');
select tests.refused(
    $$select consent.hand_out(tests.run('Named'), array[tests.work('Ice')])$$, 'run_over', 'and then gets nothing more'
);
select tests.as('cleo');
select consent.withdraw_consent(tests.work('Ice'), 'public_sharing');
select is(tests.holds('First'), '{"Fire 1","Ice 1"}', 'who takes back another consent takes this not back');
select consent.withdraw_consent(tests.work('Ice'), 'research');
select is(tests.holds('First'), '{"Fire 1"}', 'who takes back this one takes the work from the run');
select is(tests.holds('Named'), null, 'from every run');
select results_eq(
    $$select r.model, h.irrevocable from consent.run_works h join consent.runs r on r.id = h.run_id
    where h.work_id = tests.work('Ice') order by r.model$$,
    $$values ('First', false), ('Named', true)$$, 'they read what was done by then, and cannot be brought back'
);
select is(
    (select array_agg(r.model order by r.model) from consent.runs r where r.halted_at is not null), '{First}',
    'what was not done is halted'
);
select tests.as_nobody();
select is((select array_agg(s.says) from tests.summaries s), '{Fire}', 'what came of it is gone, wherever it was kept');
select is(
    (
        select array_agg(convert_from(o.body, 'utf8')::jsonb ->> 'irrevocable' order by 1)
        from (
            select b.* from ops.outbox b where b.topic = 'run.recalled'
            order by convert_from(b.body, 'utf8')::jsonb ->> 'irrevocable'
        ) o
    ),
    '{false,true}', 'and whoever runs it hears of it'
);
select tests.refused(
    $$select consent._record_result(tests.run('First'), tests.work('Ice'), 'summary')$$, 'not_found',
    'nothing comes of it any more'
);
select tests.violates(
    $$insert into consent.results (tenant_id, run_id, work_id, kind)
    values (tests.scope('river'), tests.run('First'), tests.work('Ice'), 'summary')$$,
    'results_tenant_id_run_id_work_id_stands_fkey', 'whoever writes it'
);
select tests.violates(
    $$update consent.run_works set recalled_at = now() where run_id = tests.run('First') and stands$$,
    'results_tenant_id_run_id_work_id_stands_fkey', 'nothing is taken back while something of it is kept'
);
select tests.as('cleo');
select consent.give_consent(tests.work('Ice'), 'research');
select is(tests.holds('First'), '{"Fire 1"}', 'who consents again gives it to no run that had it');
select tests.as('sol');
select consent.begin_run(tests.agreement('Institute'), 'research', 'Second');
select is(tests.handed('Second'), '{"Fire 1","Ice 1"}', 'but to those that come');

-- A version that nobody agreed to is not handed out; a consent that ends by itself is noticed.

select tests.as('cleo');
select consent.add_party(tests.work('Fire'), tests.person('eli'), 'co_teller');
select is(tests.holds('Second'), '{"Ice 1"}', 'one more who has to consent, and did not yet, takes it back');
select tests.as('eli');
select consent.give_consent(tests.work('Fire'), 'research');
select tests.as('cleo');
select content.revise_work(tests.work('Fire'), '{"text": "2"}');
select tests.as('sol');
select consent.begin_run(tests.agreement('Institute'), 'research', 'Third', 'radio');
select is(tests.handed('Third'), '{"Fire 1","Ice 1"}', 'handed out is what everyone consented to, not the newest');
select tests.as('cleo');
select consent.refuse_consent(tests.work('Ice'), 'research', 'radio');
select is(tests.holds('Third'), '{"Fire 1"}', 'a no to one channel takes it back from what goes out by that');
select is(tests.holds('Second'), '{"Ice 1"}', 'and from nothing else');
select tests.as_nobody();
alter table consent.consents disable trigger _010_end_only;
update consent.consents c set during = tstzrange(lower(c.during) - interval '2 days', now() - interval '1 day')
where c.work_id = tests.work('Ice') and c.purpose = 'research' and c.channel is null and upper_inf(c.during);
update consent.effective e
set during = n.during
from consent._effective(tests.scope('river'), array[tests.work('Ice')]) n
where e.work_id = n.work_id and e.purpose = n.purpose and e.channel = n.channel;
alter table consent.consents enable trigger _010_end_only;
select is(tests.holds('Second'), '{"Ice 1"}', 'before: nobody has noticed');
select tests.as_service();
select is(consent.recall_expired(0), 0::bigint, 'what ended by itself is taken back by a job, so much at a time');
select is(consent.recall_expired(), 1::bigint, 'as is asked for');
select is(consent.recall_expired(), 0::bigint, 'once');
select is(tests.holds('Second'), null, 'then it is');
select is(tests.holds('Third'), '{"Fire 1"}', 'and what is consented to stays');

-- What stands under protocols is for the community whose they are to hand out.

select tests.as('sol');
select consent.create_protocol(tests.scope('heron'), 'Embers', 'family', 'everybody');
select tests.as('otis');
select consent.create_protocol(tests.scope('otter'), 'Reeds', 'family', 'everybody');
select tests.as('cleo');
select content.create_note(tests.scope('heron'), 'Owned', '{}');
select consent.give_consent(tests.work('Owned'), 'research');
select consent.protect_work(tests.work('Owned'), tests.scope('heron'), array[p.id])
from consent.protocols p where p.name = 'Embers';
select tests.as('oona');
select consent.protect_work(tests.work('Hidden'), tests.scope('otter'), array[p.id])
from consent.protocols p where p.name = 'Reeds';
select tests.as('olive');
select consent.create_agreement(tests.scope('river'), 'Company', '{research}', '', repeat('ab', 32));
select consent.begin_run(tests.agreement('Company'), 'research', 'Above');
select is(
    tests.handed('Above'), '{"Far 1","Fire 1"}',
    'an organization''s agreement covers its communities, but not what stands under their protocols'
);
select tests.as('sol');
select consent.begin_run(tests.agreement('Institute'), 'research', 'Fourth');
select is(tests.handed('Fourth'), '{"Fire 1","Owned 1"}', 'which the community''s own does');
select tests.join('cleo', 'otter', 'community_member');
select tests.as('cleo');
select consent.protect_work(tests.work('Owned'), tests.scope('otter'), array[p.id])
from consent.protocols p where p.name = 'Reeds';
select is(tests.holds('Fourth'), '{"Fire 1"}', 'until it stands under another one''s as well');

-- An agreement that runs out hands nothing out any more, and leaves what it did.

select tests.as('sol');
select consent.create_agreement(
    tests.scope('heron'), 'Short', '{research}', '', repeat('ab', 32), until => now() + interval '1 day'
);
select consent.begin_run(tests.agreement('Short'), 'research', 'Brief');
select is(tests.handed('Brief'), '{"Fire 1"}', 'before: it holds');
select tests.as_nobody();
alter table consent.agreements disable trigger _010_append_only;
update consent.agreements set during = tstzrange(now() - interval '2 days', now()) where recipient = 'Short';
alter table consent.agreements enable trigger _010_append_only;
select tests.as('sol');
select tests.refused(
    $$select consent.hand_out(tests.run('Brief'), array[tests.work('Ice')])$$, 'not_found',
    'under an agreement that ran out nothing is handed out'
);
select lives_ok($$select consent.finish_run(tests.run('Brief'))$$, 'what it was used for can be done then');
select tests.as_service();
select is(consent.recall_expired(), 0::bigint, 'and what was handed out while it held');
select is(tests.holds('Brief'), '{"Fire 1"}', 'stands, as long as everyone consents');
select tests.as('sol');
select consent.create_agreement(
    tests.scope('heron'), 'Shorter', '{research}', '', repeat('ab', 32), until => now() + interval '1 day'
);
select consent.begin_run(tests.agreement('Shorter'), 'research', 'Briefer');
select is(tests.handed('Briefer'), '{"Fire 1"}', 'before: another one holds');
select tests.as_nobody();
alter table consent.agreements disable trigger _010_append_only;
update consent.agreements set during = tstzrange(now() - interval '2 days', now()) where recipient = 'Shorter';
alter table consent.agreements enable trigger _010_append_only;
select tests.as('sol');
select lives_ok(
    $$select consent.end_agreement(tests.agreement('Shorter'))$$, 'who signed one that ran out can still end it'
);
select is(tests.holds('Briefer'), null, 'which takes back what was handed out under it');

-- An agreement that is ended takes back what was handed out under it.

select tests.as('sol');
select consent.begin_run(tests.agreement('Institute'), 'research', model) from unnest('{Fifth,Sixth}'::text[]) model;
select is(tests.handed('Fifth'), '{"Fire 1"}', 'before: something is handed out');
select tests.as('sol');
select consent.finish_run(tests.run('Fifth'));
select tests.as_nobody();
insert into tests.summaries
select tests.scope('river'), consent._record_result(tests.run('Fifth'), tests.work('Fire'), 'summary'), 'summary',
    'Of the fifth';
select tests.as('sol');
select lives_ok(
    $$select consent.end_agreement(tests.agreement('Institute'), 'Obligations not met')$$, 'an agreement is ended'
);
select is(
    (select array_agg(r.model) from consent.runs r where r.agreement_id = tests.agreement('Institute')
        and r.halted_at is null and r.finished_at is null),
    null, 'what runs under it is halted'
);
select is(tests.holds('Fifth'), null, 'what was handed out is taken back');
select results_eq(
    $$select h.work_id, h.irrevocable from consent.run_works h where h.run_id = tests.run('Fifth')$$,
    $$values (tests.work('Fire'), true)$$, 'and called what cannot be brought back, of what was done'
);
select is(tests.holds('Brief'), '{"Fire 1"}', 'under other agreements it stays');
select tests.as_nobody();
select is_empty($$select from tests.summaries where says = 'Of the fifth'$$, 'what came of it is gone');
select tests.as('sol');
select tests.refused(
    $$select consent.begin_run(tests.agreement('Institute'), 'research', 'X')$$, 'not_found', 'and nothing begins'
);
select tests.refused(
    $$select consent.hand_out(tests.run('Sixth'), array[tests.work('Fire')])$$, 'not_found', 'or is handed out'
);
select tests.refused(
    $$select consent.end_agreement(tests.agreement('Institute'))$$, 'not_found', 'nor is it ended again'
);
select lives_ok(
    $$select consent.end_agreement(tests.agreement('Later'))$$, 'an agreement can be ended before it holds'
);

-- Nothing of it is rewritten.

select tests.as_nobody();
select tests.refused(format('delete from consent.%I', t), 'append_only', t || ': nothing is taken away')
from unnest('{agreements,agreement_ends,agreement_purposes,agreement_works}'::text[]) t;
select tests.refused(
    $$update consent.runs set finished_at = null where model = 'Named'$$, 'append_only', 'what is done is done'
);
select tests.refused(
    $$update consent.run_works set recalled_at = null where not coalesce(stands, false)$$, 'append_only',
    'what was taken back was'
);
select tests.backend_reads(('consent.' || t)::regclass)
from unnest('{agreements,agreement_ends,agreement_purposes,agreement_works,runs,run_works}'::text[]) t;

select * from finish();
rollback;
