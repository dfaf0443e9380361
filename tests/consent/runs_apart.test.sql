-- What is handed out to one run, under one agreement, concerns that alone: others have nothing of it, and lose
-- nothing by it.

begin;
set local search_path = tap, tests, public;
select plan(22);

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

-- Everything that stands handed out: the run, and what it has.
create function tests.held()
returns text[]
language sql
stable
security definer
set search_path = ''
as $$
    select array_agg(r.model || ' ' || w.title order by r.model, w.title)
    from consent.run_works h
    join consent.runs r on r.tenant_id = h.tenant_id and r.id = h.run_id
    join content.works w on w.tenant_id = h.tenant_id and w.id = h.work_id
    where h.stands
$$;

-- As if the time of a consent to research were over, and nobody had noticed.
create function tests.runs_out(title text)
returns void
language sql
security definer
set search_path = ''
as $$
    alter table consent.consents disable trigger _010_end_only;
    update consent.consents c
    set during = tstzrange(now() - interval '2 days', now() - interval '1 day')
    where c.work_id = tests.work(title) and c.purpose = 'research' and c.channel is null;
    alter table consent.consents enable trigger _010_end_only;
    update consent.effective e
    set during = n.during
    from consent._effective(tests.scope('river'), array[tests.work(title)]) n
    where e.work_id = n.work_id and e.purpose = n.purpose and e.channel = n.channel;
$$;

select tests.world();
select tests.join('tess', 'heron', 'storyteller');
select tests.as('tess');
select content.create_note(tests.scope('heron'), 'Snow', '{}', visibility => 'public');
select tests.as('oona');
select content.create_note(tests.scope('otter'), 'Reed', '{}', visibility => 'public');
select content.transition(tests.work('Reed'), 'published');
select consent.give_consent(tests.work('Reed'), 'public_sharing');
select tests.as('cleo');
select content.create_note(tests.scope('heron'), title, '{}', visibility => 'public')
from unnest('{Ice,Fire}'::text[]) title;
select content.transition(tests.work(title), 'published') from unnest('{Ice,Fire}'::text[]) title;
select consent.give_consent(tests.work(title), 'public_sharing') from unnest('{Ice,Fire}'::text[]) title;
select tests.as('tess');
select content.transition(tests.work('Snow'), 'published');
select consent.give_consent(tests.work('Snow'), 'public_sharing');
select tests.as_nobody();
select tests.as(p), consent.give_consent(tests.work(t), 'research')
from (values ('tess', 'Snow'), ('oona', 'Reed'), ('cleo', 'Ice'), ('cleo', 'Fire')) v (p, t);

-- What one agreement names, no other does.

select tests.as('sol');
select tests.refused(
    $$select consent.create_agreement(
        tests.scope('heron'), 'X', '{research}', '', repeat('ab', 32), work_ids => array[tests.work('Reed')]
    )$$,
    'not_found', 'an agreement names works of its place alone, and nothing that can be read beside'
);
select consent.create_agreement(tests.scope('heron'), recipient, purposes, '', repeat('ab', 32), work_ids => works)
from (values
    ('Institute', '{research,ai_analysis}'::text[], null::uuid[]),
    ('Museum', '{research}', array[tests.work('Ice')]),
    ('Gallery', '{research}', array[tests.work('Ice'), tests.work('Snow')])
) v (recipient, purposes, works);
select tests.as('otis');
select consent.create_agreement(
    tests.scope('otter'), 'College', '{research}', '', repeat('ab', 32), work_ids => array[tests.work('Reed')]
);
select consent.begin_run(tests.agreement('College'), 'research', 'Reading');
select tests.as('sol');
select tests.refused(
    $$select consent.begin_run(tests.agreement('Museum'), 'ai_analysis', 'X')$$, 'not_found',
    'what one agreement is for, no other is'
);
select consent.begin_run(tests.agreement(agreement), 'research', model, channel)
from (values
    ('Institute', 'First', null), ('Institute', 'Second', 'radio'), ('Museum', 'Third', null),
    ('Gallery', 'Fourth', null)
) v (agreement, model, channel);

-- What is asked for is handed out, and to the run that asks.

select results_eq(
    $$select h.work_id from consent.hand_out(tests.run('First'), array[tests.work('Ice')]) h$$,
    $$values (tests.work('Ice'))$$, 'what is asked for is handed out, and no more'
);
select is(tests.held(), '{"First Ice"}', 'to the run that asks');
select count(h.work_id)
from unnest('{First,Second,Third,Fourth}'::text[]) model,
    consent.hand_out(tests.run(model), array(select w.id from content.works w order by w.title)) h;
