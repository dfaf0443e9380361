-- Who passes a community's protocols, and what those who do not pass learn of what stands under them: nothing.

begin;
set local search_path = tap, tests, public;
select plan(97);

-- What somebody has of a work: nothing, the teaser, or the body with it.
create function tests.has(name text, title text)
returns text
language plpgsql
set search_path = ''
as $$
declare
    chosen constant uuid := tests.work(title);
    answer text;
begin
    perform tests.as(name);
    select case
        when not exists (select from content.works w where w.id = chosen) then 'nothing'
        when not exists (select from content.work_versions v where v.work_id = chosen)
            and not exists (select from content.notes n where n.id = chosen) then 'teaser'
        else 'body'
    end
    into answer;
    perform tests.as_nobody();
    return answer;
end
$$;

-- Whoever of these has the teaser of a work.
create function tests.passing(title text, variadic names text[] default '{anon,hazel,max,oona,otis,eli,sol,tess}')
returns text[]
language sql
set search_path = ''
as $$
    select array_agg(n order by o) from unnest(names) with ordinality u (n, o) where tests.has(n, title) <> 'nothing'
$$;

create function tests.protocol(name text)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
    select p.id from consent.protocols p where p.name = protocol.name
$$;

create function tests.day(days integer)
returns text
language sql
stable
set search_path = ''
as $$
    select to_char(now() at time zone 'UTC' + make_interval(days => days), 'MM-DD')
$$;

-- Puts a work under protocols of one community in place of all that it stood under, past all rules.
create function tests.under(title text, match consent.protocol_match, variadic names text[])
returns void
language sql
security definer
set search_path = ''
as $$
    update content.works w
    set protocol_set_id = consent._protocol_set(
        w.tenant_id,
        (
            select jsonb_object_agg(c.scope_id, jsonb_build_object('match', under.match, 'protocols', c.ids))
            from (
                select p.scope_id, jsonb_agg(p.id) as ids
                from consent.protocols p
                where p.name = any (names)
                group by p.scope_id
            ) c
        )
    )
    where w.title = under.title
$$;

select tests.world();
select tests.join('tess', 'heron', 'storyteller');
select tests.as('cleo');
select content.create_note(tests.scope('heron'), title, '{"text": "1"}', visibility => 'public')
from unnest('{Ice,Fire}'::text[]) title;
select content.transition(tests.work('Ice'), 'published');
select consent.give_consent(tests.work('Ice'), purpose)
from unnest('{public_sharing,organization_sharing,community_sharing}'::text[]) purpose;
select tests.as_nobody();
select is(
    tests.passing('Ice'), '{anon,hazel,max,oona,otis,eli,sol,tess}', 'what stands under no protocol is for everybody'
);

-- Setting them.

select tests.as('sol');
select lives_ok(
    $$select consent.create_protocol(tests.scope('heron'), name, 'family', audience)
    from (values
        ('Heron everybody', 'everybody'::consent.protocol_audience), ('Heron members', 'members'),
        ('Heron admitted', 'admitted'), ('Heron second', 'admitted')
    ) p (name, audience)$$,
    'a steward sets the protocols of the community'
);
select tests.as('otis');
select consent.create_protocol(tests.scope('otter'), 'Otter members', 'family', 'members');
select tests.as('hazel');
select tests.refused(
    $$select consent.create_protocol(tests.scope('heron'), 'Mine', 'family', 'everybody')$$, 'not_permitted',
    'somebody from elsewhere does not'
);
select tests.as('eli');
select tests.refused(
    $$select consent.create_protocol(tests.scope('heron'), 'Mine', 'family', 'everybody')$$, 'not_permitted',
    'nor does a member'
);
select tests.as('olive');
select tests.refused(
    $$select consent.create_protocol(tests.scope('heron'), 'Mine', 'family', 'everybody')$$, 'not_permitted',
    'nor whoever owns the organization'
);
select tests.as('otis');
select tests.refused(
    $$select consent.create_protocol(tests.scope('heron'), 'Mine', 'family', 'everybody')$$, 'not_permitted',
    'nor a steward of another community'
);
select tests.refused(
    $$select consent.update_protocol(tests.protocol('Heron members'), audience => 'everybody')$$, 'not_found',
    'who changes none there either'
);
select tests.refused(
    $$select consent.retire_protocol(tests.protocol('Heron members'))$$, 'not_found', 'nor retires one'
);
select tests.refused(
    $$select consent.admit_by_protocol(
        tests.protocol('Heron admitted'), membership_id => tests.membership('otis', 'otter')
    )$$,
    'not_found', 'nor admits anybody'
);
select tests.as_anon();
select throws_ok(
    $$select consent.create_protocol(tests.scope('heron'), 'Mine', 'family', 'everybody')$$, '42501', null,
    'nobody sets one who is not signed in'
);
select tests.as_nobody();

