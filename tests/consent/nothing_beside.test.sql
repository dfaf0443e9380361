-- What is done to one work is done to it alone: beside it others stay what they were, of the same owner and of others.

begin;
set local search_path = tap, tests, public;
select plan(21);

-- Everything there is but what belongs to the works called Ice.
create function tests.rest()
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
    with chosen as (select w.id from content.works w where w.title ^@ 'Ice')
    select jsonb_build_array(
        (select jsonb_agg(to_jsonb(t) order by t.id) from content.works t where t.id not in (select id from chosen)),
        (
            select jsonb_agg(to_jsonb(t) order by t.work_id, t.number)
            from content.work_versions t where t.work_id not in (select id from chosen)
        ),
        (
            select jsonb_agg(to_jsonb(t) order by t.work_id, t.number)
            from content.work_transitions t where t.work_id not in (select id from chosen)
        ),
        (
            select jsonb_agg(to_jsonb(t) order by t.work_id, t.person_id)
            from content.work_collaborators t where t.work_id not in (select id from chosen)
        ),
        (
            select jsonb_agg(to_jsonb(t) order by t.id)
            from consent.consents t where t.work_id not in (select id from chosen)
        ),
        (
            select jsonb_agg(to_jsonb(t) order by t.work_id, t.purpose, t.channel)
            from consent.effective t where t.work_id not in (select id from chosen)
        )
    )
$$;

-- Does something, as somebody, and says whether anything beside became different.
create function tests.leaves_the_rest(name text, deed text)
returns text
language plpgsql
set search_path = tap
as $$
declare
    before constant jsonb := tests.rest();
begin
    perform tests.as(name);
    execute deed;
    perform tests.as_nobody();
    return is(tests.rest(), before, deed || ': nothing beside');
end
$$;

select tests.world();
select tests.join('tess', 'heron', 'storyteller');
select tests.as('cleo');
select content.create_note(tests.scope('heron'), title, '{"text": "1"}', visibility => 'public')
from unnest('{Ice,Snow}'::text[]) title;
select content.attribute_work(tests.work(title), 'Cleo', 'teller') from unnest('{Ice,Snow}'::text[]) title;
select tests.as('tess');
select content.create_note(tests.scope('heron'), title, '{"text": "1"}', visibility => 'public')
from unnest('{Fire,Smoke}'::text[]) title;
select content.transition(tests.work('Fire'), 'published');
select consent.add_party(tests.work('Fire'), tests.person('max'), 'depicted');
select content.add_collaborator(tests.work(title), tests.person('sol'), 'edit')
from unnest('{Fire,Smoke}'::text[]) title;
select consent.give_consent(tests.work('Fire'), purpose)
from unnest('{public_sharing,modification,research}'::text[]) purpose;
select consent.refuse_consent(tests.work('Fire'), 'public_sharing', channel => 'radio');
select tests.as('max');
select consent.give_consent(tests.work('Fire'), purpose)
from unnest('{public_sharing,modification,research}'::text[]) purpose;
select tests.as('cleo');
select content.transition(tests.work('Snow'), 'published');
select content.add_collaborator(tests.work('Snow'), tests.person('sol'), 'edit');
select consent.give_consent(tests.work('Snow'), purpose)
from unnest('{public_sharing,organization_sharing,community_sharing,modification}'::text[]) purpose;
select tests.as_nobody();

select tests.leaves_the_rest(name, deed)
from (
    values
        ('cleo', $$select consent.give_consent(tests.work('Ice'), 'research', channel => 'book')$$),
        ('cleo', $$select consent.give_consent(tests.work('Ice'), 'research')$$),
        ('cleo', $$select consent.withdraw_consent(tests.work('Ice'))$$),
        ('cleo', $$select consent.give_consent(tests.work('Ice'), 'community_sharing')$$),
        ('cleo', $$select consent.give_consent(tests.work('Ice'), 'modification')$$),
        ('cleo', $$select content.add_collaborator(tests.work('Ice'), tests.person('sol'), 'edit')$$),
        ('sol', $$select content.revise_work(tests.work('Ice'), '{"text": "2"}')$$),
        ('cleo', $$select content.remove_collaborator(tests.work('Ice'), tests.person('sol'))$$),
        ('cleo', $$select content.add_collaborator(tests.work('Ice'), tests.person('eli'), 'comment')$$),
        ('cleo', $$select content.revise_work(tests.work('Ice'), '{"text": "3"}', minor => true)$$),
        ('cleo', $$select content.transition(tests.work('Ice'), 'published')$$),
        ('cleo', $$select content.update_work(tests.work('Ice'), visibility => 'community')$$),
        ('cleo', $$select content.update_work(tests.work('Ice'), 'Ice again', 'Thin.', 'fr')$$),
        ('cleo', $$select consent.add_party(tests.work('Ice again'), tests.person('max'), 'depicted')$$),
        ('max', $$select consent.refuse_consent(tests.work('Ice again'))$$),
        ('cleo', $$select content.transition(tests.work('Ice again'), 'withdrawn')$$)
) as v (name, deed);

-- Nor is anything beside answered.

select tests.as('cleo');
select is(
    (select count(*) from consent.explain(tests.work('Snow'), 'public_sharing')), 1::bigint,
    'who has to consent to one work is explained, not to another'
);
select is(
    (select e.says from consent.explain(tests.work('Snow'), 'public_sharing', channel => 'radio') e), 'given',
    'by no other way of sharing than was asked for'
);
select is(consent.allows(tests.work('Snow'), 'research'), false, 'nor is one allowed what another is');
select tests.as('max');
select is_empty(
    $$select * from consent.explain(tests.work('Snow'), 'public_sharing')$$,
    'who has to consent to one is told nothing of another'
);
select tests.as_nobody();
select is_empty('select * from consent.verify_effective()', 'all as is recounted');

select * from finish();
rollback;
