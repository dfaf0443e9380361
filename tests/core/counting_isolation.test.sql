-- Above read committed each count refuses by itself, whichever way it is come to.

begin transaction isolation level repeatable read;
set local search_path = tap, tests, public;
select plan(2);

insert into core.organizations (slug, name) values ('river', 'River Council');
select tests.refused(
    $$select core._count_use(tests.scope('river'), 'projects', 1)$$,
    'isolation_too_high', 'what is used is not counted'
);
alter table core.memberships disable trigger _200_count_seats;
insert into core.memberships (tenant_id, scope_id, level, project_id, person_id, status, joined_at)
select s.tenant_id, s.id, s.level, s.project_id, tests.person('max'), 'active', now()
from core.scopes s
where s.slug = 'river';
select tests.refused(
    $$update core.memberships set valid_during = tstzrange('2020-01-01', null)$$,
    'isolation_too_high', 'nor who owns'
);

select * from finish();
rollback;