-- Who passes.

select tests.under('Ice', 'all', 'Heron everybody');
select is(
    tests.passing('Ice'), '{hazel,max,oona,otis,eli,sol,tess}',
    'what is for everybody is for everybody who signs in, so that it is known who opens it'
);
select tests.under('Ice', 'all', 'Heron members');
select is(tests.passing('Ice'), '{eli,sol,tess}', 'what is for members, for the members of that community');
select tests.under('Ice', 'all', 'Heron admitted');
select is(tests.passing('Ice'), null, 'what is for those it names is for nobody while it names nobody');
select is(tests.has('cleo', 'Ice'), 'body', 'but for whose it is');

select tests.as('sol');
create temporary table admissions (name text, id uuid);
grant all on admissions to public;
insert into admissions values (
    'eli', consent.admit_by_protocol(
        tests.protocol('Heron admitted'), membership_id => tests.membership('eli', 'heron')
    )
);
select is(tests.passing('Ice'), '{eli}', 'it admits a member by name');
select tests.as('sol');
select is(
    consent.admit_by_protocol(
        tests.protocol('Heron admitted'), membership_id => tests.membership('eli', 'heron')
    ),
    (select id from admissions), 'said twice, it is said once'
);
select tests.refused(
    $$select consent.admit_by_protocol(
        tests.protocol('Heron admitted'), membership_id => tests.membership('oona', 'otter')
    )$$,
    'not_found', 'members of another community are not admitted'
);
select tests.refused(
    $$select consent.admit_by_protocol(tests.protocol('Heron admitted'))$$, 'not_found', 'nor is nobody'
);
select tests.as('otis');
select tests.refused(
    $$select consent.remove_admission((select id from admissions))$$, 'not_found',
    'a steward of another community takes no admission back'
);
select tests.as('sol');
select consent.remove_admission((select id from admissions));
select is(tests.passing('Ice'), null, 'taken back, it admits nobody: not everybody');

select tests.as('sol');
select consent.admit_by_protocol(tests.protocol('Heron admitted'), role_id => r.id)
from core.roles r where r.key = 'elder' and r.tenant_id = tests.scope('river');
select is(tests.passing('Ice'), '{eli}', 'it admits those who hold a role');
select tests.as('hana');
select core.revoke_role(tests.membership('eli', 'heron'), 'elder');
select is(tests.passing('Ice'), null, 'while they hold it');
select tests.join('eli', 'otter', 'elder');
select is(tests.passing('Ice'), null, 'in this community: what they are in another does not count');
select tests.as('eli');
select core.leave(tests.scope('otter'));

select tests.as('sol');
create temporary table groups as select consent.create_protocol_group(tests.scope('heron'), 'Ice family') as id;
grant select on groups to public;
select consent.admit_by_protocol(tests.protocol('Heron admitted'), group_id => (select id from groups));
select is(tests.passing('Ice'), null, 'it admits a group: nobody, while nobody is in it');
select tests.as('sol');
select consent.add_to_protocol_group((select id from groups), tests.membership('tess', 'heron'));
select lives_ok(
    $$select consent.add_to_protocol_group((select id from groups), tests.membership('tess', 'heron'))$$,
    'to be taken in twice changes nothing'
);
select is(tests.passing('Ice'), '{tess}', 'then those who are in it');
select tests.as('sol');
select tests.refused(
    $$select consent.add_to_protocol_group((select id from groups), tests.membership('oona', 'otter'))$$, 'not_found',
    'a group takes in members of its own community alone'
);
select tests.as('otis');
select tests.refused(
    $$select consent.add_to_protocol_group((select id from groups), tests.membership('eli', 'heron'))$$, 'not_found',
    'and only its own stewards say who is in it'
);
select tests.refused(
    $$select consent.create_protocol_group(tests.scope('heron'), 'Mine')$$, 'not_permitted', 'or begin one'
);
select tests.refused(
    $$select consent.remove_from_protocol_group((select id from groups), tests.membership('tess', 'heron'))$$,
    'not_found', 'or take somebody out'
);

