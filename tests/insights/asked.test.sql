-- What is in figures stays there as long as every place with a part in it wants that, and asks for no more people, and
-- so do the project and the organization that it went up to; and is back when that is so again. Of what is told as of
-- what was decided.

begin;
set local search_path = tap, tests, public;
select plan(16);

-- Where there are groups of so many people: of what is told, and of consents.
create function tests.standing()
returns setof text
language sql
stable
set search_path = ''
as $$
    select format(
        '%s: %s', s.slug,
        string_agg(format('%s %s', g.board, g.people), ', ' order by g.board, g.people)
    )
    from insights.groups g
    join core.scopes s on s.tenant_id = g.tenant_id and s.id = g.scope_id
    where g.withheld_at is null and g.tenant_id = tests.scope('river')
    group by s.level, s.slug
    order by s.level, s.slug
$$;

-- How often rows of groups of a place were written.
create function tests.writes(slug text)
returns bigint
language sql
stable
set search_path = ''
as $$
    select count(*)
    from audit.changes c
    join insights.groups g on c.key like '%' || g.id || '%'
    where c.table_name = 'insights.groups' and g.scope_id = tests.scope(slug)
$$;

select tests.world();
select tests.as('hugo');
select core.create_place(tests.scope('hill'), 'community', 'mound', 'Mound People');
select core.set_module(tests.scope('hill'), 'insights', true);
select tests.as('olive');
select core.set_module(tests.scope('river'), 'insights', true);
select core.create_place(tests.scope('river'), 'community', 'ford', 'Ford People');
select core.create_place(core.create_project(tests.scope('river'), 'fleet', 'Fleet'), 'community', 'mast', 'Mast');
select tests.tell('heron', 'a1', 'a2', 'a3', 'a4', 'a5');
select tests.tell('otter', 'b1', 'b2');
select tests.tell('archive', 'c1', 'c2', 'c3');
select tests.tell('mast', 'e1', 'e2');
select tests.tell('ford', 'f1', 'f2', 'f3');
select tests.tell('mound', 'h1', 'h2', 'h3', 'h4', 'h5');
select tests.release('hill');
select tests.release('river');
select results_eq(
    $$select tests.standing()$$,
    $$values ('river: told 5, given 5'), ('archive: told 5, given 5'), ('heron: told 5, given 5')$$,
    'two of a place are grouped in its project, with whom else there is, or in the organization'
);
select is(
    (
        select array_agg(distinct s.slug order by s.slug)
        from insights.groups g
        cross join unnest(g.places) p (id)
        join core.scopes s on s.id = p.id
        where g.scope_id = tests.scope('river')
    ),
    '{ford,mast}', 'groups know what has a part in them'
);

-- A place wants none, nor does another organization.
select tests.as('hugo');
select core.set_module(tests.scope('hill'), 'insights', false);
select tests.as_nobody();
select tests.release('hill', 1);
select tests.as('hugo');
select core.set_module(tests.scope('hill'), 'insights', true);
select tests.as_nobody();
create temporary table before on commit drop as select tests.writes('river') as n;
select tests.as('olive');
select core.set_module(tests.scope('otter'), 'insights', false);
select tests.as_nobody();
select tests.release('river', 1);
select results_eq(
    $$select tests.standing()$$,
    $$values ('river: told 5, given 5'), ('heron: told 5, given 5')$$,
    'where a place wants none any more, what it has a part in is gone with the next release'
);
select is_empty($$select insights.verify_figures()$$, 'a recount finds the same');
select is(tests.writes('river'), (select b.n from before b), 'and nothing else is written');
select is(
    (select count(*) from insights.groups g where g.scope_id = tests.scope('mound') and g.withheld_at is null),
    0::bigint,
    'another organization''s release brings nothing back'
);
select tests.as('olive');
select core.set_module(tests.scope('otter'), 'insights', true);
select tests.as_nobody();
select tests.release('river', 2);
select results_eq(
    $$select tests.standing()$$,
    $$values ('river: told 5, given 5'), ('archive: told 5, given 5'), ('heron: told 5, given 5')$$,
    'and is back when it does'
);
select is_empty($$select insights.verify_figures()$$, 'a recount finds the same');

-- A project asks for more; a place in it for as many as before.
select tests.as('olive');
select core.set_setting(tests.scope('archive'), 'insights.smallest_group', '6');
select core.set_setting(tests.scope('heron'), 'insights.smallest_group', '5');
select tests.as_nobody();
select tests.release('river', 3);
select results_eq(
    $$select tests.standing()$$,
    $$values ('river: told 5, given 5'), ('heron: told 5, given 5')$$,
    'who asks for more people is told of no less; what is grouped in a place is as the place asks'
);
select tests.as('olive');
select core.set_setting(tests.scope('fleet'), 'insights.smallest_group', '6');
select core.set_setting(tests.scope('mast'), 'insights.smallest_group', '5');
select tests.as_nobody();
select tests.release('river', 4);
select results_eq(
    $$select tests.standing()$$, $$values ('heron: told 5, given 5')$$,
    'what went up past a project is as that asks, too'
);
select is_empty($$select insights.verify_figures()$$, 'a recount finds the same');
select tests.as('olive');
select core.set_setting(tests.scope(slug), 'insights.smallest_group', '5') from unnest('{fleet,archive}'::text[]) slug;
select tests.as_nobody();
select tests.release('river', 5);
select results_eq(
    $$select tests.standing()$$,
    $$values ('river: told 5, given 5'), ('archive: told 5, given 5'), ('heron: told 5, given 5')$$,
    'it is all back when they ask for no more'
);
select is_empty($$select insights.verify_figures()$$, 'a recount finds the same');

-- Somebody takes back consent while a place wants none: when it does again, what was decided is back, and nothing else.
select tests.as('olive');
select core.set_module(tests.scope('otter'), 'insights', false);
select tests.as('c1');
select consent.withdraw_consent(tests.work('c1 of archive'), 'insight');
select tests.as_nobody();
select tests.release('river', 6);
select tests.as('olive');
select core.set_module(tests.scope('otter'), 'insights', true);
select tests.as_nobody();
select tests.release('river', 7);
select results_eq(
    $$select tests.standing()$$,
    $$values ('river: told 5, given 5'), ('archive: given 5'), ('heron: told 5, given 5')$$,
    'what was decided happened, whatever is taken back'
);
select is_empty(
    $$select from insights.groups g where g.booked is distinct from (g.withheld_at is null)$$,
    'what stands is in figures, and nothing else'
);
select is_empty($$select insights.verify_figures()$$, 'a recount finds the same');

select * from finish();
rollback;
