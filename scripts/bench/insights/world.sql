-- A platform with works of three years in 50 organizations and 1,784 communities, of which the first organization has a
-- thousand; four of five works may be counted, and one in ten brought something in. All but the last month is released.
-- Since then, in one organization, fifty works were consented to, and of fifty that are in figures consent was taken
-- back; nothing followed that yet.
-- sizes: 100000 1000000

-- What triggers would count, tell and log is not what is measured.
set local session_replication_role = replica;
create schema bench;
grant usage on schema bench to authenticated;
create function bench.log(switch text)
returns void
language plpgsql
as $$
declare
    watched record;
begin
    for watched in
        select t.tgrelid::regclass as relation, t.tgname
        from pg_trigger t
        where t.tgname = '_900_capture_insert'
            and t.tgrelid in (
                'content.works'::regclass, 'consent.consent_parties'::regclass, 'consent.consents'::regclass,
                'content.work_versions'::regclass, 'content.work_transitions'::regclass,
                'value.value_events'::regclass
            )
    loop
        execute format('alter table %s %s trigger %I', watched.relation, switch, watched.tgname);
    end loop;
end
$$;
select bench.log('disable');

insert into core.organizations (id, slug, name, created_at)
select
    ('0a000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'o' || n, 'Organization ' || n,
    now() - interval '40 months'
from generate_series(1, 50) n;
insert into core.scopes (tenant_id, id, kind, level, slug, name)
select o.id, o.id, 'organization', 0, 'root', 'Organization' from core.organizations o;
insert into core.feature_flags (tenant_id, scope_id, module, enabled)
select o.id, o.id, 'insights', true from core.organizations o;
insert into value.assets (tenant_id, code, kind, scale, name)
select o.id, 'CAD', 'currency', 2, 'Dollar' from core.organizations o;

-- Projects of four communities each.
create table bench.communities as
select
    o.id as tenant_id, core.new_id() as id, row_number() over (order by o.slug, p.n) as nth,
    row_number() over (partition by o.id order by p.n) as nth_here, count(*) over (partition by o.id) as beside,
    ('0b' || lpad(to_hex(p.n / 4), 6, '0') || substr(o.id::text, 9))::uuid as project_id
from core.organizations o
cross join lateral generate_series(0, case o.slug when 'o1' then 999 else 15 end) p (n);
create index on bench.communities (tenant_id, nth_here);
insert into core.scopes (tenant_id, id, kind, level, parent_id, parent_level, slug, name)
select c.tenant_id, c.project_id, 'project', 1, c.tenant_id, 0, 'p' || min(c.nth), 'Project'
from bench.communities c
group by c.tenant_id, c.project_id;
insert into core.scopes (tenant_id, id, kind, level, parent_id, parent_level, slug, name)
select c.tenant_id, c.id, 'community', 2, c.project_id, 1, 'c' || c.nth, 'Community' from bench.communities c;

create table bench.people as select n, core.new_id() as id from generate_series(1, 20000) n;
create unique index on bench.people (n);
insert into core.people (id, display_name) select p.id, 'Person ' || p.n from bench.people p;

-- Who looks belongs to a community of the second organization.
create table bench.viewers as
select 'member'::text as name, core.new_id() as id, array[c.id] as scopes, c.tenant_id as friend
from bench.communities c
join core.organizations o on o.id = c.tenant_id
where o.slug = 'o2' and c.nth_here = 1;
insert into core.people (id, display_name) select v.id, v.name from bench.viewers v;
insert into core.memberships (tenant_id, scope_id, level, project_id, person_id, status, joined_at, valid_during)
select c.tenant_id, c.id, 2, c.project_id, v.id, 'active', now(), tstzrange(now() - interval '1 day', null)
from bench.viewers v
join bench.communities c on c.id = v.scopes[1];
grant select on bench.viewers to authenticated;

-- The last month is not over, as whoever measures cannot wait.
create table bench.works as
select
    c.tenant_id, core.new_id() as id, c.id as scope_id, c.project_id, p.id as person_id, core.new_id() as party_id,
    date_trunc('month', now()) - (abs(hashint4(w.n) % 36) + 1) * interval '1 month'
    + (w.n * 31::bigint % 28) * interval '1 day' as published_at,
    hashint4(-w.n) % 5 <> 0 as counts, w.n
from generate_series(1, current_setting('bench.size')::integer) w (n)
join core.organizations o on o.slug = 'o' || (w.n % 50 + 1)
join bench.communities c on c.tenant_id = o.id and c.nth_here = w.n / 50 % c.beside + 1
join bench.people p on p.n = (w.n * 13::bigint + w.n / 20000) % 20000 + 1;
-- A hundred of the second organization change: fifty of the last month, and fifty of those before.
create table bench.changes as
select
    w.tenant_id, w.id, w.party_id, w.person_id, w.nth <= 50 as comes,
    case
        when w.nth <= 50 then date_trunc('month', now()) + w.nth * interval '10 minutes' else w.published_at
    end as published_at
from (
    select w.*, row_number() over (order by hashint4(w.n)) as nth
    from bench.works w
    join bench.viewers v on v.friend = w.tenant_id
    where w.counts
) w
where w.nth <= 100;
update bench.works w
set published_at = c.published_at
from bench.changes c
where c.id = w.id and c.comes;

insert into content.works (
    tenant_id, id, kind, scope_id, level, project_id, owner_id, title, visibility, state, moves, created_at
)
select w.tenant_id, w.id, 'note', w.scope_id, 2, w.project_id, w.person_id, 'Work', 'public', 'published', 2, w.published_at
from bench.works w;
insert into content.work_versions (tenant_id, work_id, number, material_version, body, created_by)
select w.tenant_id, w.id, 1, 1, '{}', w.person_id from bench.works w;
insert into content.work_transitions (
    tenant_id, work_id, number, from_state, to_state, capacity, actor_id, owner_id, moved_at
)
select
    w.tenant_id, w.id, m.number, m.from_state::content.work_state, m.to_state::content.work_state, 'owner',
    w.person_id, w.person_id, w.published_at
from bench.works w
cross join (values (1, null, 'draft'), (2, 'draft', 'published')) m (number, from_state, to_state);
insert into consent.consent_parties (tenant_id, id, work_id, person_id, capacity, added_by)
select w.tenant_id, w.party_id, w.id, w.person_id, 'teller', w.person_id from bench.works w;
insert into content.work_count_steps (tenant_id, work_id, comments, reactions, views)
select w.tenant_id, w.id, w.n % 4, w.n % 9, w.n % 100 from bench.works w;
insert into value.value_events (tenant_id, scope_id, work_id, kind, asset, amount, occurred_on)
select w.tenant_id, w.scope_id, w.id, 'gift', 'CAD', 100 + w.n % 900, w.published_at::date
from bench.works w
where w.n % 10 = 0;

-- Their constraint is made when all are there: one by one takes many times as long.
create table bench.constraints as
select pg_get_constraintdef(c.oid) as definition
from pg_constraint c
where c.conname = 'consents_overlap_excl';
alter table consent.consents drop constraint consents_overlap_excl;
insert into consent.consents (
    tenant_id, work_id, party_id, purpose, decision, during, through_version, recorded_by, recorded_at
)
select
    w.tenant_id, w.id, w.party_id, 'insight', 'given', tstzrange(w.published_at, null), 1, w.person_id, w.published_at
from bench.works w
where w.counts;
do $$
begin
    execute 'alter table consent.consents add constraint consents_overlap_excl '
        || (select c.definition from bench.constraints c);
end
$$;
insert into consent.effective (tenant_id, work_id, purpose, version, during)
select w.tenant_id, w.id, 'insight', 1, tstzmultirange(tstzrange(w.published_at, null))
from bench.works w
where w.counts;
analyze;

-- What is in figures.
select insights._follow(w.tenant_id, array_agg(w.id))
from bench.works w
where w.id not in (select c.id from bench.changes c where c.comes)
group by w.tenant_id;
analyze insights.contributions;
select insights._release(o.id, (date_trunc('month', now()) - interval '1 month')::date)
from core.organizations o
order by o.id;
select insights._refresh();

-- What changed, and nothing followed.
update consent.consents c
set during = tstzrange(lower(c.during), now())
from bench.changes g
where g.tenant_id = c.tenant_id and g.id = c.work_id and not g.comes;
insert into consent.consents (tenant_id, work_id, party_id, purpose, decision, during, recorded_by)
select g.tenant_id, g.id, g.party_id, 'insight', 'withdrawn', tstzrange(now(), null), g.person_id
from bench.changes g
where not g.comes;
update consent.effective e
set during = '{}', version = null
from bench.changes g
where g.tenant_id = e.tenant_id and g.id = e.work_id and not g.comes;
select bench.log('enable always');
set local session_replication_role = origin;

-- What would be read from the tables of works themselves.
create materialized view bench.monthly as
select
    p.month, w.kind, w.scope_id, w.project_id, w.tenant_id, count(distinct w.owner_id) as people, count(*) as items,
    avg(s.score) as avg_engagement
from content.works w
join consent.effective e
    on e.tenant_id = w.tenant_id and e.work_id = w.id and e.purpose = 'insight' and e.channel = '' and e.during @> now()
join content.work_counters s on s.tenant_id = w.tenant_id and s.work_id = w.id
cross join lateral (
    select date_trunc('month', min(t.moved_at) at time zone 'UTC')::date as month
    from content.work_transitions t
    where t.tenant_id = w.tenant_id and t.work_id = w.id and t.to_state = 'published'
) p
where w.state = 'published'
group by grouping sets (
    (p.month, w.kind), (p.month, w.kind, w.scope_id), (p.month, w.kind, w.project_id), (p.month, w.kind, w.tenant_id)
);
create unique index on bench.monthly (month, kind, scope_id, project_id, tenant_id) nulls not distinct;

-- Each is done, and answers how many works of the last month count in the organization: in its figures, or as what
-- waits for more people.
create function bench.release()
returns bigint
language plpgsql
security definer
as $$
declare
    organization constant uuid := (select v.friend from bench.viewers v);
    this_month constant date := date_trunc('month', now() at time zone 'UTC');
begin
    perform insights._follow(organization, (select array_agg(c.id) from bench.changes c));
    perform insights._release(organization, this_month);
    perform insights._refresh();
    return (
        select sum(p.items)
        from insights.project_statistics p
        where p.scope_id = organization and p.month = this_month
    ) + (
        select count(*)
        from insights.contributions c
        where c.tenant_id = organization and c.board = 'told' and c.month = this_month and c.group_id is null
    );
end
$$;
create function bench.refresh(how text)
returns bigint
language plpgsql
as $$
begin
    execute format('refresh materialized view %s bench.monthly', how);
    return (
        select m.items
        from bench.monthly m
        where m.tenant_id = (select v.friend from bench.viewers v)
            and m.month = date_trunc('month', now() at time zone 'UTC')
    );
end
$$;

-- Works are compiled anew, and insights follows or does not.
drop trigger _450_count on content.works;
create trigger _450_count
after update on content.works
referencing old table as before new table as after
for each statement when (current_setting('bench.without', true) is distinct from 'insights')
execute function insights.tg_works__follow();
create table bench.chosen as
select w.tenant_id, w.id, row_number() over (order by w.n) as nth
from bench.works w
join bench.viewers v on v.friend = w.tenant_id
where w.counts and w.id not in (select c.id from bench.changes c)
order by w.n
limit 1000;
create function bench.recompute(most integer)
returns bigint
language plpgsql
security definer
as $$
declare
    ids constant uuid[] := array(select c.id from bench.chosen c where c.nth <= most);
begin
    perform consent._recompute((select v.friend from bench.viewers v), ids);
    return cardinality(ids);
end
$$;
analyze;
