-- A platform of some size: 100 organizations with 4 projects of 4 communities each, 100,000 people who each belong to an
-- organization, a project and a community, and 20,000 things that stand in the communities.
-- Four people look: with 1, 50 and 2,000 memberships, and an organization's admin.

-- What triggers would count and tell is not what is measured.
set local session_replication_role = replica;

create schema bench;
grant usage on schema bench to authenticated;

create table bench.places as
select
    o.n as organization,
    lpad(to_hex(o.n), 8, '0')::text || '-0000-4000-8000-000000000000' as tenant,
    p.n as project,
    c.n as place
from generate_series(1, 100) as o (n)
cross join generate_series(0, 4) as p (n)
cross join generate_series(0, 4) as c (n)
where p.n > 0 or c.n = 0;

alter table bench.places add column id uuid;
update bench.places
set id = (left(tenant, 9) || lpad(to_hex(project), 4, '0') || '-4' || lpad(to_hex(place), 3, '0') || right(tenant, 18))::uuid;
update bench.places set id = tenant::uuid where project = 0;

insert into core.organizations (id, slug, name)
select tenant::uuid, 'o' || organization, 'Organization ' || organization from bench.places where project = 0;

insert into core.scopes (tenant_id, id, kind, level, parent_id, parent_level, slug, name)
select
    b.tenant::uuid, b.id,
    case when b.project = 0 then 'organization' when b.place = 0 then 'project' else 'community' end,
    case when b.project = 0 then 0 when b.place = 0 then 1 else 2 end,
    case when b.project > 0 and b.place = 0 then b.tenant::uuid when b.place > 0 then up.id end,
    case when b.project > 0 and b.place = 0 then 0 when b.place > 0 then 1 end,
    's' || b.project || '-' || b.place,
    'Scope'
from bench.places b
left join bench.places up
    on up.organization = b.organization and up.project = b.project and up.place = 0 and b.place > 0;

insert into core.roles (tenant_id, key, name, levels)
select o.id, t.key, t.name, t.levels
from core.organizations o
cross join core.role_templates t;

insert into core.role_permissions (tenant_id, role_id, permission)
select r.tenant_id, r.id, tp.permission
from core.roles r
join core.role_template_permissions tp on tp.role = r.key;

create table bench.people as
select n, core.new_id() as id from generate_series(1, 100000) as n;

insert into core.people (id, display_name, created_at)
select id, 'Person ' || n, now() - n * 7919 % 100000 * interval '1 minute' from bench.people;

create table bench.joined as
select p.id as person_id, s.tenant_id, s.id as scope_id, s.level, s.project_id, 'member' as role
from bench.people p
join bench.places b
    on b.organization = p.n % 100 + 1
    and (
        b.project = 0
        or (b.project = p.n / 100 % 4 + 1 and b.place in (0, p.n / 400 % 4 + 1))
    )
join core.scopes s on s.id = b.id;

create table bench.viewers as
select name, core.new_id() as id from unnest(array['one', 'fifty', 'many', 'admin']) as name;

insert into core.people (id, display_name, created_at)
select id, name, now() - interval '1 year' - row_number() over () * interval '1 second' from bench.viewers;

insert into bench.joined
select v.id, s.tenant_id, s.id, s.level, s.project_id, 'member'
from bench.viewers v
join (
    select 'one' as name, 1 as scopes
    union all
    select 'fifty', 50
    union all
    select 'many', 2000
) as wanted using (name)
cross join lateral (
    select s.* from core.scopes s order by s.level desc, md5(s.id::text) limit wanted.scopes
) as s
union all
select v.id, s.tenant_id, s.id, s.level, s.project_id, 'admin'
from bench.viewers v
cross join (select s.* from core.scopes s where s.level = 0 order by s.id limit 1) as s
where v.name = 'admin';

insert into core.memberships (
    tenant_id, scope_id, level, project_id, person_id, status, joined_at, valid_during
)
select j.tenant_id, j.scope_id, j.level, j.project_id, j.person_id, 'active', now(), tstzrange(now() - interval '1 day', null)
from bench.joined j;

insert into core.membership_roles (tenant_id, membership_id, role_id, owns)
select m.tenant_id, m.id, r.id, false
from core.memberships m
join bench.joined j using (person_id, scope_id)
join core.roles r
    on r.tenant_id = m.tenant_id
    and r.key = case when j.role = 'member' and m.level = 2 then 'community_member' else j.role end;

-- What somebody who filters by hand would have at hand: the scopes whose people each of them sees.
alter table bench.viewers add column scopes uuid[], add column friend uuid;
update bench.viewers v
set scopes = array(
    select s.id
    from core.scopes s
    join bench.joined j
        on j.person_id = v.id and (j.scope_id = s.id or (j.role = 'admin' and j.scope_id = s.tenant_id))
);
update bench.viewers v
set friend = (select j.person_id from bench.joined j where j.scope_id = v.scopes[1] and j.person_id <> v.id limit 1);

create table bench.things as
select n as id, s.tenant_id, s.project_id, s.id as scope_id, now() - n * interval '1 second' as created_at
from generate_series(1, 20000) as n
join (
    select s.*, row_number() over (order by s.id) as position from core.scopes s where s.level = 2
) as s on s.position = n * 7919 % 1600 + 1;
create table bench.things_by_row as select * from bench.things;

create index on bench.things (scope_id);
create index on bench.things_by_row (scope_id);
grant select on bench.things, bench.things_by_row to authenticated;

-- Two ways to write a policy: an array asked for once, and a function asked for every row.
create function bench.is_member(scope_id uuid)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
    select exists (
        select
        from core.memberships m
        where m.person_id = core.me()
            and m.scope_id = is_member.scope_id
            and m.status = 'active'
            and m.valid_during @> now()
    )
$$;
grant execute on function bench.is_member(uuid) to authenticated;

alter table bench.things enable row level security;
create policy read_member on bench.things
for select to authenticated
using (scope_id = any ((select core.granted('member.read', 2))::uuid[]));

alter table bench.things_by_row enable row level security;
create policy read_member on bench.things_by_row
for select to authenticated
using (bench.is_member(scope_id));

analyze;