select is(
    tests.held(),
    '{"First Fire","First Ice","First Snow","Fourth Ice","Fourth Snow","Second Fire","Second Ice","Second Snow",
    "Third Ice"}',
    'of the works that agreements name, each run has those that its own does'
);
select tests.as('otis');
select count(h.work_id) from consent.hand_out(tests.run('Reading'), array[tests.work('Reed')]) h;
select tests.as_nobody();
create temporary table came as
select
    consent._record_result(h.run_id, h.work_id, 'summary') as id, r.model || ' ' || w.title as what
from consent.run_works h
join consent.runs r on r.id = h.run_id
join content.works w on w.id = h.work_id;
grant select on came to public;

-- Who reads of it.

select tests.as('cleo');
select is(
    array[
        (select array_agg(distinct h.work_id order by h.work_id) from consent.run_works h),
        (select array_agg(distinct s.work_id order by s.work_id) from consent.results s)
    ],
    (
        select array[array_agg(w.id order by w.id), array_agg(w.id order by w.id)]
        from content.works w where w.owner_id = tests.person('cleo')
    ),
    'whose works went into a run reads of theirs, and of no others that did'
);
select is(
    (select array_agg(distinct a.work_id) from consent.agreement_works a), array[tests.work('Ice')],
    'and of the works that agreements name'
);
select tests.as('sol');
select is_empty(
    $$select h.work_id from consent.run_works h where h.work_id = tests.work('Reed')
    union all select s.work_id from consent.results s where s.work_id = tests.work('Reed')
    union all select a.work_id from consent.agreement_works a where a.work_id = tests.work('Reed')$$,
    'whoever manages some agreements reads nothing of what is under others'
);

-- What is taken from one run.

select tests.as('cleo');
select consent.refuse_consent(tests.work('Ice'), 'research', 'radio');
select tests.as_nobody();
select is(
    (
        select array_agg(c.what order by c.what)
        from came c
        where not exists (select from consent.results s where s.id = c.id)
    ),
    '{"Second Ice"}', 'what came of a work is gone from the run that it is taken from, and from no other'
);
select is(
    (select array_agg(r.model) from consent.runs r where r.halted_at is not null), '{Second}', 'no other is halted'
);
select tests.as('sol');
select tests.refused(
    $$select consent.hand_out(tests.run('Second'), array[tests.work('Fire')])$$, 'run_over',
    'what is halted gets nothing more'
);
select tests.refused($$select consent.finish_run(tests.run('Second'))$$, 'run_over', 'and is never done');

-- What nobody has noticed yet, is not taken back on the way.

select tests.runs_out('Snow');
select tests.as('cleo');
select consent.withdraw_consent(tests.work('Fire'), 'research');
select is(
    tests.held(), '{"First Ice","First Snow","Fourth Ice","Fourth Snow","Reading Reed","Second Snow","Third Ice"}',
    'who takes back one work takes back that one, whatever else ran out'
);
select tests.as('sol');
select lives_ok($$select consent.end_agreement(tests.agreement('Museum'))$$, 'so does who ends an agreement');
select is(
    tests.held(), '{"First Ice","First Snow","Fourth Ice","Fourth Snow","Reading Reed","Second Snow"}',
    'under which something else was handed out'
);
select is(
    (select array_agg(r.model order by r.model) from consent.runs r where r.halted_at is not null),
    '{First,Second,Third}', 'others run on'
);
select lives_ok(
    $$select consent.begin_run(tests.agreement('Gallery'), 'research', 'Fifth')$$, 'and what is under others begins'
);

-- Who reads of an end.

select tests.as('otis');
select consent.end_agreement(tests.agreement('College'), 'Nothing was given back');
select tests.as('sol');
select is(
    (select array_agg(e.agreement_id) from consent.agreement_ends e), array[tests.agreement('Museum')],
    'of an end those read who read of its agreement'
);

-- Where nothing is done any more, nothing begins; and what was agreed on can be ended.

select tests.as('sol');
select lives_ok(
    $$select consent.begin_run(tests.agreement('Institute'), 'research', 'Last')$$, 'before: a run begins'
);
select tests.as_nobody();
update core.scopes s set archived_at = now() where s.slug = 'heron';
select tests.as('sol');
select tests.refused(
    $$select consent.begin_run(tests.agreement('Institute'), 'research', 'X')$$, 'scope_archived',
    'in a place that is closed no run begins'
);
select tests.refused(
    $$select consent.hand_out(tests.run('Last'), array[tests.work('Ice')])$$, 'scope_archived',
    'and nothing is handed out'
);
select lives_ok($$select consent.end_agreement(tests.agreement('Institute'))$$, 'but an agreement is ended');
select tests.as_nobody();

select * from finish();
rollback;
