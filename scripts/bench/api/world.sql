-- What the questions of the API need besides the world of scripts/bench/content: a hundred people with three memberships
-- each, as most have; places that everybody finds; and the one to three names that a work is by.

set local session_replication_role = replica;

create table bench.members as
select
    p.id,
    array(
        select c.id from bench.communities c where c.nth_here <= 3 and c.tenant_id = o.id order by c.nth_here
    ) as scopes
from bench.people p
join core.organizations o on o.slug = 'o' || (p.n % 50 + 1)
where p.n <= 100;
-- How they sign in, see claimsOf.
insert into core.identities (issuer, subject, person_id)
select 'https://bench.example', m.id::text, m.id
from bench.members m;
insert into core.memberships (tenant_id, scope_id, level, project_id, person_id, status, joined_at, valid_during)
select c.tenant_id, c.id, 2, c.project_id, m.id, 'active', now(), tstzrange(now() - interval '1 day', null)
from bench.members m
join bench.communities c on c.id = any (m.scopes);

update core.scopes set visibility = 'public', name = 'Community ' || slug where level = 2;

insert into content.attributions (tenant_id, work_id, position, credit, named_as, added_by)
select
    w.tenant_id, w.id, named.position, (array['teller', 'translator', 'photographer'])[named.position],
    'Name ' || hashtext(w.id::text) % 1000 + named.position, w.owner_id
from content.works w
cross join lateral generate_series(1, 1 + abs(hashtext(w.title)) % 3) named (position);

set local session_replication_role = origin;

analyze core.identities;
analyze core.memberships;
analyze core.scopes;
analyze content.attributions;
