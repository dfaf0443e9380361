-- A million works in 50 organizations, one of which has 1,000 projects; and a tenth as many, to see what grows with them.
-- A reader looks, with 50 memberships, 1,000 works to help with and 1,000 protocol sets to pass; a teller withdraws.
-- sizes: 100000 1000000

-- What triggers would count, tell and log is not what is measured.
set local session_replication_role = replica;
alter table content.works disable trigger _900_capture_insert;
alter table consent.consent_parties disable trigger _900_capture_insert;
alter table content.work_collaborators disable trigger _900_capture_insert;

create schema bench;
grant usage on schema bench to authenticated;

insert into core.organizations (id, slug, name)
select ('0a000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'o' || n, 'Organization ' || n
from generate_series(1, 50) n;

insert into core.scopes (tenant_id, id, kind, level, slug, name)
select o.id, o.id, 'organization', 0, 'root', 'Organization' from core.organizations o;

-- Projects of one community each.
create table bench.communities as
select
    o.id as tenant_id, core.new_id() as project_id, core.new_id() as id, row_number() over () as nth,
    row_number() over (partition by o.id order by p.n) as nth_here, count(*) over (partition by o.id) as beside
from core.organizations o
cross join lateral generate_series(1, case o.slug when 'o1' then 1000 else 16 end) p (n);
create index on bench.communities (tenant_id, nth_here);

insert into core.scopes (tenant_id, id, kind, level, parent_id, parent_level, slug, name)
select c.tenant_id, c.project_id, 'project', 1, c.tenant_id, 0, 'p' || c.nth, 'Project' from bench.communities c;
insert into core.scopes (tenant_id, id, kind, level, parent_id, parent_level, slug, name)
select c.tenant_id, c.id, 'community', 2, c.project_id, 1, 'c' || c.nth, 'Community' from bench.communities c;

create table bench.people as select n, core.new_id() as id from generate_series(1, 20000) n;
insert into core.people (id, display_name) select p.id, 'Person ' || p.n from bench.people p;

create table bench.viewers as
select name, core.new_id() as id from unnest('{reader,teller}'::text[]) name;
insert into core.people (id, display_name) select v.id, v.name from bench.viewers v;

-- Every 35th community is one of the reader's: 52 of 1,784 or so, of which 50.
create table bench.joined as
select c.* from bench.communities c where c.nth % 35 = 0 order by c.nth limit 50;
insert into core.memberships (tenant_id, scope_id, level, project_id, person_id, status, joined_at, valid_during)
select
    j.tenant_id, j.id, 2, j.project_id, v.id, 'active', now(), tstzrange(now() - interval '1 day', null)
from bench.joined j
join bench.viewers v on v.name = 'reader';

-- 20 protocols in each of these communities, and as many in as many others: one set of each.
create table bench.sets as
select
    c.tenant_id, c.id as scope_id, core.new_id() as protocol_id, core.new_id() as id, n as nth,
    c.id in (select j.id from bench.joined j) as passed
from bench.communities c
cross join generate_series(0, 19) n
where c.nth % 35 in (0, 1);
insert into consent.protocols (tenant_id, id, scope_id, name, kind, audience, created_by)
select s.tenant_id, s.protocol_id, s.scope_id, 'Protocol', 'family', 'members', (select p.id from bench.people p limit 1)
from bench.sets s;
insert into consent.protocol_sets (tenant_id, id, composition) select s.tenant_id, s.id, s.id from bench.sets s;
insert into consent.protocol_set_communities (tenant_id, set_id, scope_id, match)
select s.tenant_id, s.id, s.scope_id, 'all' from bench.sets s;
insert into consent.protocol_set_members (tenant_id, set_id, scope_id, protocol_id)
select s.tenant_id, s.id, s.scope_id, s.protocol_id from bench.sets s;
create index on bench.sets (scope_id, nth);

insert into content.works (
    tenant_id, kind, scope_id, level, project_id, owner_id, title, visibility, state, protocol_set_id,
    public_version, public_during, organization_version, organization_during, community_version, community_during,
    created_at
)
select
    c.tenant_id, 'note', c.id, 2, c.project_id, p.id, 'Work ' || w.n, w.visibility::content.work_visibility,
    'published', s.id,
    case when w.visibility = 'public' then 1 end,
    case when w.visibility = 'public' then bench.open else '{}' end,
    case when w.visibility in ('public', 'organization') then 1 end,
    case when w.visibility in ('public', 'organization') then bench.open else '{}' end,
    case when w.visibility <> 'private' then 1 end,
    case when w.visibility <> 'private' then bench.open else '{}' end,
    now() - w.n::bigint * 7919 % 1000000 * interval '1 minute'
from (
    select
        n,
        (array['public', 'organization', 'organization', 'private', 'community'])[least(n * 31 % 10 + 1, 5)] as visibility
    from generate_series(1, current_setting('bench.size')::integer) n
) w
cross join (select tstzmultirange(tstzrange(now() - interval '1 day', null)) as open) bench
join core.organizations o on o.slug = 'o' || (w.n % 50 + 1)
join bench.communities c on c.tenant_id = o.id and c.nth_here = w.n / 50 % c.beside + 1
join bench.people p on p.n = w.n * 13 % 20000 + 1
left join bench.sets s on s.scope_id = c.id and s.nth = w.n / 50 % 200;

insert into consent.consent_parties (tenant_id, work_id, person_id, capacity, added_by)
select w.tenant_id, w.id, w.owner_id, 'teller', w.owner_id from content.works w;

insert into content.work_collaborators (tenant_id, work_id, person_id, capability, added_by)
select w.tenant_id, w.id, v.id, 'edit', w.owner_id
from (
    select w.*
    from content.works w
    where w.visibility = 'private' and w.protocol_set_id is null
    order by w.id
    limit 1000
) w
cross join bench.viewers v
where v.name = 'reader';

-- What they say: one of 4,096 texts of fifty words each, among which few are common and most are rare. A tenth of
-- the texts have a river, and some 200 works a kingfisher.
create table bench.texts as
select
    t.n,
    setweight(
        to_tsvector(
            'english',
            (
                select string_agg('word' || floor(power(16384, random())), ' ')
                from generate_series(1, 50)
                where t.n is not null
            ) || case when t.n % 10 = 0 then ' river' else '' end
        ),
        'C'
    ) as words
from generate_series(0, 4095) t (n);
create unique index on bench.texts (n);

-- Their index is made when all are there: one by one takes many times as long.
create table bench.indexes as
select pg_get_indexdef('content.search_entries_words_idx'::regclass) as definition;
drop index content.search_entries_words_idx;
insert into content.search_entries (
    tenant_id, work_id, version, created_at, dictionary, places, audiences, words
)
select
    w.tenant_id, w.id, 1, w.created_at, 'english', array[w.scope_id, w.project_id, w.tenant_id],
    array_remove(
        array[
            case when w.public_during <> '{}' then '00000000-0000-0000-0000-000000000000'::uuid end,
            case when w.organization_during <> '{}' then w.tenant_id end,
            case when w.community_during <> '{}' then w.scope_id end
        ],
        null
    ),
    array_to_tsvector('{in english}') || setweight(to_tsvector('english', w.title), 'A')
        || case when w.protocol_set_id is null then t.words else '' end
        || case
            when w.protocol_set_id is null and hashtext(w.id::text) % (current_setting('bench.size')::integer / 200) = 0
                then setweight(to_tsvector('english', 'kingfisher'), 'C')
            else ''
        end
from content.works w
join bench.texts t on t.n = hashtext(w.title) & 4095
order by w.created_at;
do $$
begin
    execute (select i.definition from bench.indexes i);
end
$$;

-- What somebody who filters by hand would have at hand.
alter table bench.viewers add column scopes uuid[], add column friend uuid;
update bench.viewers v
set scopes = array(select j.id from bench.joined j where v.name = 'reader' order by j.nth);
create table bench.helped as select c.work_id from content.work_collaborators c;
create index on bench.helped (work_id);

-- One of the newest that the reader may read, to be looked up by its key.
create table bench.chosen as
select w.tenant_id, w.id
from content.works w
where w.scope_id = (select v.scopes[1] from bench.viewers v where v.name = 'reader')
    and w.visibility = 'community'
    and w.protocol_set_id is null
order by w.created_at desc
limit 1;
grant select on bench.chosen to authenticated;

-- What a policy would ask that calls a function for every row.
create function bench.may_read(work content.works, me uuid)
returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    return exists (select from bench.helped h where h.work_id = work.id)
        or (
            (
                work.public_during @> now()
                or (
                    work.organization_during @> now()
                    and exists (
                        select
                        from core.memberships m
                        where m.person_id = me and m.tenant_id = work.tenant_id and m.status = 'active'
                    )
                )
                or (
                    work.community_during @> now()
                    and exists (
                        select
                        from core.memberships m
                        where m.person_id = me and m.scope_id = work.scope_id and m.status = 'active'
                    )
                )
            )
            and (
                work.protocol_set_id is null
                or exists (select from bench.sets s where s.id = work.protocol_set_id and s.passed)
            )
        );
end
$$;

-- The same search for somebody to whom everything is open: the same words, ranks and limits.
create function bench.search_works(query text, most bigint)
returns setof content.found_work
language plpgsql
stable
rows 100
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
    asked constant tsquery := websearch_to_tsquery('english', query);
begin
    return query
    select f.tenant_id, f.work_id, f.version, ts_rank(f.words, asked), query
    from (
        select e.*
        from content.search_entries e
        where e.words @@ asked
        order by e.created_at desc, e.work_id desc
        limit most
    ) f
    order by 4 desc, f.created_at desc, f.work_id desc;
end
$$;

-- Two works of the teller, in all earnest, that everybody reads; to one of which a thousand comments were made.
alter table content.works enable always trigger _900_capture_insert;
alter table consent.consent_parties enable always trigger _900_capture_insert;
alter table content.work_collaborators enable always trigger _900_capture_insert;
insert into core.memberships (tenant_id, scope_id, level, project_id, person_id, status, joined_at, valid_during)
select c.tenant_id, c.id, 2, c.project_id, v.id, 'active', now(), tstzrange(now() - interval '1 day', null)
from bench.communities c
join bench.viewers v on v.name = 'teller'
where c.nth = 35;
set local session_replication_role = origin;
select set_config('request.jwt.claims', jsonb_build_object('person', v.id)::text, true)
from bench.viewers v
where v.name = 'teller';
create table bench.told as
select title, content.create_note(c.id, title, '{}', visibility => 'public') as id
from bench.communities c
cross join unnest('{Talked about,Quiet}'::text[]) title
where c.nth = 35;
grant select on bench.told to authenticated;
-- Begun in one transaction, they are of one instant, and would come in any order.
update content.works w
set created_at = w.created_at - interval '1 second'
from bench.told t
where w.id = t.id and t.title = 'Quiet';
select content.transition(t.id, 'published') from bench.told t;
select consent.give_consent(t.id, 'public_sharing') from bench.told t;
select content.add_comment(t.id, 'A word of thanks') from bench.told t, generate_series(1, 1000)
where t.title = 'Talked about';

-- What somebody who hides comments one by one would have: the same, each with a mark.
create table bench.comments as select c.*, false as hidden from content.comments c;
alter table bench.comments add primary key (tenant_id, id);
create index on bench.comments (tenant_id, work_id, path);
create index on bench.comments (author_id);

analyze;
