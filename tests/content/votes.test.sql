-- Votes on works: by whoever may read them, in person, once, and not on their own.

begin;
set local search_path = tap, tests, public;
select plan(48);

select tests.world();
select tests.join('tess', 'heron', 'storyteller');
select tests.as('cleo');
select content.create_note(tests.scope('heron'), title, '{}', visibility => 'community')
from unnest('{Ice,Snow,Draft}'::text[]) title;
select content.transition(tests.work(title), 'published') from unnest('{Ice,Snow}'::text[]) title;
select consent.give_consent(tests.work(title), 'community_sharing') from unnest('{Ice,Snow}'::text[]) title;
select tests.as_nobody();

create function tests.votes(title text default 'Ice')
returns text[]
language sql
stable
security definer
set search_path = ''
as $$
    select coalesce(array_agg(p.display_name || ' ' || v.weight order by p.display_name), '{}')
    from content.votes v
    join core.people p on p.id = v.person_id
    where v.work_id = tests.work(title)
$$;

-- Voting.

select tests.as('eli');
select lives_ok($$select content.cast_vote(tests.work('Ice'))$$, 'who reads a work votes on it');
select is(tests.votes(), '{"Eli 1"}', 'with the weight of one');
select lives_ok($$select content.cast_vote(tests.work('Ice'), 0)$$, 'and votes again');
select is(tests.votes(), '{"Eli 0"}', 'which takes the place of their vote');
select tests.refused(
    $$select content.cast_vote(tests.work('Ice'), 2)$$, 'vote_too_heavy', 'nobody weighs more than the place allows'
);
select is(tests.votes(), '{"Eli 0"}', 'and what is refused leaves the vote they had');
select tests.violates(
    $$select content.cast_vote(tests.work('Ice'), -1)$$, 'votes_weight_check', 'nor does a vote count against a work'
);
select tests.as_nobody();
insert into core.settings (tenant_id, scope_id, key, value)
values (tests.scope('river'), tests.scope('heron'), 'works.vote_weight', '100');
select tests.as('tess');
select lives_ok($$select content.cast_vote(tests.work('Ice'), 100)$$, 'a place can allow more weight');
select tests.as_nobody();
select tests.violates(
    tests.variant(
        'content.votes', jsonb_build_object('person_id', tests.person('sol'), 'weight', 101)
    ),
    'votes_weight_check', 'within bounds'
);
select tests.as('tess');
select lives_ok($$select content.cast_vote(tests.work('Snow'))$$, 'who voted on one work votes on another');
select is(tests.votes(), '{"Eli 0","Tess 100"}', 'and the first vote stands');

-- Who may not.

select tests.as('cleo');
select tests.violates(
    $$select content.cast_vote(tests.work('Ice'))$$, 'votes_person_id_check', 'nobody votes on their own work'
);
select tests.as('eli');
select throws_ok(
    $$select content.cast_vote(tests.work('Draft'))$$, '42501', null, 'nor on one that they cannot read'
);
select tests.as('max');
select throws_ok(
    $$select content.cast_vote(tests.work('Ice'))$$, '42501', null, 'nor somebody from elsewhere'
);
select tests.as_anon();
select throws_ok($$select content.cast_vote(tests.work('Ice'))$$, '42501', null, 'nor somebody unknown');
select tests.as('eli');
select lives_ok(
    format(
        'insert into content.votes (tenant_id, work_id, work_owner_id, person_id) values (%L, %L, %L, %L)',
        tests.scope('river'), tests.work('Snow'), tests.person('cleo'), tests.person('eli')
    ),
    'a vote can be written as it is'
);
select throws_ok(
    format(
        'insert into content.votes (tenant_id, work_id, work_owner_id, person_id) values (%L, %L, %L, %L)',
        tests.scope('river'), tests.work('Snow'), tests.person('cleo'), tests.person('sol')
    ),
    '42501', null, 'but not in the name of somebody else'
);
select throws_ok(
    format(
        'insert into content.votes (tenant_id, work_id, work_owner_id, person_id) values (%L, %L, %L, %L)',
        tests.scope('river'), tests.work('Draft'), tests.person('cleo'), tests.person('eli')
    ),
    '42501', null, 'nor on what they cannot read'
);
select throws_ok(
    format(
        'insert into content.votes (tenant_id, work_id, work_owner_id, person_id) values (%L, %L, %L, %L)',
        tests.scope('hill'), tests.work('Snow'), tests.person('cleo'), tests.person('eli')
    ),
    '42501', null, 'nor for another organization'
);
select throws_ok($$update content.votes set weight = 100$$, '42501', null, 'nor is one changed as it is');
select throws_ok($$delete from content.votes$$, '42501', null, 'or taken away');
select tests.as_nobody();
select tests.violates(
    tests.variant(
        'content.votes', jsonb_build_object('work_owner_id', tests.person('max'), 'person_id', tests.person('sol'))
    ),
    'votes_tenant_id_work_id_work_owner_id_fkey', 'whose work it is cannot be said otherwise'
);
select tests.violates(tests.variant('content.votes'), 'votes_pkey', 'one person has one vote on a work');
select tests.violates(
    tests.variant('content.votes', jsonb_build_object('person_id', gen_random_uuid())),
    'votes_person_id_fkey', 'a voter is a person'
);
update core.people set guardian_id = tests.person('hana') where id = tests.person('sol');
select tests.as('hana');
select throws_ok(
    format(
        'insert into content.votes (tenant_id, work_id, work_owner_id, person_id) values (%L, %L, %L, %L)',
        tests.scope('river'), tests.work('Snow'), tests.person('cleo'), tests.person('sol')
    ),
    '42501', null, 'nor does a guardian vote for somebody'
);
select tests.as_token(jsonb_build_object('person', tests.person('hana'), 'api_key', gen_random_uuid()));
select tests.refused($$select content.cast_vote(tests.work('Ice'))$$, 'not_with_key', 'a program has no vote');
select throws_ok(
    format(
        'insert into content.votes (tenant_id, work_id, work_owner_id, person_id) values (%L, %L, %L, %L)',
        tests.scope('river'), tests.work('Snow'), tests.person('cleo'), tests.person('hana')
    ),
    '42501', null, 'however it writes'
);
select tests.as_nobody();
update content.works set public_during = '{(,)}', public_version = 1, visibility = 'public' where title = 'Ice';
select tests.as_token(jsonb_build_object('person', tests.person('hana'), 'api_key', gen_random_uuid()));
select throws_ok(
    format(
        'insert into content.votes (tenant_id, work_id, work_owner_id, person_id) values (%L, %L, %L, %L)',
        tests.scope('river'), tests.work('Ice'), tests.person('cleo'), tests.person('hana')
    ),
    '42501', null, 'also on what is public'
);
select tests.as_nobody();
insert into core.sanctions (tenant_id, scope_id, person_id, capability, reason, imposed_by)
values (tests.scope('river'), tests.scope('heron'), tests.person('sol'), 'vote', 'a quarrel', tests.person('hana'));
select tests.as('sol');
select throws_ok(
    $$select content.cast_vote(tests.work('Ice'))$$, '42501', null, 'nor does somebody vote who is kept from it'
);
select tests.as_nobody();
delete from core.sanctions;
update core.scopes set archived_at = now() where slug = 'heron';
select tests.as('sol');
select tests.refused(
    $$select content.cast_vote(tests.work('Ice'))$$, 'scope_archived', 'nor anybody, where a place is archived'
);
select tests.as('eli');
select ok(content.retract_vote(tests.work('Snow')), 'what is theirs they can take back there');
select ok(not content.retract_vote(tests.work('Snow')), 'once');
select is(tests.votes(), '{"Eli 0","Tess 100"}', 'and only that');
select is(tests.votes('Snow'), '{"Tess 1"}', 'of their own');
select tests.as_token(jsonb_build_object('person', tests.person('eli'), 'api_key', gen_random_uuid()));
select tests.refused($$select content.retract_vote(tests.work('Ice'))$$, 'not_with_key', 'and in person');
select tests.as_nobody();
update core.scopes set archived_at = null where slug = 'heron';

