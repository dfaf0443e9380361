-- Decisions: who proposes and makes them, that the outcome follows from the poll, and what cannot happen without one.

begin;
set local search_path = tap, tests, public;
select plan(119);

-- Counting leaves it for later where a vacuum holds the place where ballots wait: while this goes on, none begins.
lock table content.waiting_ballots in share update exclusive mode;

select tests.world();
select tests.join('tess', 'heron', 'storyteller');
select tests.join('tom', 'heron', 'elder');
select tests.join('esme', 'heron', 'elder');
select tests.join('bo', 'heron', 'board_member');
select tests.join('eve', 'otter', 'elder');

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

-- Each of these says yes, abstains, objects or blocks, in a letter; then the time is over.
create function tests.decide(question text, variadic said text[])
returns text
language plpgsql
set search_path = ''
as $$
declare
    one text;
begin
    foreach one in array said loop
        perform tests.ballot(
            split_part(one, ' ', 1), question,
            variadic (
                select array_agg((split_part(one, ' ', 2) = c)::integer)
                from unnest('{yes,abstains,objects,blocks}'::text[]) c
            )
        );
    end loop;
    perform tests.close(question);
    perform content.count_polls();
    return (select d.outcome::text from content.decisions d where d.id = tests.decision(question));
end
$$;

create function tests.place_sets(key text, value jsonb)
returns void
language sql
security definer
set search_path = ''
as $$
    insert into core.settings (tenant_id, scope_id, key, value)
    values (tests.scope('river'), tests.scope('heron'), place_sets.key, place_sets.value)
    on conflict on constraint settings_pkey do update set value = excluded.value
$$;

insert into content.decision_matters (key, module, about_work, description)
values ('harvest.share', 'content', false, 'The harvest is shared out.');

-- Proposing.

select tests.as('cleo');
select content.create_note(tests.scope('heron'), 'Ice', '{}');
select content.create_note(tests.scope('heron'), 'Snow', '{}');
select lives_ok(
    $$select content.propose_decision(
        tests.scope('heron'), 'work.publish', 'Publish Ice?', 'It is about ice.', work_id => tests.work('Ice')
    )$$,
    'whoever owns a work proposes to publish it'
);
select results_eq(
    $$
    select
        d.matter, d.work_id, d.work_version, d.process::text, d.proposed_by, d.outcome::text, d.decided_at, d.unlocks,
        p.method::text, p.quorum, p.closes_at, p.role_key, p.anonymous, p.may_change, p.results_shown::text,
        p.description
    from content.decisions d
    join content.polls p on p.id = d.poll_id
    $$,
    $$values (
        'work.publish', tests.work('Ice'), 1, 'consensus', tests.person('cleo'), null::text, null::timestamptz,
        null::text, 'consent', 3, now() + interval '7 days', null::text, false, true, 'after_close',
        'It is about ice.'
    )$$,
    'the place decides by the process, the quorum and for the time it has set'
);
select lives_ok(
    $$select content.propose_decision(
        tests.scope('heron'), 'work.publish', 'Unknown?', work_id => tests.work('Ice'), anonymous => true
    )$$,
    'or unknown'
);
select is(
    (select array[p.anonymous, p.may_change] from content.polls p where p.question = 'Unknown?'), '{true,false}',
    'where a ballot is not changed'
);
select tests.refused(
    $$select content.propose_decision(tests.scope('heron'), 'harvest.share', 'Share?')$$, 'not_permitted',
    'what is the place''s proposes who may put questions to it'
);
select tests.refused(
    $$select content.propose_decision(tests.scope('heron'), 'work.publish', 'Any?')$$, 'not_found',
    'what is decided of a work names one'
);
select tests.refused(
    $$select content.propose_decision(tests.scope('heron'), 'work.burn', 'Burn?', work_id => tests.work('Ice'))$$,
    'not_found', 'what nobody asked for is not decided'
);
select tests.as('hana');
select tests.refused(
    $$select content.propose_decision(tests.scope('heron'), 'work.publish', 'Mine?', work_id => tests.work('Ice'))$$,
    'not_found', 'nobody proposes of somebody else''s work'
);
select tests.refused(
    $$select content.propose_decision(tests.scope('heron'), 'harvest.share', 'Ice?', work_id => tests.work('Ice'))$$,
    'not_found', 'what is decided of a place names no work'
);
select lives_ok(
    $$select content.propose_decision(tests.scope('heron'), 'harvest.share', 'Share?')$$, 'of a place it is proposed'
);
select tests.refused(
    $$select content.propose_decision(tests.scope('otter'), 'harvest.share', 'Theirs?')$$, 'not_permitted',
    'where one belongs'
);
select tests.as_nobody();
select tests.join('cleo', 'otter');
select tests.as('cleo');
select tests.refused(
    $$select content.propose_decision(tests.scope('otter'), 'work.publish', 'Ice?', work_id => tests.work('Ice'))$$,
    'not_found', 'a work is decided on where it belongs'
);
select tests.as_token(jsonb_build_object('person', tests.person('hana'), 'api_key', gen_random_uuid()));
select tests.refused(
    $$select content.propose_decision(tests.scope('heron'), 'harvest.share', 'Share?')$$, 'not_with_key',
    'and by people'
);
select tests.as_nobody();

