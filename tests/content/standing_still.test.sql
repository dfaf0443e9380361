-- What is being reviewed, or was, stays as it was read; where nothing is reviewed or decided, all can be written on.

begin;
set local search_path = tap, tests, public;
select plan(31);

-- What becomes of writing the next version of Ice.
create function tests.rewritten(minor boolean default false)
returns integer
language sql
set search_path = ''
as $$
    select content.revise_work(tests.work('Ice'), '{"text": "Otherwise"}', minor => rewritten.minor)
$$;

create function tests.asked_for(key text)
returns void
language sql
security definer
set search_path = ''
as $$
    insert into core.settings (tenant_id, scope_id, key, value)
    values (tests.scope('river'), tests.scope('archive'), asked_for.key, 'true')
$$;

select tests.world();
select tests.join('nell', 'heron', 'community_member');
select tests.as_nobody();
select tests.asked_for('works.reviewed');
select tests.as('cleo');
select content.create_note(tests.scope('heron'), 'Ice', '{"text": "1"}', visibility => 'community');
select content.add_collaborator(tests.work('Ice'), tests.person('nell'), 'edit');
select consent.give_consent(tests.work('Ice'), 'modification');
select is(tests.rewritten(), 2, 'a draft is written on');

select content.transition(tests.work('Ice'), 'submitted');
select tests.refused('select tests.rewritten()', 'under_review', 'not what was given in');
select tests.refused('select tests.rewritten(true)', 'under_review', 'nor what is called minor');
select tests.refused(
    format('select content.update_work(tests.work(%L), %s => %L)', 'Ice', what, 'oj'), 'under_review',
    format('nor its %s', what)
)
from unnest('{title,summary,lang}'::text[]) what;
select lives_ok(
    $$select content.update_work(tests.work('Ice'), 'Ice', visibility => 'private')$$,
    'how far it may be shared is up to its owner'
);
select content.update_work(tests.work('Ice'), visibility => 'community');
select content.transition(tests.work('Ice'), 'draft');
select is(tests.rewritten(true), 3, 'taken back, it is');
select content.transition(tests.work('Ice'), 'submitted');
select tests.as('nell');
select tests.refused(
    $$select content.transition(tests.work('Ice'), 'in_review')$$, 'not_found',
    'who helps to write it does not review it'
);
select tests.as('sol');
select content.transition(tests.work('Ice'), 'in_review');
select tests.as('cleo');
select tests.refused('select tests.rewritten()', 'under_review', 'nor what somebody is reviewing');
select content.create_note(tests.scope('heron'), 'Snow', '{"text": "1"}');
select is(content.revise_work(tests.work('Snow'), '{}'), 2, 'whatever becomes of another work');
select tests.as('nell');
select tests.refused('select tests.rewritten()', 'under_review', 'whoever writes');
select tests.as('sol');
select content.transition(tests.work('Ice'), 'approved');
select tests.as('cleo');
select tests.refused('select tests.rewritten()', 'under_review', 'nor what was approved, before it is published');
select tests.refused(
    $$select content.update_work(tests.work('Ice'), summary => 'Otherwise')$$, 'under_review',
    'nor is that about anything else'
);
select content.transition(tests.work('Ice'), 'published');
select tests.refused('select tests.rewritten()', 'under_review', 'nor after');
select tests.refused('select tests.rewritten(true)', 'under_review', 'nor what is called minor');
select tests.refused(
    format('select content.update_work(tests.work(%L), %s => %L)', 'Ice', what, 'oj'), 'under_review',
    format('nor its %s', what)
)
from unnest('{title,summary,lang}'::text[]) what;
select tests.refused(
    $$select content.attribute_work(tests.work('Ice'), 'Somebody', 'author')$$, 'under_review',
    'nor does it name anybody whom nobody read there'
);
select tests.as_nobody();
delete from core.settings where key = 'works.reviewed';
select tests.as('cleo');
select tests.refused(
    'select tests.rewritten()', 'under_review', 'what was approved stays so where nobody asks any more'
);
select content.transition(tests.work('Ice'), 'withdrawn');
select is(tests.rewritten(), 4, 'taken back, it is written on');
select content.transition(tests.work('Ice'), state) from unnest('{draft,published}'::content.work_state[]) state;
select is(tests.rewritten(), 5, 'and published without a review, where none is asked for');
select lives_ok(
    $$select content.update_work(tests.work('Ice'), summary => 'Of one winter')$$, 'and is about something else'
);

-- What was published before its place asked for anything.

select tests.as_nobody();
select tests.asked_for(key) from unnest('{works.reviewed,works.decided}'::text[]) key;
select tests.as('cleo');
select tests.refused(
    'select tests.rewritten()', 'under_review', 'where a place begins to review, it says nothing else'
);
select is(tests.rewritten(true), 6, 'but for what is minor');
select tests.as_nobody();
delete from core.settings where key = 'works.reviewed';
select tests.as('cleo');
select tests.refused('select tests.rewritten()', 'under_review', 'nor where it begins to decide');
select is(tests.rewritten(true), 7, 'but for what is minor there, too');


select is(
    content.revise_work(tests.work('Snow'), '{}', minor => null), 3, 'what nobody calls minor is not'
);

-- Nor does a reviewer move on what stands under protocols that they do not pass, where they read it for other reasons.

select tests.as('sol');
select consent.create_protocol(tests.scope('heron'), 'Embers', 'family', 'admitted');
select tests.as('cleo');
select content.create_note(tests.scope('heron'), 'Fire', '{"text": "1"}');
select consent.add_party(tests.work('Fire'), tests.person('sol'), 'depicted');
select consent.protect_work(tests.work('Fire'), tests.scope('heron'), array[p.id]) from consent.protocols p;
select content.transition(tests.work('Fire'), 'submitted');
select tests.as('sol');
select is((select w.state::text from content.works w where w.title = 'Fire'), 'submitted', 'before: they read it');
select tests.refused(
    $$select content.transition(tests.work('Fire'), 'in_review')$$, 'not_found', 'and do not review it'
);

select * from finish();
rollback;
