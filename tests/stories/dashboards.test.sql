-- What tellers see of what is theirs: their stories, as a recount finds them; where all that is kept, who opened it,
-- what it was used for, and what they withdrew.

begin;
set local search_path = tap, tests, public;
select plan(54);

-- What is known of somebody's stories, found otherwise: counted one by one, asked of those who read, and of everyone's
-- consent.
create function tests.recounted(name text)
returns table (
    title text, state text, reactions bigint, comments bigint, views bigint, consents text[], audience text,
    restricted boolean
)
language plpgsql
set search_path = ''
as $$
declare
    story record;
    reader text;
begin
    for story in
        select w.id, w.title, w.state::text
        from content.works w
        join stories.stories s on s.id = w.id
        join core.people p on p.id = w.owner_id
        where tests.person(recounted.name) in (p.id, p.guardian_id)
        order by w.title
    loop
        title := story.title;
        state := story.state;
        select count(*) into reactions from content.reactions r where r.work_id = story.id and r.comment_id is null;
        select count(*) into comments
        from content.comments c
        where c.work_id = story.id and c.state = 'visible' and not c.aside;
        select coalesce(sum(d.views), 0) into views from content.reading_days d where d.work_id = story.id;
        perform tests.as(recounted.name);
        consents := array(
            select p.key from consent.purposes p where consent.allows(story.id, p.key) order by p.key
        );
        restricted := exists (select from consent.conditions(story.id));
        audience := 'nobody_else';
        foreach reader in array '{eli,max,anon}'::text[] loop
            perform tests.as(reader);
            if exists (select from content.works w where w.id = story.id) then
                audience := case reader when 'eli' then 'community' when 'max' then 'organization' else 'everybody' end;
            end if;
        end loop;
        perform tests.as_nobody();
        return next;
    end loop;
end
$$;

-- What somebody's dashboard says.
create function tests.dashboard(name text)
returns table (
    title text, state text, reactions bigint, comments bigint, views bigint, consents text[], audience text,
    restricted boolean
)
language plpgsql
set search_path = ''
as $$
begin
    perform tests.as(name);
    return query
    select
        d.title, d.state::text, d.reaction_count, d.comment_count, d.view_count, d.consents_in_force, d.audience::text,
        d.restricted
    from stories.storyteller_dashboard d
    order by d.title;
    perform tests.as_nobody();
end
$$;

-- The stories of a project, as somebody sees them.
create function tests.listed(name text, slug text)
returns text[]
language plpgsql
set search_path = ''
as $$
declare
    listed text[];
    project_id constant uuid := tests.scope(slug);
begin
    perform tests.as(name);
    perform set_config('app.current_project_id', coalesce(project_id::text, ''), true);
    select array_agg(p.title order by p.title) into listed from stories.project_stories p;
    perform set_config('app.current_project_id', '', true);
    perform tests.as_nobody();
    return coalesce(listed, '{}');
end
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

-- Asserts that somebody is told nothing.
create function tests.nothing_for(name text, statement text, description text)
returns text
language plpgsql
set search_path = tap
as $$
begin
    perform tests.as(name);
    return is_empty(statement, description);
end
$$;

-- Somebody reads a work.
create function tests.viewed(name text, title text)
returns void
language plpgsql
set search_path = ''
as $$
begin
    perform tests.as(name);
    perform content.record_view(tests.work(title));
    perform tests.as_nobody();
end
$$;

select tests.world();
select tests.join('nell', 'heron', 'community_member');
select tests.join('wade', 'heron', 'community_member');
select tests.join('cleo', 'otter', 'community_member');
select tests.as_nobody();
update core.people set guardian_id = tests.person('cleo') where id = tests.person('wade');
select tests.as('olive');
select core.set_module(tests.scope('river'), 'stories', true);
select core.create_project(tests.scope('river'), 'second', 'Second');
select core.create_place(tests.scope('second'), 'community', 'crow', 'Crow');
select tests.join('cleo', 'crow', 'community_member');
select tests.join('cleo', 'delta', 'community_member');

-- Stories in every state.