-- What it comes to.

select is(
    content._outcome(o.process::content.decision_process, met, tallies)::text, outcome,
    format('%s of %s: %s', process, tallies, outcome)
)
from (
    values
        ('consensus', true, '{1,0,0,0}'::bigint[], 'accepted'),
        ('consensus', true, '{1,5,0,0}', 'accepted'),
        ('consensus', true, '{0,3,0,0}', 'rejected'),
        ('consensus', true, '{9,0,1,0}', 'rejected'),
        ('consensus', true, '{9,0,0,1}', 'rejected'),
        ('elder_council', true, '{2,0,1,0}', 'accepted'),
        ('elder_council', true, '{1,0,1,0}', 'rejected'),
        ('elder_council', true, '{9,0,0,1}', 'rejected'),
        ('majority', true, '{3,9,1,1}', 'accepted'),
        ('majority', true, '{2,0,1,1}', 'rejected'),
        ('majority', true, '{0,5,0,0}', 'rejected'),
        ('board', true, '{3,0,1,1}', 'accepted'),
        ('board', true, '{2,0,0,2}', 'rejected'),
        ('consensus', false, '{9,0,0,0}', 'lapsed'),
        ('consensus', true, null, 'lapsed')
) o (process, met, tallies, outcome);

select is(
    tests.decide('Share?', 'cleo yes', 'tess yes', 'sol abstains'), 'accepted', 'a group decides'
);
select results_eq(
    $$select d.unlocks, d.decided_at = p.counted_at, d.revoked_at
    from content.decisions d join content.polls p on p.id = d.poll_id where p.question = 'Share?'$$,
    $$values ('harvest.share', true, null::timestamptz)$$, 'which unlocks what it is about, from then on'
);
select is(tests.decide('Unknown?', 'cleo yes', 'tess yes'), 'lapsed', 'where too few take part, it lapses');
select is(
    (select d.unlocks from content.decisions d where d.id = tests.decision('Unknown?')), null, 'and unlocks nothing'
);

-- Who decides.

select tests.place_sets('decisions.process', '"elder_council"');
select tests.as('hana');
select content.propose_decision(tests.scope('heron'), 'harvest.share', 'Elders?');
select tests.as_nobody();
select is(
    (select array[p.role_key, d.electorate] from content.polls p join content.decisions d on d.poll_id = p.id
        where p.question = 'Elders?'),
    '{elder,elder}', 'a council of elders is asked as that'
);
select tests.refused(
    $$select tests.ballot('hana', 'Elders?', 1, 0, 0, 0)$$, 'not_permitted', 'who is no elder has no vote in it'
);
select tests.as_nobody();
select tests.refused(
    $$select tests.ballot('eve', 'Elders?', 1, 0, 0, 0)$$, 'not_found', 'nor who is one elsewhere'
);
select tests.as_nobody();
select tests.join('eve', 'heron');
select tests.refused(
    $$select tests.ballot('eve', 'Elders?', 1, 0, 0, 0)$$, 'not_permitted', 'also if they belong'
);
select tests.as_nobody();
update core.membership_roles mr set revoked_at = now()
from core.memberships m where m.id = mr.membership_id and m.person_id = tests.person('esme');
select tests.refused(
    $$select tests.ballot('esme', 'Elders?', 1, 0, 0, 0)$$, 'not_permitted', 'nor who was one'
);
select tests.as_nobody();
update core.membership_roles mr set revoked_at = null
from core.memberships m where m.id = mr.membership_id and m.person_id = tests.person('esme');
select is(tests.decide('Elders?', 'eli yes', 'tom yes', 'esme objects'), 'accepted', 'elders decide');
select tests.place_sets('decisions.process', '"board"');
select tests.place_sets('decisions.quorum', '1');
select tests.place_sets('decisions.open_for', '"P1D"');
select tests.as('hana');
select content.propose_decision(tests.scope('heron'), 'harvest.share', 'Board?');
select tests.as_nobody();
select is(
    (select p.closes_at from content.polls p where p.question = 'Board?'), now() + interval '1 day',
    'for as long as the place has set'
);
select tests.refused(
    $$select tests.ballot('eli', 'Board?', 1, 0, 0, 0)$$, 'not_permitted', 'a board is not its elders'
);
select tests.as_nobody();
select is(tests.decide('Board?', 'bo yes'), 'accepted', 'and decides by itself, where as few as that are enough');
select tests.place_sets('decisions.process', '"majority"');