-- Whoever leaves, or is barred, is out at once, and nothing that they were admitted to brings them back.

select tests.as_nobody();
savepoint before;
select tests.as('tess');
select core.leave(tests.scope('heron'));
select is(tests.passing('Ice'), null, 'whoever leaves the community is out, also out of its groups');
select tests.as_nobody();
select tests.join('tess', 'heron', 'storyteller');
select is(tests.passing('Ice'), null, 'and whoever comes back has to be taken in anew');
select tests.as('hana');
select tests.refused(
    $$select consent.add_to_protocol_group((select id from groups), m.id)
    from core.memberships m where m.person_id = tests.person('tess') and m.ended_at is not null$$,
    'not_found', 'by the membership that lives'
);
rollback to before;
select tests.as('hana');
select core.suspend_membership(tests.membership('tess', 'heron'), 'For now');
select is(tests.passing('Ice'), null, 'so is whoever is suspended');
rollback to before;
select tests.under('Ice', 'all', 'Heron everybody');
select tests.as('hana');
select core.ban_member(tests.membership('tess', 'heron'), 'For good');
select is(
    tests.passing('Ice'), '{hazel,max,oona,otis,eli,sol}',
    'and whoever is banned from the community passes not even what is for everybody'
);
rollback to before;
select tests.as('tess');
select lives_ok(
    $$select consent.remove_from_protocol_group((select id from groups), tests.membership('tess', 'heron'))$$,
    'whoever is in a group can leave it'
);
select is(tests.passing('Ice'), null, 'and is out');
rollback to before;

-- What is said of one group or protocol is said of it alone.

select tests.as('sol');
select tests.refused(
    $$select consent.add_to_protocol_group(gen_random_uuid(), tests.membership('tess', 'heron'))$$, 'not_found',
    'nobody is taken into a group that is not there'
);
select consent.add_to_protocol_group((select id from groups), tests.membership('eli', 'heron'));
select consent.add_to_protocol_group(
    consent.create_protocol_group(tests.scope('heron'), 'Fire family'), tests.membership('tess', 'heron')
);
select lives_ok(
    $$select consent.remove_from_protocol_group((select id from groups), tests.membership('tess', 'heron'))$$,
    'a steward takes somebody out of a group'
);
select results_eq(
    $$select g.name, m.membership_id
    from consent.protocol_group_members m join consent.protocol_groups g on g.id = m.group_id
    order by g.name$$,
    $$values ('Fire family', tests.membership('tess', 'heron')), ('Ice family', tests.membership('eli', 'heron'))$$,
    'others stay in it, and they in others'
);
create temporary table named as
select name, consent.admit_by_protocol(tests.protocol(name), membership_id => tests.membership('eli', 'heron')) as id
from unnest('{Heron admitted,Heron second}'::text[]) name;
select is_empty(
    $$select from named n left join consent.protocol_admissions a on a.id = n.id
    where a.protocol_id is distinct from tests.protocol(n.name)$$,
    'two protocols that name the same member name them each by its own'
);
select consent.remove_admission(id) from named where name = 'Heron admitted';
select is(
    (select array_agg(a.protocol_id) from consent.protocol_admissions a where a.membership_id is not null),
    array[tests.protocol('Heron second')], 'and what one does no more, the other does still'
);
rollback to before;

-- Recommended is not required; retired is for nobody.