select tests.as('cleo');
select stories.create_story(tests.scope('heron'), title, '{"text": "1"}', visibility => visibility)
from (values
    ('All', 'public'::content.work_visibility), ('Draft', 'public'), ('Later', 'public'), ('Org', 'organization'),
    ('Ours', 'community'), ('Kept', 'public'), ('Away', 'public')
) v (title, visibility);
select content.create_note(tests.scope('heron'), 'Note', '{"text": "1"}', visibility => 'public');
select content.transition(tests.work(t), 'published')
from unnest('{All,Later,Org,Ours,Kept,Away,Note}'::text[]) t;
select consent.give_consent(tests.work(t), p)
from unnest('{All,Org,Ours,Away,Note}'::text[]) t,
    unnest('{public_sharing,organization_sharing,community_sharing}'::text[]) p;
select consent.give_consent(tests.work('Later'), 'public_sharing', begins => now() + interval '1 day');
select consent.give_consent(tests.work('All'), 'research', 'radio');
select consent.give_consent(tests.work('All'), 'insight');
select consent.give_consent(tests.work('Ours'), p) from unnest('{research,ai_analysis}'::text[]) p;
select tests.as('wade');
select stories.create_story(tests.scope('heron'), 'Of Wade', '{"text": "1"}', visibility => 'community');
select content.transition(tests.work('Of Wade'), 'published');
select consent.give_consent(tests.work('Of Wade'), p) from unnest('{community_sharing,research}'::text[]) p;
select tests.as('oona');
select stories.create_story(tests.scope('otter'), 'Of Oona', '{"text": "1"}', visibility => 'public');
select content.transition(tests.work('Of Oona'), 'published');
select consent.give_consent(tests.work('Of Oona'), 'public_sharing');
select tests.as('eli');
select content.react(kind, tests.work(t))
from (values
    ('All', 'heart'), ('All', 'thanks'), ('Ours', 'heart'), ('Org', 'heart'), ('Of Oona', 'heart')
) v (t, kind);
select content.unreact('heart', tests.work('Org'));
select content.add_comment(tests.work(t), says)
from (values ('All', 'So it is.'), ('All', 'No'), ('Ours', 'Yes'), ('Ours', 'Rude'), ('Note', 'Noted')) v (t, says);
select content.delete_comment(c.id) from content.comments c where c.body = 'No';
select tests.as('hana');
select content.moderate_comment(c.id, true, 'Not kind.') from content.comments c where c.body = 'Rude';
select content.react('heart', tests.work('All'));
select content.react('heart', comment_id => c.id) from content.comments c where c.body = 'So it is.';
select tests.viewed(name, t)
from (values ('anon', 'All'), ('anon', 'All'), ('max', 'All'), ('eli', 'Ours'), ('max', 'Org')) v (name, t);
select tests.as_service();
select content.fold_counts();
select tests.as('nell');
select content.react('heart', tests.work('All'));
select content.record_view(tests.work('Ours'));
select tests.as('cleo');
select content.transition(tests.work('Away'), 'withdrawn');

-- The dashboard.

