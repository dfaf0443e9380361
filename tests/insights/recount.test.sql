-- The recount finds whatever is not as it should be, and nothing where all is well.
-- needs: superuser

begin;
set local search_path = tap, tests, public;
select plan(17);

-- What a recount finds after something was changed behind everybody's back; which is undone.
create function tests.problems_after(change text)
returns text[]
language plpgsql
set search_path = ''
as $$
declare
    problems text[];
begin
    set local session_replication_role = replica;
    begin
        execute change;
        problems := array(select distinct v.problem from insights.verify_figures() v order by v.problem);
        raise exception 'undone';
    exception when raise_exception then
        null;
    end;
    set local session_replication_role = origin;
    return problems;
end
$$;

select tests.world();
select tests.as('olive');
select core.set_module(tests.scope('river'), module, true) from unnest('{insights,stories}'::text[]) module;
select core.set_setting(tests.scope('river'), 'insights.smallest_group', '3');
select tests.tell('heron', 'a1', 'a2', 'a3');
select tests.tell('delta', 'd1', 'd2', 'd3', 'd4');
select tests.as('d1');
select consent.give_consent(tests.work('d1 of delta'), 'insight', until => clock_timestamp() + interval '1 hour');
select tests.as_nobody();
insert into value.assets (tenant_id, code, kind, scale, name)
values (tests.scope('river'), 'CAD', 'currency', 2, 'Dollar');
insert into value.value_events (tenant_id, scope_id, work_id, kind, asset, amount)
select w.tenant_id, w.scope_id, w.id, 'licence', 'CAD', 100
from content.works w
where w.scope_id = tests.scope('heron');
select tests.release('river');
select is_empty($$select insights.verify_figures()$$, 'all is well, also where consent is given for an hour');

select results_eq(
    format('select tests.problems_after(%L)', change), format('select %L::text[]', problem), says
)
from (
    values
        (
            'delete from insights.contributions c
            where c.work_id = tests.work(''a1 of heron'') and c.board = ''earned''',
            '{"is in figures, and may not be","is not of those who are in it"}', 'what is missing'
        ),
        (
            'update insights.contributions c set amount = 99
            where c.work_id = tests.work(''a1 of heron'') and c.board = ''earned''',
            '{"is not of those who are in it"}', 'what brought in something else'
        ),
        (
            'update insights.contributions c set home = false
            where c.work_id = tests.work(''a1 of heron'') and c.board = ''told''',
            '{"is in figures, and may not be"}', 'whom a group does not count'
        ),
        (
            'update insights.contributions c set home = false
            where c.work_id = tests.work(''d1 of delta'') and c.board = ''told''',
            '{"is in figures, and may not be"}', 'also where consent to something in it ends'
        ),
        (
            'update insights.groups g set topic = ''rivers''
            where g.scope_id = tests.scope(''heron'') and g.board = ''told''',
            '{"does not add up","is in figures, and may not be"}', 'what is about something else'
        ),
        (
            'update consent.effective e set during = ''{}'' where e.work_id = tests.work(''a1 of heron'')',
            '{"does not count as it should"}', 'what nobody consents to any more'
        ),
        (
            'update consent.effective e set during = tstzmultirange(tstzrange(now(), now() + interval ''1 day''))
            where e.work_id = tests.work(''d1 of delta'') and e.purpose = ''insight''',
            '{"does not count as it should"}', 'what is consented to for longer than was followed'
        ),
        (
            'update insights.contributions c set during = ''{}'' where c.work_id = tests.work(''a1 of heron'')',
            '{"does not count as it should","is in figures, and may not be"}', 'what is counted, and should not be'
        )
) v (change, problem, says);
select results_eq(
    $$
    select tests.problems_after(
        'update insights.groups g set ends_at = now() where g.scope_id = tests.scope(''delta'') and g.board = ''told'';
        update consent.effective e set during = tstzmultirange(tstzrange(now() - interval ''1 hour'', now()))
        where e.work_id = tests.work(''d1 of delta'') and e.purpose = ''insight'';
        update insights.contributions c set during = tstzmultirange(tstzrange(now() - interval ''1 hour'', now()))
        where c.work_id = tests.work(''d1 of delta'')'
    )
    $$,
    $$values ('{}'::text[])$$, 'what ended by itself is in no figures, as it should be'
);
select results_eq(
    format(
        $$
        select tests.problems_after(
            'update insights.cells c set %1$I = c.%1$I + 3
            where c.scope_id = tests.scope(''heron'') and c.board = ''told'''
        )
        $$,
        figure
    ),
    $$values ('{does not add up}'::text[])$$, figure || ' that do not add up'
)
from unnest('{people,items,comments,reactions,views,amount,spread}'::text[]) figure;

select * from finish();
rollback;
