-- Results of polls: what is counted, who is told when, and that hidden ones are hidden from everybody.

begin;
set local search_path = tap, tests, public;
select plan(138);

-- Counting leaves it for later where a vacuum holds the place where ballots wait: while this goes on, none begins.
lock table content.waiting_ballots in share update exclusive mode;

-- What somebody is told of a poll, in the order of its options: what they got, and their places.
create function tests.results(name text, question text)
returns text
language plpgsql
set search_path = ''
as $$
declare
    told text;
begin
    if name = 'service' then
        perform tests.as_service();
    elsif name = 'auditor' then
        perform tests.as_auditor();
    elsif name = 'nobody' then
        perform tests.as_nobody();
    else
        perform tests.as(name);
    end if;
    begin
        select string_agg(concat_ws('/', r.tally, r.place), ' ' order by r.number) into told
        from content.poll_results(tests.poll(question)) r;
    exception
        when others then
            told := sqlerrm;
    end;
    perform tests.as_nobody();
    return told;
end
$$;

-- Everything that anybody can read anywhere of an open poll: as each role, of each table, the rows in which its id
-- stands, and all of the log.
create function tests.whispers(question text)
returns text
language plpgsql
set search_path = ''
as $$
declare
    speaker text;
    relation text;
    rows text;
    heard text := '';
begin
    foreach speaker in array '{hana,olive,ada,petra,eli,service,auditor}'::text[] loop
        for relation in
            select c.oid::regclass::text
            from pg_catalog.pg_class c
            join core.platform_modules m on m.module::regnamespace = c.relnamespace
            where c.relkind in ('r', 'p', 'v') and not c.relispartition
            order by 1
        loop
            if speaker = 'service' then
                perform tests.as_service();
            elsif speaker = 'auditor' then
                perform tests.as_auditor();
            else
                perform tests.as(speaker);
            end if;
            begin
                execute format(
                    'select string_agg(t::text, '' '' order by t::text) from %s t where t::text like %L',
                    relation, '%' || tests.poll(question) || '%'
                ) into rows;
                heard := heard || coalesce(rows, '');
            exception
                when insufficient_privilege then
                    null;
            end;
            perform tests.as_nobody();
        end loop;
    end loop;
    return heard;
end
$$;

create function tests.open(
    question text,
    method content.poll_method,
    options text[] default '{A,B,C}',
    most integer default 1,
    anonymous boolean default false,
    shown content.results_shown default 'after_close',
    quorum integer default 0,
    may_change boolean default false
)
returns void
language plpgsql
set search_path = ''
as $$
begin
    perform tests.as('hana');
    perform content.open_poll(
        tests.scope('heron'), question, method, now() + interval '1 day', options, most => most,
        anonymous => anonymous, results_shown => shown, quorum => quorum, may_change => may_change
    );
    perform tests.as_nobody();
end
$$;

select tests.world();
select tests.join('tess', 'heron', 'storyteller');
select tests.join('tom', 'heron', 'storyteller');

-- What is counted.

select tests.open('single', 'single');
select tests.open('approval', 'approval');
select tests.open('score', 'score', most => 5);
select tests.open('dot', 'dot', most => 7);
select tests.open('consent', 'consent', '{}');
select tests.open('nothing', 'ranked');
select tests.open('no options', 'single', '{}');
select tests.ballot('cleo', 'single', 0, 1, 0);
select tests.ballot('eli', 'single', 0, 1, 0);
select tests.ballot('sol', 'single', 1, 0, 0);
select tests.ballot('cleo', 'approval', 1, 1, 0);
select tests.ballot('eli', 'approval', 1, 1, 0);
select tests.ballot('sol', 'approval', 0, 0, 1);
select tests.ballot('cleo', 'score', 5, 2, 0);
select tests.ballot('eli', 'score', 0, 2, 5);
select tests.ballot('cleo', 'dot', 1, 0, 6);
select tests.ballot('eli', 'dot', 5, 0, 0);
select tests.ballot('cleo', 'consent', 1, 0, 0, 0);
select tests.ballot('eli', 'consent', 0, 0, 1, 0);
select tests.ballot('sol', 'consent', 1, 0, 0, 0);
select tests.close(q) from unnest('{single,approval,score,dot,consent,nothing,"no options"}'::text[]) q;
select is(content.count_polls(), 7, 'polls are counted when they have closed');
select is(content.count_polls(), 0, 'once');
select is(
    tests.results('max', 'single'), 'there is no such poll, or it is not for you to see',
    'nobody is told who does not belong'
);
select is(tests.results('tess', q), told, 'counted: ' || q)
from (
    values
        ('single', '1/2 2/1 0/3'),
        ('approval', '2/1 2/1 1/3'),
        ('score', '5/1 4/3 5/1'),
        ('dot', '6/1 0/3 6/1'),
        ('consent', '2/1 0/3 1/2 0/3'),
        ('nothing', '0 0 0'),
        ('no options', null)
) p (q, told);
select is(
    tests.results(name, 'single'), '1/2 2/1 0/3', 'servers and auditors are told, too'
)
from unnest('{service,auditor,nobody}'::text[]) name;
select tests.as('eli');
select is(
    (select array_agg(r.label || r.ballots order by r.number) from content.poll_results(tests.poll('single')) r),
    '{A3,B3,C3}', 'with the words of the options, and how many voted'
);
select tests.as_nobody();

