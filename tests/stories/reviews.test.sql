-- Reviews: who reviews a story and who does not, what it is not published without, and what an elder's word is worth
-- from then on.

begin;
set local search_path = tap, tests, public;
select plan(129);

-- As if what was reviewed until now had been an hour before.
create function tests.later()
returns void
language sql
security definer
set search_path = ''
as $$
    alter table stories.reviews disable trigger _010_append_only;
    update stories.reviews set reviewed_at = reviewed_at - interval '1 hour';
    alter table stories.reviews enable trigger _010_append_only;
$$;

-- Somebody reviews a story.
create function tests.reviewed(
    name text, title text, kind stories.review_kind, outcome stories.review_outcome default 'approved'
)
returns void
language plpgsql
set search_path = ''
as $$
begin
    perform tests.as(name);
    perform stories.review_story(tests.work(title), kind, outcome);
    perform tests.as_nobody();
end
$$;

-- A reviewer takes a story up and approves of it.
create function tests.approved(title text)
returns void
language plpgsql
set search_path = ''
as $$
begin
    perform tests.as('sol');
    perform content.transition(tests.work(title), 'in_review');
    perform content.transition(tests.work(title), 'approved');
    perform tests.as_nobody();
end
$$;

-- A story's teller moves it, one state after the other.
create function tests.moved(name text, title text, variadic states content.work_state[])
returns void
language plpgsql
set search_path = ''
as $$
declare
    state content.work_state;
begin
    perform tests.as(name);
    foreach state in array states loop
        perform content.transition(tests.work(title), state);
    end loop;
    perform tests.as_nobody();
end
$$;

-- Which review a story is not published without, when its teller tries; none, where it is not a matter of reviews;
-- null, when it is published.
create function tests.missing(name text, title text)
returns text
language plpgsql
set search_path = ''
as $$
begin
    perform tests.as(name);
    perform content.transition(tests.work(title), 'published');
    perform tests.as_nobody();
    return null;
exception
    when sqlstate 'EL120' then
        return substring(sqlerrm from '(elder|cultural)$');
    when sqlstate 'EL100' then
        return 'none';
end
$$;

create function tests.asked_for(key text, slug text default 'heron', value jsonb default 'true')
returns void
language sql
security definer
set search_path = ''
as $$
    insert into core.settings (tenant_id, scope_id, key, value)
    values (tests.scope('river'), tests.scope(slug), asked_for.key, asked_for.value)
$$;

create function tests.requires_elder(title text)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
    select s.elder_review_required from stories.stories s where s.id = tests.work(title)
$$;

-- Those who read what reviewers said of a story.
create function tests.told(title text)
returns text[]
language plpgsql
set search_path = ''
as $$
declare
    told text[] := '{}';
    name text;
    seen boolean;
    chosen constant uuid := tests.work(title);
begin
    foreach name in array '{cleo,eli,hana,hazel,max,nell,noor,rene,wade}'::text[] loop
        perform tests.as(name);
        select exists (select from stories.reviews r where r.story_id = chosen) into seen;
        if seen then
            told := told || name;
        end if;
    end loop;
    perform tests.as_nobody();
    return told;
end
$$;

select tests.world();
select tests.join('rene', 'heron', 'cultural_reviewer');
select tests.join('rene', 'otter', 'elder');
select tests.join('ella', 'heron', 'elder');
select tests.join('ena', 'otter', 'elder');
select tests.join(name, 'heron', 'community_member') from unnest('{nell,noor,wade}'::text[]) name;
select tests.as('olive');
select core.set_module(tests.scope('river'), 'stories', true);
select tests.as('cleo');
select stories.create_story(tests.scope('heron'), title, '{"text": "1"}', visibility => 'community')
from unnest('{Ice,Snow,Thaw,Rain,Mist,Hail}'::text[]) title;
select content.create_note(tests.scope('heron'), 'Note', '{"text": "1"}', visibility => 'community');

-- Reviewing.