select tests.as('sol');
select consent.update_protocol(tests.protocol('Heron admitted'), enforcement => 'recommended');
select is(tests.passing('Ice'), '{hazel,max,oona,otis,eli,sol,tess}', 'what is only recommended holds nobody back');
select tests.as('sol');
select consent.update_protocol(
    tests.protocol('Heron admitted'), season_from => tests.day(1), season_until => tests.day(2), season_zone => 'UTC'
);
select is(tests.passing('Ice'), '{hazel,max,oona,otis,eli,sol,tess}', 'in no season');
select tests.as('sol');
select consent.retire_protocol(tests.protocol('Heron admitted'));
select is(tests.passing('Ice'), null, 'what is retired lets nobody pass, required or not');
rollback to before;
select tests.under('Ice', 'any', 'Heron admitted', 'Heron members', 'Heron second');
select tests.as('sol');
select consent.update_protocol(tests.protocol('Heron admitted'), enforcement => 'recommended');
select is(
    tests.passing('Ice'), '{eli,sol,tess}',
    'what is only recommended opens nothing: where any will do, it is one that is required'
);
select tests.as('sol');
select consent.update_protocol(tests.protocol(name), enforcement => 'optional')
from unnest('{Heron members,Heron second}'::text[]) name;
select is(
    tests.passing('Ice'), '{hazel,max,oona,otis,eli,sol,tess}', 'and where none of them is, they hold nobody back'
);
rollback to before;
select tests.as('sol');
select consent.update_protocol(tests.protocol('Heron admitted'), enforcement => 'recommended');
select consent.retire_protocol(tests.protocol('Heron admitted'));
select tests.as('sol');
select tests.refused(
    $$select consent.update_protocol(tests.protocol('Heron admitted'), audience => 'everybody')$$, 'not_found',
    'nor is it changed'
);
select tests.as('otis');
select tests.refused(
    $$select consent.reinstate_protocol(tests.protocol('Heron admitted'))$$, 'not_found',
    'nor do others than its stewards set it again'
);
select tests.as('sol');
select tests.refused(
    $$select consent.reinstate_protocol(tests.protocol('Heron members'))$$, 'not_found',
    'who set nothing again that is set'
);
select is(
    (select array_agg(p.name order by p.name) from consent.protocols p where p.retired_at is null),
    '{Heron everybody,Heron members,Heron second}', 'others are as they were'
);
select tests.under('Ice', 'all', 'Heron members');
select tests.as('sol');
select consent.retire_protocol(tests.protocol('Heron members'));
select is(tests.passing('Ice'), null, 'nor those who belong');
select tests.as('sol');
select lives_ok(
    $$select consent.reinstate_protocol(tests.protocol('Heron members'))$$,
    'who looks after it sets it again, whether they pass or not'
);
select is(tests.passing('Ice'), '{eli,sol,tess}', 'then it lets pass whom it let pass');
select tests.as('sol');
select consent.retire_protocol(tests.protocol(name)) from unnest('{Heron members,Heron second}'::text[]) name;
select consent.reinstate_protocol(tests.protocol('Heron members'));
select is(
    (select array_agg(p.name order by p.name) from consent.protocols p where p.retired_at is not null),
    '{"Heron admitted","Heron second"}', 'and others stay retired'
);
rollback to before;

-- Seasons.

select tests.under('Ice', 'all', 'Heron members');
select tests.as('sol');
select consent.update_protocol(
    tests.protocol('Heron members'), season_from => tests.day(0), season_until => tests.day(0), season_zone => 'UTC'
);
select is(tests.passing('Ice'), '{eli,sol,tess}', 'in its season, its days included, those pass whom it is for');
select tests.as('sol');
select consent.update_protocol(
    tests.protocol('Heron members'), season_from => tests.day(1), season_until => tests.day(-1)
);
select is(tests.passing('Ice'), null, 'out of it, nobody');
select tests.as('sol');
select consent.update_protocol(
    tests.protocol('Heron members'), season_from => '', season_until => '', season_zone => ''
);
select is(tests.passing('Ice'), '{eli,sol,tess}', 'a season can be taken away');
select tests.under('Ice', 'all', 'Heron everybody');
select tests.as('sol');
select consent.update_protocol(
    tests.protocol('Heron everybody'), season_from => tests.day(1), season_until => tests.day(-1), season_zone => 'UTC'
);
select is(tests.passing('Ice'), null, 'what is for everybody is for nobody out of its season');
select tests.as_nobody();
select results_eq(
    $$select consent._in_season(f, u, z, t::timestamptz)
    from (values
        ('11-01', '02-29', 'UTC', '2026-12-31 23:59:59+00'), ('11-01', '02-29', 'UTC', '2028-02-29 23:59:59+00'),
        ('11-01', '02-29', 'UTC', '2026-03-01 00:00:00+00'), ('11-01', '02-29', 'UTC', '2026-10-31 23:59:59+00'),
        ('11-01', '02-29', 'UTC', '2026-11-01 00:00:00+00'), ('03-01', '05-31', 'UTC', '2026-03-01 00:00:00+00'),
        ('03-01', '05-31', 'UTC', '2026-02-28 23:59:59+00'), ('03-01', '05-31', 'UTC', '2026-05-31 23:59:59+00'),
        ('03-01', '05-31', 'UTC', '2026-06-01 00:00:00+00'),
        ('03-01', '05-31', 'America/Winnipeg', '2026-03-01 05:59:59+00'),
        ('03-01', '05-31', 'America/Winnipeg', '2026-03-01 06:00:00+00'),
        ('03-01', '05-31', 'Nowhere/Known', '2026-04-01 06:00:00+00'), (null, null, null, '2026-04-01 06:00:00+00')
    ) s (f, u, z, t)$$,
    $$values (true), (true), (false), (false), (true), (true), (false), (true), (false), (false), (true), (false),
    (true)$$,
    'a season begins and ends with its days, where they are told, also over the new year'
);