-- Rounds.

create function tests.ranked(question text, variadic ballots text[])
returns text
language plpgsql
set search_path = ''
as $$
declare
    options constant text[] := array(select chr(64 + n) from generate_series(1, length(ballots[1])) n);
begin
    perform tests.open(question, 'ranked', options);
    insert into core.people (display_name)
    select 'Voter ' || n from generate_series(1, cardinality(ballots)) n
    where not exists (select from core.people p where p.display_name = 'Voter ' || n);
    insert into content.ballots (tenant_id, poll_id, person_id, method, most, choices)
    select
        tests.scope('river'), tests.poll(question),
        (select p.id from core.people p where p.display_name = 'Voter ' || b.n),
        'ranked', 1, string_to_array(b.ranks, null)::integer[]
    from unnest(ballots) with ordinality b (ranks, n);
    perform tests.close(question);
    perform content.count_polls();
    return tests.results('eli', question);
end
$$;

select is(
    tests.ranked('rounds', '123', '123', '213', '321'), '2/1 2/2 1/3', 'whoever is left last takes the first place'
);
select is(
    tests.ranked('second choices', '132', '132', '213', '321', '231', '231'),
    '3/2 1/3 3/1', 'ballots go to the next option they rank'
);
select is(
    tests.ranked('exhausted', '100', '100', '010', '010', '010', '201'), '3/2 3/1 1/3',
    'of two that tie the one leaves that fewer rank first'
);
select is(
    tests.ranked('first choices', '1200', '1200', '0100', '0012', '0012', '2001', '0010'),
    '3/2 1/3 3/1 1/4', 'and so in each round'
);
select is(tests.ranked('all alike', '12', '21'), '1/1 1/2', 'the one further down leaves first');

-- Quorum.

select tests.open('two of two', 'single', quorum => 2);
select tests.open('two of three', 'single', quorum => 3, shown => 'always');
select tests.ballot(name, q, 1, 0, 0)
from unnest('{cleo,eli}'::text[]) name, unnest('{two of two,two of three}'::text[]) q;
select tests.ballot('tom', 'two of two', 1, 0, 0);
select tests.close('two of two');
select content.count_polls();
select tests.as('eli');
select is(
    (select bool_and(r.quorum_met) from content.poll_results(tests.poll('two of two')) r), true,
    'a quorum is met by as many ballots'
);
select is(
    (select bool_or(r.quorum_met) from content.poll_results(tests.poll('two of three')) r), false, 'and by no fewer'
);
select tests.as_nobody();

-- When they are told.

