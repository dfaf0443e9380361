-- What the database refuses of figures, whoever writes: also their owner.

begin;
set local search_path = tap, tests, public;
select plan(38);

select tests.world();
select tests.as('olive');
select core.set_module(tests.scope('river'), 'insights', true);
select tests.tell('heron', 'a1', 'a2', 'a3', 'a4', 'a5', 'b1');
select tests.release('river');
select tests.tell('heron', 'c1');
select tests.tell('otter', 'a1');

-- Groups.
select lives_ok(
    tests.variant('insights.groups', '{"id": "00000000-0000-7000-8000-000000000001"}'), 'such a group can be'
);
select tests.violates(tests.variant('insights.groups', changes), broken, promise)
from (
    values
        ('{"people": 4}'::jsonb, 'groups_people_check', 'a group is never of fewer people than were asked for'),
        ('{"people": 2, "smallest": 2}', 'groups_smallest_check', 'nor are fewer than three asked for'),
        ('{"items": 5}', 'groups_items_check', 'nobody is counted without anything'),
        ('{"comments": -1}', 'groups_figures_check', 'there are no fewer comments than none'),
        ('{"reactions": -1}', 'groups_figures_check', 'nor reactions'),
        ('{"views": -1}', 'groups_figures_check', 'nor readings'),
        ('{"amount": -1}', 'groups_figures_check', 'nor does anything cost people'),
        ('{"spread": -1}', 'groups_figures_check', 'nor is it shared more than evenly'),
        ('{"board": "earned", "topic": "ice"}', 'groups_topic_check', 'what came in is about nothing'),
        ('{"places": []}', 'groups_places_check', 'nor is a group of no place'),
        ('{"month": "2026-01-02"}', 'groups_month_check', 'a month is named by its first day'),
        ('{"month": "2126-01-01"}', 'groups_month_check', 'nothing is released before it was'),
        ('{"release": "2126-01-01"}', 'groups_tenant_id_release_fkey', 'but with a release')
) v (changes, broken, promise);
select tests.violates(
    tests.variant('insights.groups', jsonb_build_object('scope_id', tests.scope('hill'))),
    'groups_tenant_id_scope_id_level_project_id_fkey', 'it is of a place of its organization'
);
select tests.violates(
    tests.variant('insights.groups', jsonb_build_object('replaces', g.id, 'kind', 'story')), 'groups_replaces_fkey',
    'it stands for one of its kind'
)
from insights.groups g
where g.board = 'told' and g.id <> '00000000-0000-7000-8000-000000000001';
select tests.refused('delete from insights.groups', 'append_only', 'what was published cannot be taken away');
select tests.refused('truncate insights.groups cascade', 'append_only', 'in no way');

-- Releases.
select tests.violates(
    tests.variant('insights.releases'), 'releases_pkey', 'a month is released once'
);
select tests.violates(
    tests.variant('insights.releases', '{"month": "2026-01-02"}'), 'releases_month_check', 'by its first day'
);
select tests.refused('update insights.releases set month = month', 'append_only', 'and that stays');
select tests.refused('delete from insights.releases', 'append_only', 'for ever');

-- What counts.
select tests.violates(
    tests.variant('insights.contributions', changes, 'group_id is null'), broken, promise
)
from (
    values
        ('{"kind": "story", "during": "{}"}'::jsonb, 'contributions_during_check', 'what never counts does not wait'),
        ('{"kind": "story", "home": true}', 'contributions_home_check', 'nobody is counted in no group'),
        ('{"kind": "story", "board": "given"}', 'contributions_board_check', 'what is decided is not counted as works'),
        ('{"kind": "story", "amount": -1}', 'contributions_amount_check', 'nothing brings in less than nothing'),
        ('{"month": "2026-01-02"}', 'contributions_month_check', 'a month is named by its first day'),
        ('{}', 'contributions_pkey', 'what counts, counts once')
) v (changes, broken, promise);
select tests.violates(
    tests.variant(
        'insights.contributions', jsonb_build_object('kind', 'story', 'topic', repeat('x', 101)), 'group_id is null'
    ),
    'contributions_topic_check', 'what it is about is said in short'
);
select tests.violates(
    format(
        'update insights.contributions set group_id = %L, home = true where scope_id = %L', g.id, tests.scope('otter')
    ),
    'contributions_home_key', 'whoever is counted, is counted once a month'
)
from insights.groups g
where g.board = 'told' and g.id <> '00000000-0000-7000-8000-000000000001';
select lives_ok(
    format('update insights.contributions set group_id = %L where scope_id = %L', g.id, tests.scope('otter')),
    'and can come along once more'
)
from insights.groups g
where g.board = 'told' and g.id <> '00000000-0000-7000-8000-000000000001';
select tests.violates(
    tests.variant('insights.contributions', jsonb_build_object('kind', 'story'), 'home'), 'contributions_group_fkey',
    'a group counts what is of its kind and month'
);

-- Cells.
select tests.violates(
    tests.variant('insights.cells', jsonb_build_object('kind', 'story', 'people', 2)), 'cells_people_check',
    'no place has figures of two people'
);
select lives_ok(
    tests.variant('insights.cells', jsonb_build_object('kind', 'story', 'people', 0)), 'but of nobody'
);
select tests.violates(tests.variant('insights.cells'), 'cells_pkey', 'of everything once');
select tests.violates(
    tests.variant('insights.cells', jsonb_build_object('scope_id', tests.scope('hill'))),
    'cells_tenant_id_scope_id_level_fkey', 'of a place of its organization'
);

-- A recount tells what got past all that.
update insights.cells
set people = people + 5
where scope_id = tests.scope('heron') and board = 'told' and kind = 'note';
select is(
    (select array_agg(distinct v.problem) from insights.verify_figures() v where v.id = tests.scope('heron')),
    '{"does not add up"}', 'figures that are not the sum of their groups are found'
);
update insights.groups set withheld_at = null where withheld_at is not null;
update insights.contributions set during = '{}' where work_id = tests.work('b1 of heron');
select is(
    (
        select array_agg(distinct v.problem order by v.problem)
        from insights.verify_figures() v
        where v.id = tests.work('b1 of heron') or v.id in (select g.id from insights.groups g where g.people = 6)
    ),
    '{"does not count as it should","is in figures, and may not be","is not of those who are in it"}',
    'so is who is counted and may not be'
);

select * from finish();
rollback;