-- Nobody types it in.

select tests.as('hana');
select content.propose_decision(tests.scope('heron'), 'harvest.share', 'Typed?');
select tests.as_nobody();
update content.decisions set outcome = 'accepted', decided_at = now() where id = tests.decision('Typed?');
select is(
    (select concat(d.outcome, d.decided_at, d.unlocks) from content.decisions d where d.id = tests.decision('Typed?')),
    '', 'an outcome that is typed in is none'
);
select is(tests.decide('Typed?', 'eli objects'), 'rejected', 'it follows from the poll');
update content.decisions set outcome = 'accepted' where id = tests.decision('Typed?');
select is(
    (select d.outcome::text from content.decisions d where d.id = tests.decision('Typed?')), 'rejected', 'and stays'
);
select tests.refused('delete from content.decisions', 'append_only', 'no decision is taken away');
select tests.violates(tests.variant('content.decisions', changes, $$matter = 'harvest.share'$$), broken, promise)
from (
    values
        ('{}'::jsonb, 'decisions_pkey', 'a decision is one'),
        (jsonb_build_object('id', gen_random_uuid()), 'decisions_tenant_id_poll_id_key', 'made by a poll of its own')
) d (changes, broken, promise);
select tests.as('hana');
select content.open_poll(tests.scope('heron'), 'Other?', 'consent', now() + interval '1 day');
select content.open_poll(tests.scope('heron'), 'Which?', 'single', now() + interval '1 day', '{A,B}');
select tests.as_nobody();
select tests.violates(
    tests.variant(
        'content.decisions',
        jsonb_build_object('poll_id', tests.poll('Other?'), 'process', 'majority') || changes,
        $$matter = 'harvest.share'$$
    ),
    broken, promise
)
from (
    values
        (jsonb_build_object('poll_id', tests.poll('Which?')), 'decisions_poll_fkey', 'which asks for consent'),
        ('{"process": "elder_council"}', 'decisions_poll_fkey', 'of the elders, where they decide'),
        ('{"process": "board"}', 'decisions_poll_fkey', 'of the board, where it does'),
        (jsonb_build_object('scope_id', tests.scope('otter')), 'decisions_poll_fkey', 'in its place'),
        ('{"matter": "work.burn"}', 'decisions_matter_about_work_fkey', 'a matter is one of the list'),
        ('{"matter": "work.publish"}', 'decisions_matter_about_work_fkey', 'and about a work where it says so'),
        (jsonb_build_object('work_id', tests.work('Ice'), 'matter', 'work.publish'), 'decisions_work_version_check',
            'in a version'),
        ('{"work_version": 1}', 'decisions_work_version_check', 'of a work'),
        (jsonb_build_object('work_id', tests.work('Ice'), 'work_version', 9, 'matter', 'work.publish'),
            'decisions_tenant_id_work_id_work_version_fkey', 'that there is'),
        (jsonb_build_object('proposed_by', gen_random_uuid()), 'decisions_proposed_by_fkey', 'a person proposes it'),
        (jsonb_build_object('revokes', gen_random_uuid()), 'decisions_revokes_fkey', 'and what it revokes is there'),
        (jsonb_build_object('revokes', tests.decision('Publish Ice?')), 'decisions_revokes_fkey', 'of the same matter'),
        (
            jsonb_build_object('revocation_id', tests.decision('Share?'), 'revoked_at', now()),
            'decisions_revocation_id_fkey', 'what revokes it says so'
        ),
        (jsonb_build_object('revoked_at', now()), 'decisions_revoked_check', 'what is revoked is so by something')
) d (changes, broken, promise);
select tests.violates(
    tests.variant('content.decision_matters', changes), broken, promise
)
from (
    values
        ('{}'::jsonb, 'decision_matters_pkey', 'a matter is one'),
        ('{"key": "Publish"}', 'decision_matters_key_check', 'is called thing.deed'),
        ('{"key": "kite.fly", "module": "kites"}', 'decision_matters_module_fkey', 'and belongs to a module')
) m (changes, broken, promise);