select tests.open('always', 'single', shown => 'always', may_change => true);
select tests.open('after_vote', 'single', shown => 'after_vote');
select tests.open('after_close', 'single', may_change => true);
select tests.ballot('cleo', q, 1, 0, 0) from unnest('{always,after_vote,after_close}'::text[]) q;
select tests.ballot('tess', q, 0, 1, 0) from unnest('{always,after_vote,after_close}'::text[]) q;
select is(tests.results('eli', 'always'), '1/1 1/1 0/3', 'results that are never hidden are told at once');
select is(tests.results('service', 'always'), '1/1 1/1 0/3', 'to servers as well');
select is(
    tests.results('max', 'always'), 'there is no such poll, or it is not for you to see',
    'but not to who does not belong'
);
select is(tests.results('eli', 'after_vote'), 'the results are hidden as yet', 'who has not voted is not told');
select is(tests.results('service', 'after_vote'), 'the results are hidden as yet', 'nor is who never will');
select is(tests.results('cleo', 'after_vote'), '1/1 1/1 0/3', 'who has voted is');
select is(tests.results('tess', 'after_close'), 'the results are hidden as yet', 'unless they wait for the end');
select is(tests.results(name, 'after_close'), 'the results are hidden as yet', 'also ' || name)
from unnest('{hana,cleo,service,auditor,nobody}'::text[]) name;
select lives_ok(
    $$select tests.ballot('cleo', 'after_close', 0, 0, 1)$$, 'a ballot can be changed where the poll says so'
);
select tests.close('after_close');
select is(tests.results('cleo', 'after_close'), 'the results are hidden as yet', 'closed is not yet counted');
select tests.refused($$select tests.ballot('cleo', 'after_close', 1, 0, 0)$$, 'poll_closed', 'but takes no ballots');
select tests.refused($$select tests.ballot('eli', 'after_close', 1, 0, 0)$$, 'poll_closed', 'of anybody');
select tests.as('hana');
select tests.refused(
    $$select content.add_poll_option(tests.poll('after_close'), 'D')$$, 'poll_closed', 'nor options'
);
select tests.as_nobody();
select tests.refused(
    format(
        $$
        insert into content.ballots (tenant_id, poll_id, person_id, method, most, choices)
        values (%L, %L, %L, %L, 1, %L)
        $$,
        tests.scope('river'), tests.poll('single'), tests.person('tess'), 'single', '{1,0,0}'
    ),
    'poll_closed', 'what is counted gets no ballot from anywhere'
);
select tests.refused(
    format('update content.ballots set choices = %L where poll_id = %L', '{1,0,0}', tests.poll('single')),
    'poll_closed', 'none is changed'
);
select tests.refused(
    format('delete from content.ballots where poll_id = %L', tests.poll('single')), 'poll_closed', 'and none taken away'
);
select tests.refused('truncate content.ballots', 'append_only', 'or all of them');
select tests.refused(
    format('update content.polls set tallies = tallies where id = %L', tests.poll('single')), 'append_only',
    'nor does what it came to change'
);
select tests.as_service();
select lives_ok($$select content.count_polls()$$, 'a server counts');
select tests.as('cleo');
select throws_ok($$select content.count_polls()$$, '42501', null, 'nobody else');
select tests.as_nobody();
select is(
    tests.results('eli', 'after_close'), '0/3 1/1 1/1', 'then everybody is told, what was changed as it was changed to'
);

-- Who sees whose ballot.

create function tests.sees(name text, question text)
returns text[]
language plpgsql
set search_path = ''
as $$
declare
    voters text[];
    seen uuid[];
begin
    perform tests.as(name);
    select array_agg(b.person_id) into seen from content.ballots b where b.poll_id = tests.poll(question);
    perform tests.as_nobody();
    return array(select p.display_name from core.people p where p.id = any (seen) order by p.display_name);
end
$$;

select is(tests.sees('eli', 'always'), '{Cleo,Tess}', 'where results are not hidden, ballots are seen');
select is(tests.sees('max', 'always'), '{}', 'by those who belong');
select is(tests.sees('eli', 'after_vote'), '{}', 'who has not voted sees none');
select is(tests.sees('cleo', 'after_vote'), '{Cleo,Tess}', 'who has sees all');
select is(tests.sees('eli', 'after_close'), '{Cleo,Tess}', 'of what is counted all are seen');
select tests.open('hidden', 'single');
select tests.ballot(name, 'hidden', 1, 0, 0) from unnest('{cleo,tess}'::text[]) name;
select is(tests.sees('cleo', 'hidden'), '{Cleo}', 'one''s own is seen always');
select is(tests.sees('hana', 'hidden'), '{}', 'and no other, while they are hidden');
select core.leave(tests.scope('heron')) from tests.as('tess');
select tests.as_nobody();
select is(tests.sees('tess', 'hidden'), '{Tess}', 'also by who has left');
select is(tests.sees('tess', 'always'), '{Tess}', 'who sees no other');
update core.people set guardian_id = tests.person('max') where id = tests.person('tess');
select is(tests.sees('max', 'hidden'), '{Tess}', 'and by whoever acts for them');
select is(tests.sees('max', 'after_vote'), '{Tess}', 'who has not thereby voted');
update core.people set guardian_id = null where id = tests.person('tess');

