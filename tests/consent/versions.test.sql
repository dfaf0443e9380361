-- Which version everyone agreed to: the newest that none of them is missing from, in time, and of this work alone.

begin;
set local search_path = tap, tests, public;
select plan(24);

-- What readers get of a work, when it is shared with everybody.
create function tests.shared(title text)
returns table (version integer, opens interval, closes interval)
language sql
stable
security definer
set search_path = ''
as $$
    select w.public_version, lower(w.public_during) - now(), upper(w.public_during) - now()
    from content.works w
    where w.title = shared.title
$$;

select tests.world();
select tests.as('cleo');
select content.create_note(tests.scope('heron'), title, '{"text": "1"}', visibility => 'public')
from unnest('{Ice,Snow}'::text[]) title;
select content.transition(tests.work('Ice'), 'published');
select consent.add_party(tests.work('Ice'), tests.person('max'), 'co_teller');

-- Versions of other works, more of them and by others, say nothing about this one.

select content.revise_work(tests.work('Snow'), '{"text": "more"}', minor => true) from generate_series(2, 4);
-- One after the other, twice each, so that not the same work comes first every time.
select consent.give_consent(tests.work(title), purpose)
from unnest('{Ice,Snow}'::text[]) title, unnest('{ai_analysis,ai_training}'::text[]) purpose
order by title, purpose;
select set_eq(
    $$
    select w.title, c.purpose, c.through_version
    from consent.consents c
    join content.works w on w.tenant_id = c.tenant_id and w.id = c.work_id
    $$,
    $$
    values
        ('Ice', 'ai_analysis', 1), ('Ice', 'ai_training', 1), ('Snow', 'ai_analysis', 4), ('Snow', 'ai_training', 4)
    $$,
    'a yes is to what there was to read of this work, not of another'
);
select consent.give_consent(tests.work('Ice'), 'public_sharing');
select tests.as('max');
select content.create_note(tests.scope('river'), 'Fog', '{"text": "1"}');
select content.revise_work(tests.work('Fog'), '{"text": "more"}') from generate_series(2, 4);
select consent.give_consent(tests.work('Ice'), 'public_sharing');
select results_eq(
    $$select version, opens, closes from tests.shared('Ice')$$,
    $$values (1, interval '0', null::interval)$$, 'the newest version is one of this work'
);
select tests.as('cleo');
select content.revise_work(tests.work('Ice'), '{"text": "2"}');
select consent.give_consent(tests.work('Ice'), 'public_sharing');
select results_eq(
    $$select version from tests.shared('Ice')$$, 'values (1)',
    'who wrote on another work did not thereby agree to what this one says now'
);

-- Who writes agrees, as long as they agree to sharing at all.

select consent.give_consent(tests.work('Ice'), 'modification');
select content.add_collaborator(tests.work('Ice'), tests.person('max'), 'edit');
select tests.as('max');
select consent.give_consent(tests.work('Ice'), 'modification');
select content.revise_work(tests.work('Ice'), '{"text": "3"}');
select results_eq(
    $$select version from tests.shared('Ice')$$, 'values (1)', 'what one wrote waits for the other''s yes'
);
select tests.as('cleo');
select consent.give_consent(tests.work('Ice'), 'public_sharing');
select results_eq(
    $$select version from tests.shared('Ice')$$, 'values (3)', 'and needs no second one of who wrote it'
);
select content.revise_work(tests.work('Ice'), '{"text": "3!"}', minor => true);
select results_eq(
    $$select version from tests.shared('Ice')$$, 'values (4)', 'nor, when another makes it tidy, of either'
);
select tests.as('max');
select consent.withdraw_consent(tests.work('Ice'), 'public_sharing');
select results_eq(
    $$select version, opens from tests.shared('Ice')$$, 'values (null::integer, null::interval)',
    'who wrote it and takes back their yes does not agree'
);
select tests.as('max');
select content.revise_work(tests.work('Ice'), '{"text": "5"}');
select tests.as('cleo');
select consent.give_consent(tests.work('Ice'), 'research');
select results_eq(
    $$select version, during from consent.effective where purpose = 'research'$$,
    $$values (null::integer, '{}'::tstzmultirange)$$, 'and who never said yes agrees to nothing, also of their own'
);

-- A yes from a later instant on goes for the version that was there to read.

select consent.give_consent(tests.work('Ice'), 'public_sharing');
select tests.as('max');
select consent.give_consent(tests.work('Ice'), 'public_sharing');
select results_eq(
    $$select version, opens from tests.shared('Ice')$$, $$values (5, interval '0')$$, 'when both say yes, it is shared'
);
select tests.as('cleo');
select content.revise_work(tests.work('Ice'), '{"text": "6"}');
select tests.as('max');
select consent.give_consent(tests.work('Ice'), 'public_sharing', begins => now() + interval '1 day');
select results_eq(
    $$select version, opens, closes from tests.shared('Ice')$$,
    $$values (6, interval '1 day', null::interval)$$, 'who agrees to the next from tomorrow on: sharing waits for that'
);
select tests.as('cleo');
select consent.give_consent(tests.work('Ice'), 'public_sharing', channel => 'radio');
select results_eq(
    $$
    select channel, version, lower(during) - now()
    from consent.effective
    where purpose = 'public_sharing'
    order by channel
    $$,
    $$values ('', 6, interval '1 day'), ('radio', 6, interval '1 day')$$, 'in general, and by any way of sharing'
);
select tests.as_anon();
select is_empty('select from content.work_versions', 'until then nobody reads what they saw no reason to share yet');
select tests.as_nobody();
select is_empty('select * from consent.verify_effective()', 'as is recounted');

