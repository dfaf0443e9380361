-- Who consents for longer, before what they consented to ends, takes nobody out of figures.

begin;
set local search_path = tap, tests, public;
select plan(5);

select tests.world();
select tests.as('olive');
select core.set_module(tests.scope('river'), 'insights', true);
select core.set_setting(tests.scope('river'), 'insights.smallest_group', '3');
select tests.as_nobody();

-- When the group of Delta ends, from now.
create function tests.ends()
returns text
language sql
stable
set search_path = ''
as $$
    select case
        when g.withheld_at is not null then 'over'
        when g.ends_at is null then 'never'
        else round(extract(epoch from g.ends_at - now()) / 3600) || ' h'
    end
    from insights.groups g
    where g.scope_id = tests.scope('delta') and g.board = 'told'
$$;

select tests.tell('delta', 'f1', 'f2', 'f3');
select tests.as('f1');
select consent.give_consent(tests.work('f1 of delta'), 'insight', until => clock_timestamp() + interval '1 hour');
select tests.as_nobody();
select tests.release('river');
select is(tests.ends(), '1 h', 'a group ends with what somebody consented to for an hour');
select tests.as('f2');
select consent.give_consent(tests.work('f2 of delta'), 'insight', until => clock_timestamp() + interval '2 hours');
select tests.as_nobody();
select is(tests.ends(), '1 h', 'and not later, as somebody else does for two');
select tests.as('f1');
select consent.give_consent(tests.work('f1 of delta'), 'insight');
select tests.as_nobody();
select is(tests.ends(), '2 h', 'who consents for longer in time, takes nobody out: then it ends with the other');
update insights.groups g set ends_at = now() where g.scope_id = tests.scope('delta') and g.board = 'told';
select tests.as('f2');
select consent.give_consent(tests.work('f2 of delta'), 'insight');
select tests.as_nobody();
select is(tests.ends(), '0 h', 'what ended is not back before a release');
select tests.release('river', 1);
select is(tests.ends(), 'never', 'but with it');

select * from finish();
rollback;
