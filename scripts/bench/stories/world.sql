-- Stories in 20 communities of one organization: a thousand of them one teller's, with all that readers did with them,
-- each handed out once and opened twice; the others those of a thousand more.
-- sizes: 10000 100000

-- What triggers would count, tell and log is not what is measured.
set local session_replication_role = replica;
alter table content.works disable trigger _900_capture_insert;
alter table consent.consent_parties disable trigger _900_capture_insert;
alter table content.reactions disable trigger _900_capture_insert;
alter table content.comments disable trigger _900_capture_insert;

create schema bench;
grant usage on schema bench to authenticated;

insert into core.organizations (id, slug, name)
values ('0a000000-0000-4000-8000-000000000001', 'o1', 'Organization');
insert into core.scopes (tenant_id, id, kind, level, slug, name)
select o.id, o.id, 'organization', 0, 'root', 'Organization' from core.organizations o;
create table bench.communities as
select o.id as tenant_id, core.new_id() as id, n from core.organizations o cross join generate_series(0, 19) n;
insert into core.scopes (tenant_id, id, kind, level, parent_id, parent_level, slug, name)
select c.tenant_id, c.id, 'community', 2, c.tenant_id, 0, 'c' || c.n, 'Community' from bench.communities c;

create table bench.people as select n, core.new_id() as id from generate_series(1, 1000) n;
insert into core.people (id, display_name) select p.id, 'Person ' || p.n from bench.people p;
create table bench.viewers as
select
    'teller'::text as name, core.new_id() as id, array(select c.id from bench.communities c where c.n < 5) as scopes,
    (select p.id from bench.people p where p.n = 1) as friend;
insert into core.people (id, display_name) select v.id, v.name from bench.viewers v;
insert into core.memberships (tenant_id, scope_id, level, project_id, person_id, status, joined_at, valid_during)
select
    c.tenant_id, c.id, 2, c.tenant_id, v.id, 'active', now(), tstzrange(now() - interval '1 day', null)
from bench.communities c
cross join bench.viewers v
where c.n < 5;

create table bench.stories as
select
    c.tenant_id, core.new_id() as id, c.id as scope_id, s.n, s.n <= 1000 as mine,
    case when s.n <= 1000 then v.id else p.id end as owner_id
from generate_series(1, current_setting('bench.size')::integer) s (n)
join bench.communities c on c.n = s.n % 20
join bench.people p on p.n = s.n * 13 % 1000 + 1
cross join bench.viewers v;

insert into content.works (
    tenant_id, id, kind, scope_id, level, project_id, owner_id, title, visibility, state,
    community_version, community_during, created_at
)
select
    s.tenant_id, s.id, 'story', s.scope_id, 2, s.tenant_id, s.owner_id, 'Story ' || s.n, 'community', 'published',
    1, tstzmultirange(tstzrange(now() - interval '1 day', null)), now() - s.n * interval '1 minute'
from bench.stories s;
insert into stories.stories (tenant_id, id) select s.tenant_id, s.id from bench.stories s;
insert into consent.consent_parties (tenant_id, work_id, person_id, capacity, added_by)
select s.tenant_id, s.id, s.owner_id, 'teller', s.owner_id from bench.stories s;
insert into consent.effective (tenant_id, work_id, purpose, version, during)
select s.tenant_id, s.id, p.key, 1, tstzmultirange(tstzrange(now() - interval '1 day', null))
from bench.stories s
cross join consent.purposes p
where p.key in ('community_sharing', 'ai_analysis', 'insight');

-- Of what is mine twenty reactions, five comments, and thirty days of readings; of others' a few.
insert into content.reactions (tenant_id, work_id, person_id, kind)
select s.tenant_id, s.id, p.id, 'heart'
from bench.stories s
join bench.people p on p.n <= case when s.mine then 20 else 2 end;
insert into content.comments (tenant_id, work_id, aside, author_id, body)
select s.tenant_id, s.id, false, p.id, 'So it was.'
from bench.stories s
join bench.people p on p.n <= case when s.mine then 5 else 1 end;
insert into content.reading_days (tenant_id, work_id, day, audience, views)
select s.tenant_id, s.id, current_date - d, 'community', 7
from bench.stories s
cross join generate_series(1, 30) d
where s.mine;
insert into content.work_count_steps (tenant_id, work_id, comments, reactions, views)
select s.tenant_id, s.id, 5, 20, 210 from bench.stories s where s.mine
union all
select s.tenant_id, s.id, 1, 2, 0 from bench.stories s where not s.mine;

-- Handed out once, to one of ten runs.
create table bench.runs as
select o.id as tenant_id, core.new_id() as agreement_id, core.new_id() as id, n
from core.organizations o
cross join generate_series(0, 9) n;
insert into consent.agreements (
    tenant_id, id, scope_id, whole_scope, recipient, obligations, document_sha256, during, signed_by
)
select
    r.tenant_id, r.agreement_id, r.tenant_id, true, 'Institute ' || r.n, '', repeat('ab', 32),
    tstzrange(now() - interval '1 day', null), v.id
from bench.runs r
cross join bench.viewers v;
insert into consent.runs (tenant_id, id, agreement_id, scope_id, purpose, model)
select r.tenant_id, r.id, r.agreement_id, r.tenant_id, 'ai_analysis', 'Model ' || r.n from bench.runs r;
insert into consent.run_works (tenant_id, run_id, work_id, version)
select s.tenant_id, r.id, s.id, 1 from bench.stories s join bench.runs r on r.n = s.n % 10;
