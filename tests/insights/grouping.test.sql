-- Who is in a group with whom: enough people in each, as few as that allows; from the place upwards; those who told of
-- the same together, as far as whoever is left is nobody or enough.

begin;
set local search_path = tap, tests, public;
select plan(27);

-- People from so many to so many, in a place (1 to 9) of a project (100) of an organization (200).
create function tests.parts(
    first_one integer,
    last_one integer,
    place integer default 1,
    topic text default '',
    home boolean default true,
    smallest integer[] default '{3,3,3}'
)
returns setof insights.waiting_part
language sql
stable
set search_path = ''
as $$
    select
        1000 * parts.place + i, lpad(i::text, 32, '0')::uuid,
        array[lpad(parts.place::text, 32, '0')::uuid, lpad('100', 32, '0')::uuid, lpad('200', 32, '0')::uuid],
        parts.smallest, parts.topic, 1::bigint, parts.home
    from generate_series(parts.first_one, parts.last_one) i
$$;

-- What becomes of them: how many groups of how many in which place, and about what.
create function tests.grouped(query text, undivided boolean default false, salt text default 'salt')
returns setof text
language plpgsql
stable
set search_path = ''
as $$
begin
    return query execute format(
        $q$
        with g as (
            select g.*
            from insights._grouping(array(select w::insights.waiting_part from (%s) w), %L, %L) g
        ),
        sizes as (
            select g.scope_id, g.topic, g.number, g.smallest, count(*) as size
            from g
            group by g.scope_id, g.topic, g.number, g.smallest
        )
        select format(
            '%%s: %%s of %%s', ltrim(replace(s.scope_id::text, '-', ''), '0'), count(*), s.size
        ) || rtrim(' ' || s.topic)
        from sizes s
        group by s.scope_id, s.size, s.topic
        order by 1
        $q$, query, salt, undivided
    );
end
$$;

select is_empty($$select tests.grouped('select * from tests.parts(1, 0)')$$, 'nobody is no group');
select is_empty($$select tests.grouped('select * from tests.parts(1, 2)')$$, 'nor are two, where three are asked for');
select results_eq($$select tests.grouped('select * from tests.parts(1, 3)')$$, $$values ('1: 1 of 3')$$, 'three are');
select results_eq(
    $$select tests.grouped('select * from tests.parts(1, 5)')$$, $$values ('1: 1 of 5')$$, 'five are one group'
);
select results_eq($$select tests.grouped('select * from tests.parts(1, 6)')$$, $$values ('1: 2 of 3')$$, 'six are two');
select results_eq(
    $$select tests.grouped('select * from tests.parts(1, 100)')$$, $$values ('1: 1 of 4'), ('1: 32 of 3')$$,
    'a hundred are thirty-three, and none has many more than others'
);
select results_eq(
    $$select tests.grouped('select * from tests.parts(1, 100)', true)$$, $$values ('1: 1 of 100')$$,
    'or one, where nobody can take anything back'
);
select isnt(
    (select array_agg(g order by g.part) from insights._grouping(array(select tests.parts(1, 100)), 'salt') g),
    (select array_agg(g order by g.part) from insights._grouping(array(select tests.parts(1, 100)), 'pepper') g),
    'who stands beside whom is chance'
);
select is(
    (select count(distinct g.part) from insights._grouping(array(select tests.parts(1, 100)), 'salt') g), 100::bigint,
    'and everybody stands somewhere, once'
);

-- From the place upwards.
select results_eq(
    $$select tests.grouped('select * from tests.parts(1, 2) union all select * from tests.parts(3, 4, 2)')$$,
    $$values ('100: 1 of 4')$$, 'two and two are four in their project'
);
select results_eq(
    $$select tests.grouped('select * from tests.parts(1, 3) union all select * from tests.parts(4, 5, 2)')$$,
    $$values ('1: 1 of 3')$$, 'whom there are too few of in a place wait, rather than take from others'
);
select is_empty(
    $$
    select tests.grouped(
        'select * from tests.parts(1, 2, smallest => ''{3,5,5}'') union all select * from tests.parts(3, 4, 2)'
    )
    $$,
    'of four, two who ask for five go with nobody, and the others are too few'
);
select results_eq(
    $$
    select tests.grouped(
        'select * from tests.parts(1, 2, smallest => ''{3,5,5}'') union all select * from tests.parts(3, 4, 2)
        union all select * from tests.parts(5, 5, 3)'
    )
    $$,
    $$values ('100: 1 of 5')$$, 'five are enough for all of them'
);
select results_eq(
    $$
    select tests.grouped(
        'select * from tests.parts(1, 2, smallest => ''{3,9,9}'') union all select * from tests.parts(3, 4, 2)
        union all select * from tests.parts(5, 5, 3)'
    )
    $$,
    $$values ('100: 1 of 3')$$, 'who asks for more than there are does not keep the others back'
);

