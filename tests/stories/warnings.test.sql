-- What a story warns of, before it is opened: what its teller says; and of itself, that it names somebody who has died,
-- as long as one of those who have to consent to it is on record as such.

begin;
set local search_path = tap, tests, public;
select plan(91);

-- What a story warns of, and who says so.
create function tests.warns(title text)
returns text[]
language sql
stable
security definer
set search_path = ''
as $$
    select coalesce(array_agg(w order by w), '{}')
    from stories.content_warnings c
    cross join concat(c.kind, ' ', c.source) w
    where c.work_id = tests.work(title)
$$;

-- Those to whom it is told.
create function tests.warned(title text)
returns text[]
language plpgsql
set search_path = ''
as $$
declare
    warned text[] := '{}';
    name text;
    seen boolean;
    chosen constant uuid := tests.work(title);
begin
    foreach name in array '{anon,cleo,eli,hazel,max,oona,sol}'::text[] loop
        perform tests.as(name);
        select exists (select from stories.content_warnings c where c.work_id = chosen) into seen;
        if seen then
            warned := warned || name;
        end if;
    end loop;
    perform tests.as_nobody();
    return warned;
end
$$;

create function tests.died(name text, died_on date)
returns void
language plpgsql
set search_path = ''
as $$
begin
    perform tests.as_service();
    perform core.record_death(tests.person(name), died_on);
    perform tests.as_nobody();
end
$$;

create function tests.merged(duplicate text, survivor text)
returns void
language plpgsql
set search_path = ''
as $$
begin
    perform tests.as_service();
    perform core.merge_people(tests.person(duplicate), tests.person(survivor));
    perform tests.as_nobody();
end
$$;

select tests.world();
select tests.as('olive');
select core.set_module(tests.scope('river'), 'stories', true);
select tests.as('hugo');
select core.set_module(tests.scope('hill'), 'stories', true);
select tests.as('cleo');
select stories.create_story(tests.scope('heron'), title, '{"text": "1"}', visibility => 'public')
from unnest('{Snow,Ice}'::text[]) title;
select content.create_note(tests.scope('heron'), 'Note', '{"text": "1"}');

-- What its teller says.

select is(tests.warns('Snow'), '{}'::text[], 'at first a story warns of nothing');
select lives_ok(
    $$select stories.set_warnings(tests.work('Snow'), '{violence,grief,grief}')$$, 'a teller says what it warns of'
);
select is(tests.warns('Snow'), '{"grief teller","violence teller"}'::text[], 'then it does, of each once');
select is(tests.warns('Ice'), '{}'::text[], 'and another one of theirs does not');
select stories.set_warnings(tests.work('Ice'), '{violence,ceremony}');
select stories.set_warnings(tests.work('Snow'), '{ceremony,violence}');
select is(
    tests.warns('Snow'), '{"ceremony teller","violence teller"}'::text[], 'what they say anew is all it warns of'
);
select tests.as_nobody();
update stories.content_warnings set added_at = '2026-01-01';
select tests.as('cleo');
select stories.set_warnings(tests.work('Ice'), '{violence,ceremony,grief}');
select is(
    (
        select array_agg(c.kind order by c.kind)
        from stories.content_warnings c
        where c.work_id = tests.work('Ice') and c.added_at = '2026-01-01'
    ),
    '{ceremony,violence}', 'what they say again was said before'
);
select stories.set_warnings(tests.work('Ice'), '{violence,ceremony}');
select stories.set_warnings(tests.work('Snow'), '{grief}');
select is(tests.warns('Ice'), '{"ceremony teller","violence teller"}'::text[], 'and another one warns of what it did');
select tests.refused(
    $$select stories.set_warnings(tests.work('Snow'), '{grief,mischief}')$$, 'not_found',
    'nothing is warned of that nobody knows'
);
select is(tests.warns('Snow'), '{"grief teller"}'::text[], 'then it warns of what it did');
select tests.as('cleo');
select tests.refused(
    $$select stories.set_warnings(tests.work('Note'), '{grief}')$$, 'not_found', 'what is no story warns of nothing'
);
select content.add_collaborator(tests.work('Snow'), tests.person('sol'), 'edit');
select tests.refused_to(
    name, $$select stories.set_warnings(tests.work('Snow'), '{}')$$, 'not_found', format('%s does not say so', name)
)
from unnest('{sol,oona}'::text[]) name;
select tests.as_anon();
select throws_ok($$select stories.set_warnings(tests.work('Snow'), '{}')$$, '42501', null, 'nor somebody unknown');
select tests.as('cleo');
select content.remove_collaborator(tests.work('Snow'), tests.person('sol'));