select tests.as('rene');
select tests.refused(
    $$select stories.review_story(tests.work('Ice'), 'cultural', 'approved')$$, 'not_found', 'nobody reviews a draft'
);
select tests.moved('cleo', 'Ice', 'submitted');
select tests.as('rene');
select lives_ok(
    $$select stories.review_story(tests.work('Ice'), 'cultural', 'changes_requested', 'Leave out the names.')$$,
    'a reviewer says what came of reviewing what was given in'
);
select results_eq(
    $$
    select
        story_id, version, submission, kind::text, by_elder, outcome::text, note, reviewer_id, owner_id,
        reviewed_at between now() and clock_timestamp()
    from stories.reviews
    $$,
    $$values (
        tests.work('Ice'), 1, 2, 'cultural', null::boolean, 'changes_requested', 'Leave out the names.',
        tests.person('rene'), tests.person('cleo'), true
    )$$,
    'it is kept who said what of which version, and by which move it was given in'
);
select tests.as_nobody();
select is(
    (
        select array_agg(convert_from(o.body, 'utf8')::jsonb)
        from ops.outbox o
        where o.topic = 'story.reviewed'
    ),
    array[jsonb_build_object('work_id', tests.work('Ice'), 'kind', 'cultural', 'outcome', 'changes_requested')],
    'whoever follows it hears what came of it, and not what was said'
);
select is(tests.requires_elder('Ice'), false, 'it takes no elder for that');
select tests.as('rene');
select tests.refused(
    $$select stories.review_story(tests.work('Ice'), 'elder', 'approved')$$, 'not_found',
    'who is no elder there does not speak as one, whatever they are elsewhere'
);
select tests.as('eli');
select lives_ok(
    $$select stories.review_story(tests.work('Ice'), 'cultural', 'approved')$$, 'an elder reviews what others do'
);
select results_eq(
    $$select note from stories.reviews where reviewer_id = tests.person('eli')$$, $$values ('')$$,
    'and need not say why'
);
select tests.as_nobody();
select is(tests.requires_elder('Ice'), false, 'which is not yet the word of an elder');
select tests.as('sol');
select content.transition(tests.work('Ice'), 'in_review');
select tests.as('eli');
select lives_ok(
    $$select stories.review_story(tests.work('Ice'), 'elder', 'declined')$$,
    'an elder gives theirs, also while it is reviewed'
);
select results_eq(
    $$select by_elder from stories.reviews where kind = 'elder'$$, 'values (true)', 'it is known as one'
);
select is(tests.requires_elder('Ice'), true, 'and from then on the story takes an elder');
select is(tests.requires_elder('Snow'), false, 'as no other does');
select tests.as_nobody();
create temporary table kept as
select count(*) as n from audit.changes c where c.table_name = 'stories.stories';
select tests.later();
select tests.reviewed('ella', 'Ice', 'elder', 'approved');
select is(
    (select count(*) from audit.changes c where c.table_name = 'stories.stories'), (select n from kept),
    'what an elder after the first says changes nothing of the story'
);
select tests.as('cleo');
select tests.refused(
    $$select stories.require_elder(tests.work('Ice'), false)$$, 'elder_spoke',
    'a teller does not take that back'
);
select tests.as('sol');
select content.transition(tests.work('Ice'), 'approved');
select tests.as('eli');
select tests.refused(
    $$select stories.review_story(tests.work('Ice'), 'elder', 'declined')$$, 'not_found',
    'nobody reviews what was approved'
);
select is(tests.missing('cleo', 'Ice'), null, 'and with an elder''s word it is published');
select tests.as('eli');
select tests.refused(
    $$select stories.review_story(tests.work('Ice'), 'elder', 'declined')$$, 'not_found', 'or what is published'
);

select tests.as('cleo');
select consent.give_consent(tests.work('Ice'), 'community_sharing');
select content.add_collaborator(tests.work('Hail'), tests.person('eli'), 'comment');
select tests.as('eli');
select tests.refused(
    format('select stories.review_story(tests.work(%L), %L, %L)', title, 'elder', 'declined'), 'not_found', promise
)
from (values
    ('Ice', 'also where they read it'), ('Hail', 'nor a draft that they help with')
) v (title, promise);
select tests.as('cleo');
select content.remove_collaborator(tests.work('Hail'), tests.person('eli'));

-- Who does not.

