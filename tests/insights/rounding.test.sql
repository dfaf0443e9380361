-- How figures are rounded: people and works to the nearest five, what is added up over works to two figures.

begin;
set local search_path = tap, tests, public;
select plan(3);

select results_eq(
    $$select insights._rounded(n, 1) from unnest('{0,2,3,7,8,12,13,1000003}'::bigint[]) n$$,
    $$select unnest('{0,0,5,5,10,10,15,1000005}'::bigint[])$$, 'people and works, to the nearest five'
);
select is(insights._rounded(7, 0), null, 'where nobody is counted, there is no figure');
select results_eq(
    $$
    select insights._two_figures(f)
    from unnest('{null,-1,0,0.004,0.349,0.999,3.44,9.96,12.6,99.6,12345,987654}'::numeric[]) f
    $$,
    $$select unnest('{null,null,0,0.00,0.35,1.00,3.4,10.0,13,100,12000,990000}'::numeric[])$$,
    'what is added up over works, in two figures'
);

select * from finish();
rollback;