-- Who sees the polls.

select tests.as('eli');
select isnt_empty('select question from content.polls', 'who belongs sees the polls');
select isnt_empty('select from content.poll_options', 'and their options');
select throws_ok('select tallies from content.polls', '42501', null, 'results are asked for');
select throws_ok('select places from content.polls', '42501', null, 'by their function');
select tests.as('otis');
select content.open_poll(tests.scope('otter'), 'Ours?', 'consent', now() + interval '1 day');
select results_eq(
    'select distinct o.poll_id from content.poll_options o', 'select p.id from content.polls p',
    'who sees one poll sees the options of no other'
);
select tests.as('max');
select is_empty('select question from content.polls', 'who does not, sees none');
select is_empty('select from content.poll_options', 'nor what they offer');
select tests.as_anon();
select throws_ok(format('select from %s', t), '42501', null, 'nobody unknown reads ' || t)
from unnest('{
    content.polls,content.poll_options,content.ballots,content.voters,content.waiting_ballots,content.anonymous_ballots
}'::text[]) t;
select tests.backend_reads(t) from unnest('{content.polls,content.poll_options}'::regclass[]) t;
select tests.as('hana');
select throws_ok(format('select from %s', t), '42501', null, 'whoever put the poll does not read ' || t)
from unnest('{content.waiting_ballots,content.anonymous_ballots}'::text[]) t;
select tests.as_service();
select throws_ok(format('select from %s', t), '42501', null, 'a server does not read ' || t)
from unnest('{content.ballots,content.voters,content.waiting_ballots,content.anonymous_ballots}'::text[]) t;
select tests.as_auditor();
select throws_ok(format('select from %s', t), '42501', null, 'an auditor does not read ' || t)
from unnest('{content.ballots,content.voters,content.waiting_ballots,content.anonymous_ballots}'::text[]) t;
select tests.as_nobody();

-- Hidden is hidden: whatever is voted, everybody can read the same.


select tests.open('quiet', 'single');
select tests.open('dark', 'single', anonymous => true);

-- Both ways are undone, and the log is told apart by nothing.
create function tests.heard(question text, variadic choices integer[])
returns text
language plpgsql
set search_path = ''
as $$
begin
    perform tests.ballot(name, question, variadic choices) from unnest('{cleo,tom,sol}'::text[]) name;
    perform content.count_polls();
    raise exception using errcode = 'ZZ001', message = tests.whispers(question);
exception
    when sqlstate 'ZZ001' then
        return sqlerrm;
end
$$;

select isnt(tests.heard('quiet', 1, 0, 0), '', 'a poll is seen');
select is(
    tests.heard(q, 1, 0, 0), tests.heard(q, 0, 1, 0), 'but nothing anywhere tells what is voted, where it is ' || q
)
from unnest('{quiet,dark}'::text[]) q;
select isnt(
    tests.heard('always', 1, 0, 0), '', 'a poll that hides nothing is seen'
);

-- Voting unknown.

create function tests.box()
returns text
language sql
stable
security definer
set search_path = ''
as $$
    select concat_ws(
        ' ',
        (select count(*) from content.voters v where v.poll_id = tests.poll('dark')), 'have voted,',
        (select count(*) from content.waiting_ballots w where w.poll_id = tests.poll('dark')), 'wait,',
        (select count(*) from content.anonymous_ballots b where b.poll_id = tests.poll('dark')), 'are written'
    )
$$;