-- Revoking.

select is(
    content._decision_in_force('harvest.share', tests.scope('heron')), tests.decision('Board?'), 'the last is in force'
);
select is(content._decision_in_force('harvest.share', tests.scope('otter')), null, 'where it was made');
select is(content._decision_in_force('harvest.burn', tests.scope('heron')), null, 'for what it is about');
select tests.as('eli');
select lives_ok(
    format(
        'select content.propose_decision(tests.scope(%L), %L, %L, revokes => %L)', 'heron', 'harvest.share', 'Not?',
        tests.decision('Board?')
    ),
    'a later decision can revoke one'
);
select tests.as('tess');
select tests.refused(
    format(
        'select content.propose_decision(tests.scope(%L), %L, %L, revokes => %L)', 'heron', 'harvest.share', 'Not so?',
        tests.decision('Board?')
    ),
    'not_permitted', 'which not everybody proposes'
);
select tests.as('eli');
select tests.refused(
    format(
        'select content.propose_decision(tests.scope(%L), %L, %L, revokes => %L)', 'heron', 'harvest.share', 'Not so?',
        d
    ),
    'not_found', 'one that is in force, of the same matter'
)
from unnest(array[tests.decision('Typed?'), tests.decision('Publish Ice?'), gen_random_uuid()]) d;
select tests.as_nobody();
select is(tests.decide('Not?', 'eli yes', 'tess yes', 'hana objects'), 'accepted', 'is made like any');
select results_eq(
    $$select d.revocation_id, d.revoked_at = r.decided_at, r.unlocks, d.unlocks
    from content.decisions d join content.decisions r on r.id = d.revocation_id$$,
    $$values (tests.decision('Not?'), true, null::text, 'harvest.share')$$,
    'what it revokes is in force no longer, and it unlocks nothing itself'
);
select is(
    content._decision_in_force('harvest.share', tests.scope('heron')), tests.decision('Elders?'), 'others stay in force'
);
select tests.as('eli');
select tests.refused(
    format(
        'select content.propose_decision(tests.scope(%L), %L, %L, revokes => %L)', 'heron', 'harvest.share', 'Not so?',
        tests.decision('Board?')
    ),
    'not_found', 'what is revoked is not revoked again'
);
select content.propose_decision(
    tests.scope('heron'), 'harvest.share', 'Not the elders?', revokes => tests.decision('Elders?')
);
select tests.as_nobody();
select is(tests.decide('Not the elders?', 'eli blocks'), 'rejected', 'what is rejected revokes nothing');
select is(
    content._decision_in_force('harvest.share', tests.scope('heron')), tests.decision('Elders?'), 'it stays in force'
);

select tests.as('eli');
select content.propose_decision(tests.scope('heron'), 'harvest.share', q, revokes => tests.decision('Elders?'))
from unnest('{First no?,Second no?}'::text[]) q;
select tests.as_nobody();
select is(tests.decide(q, 'eli yes'), 'accepted', 'of two that revoke the same: ' || q)
from unnest('{First no?,Second no?}'::text[]) q;
select is(
    (select d.revocation_id from content.decisions d where d.id = tests.decision('Elders?')),
    tests.decision('First no?'), 'the first did'
);

-- What cannot happen without one.