-- Whom it is told: whoever may know of the story.

select is(tests.warned('Snow'), '{cleo}'::text[], 'what nobody else may know of, warns nobody else');
select tests.as('cleo');
select content.transition(tests.work('Snow'), 'published');
select consent.give_consent(tests.work('Snow'), 'community_sharing');
select is(tests.warned('Snow'), '{cleo,eli,sol}'::text[], 'with whom it is shared is warned');
select tests.as('sol');
select consent.create_protocol(tests.scope('heron'), 'Embers', 'family', 'admitted');
select consent.admit_by_protocol(p.id, membership_id => tests.membership('eli', 'heron')) from consent.protocols p;
select tests.as('cleo');
select consent.protect_work(tests.work('Snow'), tests.scope('heron'), array[p.id]) from consent.protocols p;
select is(tests.warned('Snow'), '{cleo,eli}'::text[], 'before they open it; and who may not, is not');
select tests.as('cleo');
select content.transition(tests.work('Ice'), 'published');
select consent.give_consent(tests.work('Ice'), 'public_sharing');
select is(tests.warned('Ice'), '{anon,cleo,eli,hazel,max,oona,sol}'::text[], 'everybody, of what is for everybody');
select is(tests.warned('Snow'), '{cleo,eli}'::text[], 'and of nothing else');
select tests.as('oona');
select stories.create_record(tests.work('Ice'), tests.scope('otter'), 'Ice, as we tell it', '{}');
select tests.backend_reads('stories.content_warnings');
select tests.as('cleo');
select throws_ok(format('%s stories.content_warnings %s', verb, rest), '42501', null, 'by hand nobody does: ' || verb)
from (values
    (
        'insert into',
        $$(tenant_id, work_id, kind, source) values (tests.scope('river'), tests.work('Ice'), 'abuse', 'teller')$$
    ),
    ('update', $$set kind = 'abuse'$$), ('delete from', '')
) v (verb, rest);
select tests.as_anon();
select set_eq(
    'select kind from stories.warning_kinds',
    '{deceased,grief,violence,abuse,self_harm,discrimination,displacement,ceremony}'::text[],
    'what can be warned of is no secret'
);
select tests.as('cleo');
select isnt_empty('select from stories.warning_kinds', 'to anybody');
select tests.backend_reads('stories.warning_kinds');

-- Those who have died.

select tests.join('wren', 'heron', 'community_member');
select tests.join('wade', 'heron', 'community_member');
select tests.as('cleo');
select stories.set_warnings(tests.work(title), '{}') from unnest('{Snow,Ice}'::text[]) title;
select consent.add_party(tests.work('Snow'), tests.person('wren'), 'co_teller');
select consent.add_party(tests.work('Note'), tests.person('wren'), 'depicted');
select is(tests.warns('Snow'), '{}'::text[], 'of whoever is alive nothing is warned');
select tests.died('wren', '2026-01-02');
select is(tests.warns('Snow'), '{"deceased record"}'::text[], 'when somebody dies, what they tell warns of it');
select is(tests.warns('Ice'), '{}'::text[], 'and what they have nothing to do with does not');
select is(tests.warns('Note'), '{}'::text[], 'nor what is no story');
update stories.content_warnings set added_at = '2026-01-02';
select tests.died('wren', '2026-01-03');
select is(tests.warns('Snow'), '{"deceased record"}'::text[], 'on whichever day that was');
select is(
    (select c.added_at from stories.content_warnings c where c.work_id = tests.work('Snow')),
    '2026-01-02'::timestamptz, 'since when it does, is kept'
);
select tests.as('cleo');
select stories.set_warnings(tests.work('Snow'), '{}');
select is(tests.warns('Snow'), '{"deceased record"}'::text[], 'a teller cannot take it back');
select stories.set_warnings(tests.work('Snow'), '{deceased}');
select is(tests.warns('Snow'), '{"deceased record","deceased teller"}'::text[], 'but say so themselves');
select tests.died('wren', null);
select is(
    tests.warns('Snow'), '{"deceased teller"}'::text[], 'when it was an error, only what the teller says is left'
);
select tests.as('cleo');
select stories.set_warnings(tests.work('Snow'), '{}');
select tests.died('wade', '2026-01-02');
select is(tests.warns('Snow'), '{}'::text[], 'when somebody else dies, it does not warn');
select tests.as('cleo');
select consent.add_party(tests.work('Snow'), tests.person('wade'), 'depicted');
select is(tests.warns('Snow'), '{"deceased record"}'::text[], 'until they turn out to be seen in it');
select is(tests.warns('Ice'), '{}'::text[], 'and only where they are');
select tests.died('wren', '2026-01-02');
select tests.died('wade', null);
select is(tests.warns('Snow'), '{"deceased record"}'::text[], 'as long as one of them has died');
select tests.died('wren', null);
select is(tests.warns('Snow'), '{}'::text[], 'and no longer');
select tests.died('eli', '2026-01-02');
select is(tests.warns('Snow'), '{}'::text[], 'who read it may die');
select tests.died('eli', null);
select tests.as('hana');
select consent.create_protocol(tests.scope('heron'), 'Ashes', 'family', 'everybody');
select tests.as('cleo');
select lives_ok(
    $$select consent.add_community(tests.work('Ice'), tests.scope('heron'))$$, 'a community that has to consent'
);
select is(tests.warns('Ice'), '{}'::text[], 'does not die');