-- Several protocols, several communities.

rollback to before;
select tests.as('sol');
select consent.admit_by_protocol(
    tests.protocol('Heron second'), membership_id => tests.membership('eli', 'heron')
);
select tests.as_nobody();
select tests.under('Ice', 'all', 'Heron admitted', 'Heron second');
select is(tests.passing('Ice'), null, 'where all of a community''s protocols count, each has to be passed');
select tests.under('Ice', 'any', 'Heron admitted', 'Heron second');
select is(tests.passing('Ice'), '{eli,tess}', 'where any does, one is enough');
select tests.under('Ice', 'any', 'Heron members', 'Otter members');
select is(tests.passing('Ice'), null, 'of several communities, every one has to be passed');
select tests.join('oona', 'heron', 'community_member');
select is(tests.passing('Ice'), '{oona}', 'by those who belong to both');
select tests.as('otis');
select core.impose_sanction(tests.scope('otter'), tests.person('oona'), 'access', 'A quarrel');
select is(tests.passing('Ice'), null, 'and whoever is barred by one of them is barred');
rollback to before;
select tests.as('otis');
select consent.create_protocol(tests.scope('otter'), 'Otter everybody', 'family', 'everybody');
select tests.as_nobody();
select tests.under('Ice', 'all', 'Heron everybody', 'Otter everybody');
select is(
    tests.passing('Ice'), '{hazel,max,oona,otis,eli,sol,tess}', 'what is for everybody in both, is for everybody'
);
select tests.as('otis');
select core.impose_sanction(tests.scope('otter'), tests.person('eli'), 'access', 'A quarrel');
select is(
    tests.passing('Ice'), '{hazel,max,oona,otis,sol,tess}',
    'but for whom one of them bars, though they belong where the work is'
);
rollback to before;
select tests.under('Ice', 'any', 'Heron everybody', 'Heron second');
update consent.protocols p set retired_at = now() where p.name = 'Heron everybody';
select is(tests.passing('Ice'), null, 'a protocol that is retired is no way in beside others');
insert into consent.protocol_sets (tenant_id, id, composition)
values (tests.scope('river'), gen_random_uuid(), 'Broken');
update content.works w
set protocol_set_id = (select s.id from consent.protocol_sets s where s.composition = 'Broken')
where w.title = 'Ice';
select is(tests.passing('Ice'), null, 'a set of nothing lets nobody pass');
insert into consent.protocol_set_communities (tenant_id, set_id, scope_id, match)
select s.tenant_id, s.id, tests.scope('heron'), 'all' from consent.protocol_sets s where s.composition = 'Broken';
select is(tests.passing('Ice'), null, 'nor does a community that asks for nothing');
insert into consent.protocol_set_communities (tenant_id, set_id, scope_id, match)
select s.tenant_id, s.id, tests.scope('otter'), 'all' from consent.protocol_sets s where s.composition = 'Broken';
insert into consent.protocol_set_members (tenant_id, set_id, scope_id, protocol_id)
select s.tenant_id, s.id, tests.scope('otter'), tests.protocol('Otter members')
from consent.protocol_sets s where s.composition = 'Broken';
select is(tests.passing('Ice'), null, 'also not beside one that can be passed');
rollback to before;

-- Those with whom it is made, and those who review it, pass as everybody does.

