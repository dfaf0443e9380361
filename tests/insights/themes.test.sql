-- Themes: told of where enough people told of the same, as long as everyone agrees that a machine reads it.

begin;
set local search_path = tap, tests, public;
select plan(27);

-- What everybody with a part in the place reads of what was told of there: theme, people, works.
create function tests.themes(slug text)
returns setof text
language sql
stable
set search_path = ''
as $$
    select format('%s: %s %s%s', t.theme, t.storytellers, t.stories, case when t.withheld then ', less' end)
    from insights.theme_trends(tests.scope(slug), tests.this_month(), tests.this_month()) t
$$;

-- Each of these tells a story in Heron, and lets it be counted and read by machines, which find these themes in it.
create function tests.tell_of(themes jsonb, variadic names text[])
returns void
language plpgsql
set search_path = ''
as $$
declare
    teller text;
begin
    foreach teller in array names loop
        if tests.membership(teller, 'heron') is null then
            perform tests.join(teller, 'heron', 'community_member');
        end if;
        perform tests.as(teller);
        perform stories.create_story(tests.scope('heron'), 'What ' || teller || ' told', '{}');
        perform content.transition(tests.work('What ' || teller || ' told'), 'published');
        perform consent.give_consent(tests.work('What ' || teller || ' told'), 'insight');
        perform consent.give_consent(tests.work('What ' || teller || ' told'), 'ai_analysis');
        perform tests.as('sol');
        perform count(*) from consent.hand_out(tests.reader(), array[tests.work('What ' || teller || ' told')]);
        perform stories.record_analysis(
            tests.reader(), tests.work('What ' || teller || ' told'), 'themes', themes
        );
    end loop;
    perform tests.as_nobody();
end
$$;

create function tests.reader()
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
    select r.id from consent.runs r where r.halted_at is null
$$;

-- What a work is about, as it counts.
create function tests.topic(title text)
returns text
language sql
stable
security definer
set search_path = ''
as $$
    select c.topic from insights.contributions c where c.work_id = tests.work(title) and c.board = 'told'
$$;

select tests.world();
select tests.as('olive');
select core.set_module(tests.scope('river'), module, true) from unnest('{insights,stories}'::text[]) module;
select core.set_setting(tests.scope('river'), 'insights.smallest_group', '3');
select tests.as('sol');
select consent.begin_run(
    consent.create_agreement(tests.scope('heron'), 'Institute', '{ai_analysis}', '', repeat('ab', 32)),
    'ai_analysis', 'R'
);
select tests.tell_of('["Ice ", "kin"]', 'a1', 'a2');
select tests.tell_of('{"themes": ["ice"]}', 'a3', 'a4');
select tests.tell_of('["fire"]', 'b1', 'b2', 'b3');
select tests.tell_of('["grief"]', 'c1', 'c2');
select tests.tell('heron', 'n1', 'n2');

select is(tests.topic('What a1 told'), 'ice', 'a story is about what stands first, however it is written');
select is(tests.topic('What a3 told'), 'ice', 'in whichever form it came');
select tests.tell_of(themes, name)
from (
    values
        ('x1', '{}'::jsonb), ('x2', '{"themes": []}'), ('x3', '[["deep"]]'), ('x4', '{"words": ["ice"]}'),
        ('x5', '[7]'),
        ('x6', '{"themes": ["   "]}')
) v (name, themes);
select is(
    (
        select array_agg(distinct tests.topic('What ' || x || ' told'))
        from unnest('{x1,x2,x3,x4,x5,x6}'::text[]) x
    ),
    '{""}', 'what says nothing tells nothing'
);
select tests.tell_of(jsonb_build_array(repeat('long ', 30)), 'long');
select is(tests.topic('What long told'), left(repeat('long ', 30), 100), 'and of what says much, the beginning counts');
select tests.tell_of('["ice"]', 'n1');
select tests.as('sol');
select stories.record_analysis(tests.reader(), tests.work('What n1 told'), 'sentiment', '["glad"]');
select is(tests.topic('What n1 told'), 'ice', 'a mood is no theme');
select tests.as_nobody();
select is_empty($$select insights.verify_figures()$$, 'nor does a recount take it for one');
select tests.as('sol');
select stories.record_analysis(tests.reader(), tests.work('What n1 told'), 'themes', '["fire"]');
select is(tests.topic('What n1 told'), 'fire', 'the newest analysis says what it is about');
select tests.as_nobody();
select is_empty($$select insights.verify_figures()$$, 'a recount finds the same');