-- Their own stories, those told before they were said to have died and those after.

select tests.died('cleo', '2026-01-02');
select is(tests.warns('Ice'), '{"deceased record"}'::text[], 'when its teller dies, a story warns of it');
select tests.as('cleo');
select stories.create_story(tests.scope('heron'), 'Late', '{"text": "1"}');
select is(tests.warns('Late'), '{"deceased record"}'::text[], 'and what is told in their name after');
select is(tests.warns('Ice, as we tell it'), '{}'::text[], 'what stands beside it does not');
select tests.died('oona', '2026-01-02');
select set_eq(
    $$
    select stories._of_the_dead(
        tests.scope('river'), array[tests.work('Late'), tests.work('Snow'), tests.work('Note')]
    )
    $$,
    array[tests.work('Late'), tests.work('Snow')], 'of the stories that are asked about, no other is answered'
);
select is(tests.warns(title), '{"deceased record"}'::text[], 'when another dies, as before: ' || title)
from unnest('{Ice,Late}'::text[]) title;
select tests.died('oona', null);
select tests.died('cleo', null);
select is(tests.warns(title), '{}'::text[], 'when it was an error, none does: ' || title)
from unnest('{Ice,Late,Snow}'::text[]) title;
select tests.died('oona', '2026-01-02');
select is(tests.warns('Ice, as we tell it'), '{"deceased record"}'::text[], 'each of its own');
select is(tests.warns('Ice'), '{}'::text[], 'people');
select tests.died('oona', null);

-- Wherever they have to consent.

select tests.join('wren', 'hill', 'member');
select tests.as('hazel');
select stories.create_story(tests.scope('hill'), title, '{"text": "1"}') from unnest('{Far,Farther}'::text[]) title;
select consent.add_party(tests.work('Far'), tests.person('wren'), 'depicted');
select tests.died('wren', '2026-01-02');
select is(tests.warns(title), '{"deceased record"}'::text[], 'in every organization: ' || title)
from unnest('{Snow,Far}'::text[]) title;
select is(tests.warns('Farther'), '{}'::text[], 'and in none too much');
select tests.as_service();
select lives_ok($$select core.erase_person(tests.person('wren'))$$, 'who has died can be forgotten');
select is(tests.warns(title), '{}'::text[], 'then nothing is said of that any more: ' || title)
from unnest('{Snow,Far}'::text[]) title;

-- Who turns out to be somebody else.