select tests.moved('cleo', 'Snow', 'submitted');
select tests.moved('cleo', 'Note', 'submitted');
select tests.refused_to(
    name,
    format('select stories.review_story(%L, %L, %L)', coalesce(tests.work(title), gen_random_uuid()), kind, 'approved'),
    'not_found', promise
)
from (values
    ('max', 'Snow', 'cultural', 'not who belongs elsewhere'), ('nell', 'Snow', 'cultural', 'nor who only belongs'),
    ('ena', 'Snow', 'elder', 'nor an elder of another community'), ('ada', 'Snow', 'cultural', 'nor who runs it all'),
    ('cleo', 'Snow', 'cultural', 'nor who tells it'), ('eli', 'Note', 'elder', 'nor anybody what is no story'),
    ('eli', 'Nothing', 'elder', 'or what is not there')
) v (name, title, kind, promise);
select tests.as_anon();
select throws_ok(
    $$select stories.review_story(tests.work('Snow'), 'cultural', 'approved')$$, '42501', null,
    'least of all somebody unknown'
);

-- Nobody reviews their own, what they help to make, what they have to consent to, or what is their ward's.

select tests.as('eli');
select stories.create_story(tests.scope('heron'), 'Of Eli', '{"text": "1"}');
select content.transition(tests.work('Of Eli'), 'submitted');
select tests.as('cleo');
select consent.add_party(tests.work('Thaw'), tests.person('eli'), 'co_teller');
select content.add_collaborator(tests.work('Rain'), tests.person('eli'), 'edit');
select content.add_collaborator(tests.work('Mist'), tests.person('ella'), 'comment');
select consent.add_party(tests.work('Hail'), tests.person('wade'), 'depicted');
select content.transition(tests.work(t), 'submitted') from unnest('{Thaw,Rain,Mist,Hail}'::text[]) t;
select tests.as('wade');
select stories.create_story(tests.scope('heron'), 'Of Wade', '{"text": "1"}');
select content.transition(tests.work('Of Wade'), 'submitted');
select tests.as_nobody();
update core.people set guardian_id = tests.person('eli') where id = tests.person('wade');
select tests.as('eli');
select tests.refused(
    format('select stories.review_story(tests.work(%L), %L, %L)', title, kind, 'approved'), 'not_on_yourself',
    format('%s, %s', promise, kind)
)
from (values
    ('Of Eli', 'nobody reviews their own'), ('Thaw', 'or what they tell with others'),
    ('Rain', 'or what they help to write'), ('Of Wade', 'or what is their ward''s'),
    ('Hail', 'or what their ward is seen in')
) v (title, promise),
    unnest('{elder,cultural}'::stories.review_kind[]) kind;
select lives_ok(
    $$select stories.review_story(tests.work('Mist'), 'elder', 'approved')$$, 'what others help with, they do'
);
select tests.as('ella');
select lives_ok(
    format('select stories.review_story(tests.work(%L), %L, %L)', title, 'elder', 'approved'), promise
)
from (values
    ('Mist', 'so does who may only comment on it'), ('Of Eli', 'and another elder what is an elder''s'),
    ('Rain', 'or what others help with')
) v (title, promise);
select tests.as_nobody();
update core.people set guardian_id = null where id = tests.person('wade');
insert into core.people (display_name, merged_into) values ('Ella once', tests.person('ella'));
insert into consent.consent_parties (tenant_id, work_id, person_id, capacity, added_by)
select w.tenant_id, w.id, p.id, 'depicted', w.owner_id
from content.works w
cross join core.people p
where (w.title, p.display_name) = ('Hail', 'Ella once');
select tests.as('ella');
select tests.refused(
    $$select stories.review_story(tests.work('Hail'), 'elder', 'approved')$$, 'not_on_yourself',
    'nor what somebody has to consent to who turned out to be them'
);

-- What stands under protocols is reviewed by who passes them.

select tests.as('sol');
select consent.create_protocol(tests.scope('heron'), 'Embers', 'family', 'admitted');
select consent.admit_by_protocol(p.id, membership_id => tests.membership('ella', 'heron')) from consent.protocols p;
select tests.as('cleo');
select consent.protect_work(tests.work('Snow'), tests.scope('heron'), array[p.id]) from consent.protocols p;
select tests.as('eli');
select tests.refused(
    $$select stories.review_story(tests.work('Snow'), 'elder', 'approved')$$, 'not_found',
    'who does not pass what a story stands under does not review it'
);
select tests.as('ella');
select tests.refused(
    $$select stories.review_story(tests.work('Snow'), 'elder', 'changes_requested')$$, 'not_opened',
    'who passes, and did not open it, has not read it'
);
select consent.open_work(tests.work('Snow'));
select tests.next_transaction();
select tests.as('ella');
select lives_ok($$select stories.review_story(tests.work('Snow'), 'elder', 'changes_requested')$$, 'who did, does');

