-- Above read committed nobody is said to have died, or to be somebody else: whoever says so would not see of whom
-- stories were told meanwhile. Nor is a story published, or handed on to be analysed.

begin transaction isolation level repeatable read;
set local search_path = tap, tests, public;
select plan(5);

insert into core.people (display_name) values ('Wren'), ('Wren once');
select tests.as_service();
select tests.refused(
    $$select core.record_death(p.id, '2026-01-02') from core.people p where p.display_name = 'Wren'$$,
    'isolation_too_high', 'nobody is said to have died'
);
select tests.refused(
    $$select core.merge_people(a.id, b.id) from core.people a, core.people b
    where (a.display_name, b.display_name) = ('Wren once', 'Wren')$$,
    'isolation_too_high', 'nor to be somebody else'
);
select tests.as_nobody();
select is(
    (select array_agg(p.display_name order by p.display_name) from core.people p where p.deceased_on is null),
    '{Wren,"Wren once"}', 'and nothing is on record'
);

-- A story, past the functions that count what they make.

insert into core.organizations (slug, name) values ('river', 'River Council');
alter table content.works disable trigger _200_count;
insert into content.works (tenant_id, kind, scope_id, level, project_id, owner_id, title)
select s.tenant_id, 'story', s.id, s.level, s.project_id, tests.person('cleo'), 'Ice'
from core.scopes s
where s.slug = 'river';
insert into content.work_versions (tenant_id, work_id, number, material_version, body, created_by)
select w.tenant_id, w.id, 1, 1, '{"text": "1"}', w.owner_id from content.works w;
insert into content.work_transitions (tenant_id, work_id, number, to_state, capacity, actor_id, owner_id)
select w.tenant_id, w.id, 1, 'draft', 'owner', w.owner_id, w.owner_id from content.works w;
insert into stories.stories (tenant_id, id) select w.tenant_id, w.id from content.works w;
alter table core.memberships disable trigger user;
insert into core.memberships (tenant_id, scope_id, level, project_id, person_id, status, joined_at)
select s.tenant_id, s.id, s.level, s.project_id, tests.person('cleo'), 'active', now()
from core.scopes s
where s.slug = 'river';
select tests.as('cleo');
select tests.refused(deed, 'isolation_too_high', 'nothing is published, or written anew: ' || deed)
from unnest(array[
    $$select content.transition(tests.work('Ice'), 'published')$$,
    $$select content.revise_work(tests.work('Ice'), '{"text": "2"}')$$
]) deed;

select * from finish();
rollback;