-- Who says what they read, says yes to that, and not to what took its place meanwhile.

select tests.as('cleo');
select content.create_note(tests.scope('heron'), 'Rain', '{"text": "1"}', visibility => 'public');
select consent.add_party(tests.work('Rain'), tests.person('max'), 'co_teller');
select content.revise_work(tests.work('Rain'), '{"text": "2"}');
select tests.as('max');
select tests.refused(
    $$select consent.give_consent(tests.work('Rain'), 'public_sharing', version => 1)$$, 'newer_version',
    'a yes to a version is none to a newer one'
);
select tests.refused(
    $$select consent.give_consent(tests.work('Rain'), 'public_sharing', version => 3)$$, 'newer_version',
    'nor to one that is not there'
);
select is_empty($$select from consent.consents c where c.work_id = tests.work('Rain')$$, 'and nothing is written');
select consent.give_consent(tests.work('Rain'), 'public_sharing', version => 2);
select results_eq(
    $$select c.through_version from consent.consents c where c.work_id = tests.work('Rain')$$, 'values (2)',
    'to the newest, it is'
);
select tests.as_nobody();

-- What was approved is shared as it was approved, and not as what everyone had agreed to before.

select tests.as('cleo');
select content.create_note(tests.scope('heron'), 'Sent back', '{"text": "Too much"}', visibility => 'public');
select consent.add_party(tests.work('Sent back'), tests.person('max'), 'co_teller');
select consent.give_consent(tests.work('Sent back'), p)
from unnest('{public_sharing,organization_sharing,community_sharing}'::text[]) p;
select tests.as('max');
select consent.give_consent(tests.work('Sent back'), p)
from unnest('{public_sharing,organization_sharing,community_sharing}'::text[]) p;
select tests.as('cleo');
select content.transition(tests.work('Sent back'), 'submitted');
select tests.as('sol');
select content.transition(tests.work('Sent back'), state)
from unnest('{in_review,changes_requested}'::content.work_state[]) state;
select tests.as('cleo');
select content.revise_work(tests.work('Sent back'), '{"text": "Less"}');
select content.transition(tests.work('Sent back'), 'submitted');
select tests.as('sol');
select content.transition(tests.work('Sent back'), state)
from unnest('{in_review,approved}'::content.work_state[]) state;
select tests.as('cleo');
select content.transition(tests.work('Sent back'), 'published');
select results_eq(
    $$
    select public_version, organization_version, community_version, public_during = '{}'
    from content.works where title = 'Sent back'
    $$,
    $$values (null::integer, null::integer, null::integer, true)$$,
    'until everyone agrees to what was approved, nobody reads what was sent back'
);
select content.create_note(tests.scope('heron'), 'Never sent', '{"text": "1"}', visibility => 'public');
select consent.add_party(tests.work('Never sent'), tests.person('max'), 'co_teller');
select consent.give_consent(tests.work('Never sent'), 'public_sharing');
select tests.as('max');
select consent.give_consent(tests.work('Never sent'), 'public_sharing');
select tests.as('cleo');
select content.revise_work(tests.work('Never sent'), '{"text": "2"}');
select content.transition(tests.work('Never sent'), state)
from unnest(
    '{published,withdrawn,draft,published,withdrawn,draft,published}'::content.work_state[]
) with ordinality s (state, n)
order by n;
select tests.as_nobody();
select consent._recompute(tests.scope('river'), array[tests.work('Sent back'), tests.work('Never sent')]);
select results_eq(
    $$
    select title, moves, public_version from content.works
    where title in ('Sent back', 'Never sent')
    order by title
    $$,
    $$values ('Never sent', 8, 1), ('Sent back', 8, null)$$, 'each as its own last move has it'
);
select tests.as('cleo');
select is(content.revise_work(tests.work('Never sent'), '{"text": "3"}'), 3, 'which is written on');
select tests.refused(
    $$select content.revise_work(tests.work('Sent back'), '{"text": "3"}')$$, 'under_review', 'or stays as it was read'
);
select tests.as_nobody();
select is_empty('select * from consent.verify_effective()', 'as is recounted');
select tests.as('max');
select consent.give_consent(tests.work('Sent back'), p)
from unnest('{public_sharing,organization_sharing,community_sharing}'::text[]) p;
select results_eq(
    $$select public_version, organization_version, community_version from content.works where title = 'Sent back'$$,
    $$values (2, 2, 2)$$, 'once they do, it is shared'
);
select tests.as('cleo');
select content.transition(tests.work('Sent back'), state)
from unnest('{withdrawn,draft,published}'::content.work_state[]) state;
select content.revise_work(tests.work('Sent back'), '{"text": "More"}');
select results_eq(
    $$select public_version, organization_version, community_version from content.works where title = 'Sent back'$$,
    $$values (2, 2, 2)$$, 'what is published without a review is shared as what everyone agreed to'
);
select tests.as_nobody();

select * from finish();
rollback;