-- Who is kept from the place, or suspended, or was an elder; and a place that is closed.

select tests.as_nobody();
insert into core.sanctions (tenant_id, scope_id, person_id, capability, reason, imposed_by)
values (tests.scope('river'), tests.scope('heron'), tests.person('eli'), 'access', 'a quarrel', tests.person('hana'));
select tests.as('eli');
select tests.refused(
    $$select stories.review_story(tests.work('Mist'), 'elder', 'approved')$$, 'not_found',
    'who is kept from the place reviews nothing there'
);
select tests.as_nobody();
delete from core.sanctions;
select tests.as('hana');
select core.revoke_role(tests.membership('eli', 'heron'), 'elder');
select core.grant_role(tests.membership('eli', 'heron'), 'cultural_reviewer');
select tests.as('eli');
select tests.refused(
    $$select stories.review_story(tests.work('Mist'), 'elder', 'approved')$$, 'not_found',
    'who is no elder any more does not speak as one'
);
select lives_ok($$select stories.review_story(tests.work('Mist'), 'cultural', 'approved')$$, 'but as what they are');
select tests.as_nobody();
update core.scopes set archived_at = now() where slug = 'heron';
select tests.as('rene');
select tests.refused(
    $$select stories.review_story(tests.work('Mist'), 'cultural', 'approved')$$, 'scope_archived',
    'in a place that is closed nothing is reviewed'
);
select tests.as_nobody();
update core.scopes set archived_at = null where slug = 'heron';

-- Who reads what they said: whom the story involves, always; its reviewers while it waits for them.

select tests.as('cleo');
select content.add_collaborator(tests.work('Mist'), tests.person('noor'), 'comment');
select is(tests.told('Mist'), '{cleo,eli,hana,noor,rene}'::text[], 'whom it involves and its reviewers read it');
select is(tests.told('Thaw'), '{}'::text[], 'of what nobody reviewed there is nothing to read');
select tests.approved('Mist');
select is(tests.told('Mist'), '{cleo,noor}'::text[], 'when it does not wait for them any more, its reviewers do not');
select is(tests.missing('cleo', 'Mist'), null, 'approved, it is published');
select tests.as('cleo');
select consent.give_consent(tests.work('Mist'), 'community_sharing');
select tests.as('nell');
select isnt_empty(
    $$select from content.works where id = tests.work('Mist')$$, 'before: everybody there reads the story'
);
select is(tests.told('Mist'), '{cleo,noor}'::text[], 'and not what reviewers said');
select tests.moved('cleo', 'Mist', 'withdrawn', 'draft', 'submitted');
select is(tests.told('Mist'), '{cleo,eli,hana,noor,rene}'::text[], 'until it waits for them again');
select tests.as('rene');
select content.transition(tests.work('Mist'), 'in_review');
select is(
    tests.told('Mist'), '{cleo,eli,hana,noor,rene}'::text[], 'or somebody reviews it'
);
select tests.backend_reads('stories.reviews');
select tests.as_anon();
select throws_ok('select from stories.reviews', '42501', null, 'nobody reads it who is not signed in');
select tests.as('rene');
select throws_ok(format('%s stories.reviews %s', verb, rest), '42501', null, 'by hand nobody does: ' || verb)
from (values ('insert into', 'default values'), ('update', $$set note = ''$$), ('delete from', '')) v (verb, rest);

-- What a story is not published without: where it asks for an elder.