-- What is shown to live is a transaction within this one.
select lives_ok($$select tests.ballot('cleo', 'dark', 1, 0, 0)$$, 'who belongs votes unknown');
select lives_ok($$select tests.ballot('tom', 'dark', 0, 1, 0)$$, 'and so does somebody else');
select is(tests.box(), '2 have voted, 2 wait, 0 are written', 'an anonymous ballot waits, apart from who has voted');
select tests.refused($$select tests.ballot('cleo', 'dark', 0, 1, 0)$$, 'already_voted', 'nobody votes twice');
select tests.refused($$select tests.ballot('sol', 'dark', 1, 1, 0)$$, 'ballot_misfit', 'nor more than there is');
select is(tests.box(), '2 have voted, 2 wait, 0 are written', 'and leaves no trace of it');
select tests.as('cleo');
select results_eq('select person_id from content.voters', array[tests.person('cleo')], 'one knows that one has voted');
select tests.as('hana');
select is_empty('select from content.voters', 'and of nobody else');
select tests.refused(
    $$select content.add_poll_option(tests.poll('dark'), 'D')$$, 'poll_begun', 'options stand here, too'
);
select tests.as_nobody();
select is_empty('select from content.ballots b where b.poll_id = tests.poll(''dark'')', 'no ballot bears a name');
create temporary table ids on commit drop as select w.id from content.waiting_ballots w;
select is(content.count_polls(), 0, 'before it closes it is not counted');
select is(tests.box(), '2 have voted, 2 wait, 0 are written', 'all wait as before');
select is_empty('select id from content.waiting_ballots intersect select id from ids', 'but under other ids');
create temporary table ids_before on commit drop as select w.id from content.waiting_ballots w;
select content.count_polls();
select set_eq(
    'select id from content.waiting_ballots', 'select id from ids_before', 'what was shuffled alone is left alone'
);
select tests.violates(tests.variant('content.waiting_ballots', changes), broken, promise)
from (
    values
        ('{"choices": [1,1,0]}'::jsonb, 'waiting_ballots_choices_check', 'what waits is a ballot'),
        ('{"choices": [1,0]}', 'waiting_ballots_poll_fkey', 'of its poll'),
        (jsonb_build_object('poll_id', tests.poll('quiet')), 'waiting_ballots_poll_fkey', 'of an anonymous one')
) w (changes, broken, promise);
select tests.violates(tests.variant('content.waiting_ballots'), 'waiting_ballots_pkey', 'each once');
select tests.refused(
    $$update content.waiting_ballots set choices = '{1,0,0}'$$, 'already_voted', 'and stays what it is'
);
select tests.violates(
    tests.variant(
        'content.ballots', jsonb_build_object('poll_id', tests.poll('dark'), 'person_id', tests.person('tom'))
    ),
    'ballots_poll_fkey', 'a ballot with a name is none of an anonymous poll'
);
select tests.violates(tests.variant('content.voters'), 'voters_pkey', 'who has voted is noted once');
select tests.violates(
    tests.variant('content.voters', jsonb_build_object(c, gen_random_uuid())), broken, promise
)
from (
    values
        ('person_id', 'voters_person_id_fkey', 'for a person'),
        ('poll_id', 'voters_tenant_id_poll_id_fkey', 'and a poll')
) v (c, broken, promise);
select tests.refused('truncate content.voters', 'append_only', 'and never all forgotten');

-- With two, nothing is told.
create function tests.attempt_with_two()
returns text
language plpgsql
set search_path = ''
as $$
begin
    perform tests.close('dark');
    perform content.count_polls();
    raise exception using
        errcode = 'ZZ001',
        message = concat_ws(
            '; ', tests.results('cleo', 'dark'), tests.box(),
            (select concat_ws(' ', p.ballots, p.tallies) from content.polls p where p.question = 'dark')
        );
exception
    when sqlstate 'ZZ001' then
        return sqlerrm;
end
$$;