select results_eq(
    $$select * from tests.dashboard('cleo')$$, $$select * from tests.recounted('cleo')$$,
    'a teller''s dashboard says of each story of theirs what a recount finds'
);
select results_eq(
    $$select title, state, reactions, comments, views, consents, audience from tests.dashboard('cleo')$$,
    $$values
        (
            'All', 'published', 4::bigint, 1::bigint, 3::bigint,
            '{community_sharing,insight,organization_sharing,public_sharing}'::text[], 'everybody'
        ),
        ('Away', 'withdrawn', 0, 0, 0, '{community_sharing,organization_sharing,public_sharing}', 'nobody_else'),
        ('Draft', 'draft', 0, 0, 0, '{}', 'nobody_else'),
        ('Kept', 'published', 0, 0, 0, '{}', 'nobody_else'),
        ('Later', 'published', 0, 0, 0, '{}', 'nobody_else'),
        ('Of Wade', 'published', 0, 0, 0, '{community_sharing,research}', 'community'),
        (
            'Org', 'published', 0, 0, 1, '{community_sharing,organization_sharing,public_sharing}', 'organization'
        ),
        (
            'Ours', 'published', 1, 1, 2,
            '{ai_analysis,community_sharing,organization_sharing,public_sharing,research}', 'community'
        )$$,
    'with their ward''s: what was felt, said and read, what everyone consents to now, and who reads it'
);
select results_eq(
    $$select * from tests.dashboard('oona')$$, $$select * from tests.recounted('oona')$$, 'each sees their own'
);
select is_empty($$select from tests.dashboard('eli')$$, 'who tells nothing sees nothing');
select tests.as('cleo');
select results_eq(
    $$select d.tenant_id, d.story_id, d.storyteller_id, d.created_at from stories.storyteller_dashboard d
    where d.title = 'Of Wade'$$,
    $$values (tests.scope('river'), tests.work('Of Wade'), tests.person('wade'), now())$$, 'and whose each is'
);
select tests.as('sol');
select consent.create_protocol(
    tests.scope('heron'), name, 'family', 'members', acknowledgement => case when name <> 'Reeds' then 'Take care.' end,
    enforcement => case when name = 'Coals' then 'recommended'::consent.protocol_enforcement else 'required' end
)
from unnest('{Embers,Reeds,Ashes,Coals}'::text[]) name;
select tests.as('cleo');
select consent.protect_work(
    tests.work('Kept'), tests.scope('heron'),
    array(select p.id from consent.protocols p where p.name in ('Embers', 'Reeds', 'Coals'))
);
select consent.protect_work(
    tests.work('Ours'), tests.scope('heron'), array(select p.id from consent.protocols p where p.name = 'Ashes')
);
select consent.give_consent(tests.work('Kept'), 'public_sharing');
select results_eq(
    $$select title, audience, restricted from tests.dashboard('cleo') where title in ('All', 'Kept')$$,
    $$values ('All', 'everybody', false), ('Kept', 'everybody', true)$$,
    'what is shared with everybody, and restricted, is said to be both'
);
select tests.as_anon();
select throws_ok('select from stories.storyteller_dashboard', '42501', null, 'nobody sees any who is not signed in');

-- Who tells a story.

select tests.as('cleo');
select consent.add_party(tests.work('Draft'), tests.person('eli'), 'co_teller');
select consent.add_party(tests.work('Draft'), tests.person('nell'), 'depicted');
select consent.add_party(tests.work('Note'), tests.person('eli'), 'co_teller');
select results_eq(
    $$
    select t.person_id, t.capacity::text, t.added_at, t.tenant_id
    from stories.storytellers t
    where t.story_id = tests.work('Draft')
    order by t.capacity
    $$,
    $$values
        (tests.person('cleo'), 'teller', now(), tests.scope('river')),
        (tests.person('eli'), 'co_teller', now(), tests.scope('river'))$$,
    'a story is told by its teller, and by those who tell it with them; not by who is seen in it'
);
select is_empty(
    $$select from stories.storytellers where story_id = tests.work('Note')$$, 'what is no story is told by nobody'
);
select tests.as('eli');
select set_eq(
    'select story_id from stories.storytellers', array[tests.work('Draft')], 'who tells it with others sees that'
);
select tests.as('max');
select is_empty('select from stories.storytellers', 'who only reads stories is not told');
select tests.as_anon();
select throws_ok('select from stories.storytellers', '42501', null, 'nor who is not signed in');

-- The stories of a project.