select tests.as('hana');
select core.grant_role(tests.membership('eli', 'heron'), 'elder');
select tests.as('cleo');
select stories.create_story(
    tests.scope('heron'), title, '{"text": "1"}', visibility => 'community', elder_review_required => asks
)
from (values ('Loon', true), ('Crane', false), ('Gull', false), ('Tern', true)) v (title, asks);
select content.create_note(tests.scope('heron'), 'Free', '{"text": "1"}');
select is(tests.missing('cleo', 'Loon'), 'elder', 'what its teller asks an elder about is not published without one');
select tests.as('cleo');
select stories.require_elder(tests.work('Tern'), false);
select is(tests.missing('cleo', 'Tern'), null, 'unless its teller asks no more, before one spoke');
select is(tests.missing('cleo', 'Crane'), null, 'where nobody asks for one, it is');
select tests.moved('cleo', 'Loon', 'submitted');
select tests.reviewed('rene', 'Loon', 'cultural');
select tests.approved('Loon');
select is(tests.missing('cleo', 'Loon'), 'elder', 'a reviewer is no elder');
select tests.moved('cleo', 'Loon', 'draft', 'submitted');
select tests.reviewed('eli', 'Loon', 'elder');
select tests.later();
select tests.reviewed('ella', 'Loon', 'elder', 'changes_requested');
select tests.approved('Loon');
select is(tests.missing('cleo', 'Loon'), 'elder', 'what an elder said last is what counts');
select tests.moved('cleo', 'Gull', 'submitted');
select tests.reviewed('eli', 'Gull', 'elder', 'declined');
select tests.moved('cleo', 'Gull', 'draft');
select is(
    (select array_agg(r.number) from stories.reviews r where r.story_id = tests.work('Gull')), '{1}',
    'each story counts its own'
);
select is(tests.missing('cleo', 'Gull'), 'elder', 'who was declined by an elder is not published, though nobody asked');
select tests.moved('cleo', 'Loon', 'draft', 'submitted');
select tests.later();
select tests.reviewed('ella', 'Loon', 'elder');
select tests.moved('cleo', 'Loon', 'draft');
select is(tests.missing('cleo', 'Loon'), 'elder', 'taken back after an elder''s word, it is what it may have become');
select is(tests.missing('cleo', 'Gull'), 'elder', 'an elder''s word on one story is none on another');
select tests.as('cleo');
select is(content.revise_work(tests.work('Gull'), '{"text": "2"}'), 2, 'what was declined can be told otherwise');
select tests.moved('cleo', 'Gull', 'submitted');
select tests.approved('Gull');
select is(tests.missing('cleo', 'Gull'), 'elder', 'and still takes an elder');
select tests.moved('cleo', 'Loon', 'submitted');
select tests.approved('Loon');
select is(tests.missing('cleo', 'Loon'), 'elder', 'nor does the word last that was given before it was given in again');
select tests.moved('cleo', 'Loon', 'draft', 'submitted');
select tests.reviewed('ella', 'Loon', 'elder');
select tests.approved('Loon');
select is(tests.missing('cleo', 'Loon'), null, 'what an elder approved of is published');

-- What they read is what counts.

select tests.as('cleo');
select stories.create_story(tests.scope('heron'), title, '{"text": "1"}', elder_review_required => true)
from unnest('{Again,Theirs,Ours,Shared}'::text[]) title;
select tests.moved('cleo', 'Again', 'submitted', 'draft', 'submitted');
select tests.as('eli');
select tests.refused(
    $$select stories.review_story(tests.work('Again'), 'elder', 'approved', submission => 2)$$, 'given_in_again',
    'who read it before it was given in again is told'
);
select tests.refused(
    format('select stories.review_story(tests.work(%L), %L, %L)', 'Again', kind, outcome), 'not_found',
    'a review is of a kind, and something came of it'
)
from (values (null, 'approved'), ('elder', null)) v (kind, outcome);
select lives_ok(
    $$select stories.review_story(tests.work('Again'), 'elder', 'approved', null, 4)$$,
    'who read it since, is not'
);
select tests.approved('Again');
select tests.as('cleo');
select tests.refused(
    $$select content.update_work(tests.work('Again'), 'Otherwise')$$, 'under_review',
    'what an elder approved of stays as they read it'
);
select is(tests.missing('cleo', 'Again'), null, 'and is published so');

-- Nor does the word of somebody count who has to consent to it by now, or turned out to be somebody who has.

select tests.moved('cleo', title, 'submitted') from unnest('{Theirs,Ours,Shared}'::text[]) title;
select tests.reviewed('eli', title, 'elder') from unnest('{Theirs,Ours,Shared}'::text[]) title;
select tests.approved(title) from unnest('{Theirs,Ours,Shared}'::text[]) title;
select tests.as('cleo');
select consent.add_party(tests.work('Theirs'), tests.person('eli'), 'co_teller');
select consent.add_party(tests.work('Shared'), tests.person('ella'), 'co_teller');
select is(tests.missing('cleo', 'Theirs'), 'elder', 'who tells it with them has not reviewed it');
select is(tests.missing('cleo', 'Shared'), null, 'whatever others tell with them');
select tests.as_nobody();
update core.people set guardian_id = tests.person('eli') where id = tests.person('cleo');
select is(tests.missing('cleo', 'Ours'), 'elder', 'nor has who acts for them');
select tests.as_nobody();
update core.people set guardian_id = null where id = tests.person('cleo');
insert into core.people (display_name, merged_into) values ('Cleo once', tests.person('eli'));
insert into consent.consent_parties (tenant_id, work_id, person_id, capacity, added_by)
select w.tenant_id, w.id, p.id, 'depicted', w.owner_id
from content.works w
cross join core.people p
where (w.title, p.display_name) = ('Ours', 'Cleo once');
select is(tests.missing('cleo', 'Ours'), 'elder', 'nor who turned out to be one of them');
select tests.as_nobody();
delete from consent.consent_parties p
using core.people e
where e.id = p.person_id and e.display_name = 'Cleo once';
select is(tests.missing('cleo', 'Ours'), null, 'whoever has no hand in it has');