select tests.as('cleo');
select lives_ok(
    $$select content.transition(tests.work('Snow'), 'published')$$, 'where no decision is asked for none is needed'
);
select is(
    (select t.decision_id from content.work_transitions t where t.work_id = tests.work('Snow') and t.number = 2), null,
    'and none is named'
);
select tests.as_nobody();
select tests.place_sets('works.decided', 'true');
select tests.as('cleo');
select content.transition(tests.work('Snow'), 'withdrawn');
select content.transition(tests.work('Snow'), 'draft');
select tests.refused(
    $$select content.transition(tests.work('Ice'), 'published')$$, 'decision_missing',
    'where it is, a work is not published before it is decided'
);
select lives_ok($$select content.transition(tests.work('Ice'), 'submitted')$$, 'other moves it makes');
select content.transition(tests.work('Ice'), 'draft');
select tests.as_nobody();
select is(
    tests.decide('Publish Ice?', 'tess yes', 'eli yes', 'sol abstains'), 'accepted', 'when it is decided'
);
select tests.as('cleo');
select tests.refused(
    $$select content.transition(tests.work('Snow'), 'published')$$, 'decision_missing', 'another is not'
);
select content.revise_work(tests.work('Ice'), '{"text": "More."}');
select content.revise_work(tests.work('Snow'), '{}', minor => true);
select tests.refused(
    $$select content.transition(tests.work('Ice'), 'published')$$, 'decision_missing', 'nor what it became since'
);
select content.propose_decision(tests.scope('heron'), 'work.publish', 'Ice again?', work_id => tests.work('Ice'));
select content.revise_work(tests.work('Ice'), '{"text": "More, with a comma."}', minor => true);
select tests.as_nobody();
select is(tests.decide('Ice again?', 'tess yes'), 'accepted', 'until that is decided, too');
select tests.as('eli');
select lives_ok(
    format(
        'select content.propose_decision(tests.scope(%L), %L, %L, work_id => tests.work(%L), revokes => %L)',
        'heron', 'work.publish', 'Not Ice?', 'Ice', tests.decision('Ice again?')
    ),
    'that, too, can be revoked, by others than the owner'
);
select tests.refused(
    format(
        'select content.propose_decision(tests.scope(%L), %L, %L, work_id => tests.work(%L), revokes => %L)',
        'heron', 'work.publish', 'Not Snow?', 'Snow', tests.decision('Ice again?')
    ),
    'not_found', 'of the work it is about'
);
select tests.as_nobody();
create function tests.publish_after(question text, variadic said text[])
returns void
language plpgsql
set search_path = ''
as $$
begin
    perform tests.decide(question, variadic said);
    perform tests.as('cleo');
    perform content.transition(tests.work('Ice'), 'published');
end
$$;

select tests.refused(
    $$select tests.publish_after('Not Ice?', 'eli yes')$$, 'decision_missing', 'and once it is, it does not happen'
);
select tests.as_nobody();
select tests.as('cleo');
select lives_ok($$select content.transition(tests.work('Ice'), 'published')$$, 'while it is in force, it does');
select is(
    (
        select t.decision_id
        from content.work_transitions t
        where t.work_id = tests.work('Ice')
        order by t.number desc
        limit 1
    ),
    tests.decision('Ice again?'), 'and the move names the decision'
);
select tests.refused(
    $$select content.revise_work(tests.work('Ice'), '{}', minor => true)$$, 'under_review',
    'what was decided on says nothing else, whatever its owner calls it'
);
select content.update_work(tests.work('Ice'), visibility => 'community');
select consent.give_consent(tests.work('Ice'), 'community_sharing');
select is(
    (select w.community_version from content.works w where w.title = 'Ice'), 3, 'and is shared as it was decided on'
);
select tests.as_nobody();
insert into consent.consent_parties (tenant_id, work_id, person_id, capacity, added_by)
select w.tenant_id, w.id, tests.person('eli'), 'depicted', w.owner_id from content.works w where w.title = 'Ice';
insert into consent.consents (
    tenant_id, work_id, party_id, purpose, decision, during, through_version, recorded_by
)
select p.tenant_id, p.work_id, p.id, 'community_sharing', 'given', tstzrange(now(), null), 1, p.person_id
from consent.consent_parties p
where p.work_id = tests.work('Ice') and p.person_id = tests.person('eli');
select consent._recompute(tests.scope('river'), array[tests.work('Ice')]);
select is(
    (select w.community_version from content.works w where w.title = 'Ice'), null,
    'not as what somebody agreed to before that'
);
select tests.as('cleo');
select tests.as_nobody();
select tests.violates(
    format(
        $$
        insert into content.work_transitions (
            tenant_id, work_id, number, from_state, to_state, capacity, actor_id, owner_id, decision_id
        )
        select w.tenant_id, w.id, w.moves + 1, w.state, %L, 'owner', w.owner_id, w.owner_id, %L
        from content.works w
        where w.title = %L
        $$,
        to_state, tests.decision(decision), title
    ),
    broken, promise
)
from (
    values
        ('Snow', 'published', 'Ice again?', 'work_transitions_decision_fkey', 'a move names a decision about its work'),
        ('Snow', 'published', 'Share?', 'work_transitions_decision_fkey', 'that lets it be published'),
        ('Snow', 'published', 'Unknown?', 'work_transitions_decision_fkey', 'and was accepted'),
        ('Ice', 'withdrawn', 'Ice again?', 'work_transitions_decision_id_check', 'and no other move names one')
) t (title, to_state, decision, broken, promise);