select tests.as('cleo');
select content.add_collaborator(tests.work('Fire'), tests.person('eli'), 'edit');
select consent.give_consent(tests.work('Fire'), 'modification');
select is(tests.has('eli', 'Fire'), 'body', 'before: an editor reads what they edit');
select tests.as('cleo');
select content.transition(tests.work('Fire'), 'submitted');
select is(tests.passing('Fire'), '{eli,sol}', 'before: so does a reviewer');
select tests.under('Fire', 'all', 'Heron second');
select is(tests.passing('Fire'), null, 'under a protocol that they do not pass, neither does');
select is(
    (
        select array_agg(tests.has('eli', 'Fire') || r) from (
            select count(*) as r from content.work_collaborators c where c.work_id = tests.work('Fire')
        ) c
    ),
    '{nothing1}', 'the editor is still one'
);
select tests.as('eli');
select is_empty(
    $$select from content.work_transitions union all select from content.work_collaborators
    union all select from consent.consent_parties union all select from consent.effective$$,
    'and sees nothing of what hangs on the work'
);
select tests.refused(
    $$select content.revise_work(tests.work('Fire'), '{"text": "Mine"}')$$, 'not_found', 'nor writes its next version'
);
select tests.as('sol');
select tests.refused(
    $$select content.transition(tests.work('Fire'), 'in_review')$$, 'not_found', 'nor does the reviewer move it'
);
select tests.as_nobody();
select tests.under('Fire', 'all', 'Heron everybody');
select tests.as('cleo');
select content.transition(tests.work('Fire'), 'draft');
select tests.as('eli');
select is(
    content.revise_work(tests.work('Fire'), '{"text": "Theirs"}'), 2, 'who passes writes it, as they were let to'
);
select is(tests.has('eli', 'Fire'), 'teaser', 'and reads it only when they have opened it');
select tests.as('cleo');
select content.transition(tests.work('Fire'), 'submitted');
select is(tests.has('sol', 'Fire'), 'teaser', 'as a reviewer does');
select tests.as('sol');
select lives_ok($$select content.transition(tests.work('Fire'), 'in_review')$$, 'who moves it on, where they pass');

-- Who reads the protocols themselves.

select tests.as('eli');
select is(
    (select array_agg(p.name order by p.name) from consent.protocols p),
    '{Heron admitted,Heron everybody,Heron members,Heron second}', 'members read what their community asks'
);
select is_empty(
    $$select from consent.protocol_groups union all select from consent.protocol_group_members
    union all select from consent.protocol_admissions$$,
    'but not whom it names'
);
select tests.as('sol');
select is(
    array[
        (select count(*) from consent.protocol_groups), (select count(*) from consent.protocol_group_members),
        (select count(*) from consent.protocol_admissions)
    ],
    array[1, 1, 2]::bigint[], 'which is for the stewards'
);
select tests.as('otis');
select is_empty(
    $$select from consent.protocols p where p.scope_id <> tests.scope('otter')
    union all select from consent.protocol_groups union all select from consent.protocol_group_members
    union all select from consent.protocol_admissions$$,
    'and nobody else''s'
);
select is_empty(
    $$select from consent.protocol_sets union all select from consent.protocol_set_members$$,
    'nor is anybody told that something stands under what they pass, where they know of nothing that does'
);
select tests.as_nobody();
select tests.under('Ice', 'all', 'Heron everybody');
select tests.as('otis');
select is(
    (
        select array_agg(m.protocol_id)
        from consent.protocol_set_members m
        join consent.protocol_set_communities c on c.set_id = m.set_id
        join consent.protocol_sets s on s.id = c.set_id
    ),
    array[tests.protocol('Heron everybody')], 'what a work stands under, everybody sees who may know of it'
);
select is(
    array[
        (select array_agg(s.id) from consent.protocol_sets s),
        (select array_agg(c.set_id) from consent.protocol_set_communities c)
    ],
    (select array[array_agg(m.set_id), array_agg(m.set_id)] from consent.protocol_set_members m),
    'and neither other sets nor whose they are'
);
select is(
    (
        select array_agg(concat_ws(
            ' ', s.approve_stories, s.modify_protocols, s.manage_access, s.export_data
        ))
        from consent.stewards s where s.scope_id = tests.scope('otter')
    ),
    '{t t t t}', 'who looks after a community''s protocols can be seen in it'
);
select tests.as_nobody();
select tests.backend_reads(('consent.' || t)::regclass)
from unnest('{protocols,protocol_groups,protocol_group_members,protocol_admissions,protocol_sets,
protocol_set_communities,protocol_set_members}'::text[]) t;

select * from finish();
rollback;