-- What was published with an elder's word says nothing else without one.

select tests.as('cleo');
select tests.refused(
    format('select content.revise_work(tests.work(%L), %L, minor => %L)', 'Loon', '{"text": "2"}', minor),
    'under_review', promise
)
from (values
    (false, 'what was published with an elder''s word does not say something else'),
    (true, 'nor what its teller calls minor')
) v (minor, promise);
select tests.refused(
    format('select content.update_work(tests.work(%L), %s => %L)', 'Loon', what, 'Otherwise'), 'under_review',
    'nor has it another ' || what
)
from unnest('{title,summary}'::text[]) what;
select content.add_collaborator(tests.work('Loon'), tests.person('nell'), 'edit');
select consent.give_consent(tests.work('Loon'), 'modification');
select tests.as('nell');
select tests.refused(
    $$select content.revise_work(tests.work('Loon'), '{"text": "2"}')$$, 'under_review', 'whoever writes'
);
select tests.as('cleo');
select is(content.revise_work(tests.work('Crane'), '{"text": "2"}'), 2, 'what nobody asked an elder about does');
select content.revise_work(tests.work('Crane'), '{"text": "A comma"}', minor => true);
select tests.moved('cleo', 'Loon', 'withdrawn', 'draft');
select is(tests.missing('cleo', 'Loon'), 'elder', 'taken back, it takes the word of an elder again');
select tests.as('cleo');
select is(content.revise_work(tests.work('Loon'), '{"text": "2"}'), 2, 'and can say something else');
select tests.moved('cleo', 'Loon', 'submitted');
select tests.reviewed('eli', 'Loon', 'elder');
select is(tests.missing('cleo', 'Loon'), 'none', 'which is not published before a reviewer approved of it');
select tests.approved('Loon');
select is(tests.missing('cleo', 'Loon'), null, 'and then is');
select tests.as('cleo');
select tests.refused(
    $$select stories.require_elder(tests.work('Loon'), false)$$, 'elder_spoke',
    'that it takes an elder stays'
);

-- What its place asks for.

select tests.as('cleo');
select stories.create_story(tests.scope('heron'), title, '{"text": "1"}', visibility => 'community')
from unnest('{Sedge,Moss,Fern,Reed}'::text[]) title;
select tests.as('oona');
select stories.create_story(tests.scope('otter'), 'Silt', '{"text": "1"}');
select tests.as_nobody();
select tests.asked_for('stories.culturally_reviewed');
select is(tests.missing('oona', 'Silt'), null, 'what one community asks for another does not');
select is(tests.missing('cleo', 'Sedge'), 'cultural', 'a community lets nothing be published that nobody reviewed');
select is(tests.missing('cleo', 'Free'), null, 'of stories');
select tests.as('cleo');
select tests.refused(
    $$select content.revise_work(tests.work('Crane'), '{"text": "3"}')$$, 'under_review',
    'nor what was published before, to say something else'
);
select is(content.revise_work(tests.work('Free'), '{"text": "2"}'), 2, 'where it is a story');
select tests.moved('cleo', 'Sedge', 'submitted');
select tests.reviewed('eli', 'Sedge', 'elder');
select tests.approved('Sedge');
select is(tests.missing('cleo', 'Sedge'), 'cultural', 'an elder''s word is another review');
select tests.moved('cleo', 'Sedge', 'draft', 'submitted');
select tests.reviewed('rene', 'Sedge', 'cultural');
select tests.approved('Sedge');
select is(tests.missing('cleo', 'Sedge'), 'elder', 'which it takes once one spoke, each time it is given in');
select tests.moved('cleo', 'Sedge', 'draft', 'submitted');
select tests.reviewed('rene', 'Sedge', 'cultural');
select tests.reviewed('eli', 'Sedge', 'elder');
select tests.approved('Sedge');
select is(tests.missing('cleo', 'Sedge'), null, 'with both it is published');
select tests.asked_for('stories.elder_reviewed', 'archive');
select tests.moved('cleo', 'Moss', 'submitted');
select tests.reviewed('rene', 'Moss', 'cultural');
select tests.approved('Moss');
select is(tests.missing('cleo', 'Moss'), 'elder', 'a project asks for the word of an elder in all its communities');
select tests.as('cleo');
select stories.create_story(tests.scope('heron'), 'Birch', '{"text": "1"}');
select is(tests.requires_elder('Birch'), true, 'what is begun there asks for one itself');
select stories.require_elder(tests.work('Birch'), false);
select is(tests.missing('cleo', 'Birch'), 'cultural', 'what was not reviewed for anything');
select tests.moved('cleo', 'Birch', 'submitted');
select tests.reviewed('rene', 'Birch', 'cultural');
select tests.approved('Birch');
select is(tests.missing('cleo', 'Birch'), 'elder', 'is not published without either, whatever its teller says');
select tests.asked_for('stories.elder_reviewed', value => 'false');
select is(tests.missing('cleo', 'Birch'), null, 'unless its community does not ask for it');
select is(tests.missing('cleo', 'Moss'), null, 'at all');