select tests.as('tess');
select tests.refused(
    format(
        'select content.propose_decision(tests.scope(%L), %L, %L, work_id => tests.work(%L), revokes => %L)',
        'heron', 'work.publish', 'Not Ice, says Tess?', 'Ice', tests.decision('Ice again?')
    ),
    'not_permitted', 'to revoke is for who may put questions, also where it is about a work'
);
select content.create_note(tests.scope('heron'), 'Moss', '{}');
select core.leave(tests.scope('heron'));
select tests.refused(
    $$select content.propose_decision(tests.scope('heron'), 'work.publish', 'Moss?', work_id => tests.work('Moss'))$$,
    'not_permitted', 'who has left proposes nothing, of what is theirs either'
);
select tests.as('eve');
select tests.refused(
    format(
        'select content.propose_decision(tests.scope(%L), %L, %L, revokes => %L)', 'otter', 'harvest.share', 'Theirs?',
        tests.decision('Share?')
    ),
    'not_found', 'no place revokes what another decided'
);
select tests.as_nobody();

-- What else needs one refers to it.

create table tests.shares (
    tenant_id uuid,
    scope_id uuid,
    decision_id uuid,
    unlocks text generated always as ('harvest.share') stored,
    constraint shares_decision_fkey
        foreign key (tenant_id, decision_id, scope_id, unlocks)
        references content.decisions (tenant_id, id, scope_id, unlocks)
);
select lives_ok(
    format(
        'insert into tests.shares values (%L, %L, %L)', tests.scope('river'), tests.scope('heron'),
        tests.decision('Share?')
    ),
    'whatever needs a decision refers to one that was accepted'
);
select tests.violates(
    format('insert into tests.shares values (%L, %L, %L)', tests.scope('river'), place, d), 'shares_decision_fkey',
    promise
)
from (
    values
        (tests.scope('heron'), tests.decision('Typed?'), 'and not to one that was rejected'),
        (tests.scope('heron'), tests.decision('Not?'), 'nor to one that revokes'),
        (tests.scope('heron'), tests.decision('Ice again?'), 'nor to one about something else'),
        (tests.scope('otter'), tests.decision('Share?'), 'nor to one of another place')
) s (place, d, promise);

-- Who sees them.

select tests.as('sol');
select isnt_empty('select from content.decisions d where d.work_id is null', 'who belongs sees what is decided');
select isnt_empty('select from content.decisions d where d.work_id is not null', 'about works as well');
select isnt_empty('select from content.decision_matters', 'and what can be');
select tests.as('max');
select is_empty('select from content.decisions', 'who does not, does not');
select tests.as_anon();
select throws_ok('select from content.decisions', '42501', null, 'nor anybody unknown');
select tests.backend_reads(t) from unnest('{content.decisions,content.decision_matters}'::regclass[]) t;
select is_empty('select from content.verify_decisions()', 'a recount finds nothing');
alter table content.decisions disable trigger user;
update content.decisions set outcome = 'accepted' where id = tests.decision('Typed?');
update content.decisions set revoked_at = null, revocation_id = null where id = tests.decision('Board?');
alter table content.decisions enable trigger user;
select bag_eq(
    'select decision_id, problem from content.verify_decisions()',
    $$values (tests.decision('Typed?'), 'outcome'), (tests.decision('Board?'), 'revoked')$$,
    'unless somebody wrote them past the rules'
);
select tests.as_service();
select is((select count(*) from content.verify_decisions()), 2::bigint, 'which servers find');
select tests.as_nobody();

select * from finish();
rollback;