select is(
    tests.attempt_with_two(),
    'so few voted that the results would tell who voted what; 2 have voted, 0 wait, 0 are written; 2',
    'of two ballots nothing is told, and nothing kept'
);
select tests.ballot('sol', 'dark', 0, 1, 0);
select tests.open('dark too', 'single', anonymous => true);
select tests.ballot(name, 'dark too', 0, 1, 0) from unnest('{cleo,tom,sol}'::text[]) name;
select tests.close('dark');
create temporary table waited on commit drop as select w.id from content.waiting_ballots w;
select is(content.count_polls(), 1, 'an anonymous poll is counted when it has closed');
select is(tests.box(), '3 have voted, 0 wait, 3 are written', 'all of its ballots at once');
select is(
    (select count(*) from content.waiting_ballots w where w.poll_id = tests.poll('dark too')), 3::bigint,
    'those of others go on waiting'
);
select is_empty(
    $$select from content.anonymous_ballots b where b.poll_id = tests.poll('dark too')$$, 'and are written nowhere else'
);
select is(content.count_polls(), 0, 'what is counted is not counted again');
select is_empty('select id from content.anonymous_ballots intersect select id from waited', 'with ids of their own');
select is(tests.results('hana', 'dark'), '1/2 2/1 0/3', 'and it is told what they come to');
select is_empty(
    $$select from content.anonymous_ballots b where get_byte(uuid_send(b.id), 6) >> 4 <> 4$$, 'ids are random'
);
select is_empty(
    $$
    select from pg_catalog.pg_attribute a
    where a.attrelid in ('content.anonymous_ballots'::regclass, 'content.waiting_ballots'::regclass)
        and (a.attname ~ 'person|_at$|_on$|_by$' or a.atttypid in ('timestamptz'::regtype, 'date'::regtype))
    $$,
    'no column has room for a person or a time'
);
select is_empty(
    $$select from pg_catalog.pg_attribute a
    where a.attrelid = 'content.voters'::regclass and a.atttypid <> 'uuid'::regtype and a.attnum > 0$$,
    'nor is there room for when somebody voted'
);
select tests.refused(
    tests.variant('content.anonymous_ballots', '{"most": 1}'), 'poll_closed', 'what is counted gets no anonymous ballot'
);
select tests.refused(s, 'append_only', 'nor is one changed or taken away: ' || s)
from unnest('{update content.anonymous_ballots set most = 1,delete from content.anonymous_ballots,
truncate content.anonymous_ballots}'::text[]) s;
select tests.refused(
    format('delete from content.voters where poll_id = %L', tests.poll('dark')), 'poll_closed',
    'nor is anybody made not to have voted'
);
select tests.violates(tests.variant(
    'content.anonymous_ballots', jsonb_build_object('poll_id', tests.poll('dark too')) || changes
), broken, promise)
from (
    values
        ('{"choices": [1,1,0]}'::jsonb, 'anonymous_ballots_choices_check', 'what is written is a ballot'),
        ('{"choices": [1,0]}', 'anonymous_ballots_poll_fkey', 'of its poll')
) w (changes, broken, promise);
select lives_ok(
    tests.variant('content.anonymous_ballots', jsonb_build_object('poll_id', tests.poll('dark too'))),
    'until then it does'
);
select tests.violates(
    tests.variant('content.anonymous_ballots', '{}', format('poll_id = %L', tests.poll('dark too'))),
    'anonymous_ballots_pkey', 'each once'
);
select is_empty('select from content.verify_polls()', 'a recount finds nothing');
alter table content.anonymous_ballots disable trigger user;
update content.anonymous_ballots set choices = '{1,0,0}';
alter table content.anonymous_ballots enable trigger user;
select results_eq(
    'select poll_id, problem from content.verify_polls()', $$values (tests.poll('dark'), 'result')$$,
    'unless somebody exchanged ballots'
);

-- Two who are one.

select tests.open('merged', 'single', shown => 'always', may_change => true);
select tests.open('merged unknown', 'single', anonymous => true);
select tests.join('mina', 'heron'), tests.join('mona', 'heron');
select tests.ballot('mina', q, 1, 0, 0) from unnest('{merged,merged unknown}'::text[]) q;
select tests.ballot('mona', q, 0, 1, 0) from unnest('{merged}'::text[]) q;
select tests.ballot('cleo', q, 0, 0, 1) from unnest('{merged,merged unknown}'::text[]) q;
select core.merge_people(tests.person('mina'), tests.person('mona'));
select is(tests.results('eli', 'merged'), '0/3 1/1 1/1', 'of two ballots of one person the survivor''s counts');
select tests.refused(
    $$select tests.ballot('mona', 'merged unknown', 1, 0, 0)$$, 'already_voted', 'what one of them voted, both have'
);
select tests.refused(
    $$select tests.ballot('cleo', 'merged unknown', 1, 0, 0)$$, 'already_voted', 'and nobody else is forgotten'
);
select tests.as_nobody();
select tests.open('moved', 'single', shown => 'always');
select tests.ballot('tom', 'moved', 0, 1, 0);
select core.merge_people(tests.person('tom'), tests.person('sol'));
select is(tests.results('eli', 'moved'), '0/2 1/1 0/2', 'where only one of them voted, it counts');
select tests.refused($$select tests.ballot('sol', 'moved', 1, 0, 0)$$, 'already_voted', 'and is the other''s, too');
select set_eq(
    $$select p.display_name from content.voters v join core.people p on p.id = v.person_id
    where v.poll_id = tests.poll('dark')$$,
    '{Cleo,Tom,Sol}'::text[], 'what is counted stays as it was'
);

select * from finish();
rollback;
