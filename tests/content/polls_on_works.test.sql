-- What is asked and decided about a work under protocols is for those who pass these: whoever does not learns nothing
-- of the work, so neither that something is asked about it. Of works that stand under none, the place is asked.

begin;
set local search_path = tap, tests, public;
select plan(37);

create function tests.decision(question text)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
    select d.id
    from content.decisions d
    join content.polls p on p.tenant_id = d.tenant_id and p.id = d.poll_id
    where p.question = decision.question
$$;

-- How many polls, options, decisions and ballots there are for somebody.
create function tests.told(name text)
returns bigint[]
language plpgsql
set search_path = ''
as $$
declare
    answer bigint[];
begin
    perform tests.as(name);
    answer := array[
        (select count(*) from content.polls), (select count(*) from content.poll_options),
        (select count(*) from content.decisions), (select count(*) from content.ballots)
    ];
    perform tests.as_nobody();
    return answer;
end
$$;

select tests.world();
select tests.join('hester', 'heron', 'steward', 'elder');
select tests.as('sol');
select consent.create_protocol(tests.scope('heron'), 'Embers', 'family', 'admitted');
select consent.admit_by_protocol(p.id, role_id => r.id)
from consent.protocols p
join core.roles r on r.tenant_id = p.tenant_id and r.key = 'elder';
select tests.as('cleo');
select content.create_note(tests.scope('heron'), title, '{"text": "1"}') from unnest('{Ice,Open}'::text[]) title;
select content.propose_decision(tests.scope('heron'), 'work.publish', title || '?', work_id => tests.work(title))
from unnest('{Ice,Open}'::text[]) title;
select tests.as('sol');
select content.open_poll(
    tests.scope('heron'), 'When?', 'single', now() + interval '1 day', '{Now,Then}', results_shown => 'always'
);
select tests.as('cleo');
select consent.add_community(tests.work('Ice'), tests.scope('heron'));
select tests.as('hester');
select content.open_poll(
    tests.scope('heron'), 'How?', 'single', now() + interval '1 day', '{So,Otherwise}', work_id => tests.work('Ice'),
    results_shown => 'always'
);
select tests.ballot('hester', 'How?', 1, 0);
select is(tests.told(name), '{4,12,2,1}'::bigint[], 'of a work under no protocol, the place is asked: ' || name)
from unnest('{eli,hester,sol,hana,cleo}'::text[]) name;
select is(tests.told(name), '{0,0,0,0}'::bigint[], 'and nobody else: ' || name)
from unnest('{oona,petra,ada,hugo}'::text[]) name;

select tests.as('cleo');
select consent.protect_work(tests.work('Ice'), tests.scope('heron'), array[p.id])
from consent.protocols p
where p.name = 'Embers';
select is(tests.told(name), '{4,12,2,1}'::bigint[], 'under protocols, those who pass: ' || name)
from unnest('{eli,hester}'::text[]) name;
select is(tests.told('cleo'), '{4,12,2,1}'::bigint[], 'and those who have to consent');
select is(tests.told(name), '{2,6,1,0}'::bigint[], 'nobody else: ' || name) from unnest('{sol,hana}'::text[]) name;

-- The polls of a place that are not about works are for all of it, whoever passes what.

select tests.as('sol');
select lives_ok($$select content.cast_ballot(tests.poll('When?'), '{1,0}')$$, 'what is about no work, they are asked');
select isnt_empty($$select content.poll_results(tests.poll('When?'))$$, 'and told');
select lives_ok($$select content.cast_ballot(tests.poll('Open?'), '{1,0,0,0}')$$, 'or about one under no protocol');
select tests.refused(
    format('select content.cast_ballot(%L, %L)', poll, choices), 'not_found',
    'what they are not asked, they do not vote in'
)
from (
    values (tests.poll('How?'), '{1,0}'), (tests.poll('Ice?'), '{1,0,0,0}'), (gen_random_uuid(), '{1,0}')
) v (poll, choices);
select tests.refused(
    format('select content.poll_results(%L)', poll), 'not_found', 'nor are they told what came out of it'
)
from unnest(array[tests.poll('How?'), tests.poll('Ice?'), gen_random_uuid()]) poll;
select tests.as('eli');
select lives_ok($$select content.cast_ballot(tests.poll('How?'), '{1,0}')$$, 'who passes votes');
select isnt_empty($$select content.poll_results(tests.poll('How?'))$$, 'and is told');
select tests.as('cleo');
select lives_ok($$select content.cast_ballot(tests.poll('How?'), '{0,1}')$$, 'whose consent it asks for votes');
select isnt_empty($$select content.poll_results(tests.poll('How?'))$$, 'and is told');
select tests.as_service();
select isnt_empty($$select content.poll_results(tests.poll('How?'))$$, 'servers are');

-- Nor is a decision found by who would revoke it.

select tests.as_nobody();
select tests.ballot(name, question, 1, 0, 0, 0)
from unnest('{eli,hester,cleo}'::text[]) name, unnest('{Ice?,Open?}'::text[]) question
where (name, question) <> ('cleo', 'Open?');
select tests.close(question) from unnest('{Ice?,Open?}'::text[]) question;
select content.count_polls();
select is(
    (select array_agg(d.outcome::text) from content.decisions d), '{accepted,accepted}', 'both were accepted'
);
select tests.as('sol');
select tests.refused(
    format(
        $$select content.propose_decision(
            tests.scope('heron'), 'work.publish', 'Not?', work_id => tests.work('Ice'), revokes => %L
        )$$,
        revoked
    ),
    'not_found', promise
)
from (
    values
        (tests.decision('Ice?'), 'a decision that they are not told of, they do not propose to revoke'),
        (gen_random_uuid(), 'as if there were none')
) v (revoked, promise);
select lives_ok(
    format(
        $$select content.propose_decision(
            tests.scope('heron'), 'work.publish', 'Not open?', work_id => tests.work('Open'), revokes => %L
        )$$,
        tests.decision('Open?')
    ),
    'one that they are told of, they do'
);
select tests.as('hester');
select lives_ok(
    format(
        $$select content.propose_decision(
            tests.scope('heron'), 'work.publish', 'Not ice?', work_id => tests.work('Ice'), revokes => %L
        )$$,
        tests.decision('Ice?')
    ),
    'as does who passes'
);

-- Who passes no longer is told no longer, but of their own ballots.

select tests.as('hana');
select core.revoke_role(tests.membership('eli', 'heron'), 'elder');
select tests.as('eli');
select is_empty(
    $$select from content.polls p where p.work_id = tests.work('Ice')$$, 'who does not pass any more is told no more'
);
select is(
    (select count(*) from content.ballots b where b.poll_id = tests.poll('How?')), 1::bigint,
    'but of what they voted themselves'
);
select set_eq(
    $$select content.polls_on_works()$$, $$select tests.poll(q) from unnest('{Open?,Not open?}'::text[]) q$$,
    'which is all that a policy is told'
);
select tests.as_anon();
select throws_ok($$select content.polls_on_works()$$, '42501', null, 'and nobody who is not signed in');
select tests.as_nobody();

select * from finish();
rollback;
