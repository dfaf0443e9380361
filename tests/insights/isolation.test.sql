-- Above read committed nothing is released: who takes back consent meanwhile would not be seen.

begin transaction isolation level repeatable read;
set local search_path = tap, tests, public;
select plan(2);

insert into core.organizations (slug, name) values ('river', 'River Council');
insert into core.feature_flags (tenant_id, scope_id, module, enabled)
select o.id, o.id, 'insights', true from core.organizations o;
select tests.as_service();
select tests.refused('select insights.release()', 'isolation_too_high', 'nothing is released');
select tests.as_nobody();
select is_empty($$select from insights.releases$$, 'and nothing is on record');

select * from finish();
rollback;