-- Who sees them.

update content.works set public_during = '{}', visibility = 'community' where title = 'Ice';
select tests.as('hana');
select is((select count(*) from content.votes), 3::bigint, 'who reads a work sees the votes on it');
select tests.as_nobody();
insert into content.votes (tenant_id, work_id, work_owner_id, person_id)
select w.tenant_id, w.id, w.owner_id, tests.person('hazel') from content.works w where w.title = 'Draft';
select tests.as('hana');
select is((select count(*) from content.votes), 3::bigint, 'and none on one that they cannot');
select tests.as('max');
select is_empty('select from content.votes', 'who does not, sees none');
select tests.as_anon();
select throws_ok('select from content.votes', '42501', null, 'nor does anybody unknown');
select tests.backend_reads('content.votes');

-- Two who are one.

select tests.as_nobody();
insert into core.people (display_name, merged_into) values ('Second', tests.person('sol'));
insert into content.votes (tenant_id, work_id, work_owner_id, person_id)
select w.tenant_id, w.id, w.owner_id, p.id
from content.works w
join core.people p on p.display_name in ('Max', 'Hazel')
where w.title = 'Ice';
select core.merge_people(tests.person('max'), tests.person('tess'));
select is(
    tests.votes(), '{"Eli 0","Hazel 1","Tess 100"}',
    'of two who voted and turn out to be one, the survivor''s vote stands'
);
insert into content.votes (tenant_id, work_id, work_owner_id, person_id)
select w.tenant_id, w.id, w.owner_id, tests.person('hana') from content.works w where w.title = 'Snow';
select core.merge_people(tests.person('hazel'), tests.person('hana'));
select is(tests.votes(), '{"Eli 0","Hazel 1","Tess 100"}', 'where only the other row voted, its vote stands');
select set_config('request.jwt.claims', json_build_object('person', tests.person('hana'))::text, true);
insert into content.votes (tenant_id, work_id, work_owner_id, person_id)
select w.tenant_id, w.id, w.owner_id, tests.person('hana') from content.works w where w.title = 'Ice';
select is(tests.votes(), '{"Eli 0","Hana 1","Tess 100"}', 'until they vote again');
select is(tests.votes('Draft'), '{"Hazel 1"}', 'on the same work');
select ok(content.retract_vote(tests.work('Draft')), 'or take it back');
select tests.as_nobody();
select core.merge_people(tests.person('eli'), tests.person('cleo'));
select is(tests.votes(), '{"Hana 1","Tess 100"}', 'nobody keeps a vote on what turns out to be their own');
select core.merge_people(tests.person('cleo'), tests.person('tess'));
select is(tests.votes(), '{"Hana 1"}', 'whichever row is theirs');
select set_config('request.jwt.claims', json_build_object('person', tests.person('tess'))::text, true);
select tests.refused($$select content.cast_vote(tests.work('Ice'))$$, 'not_on_yourself', 'nor gives one again');

select * from finish();
rollback;