select tests.as('cleo');
select stories.create_story(tests.scope(place), 'In ' || place, '{"text": "1"}')
from unnest('{crow,delta}'::text[]) place;
select is(
    tests.listed('cleo', 'archive'), '{All,Away,Draft,Kept,Later,"Of Oona","Of Wade",Org,Ours}'::text[],
    'the stories of the project that a request is for are those that one may know of'
);
select is(tests.listed('cleo', 'second'), '{"In crow"}'::text[], 'of that project');
select is(tests.listed('cleo', null), '{}'::text[], 'without one there are none');
select is(tests.listed('anon', 'archive'), '{All,"Of Oona"}'::text[], 'everybody is told of what is for everybody');
select is(tests.listed('hazel', 'second'), '{}'::text[], 'and nobody of more');
select tests.as('cleo');
select core.switch_project(tests.scope('archive'));
select results_eq(
    $$
    select
        p.tenant_id, p.project_id, p.scope_id, p.summary, p.lang, p.visibility::text, p.state::text, p.created_at
    from stories.project_stories p
    where p.story_id = tests.work('Later')
    $$,
    $$values (
        tests.scope('river'), tests.scope('archive'), tests.scope('heron'), '', 'en', 'public', 'published', now()
    )$$,
    'with what there is to know of each before one reads it'
);
select tests.as_nobody();
select set_config('app.current_project_id', '', true);

-- Where it is kept.

select tests.join('cleo', 'hill', 'member');
select tests.as('cleo');
select results_eq(
    'select * from stories.data_locations()',
    $$
    select
        o.id, v.name, o.region, o.jurisdiction, o.data_location, v.works, v.restricted, v.of_others, v.memberships
    from (values
        ('Hill Society', 0::bigint, 0::bigint, 0::bigint, 1::bigint), ('River Council', 11, 2, 0, 5)
    ) v (name, works, restricted, of_others, memberships)
    join core.organizations o on o.name = v.name
    order by o.name
    $$,
    'a teller sees with whom what is theirs is kept, and their ward''s, and how much'
);
select results_eq(
    $$select region, jurisdiction, data_location from stories.data_locations() where organization_name ~ 'River'$$,
    $$values ('north', 'CA', 'ca-central')$$, 'under which law, and where'
);
select tests.join('max', 'heron', 'community_member');
select tests.as('cleo');
select consent.add_party(tests.work('Draft'), tests.person('max'), 'depicted');
select tests.as('max');
select results_eq(
    'select organization_name, works, restricted_works, works_of_others, memberships from stories.data_locations()',
    $$values ('River Council', 0::bigint, 0::bigint, 1::bigint, 2::bigint)$$, 'each what is theirs, or of them'
);
select tests.as_nobody();
update core.memberships set valid_during = tstzrange(now() - interval '2 days', now() - interval '1 day')
where id = tests.membership('cleo', 'hill');
select tests.as('hana');
select core.suspend_membership(tests.membership('wade', 'heron'), 'a quarrel');
select tests.as('cleo');
select results_eq(
    'select organization_name, works, memberships from stories.data_locations()',
    $$values ('River Council', 11::bigint, 4::bigint)$$, 'where they do not belong any more, they do not'
);
select core.leave(tests.scope(slug)) from unnest('{heron,otter,crow,delta}'::text[]) slug;
select results_eq(
    'select organization_name, works, restricted_works, memberships from stories.data_locations()',
    $$values ('River Council', 11::bigint, 2::bigint, 0::bigint)$$, 'and what they left behind is said to be there'
);
select tests.as_anon();
select throws_ok('select from stories.data_locations()', '42501', null, 'nobody is told who is not signed in');
select tests.join('cleo', 'heron', 'community_member');
select tests.as('hana');
select core.reinstate_membership(tests.membership('wade', 'heron'));

-- Who opened it.