select results_eq(
    $$
    select tests.grouped(
        'select * from tests.parts(1, 3, 100) union all select * from tests.parts(4, 5, 2)
        union all select * from tests.parts(6, 6, 3)'
    )
    $$,
    $$values ('100: 2 of 3')$$, 'who told in the project itself is not put beside those who are too few in its places'
);

-- What they told of.
select results_eq(
    $$
    select tests.grouped(
        'select * from tests.parts(1, 4, topic => ''ice'') union all select * from tests.parts(5, 7, topic => ''fire'')'
    )
    $$,
    $$values ('1: 1 of 3 fire'), ('1: 1 of 4 ice')$$, 'who told of the same is together, where they are enough'
);
select results_eq(
    $$
    select tests.grouped(
        'select * from tests.parts(1, 4, topic => ''ice'') union all select * from tests.parts(5, 7, topic => ''fire'')
        union all select * from tests.parts(8, 8)'
    )
    $$,
    $$values ('1: 1 of 4'), ('1: 1 of 4 ice')$$,
    'where one is left, the fewest go with them, and it is not told of what'
);
select results_eq(
    $$
    select tests.grouped(
        'select * from tests.parts(1, 4, topic => ''ice'') union all select * from tests.parts(5, 7)'
    )
    $$,
    $$values ('1: 1 of 3'), ('1: 1 of 4 ice')$$, 'where enough are left, they are among themselves'
);
select results_eq(
    $$
    select tests.grouped(
        'select * from tests.parts(1, 2, topic => ''ice'') union all select * from tests.parts(5, 6, topic => ''fire'')'
    )
    $$,
    $$values ('1: 1 of 4')$$, 'where of nothing enough told, all are together'
);

-- Who only comes along.
select is_empty(
    $$
    select tests.grouped(
        'select * from tests.parts(1, 2) union all select * from tests.parts(3, 9, home => false)'
    )
    $$,
    'who is counted elsewhere does not make two people enough'
);
select results_eq(
    $$
    select tests.grouped(
        'select * from tests.parts(1, 3) union all select * from tests.parts(4, 5, home => false)'
    )
    $$,
    $$values ('1: 1 of 5')$$, 'but comes along with enough'
);
select results_eq(
    $$
    select tests.grouped(
        'select * from tests.parts(1, 3, topic => ''ice'')
        union all select * from tests.parts(4, 5, topic => ''fire'', home => false)'
    )
    $$,
    $$values ('1: 1 of 3 ice')$$, 'not among those who told of something else'
);
select results_eq(
    $$
    select tests.grouped(
        'select * from tests.parts(1, 3, topic => ''ice'') union all select * from tests.parts(6, 8)
        union all select * from tests.parts(4, 5, topic => ''fire'', home => false)'
    )
    $$,
    $$values ('1: 1 of 3 ice'), ('1: 1 of 5')$$, 'rather where it is not told of what'
);
select results_eq(
    $$
    select tests.grouped(
        'select * from tests.parts(1, 3, topic => ''ice'')
        union all select * from tests.parts(4, 5, topic => ''ice'', home => false)'
    )
    $$,
    $$values ('1: 1 of 5 ice')$$, 'or where the same was told of'
);

-- Places, and what is told of in each, are apart.
select results_eq(
    $$
    select tests.grouped(
        'select * from tests.parts(1, 3, topic => ''rivers'') union all select * from tests.parts(4, 7, 2, ''rivers'')
        union all select * from tests.parts(8, 10, 3) union all select * from tests.parts(11, 14, 4)'
    )
    $$,
    $$values ('1: 1 of 3 rivers'), ('2: 1 of 4 rivers'), ('3: 1 of 3'), ('4: 1 of 4')$$,
    'what is told of in two places is told of in each'
);
select results_eq(
    $$
    select tests.grouped(
        'select * from tests.parts(1, 3, topic => ''rivers'') union all select * from tests.parts(4, 4, 2, ''rivers'')
        union all select * from tests.parts(5, 7, 2) union all select * from tests.parts(8, 11, 3, ''ice'')'
    )
    $$,
    $$values ('1: 1 of 3 rivers'), ('2: 1 of 4'), ('3: 1 of 4 ice')$$,
    'what enough told of in one place, and too few in another, is told of in the one'
);
select results_eq(
    $$
    select tests.grouped(
        'select * from tests.parts(1, 3, topic => ''rivers'') union all select * from tests.parts(4, 7)
        union all select * from tests.parts(8, 8, topic => ''ice'')'
    )
    $$,
    $$values ('1: 1 of 3 rivers'), ('1: 1 of 5')$$,
    'nobody goes with those who told of nothing known, where these are enough'
);

select * from finish();
rollback;