-- Whoever moves it.

select tests.as_nobody();
select tests.refused(
    $$insert into content.work_transitions
        (tenant_id, work_id, number, from_state, to_state, capacity, actor_id, owner_id)
    select w.tenant_id, w.id, w.moves + 1, w.state, 'published', 'owner', w.owner_id, w.owner_id
    from content.works w where w.title = 'Fern'$$,
    'review_missing', 'nothing is published unreviewed, whoever writes it'
);

-- What a row can hold, whoever writes it.

select tests.violates(
    tests.variant(
        'stories.reviews', case when changes = '{}' then changes else '{"number": 99}' || changes end,
        $$kind = 'cultural'$$
    ),
    broken, promise
)
from (values
    ('{}'::jsonb, 'reviews_pkey', 'a review is one'),
    ('{"number": 0}', 'reviews_number_check', 'and has its place among those of the story'),
    ('{"number": 1}', 'reviews_tenant_id_story_id_number_key', 'which no other has'),
    (jsonb_build_object('note', repeat('x', 5001)), 'reviews_note_check', 'it is said in short'),
    (
        jsonb_build_object('reviewer_id', tests.person('cleo')), 'reviews_reviewer_id_check',
        'nobody reviews their own'
    ),
    (
        jsonb_build_object('owner_id', tests.person('nell')), 'reviews_tenant_id_story_id_owner_id_fkey',
        'nor by saying that it is somebody else''s'
    ),
    (
        '{"submission": 3}'::jsonb, 'reviews_submission_fkey', 'and as it was given in, by a move that did so'
    ),
    (jsonb_build_object('version', 7), 'reviews_tenant_id_story_id_version_fkey', 'of a version that there is'),
    (jsonb_build_object('reviewer_id', gen_random_uuid()), 'reviews_reviewer_id_fkey', 'by somebody'),
    (
        jsonb_build_object('story_id', tests.work('Note')), 'reviews_tenant_id_story_id_fkey', 'and of a story'
    ),
    (
        jsonb_build_object('kind', 'elder', 'story_id', tests.work('Moss')),
        'reviews_tenant_id_story_id_by_elder_fkey', 'where an elder spoke, the story takes one'
    )
) v (changes, broken, promise);
select lives_ok(
    tests.variant(
        'stories.reviews', jsonb_build_object('number', 99, 'note', repeat('x', 5000)), $$kind = 'cultural'$$
    ),
    'so short is short'
);
select tests.refused(
    format('%s stories.reviews %s', verb, rest), 'append_only', 'what was said was said: ' || verb
)
from (values ('update', $$set outcome = 'approved'$$), ('delete from', ''), ('truncate', '')) v (verb, rest);
select tests.violates(
    $$update stories.stories set elder_review_required = false where id = tests.work('Loon')$$,
    'reviews_tenant_id_story_id_by_elder_fkey', 'an elder''s word is not undone by any way'
);

select * from finish();
rollback;