select tests.as('eli');
select consent.acknowledge_protocol(p.id)
from consent.protocols p
where p.name in ('Embers', 'Ashes');
select consent.open_work(tests.work(t)) from unnest('{Kept,Ours}'::text[]) t;
select tests.as('hana');
select consent.acknowledge_protocol(p.id) from consent.protocols p where p.name in ('Embers', 'Coals');
select consent.open_work(tests.work('Kept'));
select tests.as_nobody();
-- As if Hana had opened it before, and acknowledged one thing only after that.
alter table consent.openings disable trigger _010_append_only;
update consent.openings
set opened_at = opened_at - interval '1 day', open_until = open_until - interval '1 day'
where person_id = tests.person('hana');
alter table consent.openings enable trigger _010_append_only;
alter table consent.protocol_acknowledgements disable trigger _010_append_only;
update consent.protocol_acknowledgements a
set acknowledged_at = acknowledged_at - interval '2 days'
from consent.protocols p
where p.id = a.protocol_id and p.name = 'Coals' and a.person_id = tests.person('hana');
alter table consent.protocol_acknowledgements enable trigger _010_append_only;
select tests.as('cleo');
select results_eq(
    $$
    select title, person_id, display_name, opened_at, open_until - opened_at > interval '0', acknowledged
    from stories.readings_of_mine()
    where title = 'Kept'
    $$,
    $$values
        ('Kept', tests.person('eli'), 'Eli', now(), true, '{Embers}'::text[]),
        ('Kept', tests.person('hana'), 'Hana', now() - interval '1 day', true, '{Coals}')$$,
    'whose story it is reads who opened it, the newest first, and what they had acknowledged by then'
);
select results_eq(
    $$
    select title, display_name, acknowledged from stories.readings_of_mine(now() - interval '1 hour') order by title
    $$,
    $$values ('Kept', 'Eli', '{Embers}'::text[]), ('Ours', 'Eli', '{Ashes}')$$, 'of all their stories, or lately'
);
select is(
    (select array_agg(distinct r.work_id) from stories.readings_of_mine() r where r.title = 'Kept'),
    array[tests.work('Kept')], 'and which that was'
);
select is_empty($$select from stories.readings_of_mine(now() + interval '1 hour')$$, 'since then nobody did');
select tests.nothing_for(name, 'select from stories.readings_of_mine()', 'nobody else is told: ' || name)
from unnest('{eli,hana,oona,olive}'::text[]) name;
select tests.as('cleo');
select consent.add_party(tests.work('Kept'), tests.person('nell'), 'depicted');
select tests.as('nell');
select is(
    (select count(*) from stories.readings_of_mine()), 2::bigint, 'who has to consent to it as well is told'
);
select tests.as_anon();
select throws_ok('select from stories.readings_of_mine()', '42501', null, 'nobody is told who is not signed in');

-- What it was used for.

select tests.as('cleo');
select consent.give_consent(tests.work('All'), p) from unnest('{research,ai_analysis}'::text[]) p;
select tests.as('sol');
select consent.create_agreement(
    tests.scope('heron'), 'Institute', '{research,ai_analysis}', 'Give back what is found.', repeat('ab', 32)
);
select consent.create_agreement(tests.scope('heron'), 'Museum', '{research}', '', repeat('cd', 32));
select consent.begin_run(a.id, purpose, model, channel)
from consent.agreements a, (values
    ('research', 'Running', null), ('research', 'Done', 'radio'), ('ai_analysis', 'Reader', null)
) v (purpose, model, channel)
where a.recipient = 'Institute';
select count(h.work_id)
from unnest('{Running,Done,Reader}'::text[]) model,
    consent.hand_out(tests.run(model), array(select tests.work(t) from unnest('{All,Ours,Of Wade}'::text[]) t)) h;
select consent.finish_run(tests.run('Done'));
select tests.as('cleo');
select results_eq(
    $$
    select
        title, recipient, obligations, run_id, purpose, model, channel, version, handed_out_at, recalled_at, irrevocable
    from stories.uses_of_mine()
    where work_id = tests.work('All')
    order by model
    $$,
    $$
    select
        'All', 'Institute', 'Give back what is found.', tests.run(v.model), v.purpose, v.model, v.channel, 1, now(),
        null::timestamptz, false
    from (values
        ('research', 'Done', 'radio'), ('ai_analysis', 'Reader', null), ('research', 'Running', null)
    ) v (purpose, model, channel)
    $$,
    'whose story it is reads who got it, what for, by which model and in which version'
);
select is(
    (select array_agg(distinct u.title order by u.title) from stories.uses_of_mine() u), '{All,"Of Wade",Ours}',
    'of theirs, and of their ward''s'
);
select is(
    (select count(distinct u.agreement_id) from stories.uses_of_mine() u), 1::bigint, 'and under which agreement'
);
select is_empty($$select from stories.uses_of_mine(now() + interval '1 hour')$$, 'since then nobody got anything');
select tests.nothing_for(name, 'select from stories.uses_of_mine()', 'nobody else is told: ' || name)
from unnest('{eli,oona,olive,sol}'::text[]) name;
select tests.as_anon();
select throws_ok('select from stories.uses_of_mine()', '42501', null, 'nobody is told who is not signed in');