select tests.join(name, 'heron', 'community_member') from unnest('{ivo,ivar,ines,inga,ida}'::text[]) name;
select tests.as('cleo');
select stories.create_story(tests.scope('heron'), 'Of ' || n, '{"text": "1"}')
from unnest('{Ivo,Ivar,Ines,Inga}'::text[]) n;
select consent.add_party(tests.work('Of ' || n), tests.person(lower(n)), 'depicted')
from unnest('{Ivo,Ivar,Ines,Inga}'::text[]) n;
select tests.died('ivar', '2026-01-02');
select tests.merged('ivo', 'ivar');
select is(tests.warns('Of Ivo'), '{"deceased record"}'::text[], 'who turns out to be somebody who died, has died');
select is(tests.warns('Of Ines'), '{}'::text[], 'and others have not');
select tests.died('ivar', null);
select is(tests.warns(title), '{}'::text[], 'an error is taken back of both: ' || title)
from unnest('{Of Ivo,Of Ivar}'::text[]) title;
select tests.died('ivar', '2026-01-02');
select is(tests.warns(title), '{"deceased record"}'::text[], 'and when they die, of both it is warned: ' || title)
from unnest('{Of Ivo,Of Ivar}'::text[]) title;
select tests.died('ines', '2026-01-02');
select tests.merged('ines', 'inga');
select is(tests.warns(title), '{"deceased record"}'::text[], 'who died before they turned out to be one: ' || title)
from unnest('{Of Ines,Of Inga}'::text[]) title;
select tests.died('inga', null);
select is(tests.warns(title), '{}'::text[], 'is alive under both names when it was an error: ' || title)
from unnest('{Of Ines,Of Inga}'::text[]) title;
select tests.as_service();
select core.record_death(e.id, '2026-01-02')
from core.people e
where e.display_name = 'Ines';
select tests.as_nobody();
select is(tests.warns(title), '{"deceased record"}'::text[], 'whichever of them the death is told of: ' || title)
from unnest('{Of Ines,Of Inga}'::text[]) title;
select tests.merged('inga', 'ida');
select is(tests.warns(title), '{"deceased record"}'::text[], 'also when they turn out to be a third: ' || title)
from unnest('{Of Ines,Of Inga}'::text[]) title;
select tests.died('ida', null);
select is(tests.warns(title), '{}'::text[], 'and for all three it is taken back: ' || title)
from unnest('{Of Ines,Of Inga}'::text[]) title;

-- What a row can hold, whoever writes it.

select tests.as('cleo');
select stories.set_warnings(tests.work('Late'), '{grief}');
select tests.as_nobody();
select tests.violates(
    tests.variant('stories.content_warnings', changes, $$kind = 'grief'$$), broken, promise
)
from (values
    ('{}'::jsonb, 'content_warnings_pkey', 'what a story warns of, it warns of once'),
    ('{"kind": "mischief"}', 'content_warnings_kind_fkey', 'nothing is warned of that nobody knows'),
    ('{"source": "record"}', 'content_warnings_source_check', 'what is on record is nothing but who has died'),
    (
        jsonb_build_object('work_id', tests.work('Note')), 'content_warnings_tenant_id_work_id_fkey',
        'what is no story warns of nothing'
    )
) v (changes, broken, promise);
select tests.violates(tests.variant('stories.warning_kinds'), 'warning_kinds_pkey', 'a kind is one');
select tests.violates(
    tests.variant('stories.warning_kinds', jsonb_build_object('kind', kind)), 'warning_kinds_kind_check',
    format('and not called "%s"', kind)
)
from unnest(array['', 'Grief', 'loss-1']) kind;

-- What it warned of when it was reviewed.

select tests.as('cleo');
select stories.create_story(tests.scope('heron'), 'Read', '{"text": "1"}');
select stories.set_warnings(tests.work('Read'), '{grief}');
select stories.set_warnings(tests.work('Ice'), '{ceremony}');
select consent.add_party(tests.work('Read'), tests.person('eli'), 'depicted');
select tests.died('eli', '2026-01-02');
select tests.as('cleo');
select content.transition(tests.work('Read'), 'submitted');
select tests.refused(
    $$select stories.set_warnings(tests.work('Read'), null)$$, 'under_review',
    'what is being reviewed warns of what it warned of'
);
select lives_ok(
    $$select stories.set_warnings(tests.work('Read'), '{grief,violence}')$$, 'and can warn of more'
);
select is(
    tests.warns('Read'), '{"deceased record","grief teller","violence teller"}'::text[],
    'besides what is on record'
);
select tests.as('cleo');
select tests.refused(
    $$select stories.set_warnings(tests.work('Read'), '{violence}')$$, 'under_review', 'but not of something else'
);
select content.transition(tests.work('Read'), 'draft');
select lives_ok($$select stories.set_warnings(tests.work('Read'), '{violence}')$$, 'until it is taken back');
select tests.refused(
    $$select stories.set_warnings(tests.work('Read'), array['grief', null])$$, 'not_found', 'it warns of something'
);
select tests.as_nobody();

-- A place that is closed.

update core.scopes set archived_at = now() where slug = 'heron';
select tests.as('cleo');
select tests.refused(
    $$select stories.set_warnings(tests.work('Ice'), '{grief}')$$, 'scope_archived',
    'in a place that is closed a teller says nothing else'
);
select tests.died('cleo', '2026-01-02');
select ok(tests.warns('Ice') @> '{"deceased record"}', 'and what is on record is warned of all the same');

select * from finish();
rollback;
