-- What belongs to another organization, another month, another kind or another board stays apart: in what counts, in
-- groups, in figures, and in what is withheld.
-- needs: superuser

begin;
set local search_path = tap, tests, public;
select plan(17);

-- As if what somebody told had been published so many months before.
create function tests.told_before(title text, months integer)
returns void
language plpgsql
set search_path = ''
as $$
begin
    set local session_replication_role = replica;
    update content.work_transitions t
    set moved_at = t.moved_at - told_before.months * interval '1 month'
    where t.work_id = tests.work(told_before.title) and t.to_state = 'published';
    delete from insights.contributions c where c.work_id = tests.work(told_before.title);
    set local session_replication_role = origin;
    perform insights._follow(w.tenant_id, array[w.id]) from content.works w where w.id = tests.work(told_before.title);
end
$$;

-- What is told of a place: month by month, kind by kind, people and works, and whether something is left out.
create function tests.told(slug text)
returns setof text
language sql
stable
set search_path = ''
as $$
    select format(
        '%s %s: %s by %s%s', (tests.this_month() - t.month) / 28, t.kind, t.items, t.people,
        case when t.withheld then ', less' end
    )
    from insights._told(tests.scope(slug), null, tests.this_month()) t
    where t.kind is not null
    order by t.month desc, t.kind
$$;

select tests.world();
select tests.as('hugo');
select core.create_place(tests.scope('hill'), 'community', 'mound', 'Mound People');
select core.set_module(tests.scope('hill'), 'insights', true);
select core.set_setting(tests.scope('hill'), 'insights.smallest_group', '3');
select tests.as('olive');
select core.set_module(tests.scope('river'), module, true) from unnest('{insights,stories}'::text[]) module;
select core.set_setting(tests.scope('river'), 'insights.smallest_group', '3');
select tests.tell('heron', 'a1', 'a2', 'a3', 'o1', 'o2', 'o3', 'o4');
select tests.tell('mound', 'a1', 'h2', 'h3', 'h4', 'h5', 'p1', 'p2', 'p3');
select tests.told_before(name || ' of heron', 1) from unnest('{o1,o2,o3,o4}'::text[]) name;
select tests.told_before(name || ' of mound', 1) from unnest('{p1,p2,p3}'::text[]) name;
-- Stories of the same people, and what is no story of theirs.
create function tests.tell_stories(slug text, variadic names text[])
returns void
language plpgsql
set search_path = ''
as $$
declare
    teller text;
begin
    foreach teller in array names loop
        perform tests.as(teller);
        perform stories.create_story(tests.scope(slug), 'Story of ' || teller, '{}');
        perform content.transition(tests.work('Story of ' || teller), 'published');
        perform consent.give_consent(tests.work('Story of ' || teller), 'insight');
    end loop;
    perform tests.as_nobody();
end
$$;
select tests.tell_stories('heron', 'a1', 'a2', 'a3', 'o1', 'o2');

-- What is decided about another purpose, or by one way of sharing alone, does not count.
select tests.as('o3');
select content.create_note(tests.scope('heron'), title, '{}')
from unnest('{Research,Radio,Draft,Withdrawn}'::text[]) title;
select content.transition(tests.work(title), 'published') from unnest('{Research,Radio,Withdrawn}'::text[]) title;
select consent.give_consent(tests.work('Research'), 'research');
select consent.give_consent(tests.work('Radio'), 'insight', 'radio');
select consent.give_consent(tests.work(title), 'insight') from unnest('{Draft,Withdrawn}'::text[]) title;
select content.transition(tests.work('Withdrawn'), 'withdrawn');
select tests.as_nobody();
select is_empty(
    $$
    select from insights.contributions c
    where c.work_id in (select tests.work(t) from unnest('{Research,Radio,Draft,Withdrawn}'::text[]) t)
    $$,
    'consent to something else, by one way alone, to what is no more or not yet published, does not count'
);
select is(
    (
        select array_agg(
            format('%s %s %s', (tests.this_month() - c.month) / 28, c.kind, c.n) order by c.month desc, c.kind
        )
        from (
            select c.month, c.kind, count(*) as n
            from insights.contributions c
            where c.tenant_id = tests.scope('river')
            group by c.month, c.kind
        ) c
    ),
    '{"0 note 3","0 story 5","1 note 4"}', 'each counts in the month in which it was published, as what it is'
);

-- One organization releases, and the other does not.
select tests.release('river');
select is(
    (select count(*) from insights.contributions c where c.tenant_id = tests.scope('hill') and c.group_id is not null),
    0::bigint, 'where nothing is released, nothing is grouped'
);
select results_eq(
    $$select tests.told('heron')$$,
    $$values ('0 note: 3 by 3'), ('0 story: 5 by 5'), ('1 note: 4 by 4')$$, 'what is told of one is of it alone'
);
select is_empty($$select tests.told('mound')$$, 'of the other there is nothing');
select is(
    (
        select array_agg(format('%s %s', t.kind, t.people) order by t.month, t.kind)
        from insights._told(null, null, tests.this_month()) t
        where t.kind is not null
    ),
    '{"note 4","note 3","story 5"}', 'the platform has what the one has'
);
select tests.release('hill');
select results_eq(
    $$select tests.told('mound')$$, $$values ('0 note: 5 by 5'), ('1 note: 3 by 3')$$, 'then the other releases its own'
);
select is(
    (
        select array_agg(format('%s %s', t.kind, t.people) order by t.month, t.kind)
        from insights._told(null, null, tests.this_month()) t
        where t.kind is not null
    ),
    '{"note 7","note 8","story 5"}', 'and the platform has both'
);
select is(
    (
        select array_agg(c.n order by c.n)
        from (
            select count(*) as n
            from insights.contributions c
            where c.person_id = tests.person('a1') and c.home
            group by c.tenant_id, c.kind
        ) c
    ),
    '{1,1,1}', 'whoever tells in two organizations, and of two kinds, is counted in each'
);
select is_empty($$select insights.verify_figures()$$, 'a recount finds the same');

-- What is withheld is withheld there, then, and of that kind.
select tests.as('o1');
select consent.withdraw_consent(tests.work('o1 of heron'), 'insight');
select tests.as_nobody();
select results_eq(
    $$select tests.told('heron')$$,
    $$values ('0 note: 3 by 3'), ('0 story: 5 by 5'), ('1 note: 0 by 0, less')$$,
    'one month of one kind is told of without whom somebody took along'
);
select results_eq(
    $$select tests.told('mound')$$, $$values ('0 note: 5 by 5'), ('1 note: 3 by 3')$$, 'nobody elsewhere is'
);
select results_eq(
    $$select s.kind, s.withheld from insights.contributor_statistics() s$$,
    $$values ('note', true), ('story', false)$$, 'so among those who tell'
);
select is(
    (
        select array_agg(
            format('%s %s%s', t.kind, t.people, case when t.withheld then ', less' end) order by t.month, t.kind
        )
        from insights._told(null, null, tests.this_month()) t
        where t.kind is not null
    ),
    '{"note 3, less","note 8","story 5"}', 'and on the platform'
);
select tests.as('o1');
select consent.give_consent(tests.work('o1 of heron'), 'insight');
select tests.as_nobody();
select tests.release('hill', 1);
select is(
    (select count(*) from insights.groups g where g.withheld_at is not null), 1::bigint,
    'another organization''s release brings nothing back'
);
select tests.release('river', 1);
select is((select count(*) from insights.groups g where g.withheld_at is not null), 0::bigint, 'its own does');
select is_empty($$select insights.verify_figures()$$, 'a recount finds the same');

select * from finish();
rollback;