-- What was withdrawn.

select tests.as('cleo');
select is_empty('select from stories.withdrawals_of_mine()', 'before: nobody withdrew anything');
select consent.withdraw_consent(tests.work('All'), 'research');
select consent.withdraw_consent(tests.work('Of Wade'), 'research', person_id => tests.person('wade'));
select consent.withdraw_consent(tests.work('Ours'), p) from unnest('{ai_analysis,research}'::text[]) p;
select consent.refuse_consent(tests.work('Ours'), 'insight');
select results_eq(
    $$
    select title, person_id, purpose, channel, withdrawn_at, stands, uses_recalled, uses_irrevocable
    from stories.withdrawals_of_mine()
    order by title, purpose
    $$,
    $$values
        ('All', tests.person('cleo'), 'research', null::text, now(), true, 1::bigint, 1::bigint),
        ('Of Wade', tests.person('wade'), 'research', null, now(), true, 1, 1),
        ('Ours', tests.person('cleo'), 'ai_analysis', null, now(), true, 1, 0),
        ('Ours', tests.person('cleo'), 'research', null, now(), true, 1, 1)$$,
    'who withdrew sees what, when, from how many uses it was taken back, and from how many it cannot be'
);
select is(
    (
        select array_agg(concat_ws(' ', u.model, u.recalled_at = now(), u.irrevocable) order by u.model)
        from stories.uses_of_mine() u where u.title = 'All'
    ),
    '{"Done t t","Reader f","Running t f"}', 'and what it was used for says so'
);
select consent.add_party(tests.work('Of Wade'), tests.person('cleo'), 'depicted');
select is(
    (select count(*) from stories.withdrawals_of_mine() w where w.title = 'Of Wade'), 1::bigint,
    'what they withdrew for their ward they withdrew once, also where they are asked themselves'
);
select consent.give_consent(tests.work('All'), 'research');
select is(
    (select w.stands from stories.withdrawals_of_mine() w where w.title = 'All'), false,
    'who consents again withdrew once, and does not now'
);
select tests.as_nobody();
alter table consent.consents disable trigger _010_end_only;
update consent.consents set recorded_at = recorded_at - interval '1 day'
where work_id = tests.work('All') and decision = 'withdrawn';
alter table consent.consents enable trigger _010_end_only;
select tests.as('cleo');
select results_eq(
    $$select title, uses_recalled, uses_irrevocable from stories.withdrawals_of_mine() where title = 'All'$$,
    $$values ('All', 0::bigint, 0::bigint)$$, 'what was taken back at another time, was by something else'
);
select is(
    (select (array_agg(w.title))[4] from stories.withdrawals_of_mine() w), 'All', 'the newest come first'
);
select is(
    (
        select array_agg(distinct c.work_id order by c.work_id)
        from stories.withdrawals_of_mine() w join consent.consents c on c.id = w.consent_id and c.work_id = w.work_id
    ),
    (select array_agg(t order by t) from unnest(array[tests.work('All'), tests.work('Of Wade'), tests.work('Ours')]) t),
    'each is the decision that it is'
);
select consent.add_community(tests.work('All'), tests.scope('heron'));
select tests.as('sol');
select consent.withdraw_consent(tests.work('All'), 'research', scope_id => tests.scope('heron'));
select is_empty('select from stories.withdrawals_of_mine()', 'what somebody withdraws for a community is not theirs');
select tests.as('eli');
select is_empty('select from stories.withdrawals_of_mine()', 'nor what others withdraw');
select tests.as_anon();
select throws_ok('select from stories.withdrawals_of_mine()', '42501', null, 'nobody is told who is not signed in');

select * from finish();
rollback;