select tests.release('river');
select results_eq(
    $$select g from tests.groups('heron') t (g) where g like 'story%'$$,
    $$
    values
        ('story: 3 by 3'), ('story: 3 by 3'), ('story: 3 by 3'), ('story: 4 by 4 fire'), ('story: 4 by 4 ice')
    $$,
    'those who told of the same are together, all others beside each other'
);
select tests.as('a1');
select results_eq(
    $$select tests.themes('heron')$$, $$values ('fire: 5 5'), ('ice: 5 5')$$,
    'of what enough people told, it is told'
);
select results_eq($$select tests.themes('archive')$$, $$values ('fire: 5 5'), ('ice: 5 5')$$, 'also in the project');
select tests.refused($$select tests.themes('otter')$$, 'not_found', 'not of another place');
select tests.as_anon();
select results_eq(
    $$
    select t.theme, t.storytellers, t.stories, t.withheld
    from insights.theme_trends(since => tests.this_month(), until => tests.this_month()) t
    $$,
    $$values ('fire', 5::bigint, 5::bigint, false), ('ice', 5::bigint, 5::bigint, false)$$,
    'and on the platform, to everybody'
);
select tests.refused($$select insights.theme_trends(tests.scope('heron'))$$, 'not_found', 'who read of no place');

-- Who consents for an hour only, still does.
select tests.as('a1');
select consent.give_consent(tests.work('What a1 told'), 'insight', until => clock_timestamp() + interval '1 hour');
select results_eq(
    $$select tests.themes('heron')$$, $$values ('fire: 5 5'), ('ice: 5 5')$$,
    'what is consented to for an hour is told of until then'
);

-- Who does not want machines to read it any more.
select consent.give_consent(tests.work('What a1 told'), 'insight');
select consent.withdraw_consent(tests.work('What a1 told'), 'ai_analysis');
select is(tests.topic('What a1 told'), '', 'then it is about nothing, in the same transaction');
select results_eq(
    $$select tests.themes('heron')$$, $$values ('fire: 5 5'), (format('ice: %s %s, less', null, null))$$,
    'and its theme is not told of'
);
select is(
    (
        select format('%s %s', i.unique_storytellers, i.withheld)
        from insights.community_insights(tests.scope('heron'), tests.this_month(), tests.this_month()) i
        where i.kind = 'story'
    ),
    '15 t', 'nor are its people counted, for a while'
);
select tests.as_nobody();
select is_empty($$select insights.verify_figures()$$, 'a recount finds the same');
select tests.release('river', 1);
select results_eq(
    $$select g from tests.groups('heron') t (g) where g like 'story%'$$,
    $$
    values
        ('story: 3 by 3'), ('story: 3 by 3'), ('story: 3 by 3'), ('story: 4 by 4'), ('story: 4 by 4 fire')
    $$,
    'with the next release they are, and it is not told of what'
);
select tests.as('a1');
select results_eq($$select tests.themes('heron')$$, $$values ('fire: 5 5')$$, 'one theme is left');
select consent.withdraw_consent(tests.work('What a1 told'), 'insight');
select is(
    (
        select i.withheld
        from insights.community_insights(tests.scope('heron'), tests.this_month(), tests.this_month()) i
        where i.kind = 'story'
    ),
    true, 'who is not counted at all any more takes the others along, as ever'
);

-- A theme that is not the same any more.
select tests.as('sol');
select consent.begin_run(a.id, 'ai_analysis', 'R') from consent.agreements a;
select count(*)
from consent.hand_out(tests.reader(), array[tests.work('What b1 told'), tests.work('What c1 told')]);
select stories.record_analysis(tests.reader(), tests.work('What c1 told'), 'themes', '["loss"]');
select tests.as_nobody();
select is(
    (select count(*) from insights.groups g where g.kind = 'story' and g.withheld_at is null), 4::bigint,
    'of whom it was not told of what, may tell of something else'
);
select tests.as('sol');
select stories.record_analysis(tests.reader(), tests.work('What b1 told'), 'themes', '["loss"]');
select tests.as_nobody();
select is(
    (select count(*) from insights.groups g where g.kind = 'story' and g.withheld_at is null), 3::bigint,
    'whoever was told of as something else is withheld'
);
select is_empty($$select insights.verify_figures()$$, 'a recount finds the same');
select tests.release('river', 2);
select tests.as('a2');
select results_eq($$select tests.themes('heron')$$, $$values (':  ')$$, 'there is no theme that enough are left of');
select tests.as_nobody();
select is_empty($$select insights.verify_figures()$$, 'a recount finds the same');

select * from finish();
rollback;
