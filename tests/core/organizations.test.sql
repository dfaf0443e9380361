-- Organizations: how they are founded and by whom, who sees them, and what suspending or closing one stops.

begin;
set local search_path = tap, tests, public;
select plan(77);

-- The organizations that somebody sees.
create function tests.seen()
returns text[]
language sql
stable
set search_path = ''
as $$
    select coalesce(array_agg(o.slug order by o.slug collate "C"), '{}') from core.organizations o
$$;

select tests.world();

-- Founding one.
select tests.as('nia');
select isnt(
    core.create_organization('nia-arts', ' Nia Arts ', 'south', 'MX', 'mx-central'), null,
    'anybody who is signed in may found an organization'
);
select results_eq(
    $$
        select slug, name, region, jurisdiction, data_location, status::text
        from core.organizations
        where slug = 'nia-arts'
    $$,
    $$values ('nia-arts', 'Nia Arts', 'south', 'MX', 'mx-central', 'active')$$,
    'it is called as its founder said, and active'
);
select tests.violates(
    $$select core.create_organization('nia-arts', 'Another')$$, 'organizations_slug_key',
    'two organizations cannot have one address'
);
select tests.as_nobody();
select results_eq(
    $$
        select
            s.tenant_id = o.id, s.kind, s.level, s.parent_id, s.project_id = o.id, s.slug, s.name,
            s.visibility::text, s.created_by = tests.person('nia'), s.archived_at
        from core.organizations o
        join core.scopes s on s.id = o.id
        where o.slug = 'nia-arts'
    $$,
    $$
        values (
            true, 'organization', 0::smallint, null::uuid, true, 'nia-arts', 'Nia Arts',
            'private', true, null::timestamptz
        )
    $$,
    'it begins with its root scope, which has its id and its name'
);
select results_eq(
    $$
        select m.person_id = tests.person('nia'), m.status::text, m.joined_at = now(), r.key, mr.owns, mr.granted_by
        from core.memberships m
        join core.membership_roles mr on mr.tenant_id = m.tenant_id and mr.membership_id = m.id
        join core.roles r on r.tenant_id = mr.tenant_id and r.id = mr.role_id
        where m.scope_id = tests.scope('nia-arts')
    $$,
    $$values (true, 'active', true, 'owner', true, null::uuid)$$,
    'whoever founds it owns it, and nobody had to say so'
);
select is(
    (select c.owners from core.owner_counts c where c.tenant_id = tests.scope('nia-arts')), 1,
    'it has one owner'
);
select set_eq(
    $$
        select key, name, description, levels, requires_kyc, retired_at
        from core.roles
        where tenant_id = tests.scope('nia-arts')
    $$,
    'select key, name, description, levels, requires_kyc, null::timestamptz from core.role_templates',
    'it has its own copy of the starting roles'
);
select set_eq(
    $$
        select r.key, rp.permission
        from core.roles r
        join core.role_permissions rp on rp.tenant_id = r.tenant_id and rp.role_id = r.id
        where r.tenant_id = tests.scope('nia-arts')
    $$,
    'select role, permission from core.role_template_permissions',
    'its roles carry what the starting roles carry'
);
select is_empty(
    'select * from core.verify_owners()', 'owners that are counted as they come and go are owners that are there'
);

-- Founding closed.
select tests.as_token(jsonb_build_object('person', tests.person('nia'), 'api_key', gen_random_uuid()));
select tests.refused(
    $$select core.create_organization('by-key', 'By Key')$$, 'not_with_key', 'an API key founds nothing'
);
select tests.as_token('{"iss": "https://tests.example", "sub": "stranger"}');
select tests.refused(
    $$select core.create_organization('by-stranger', 'By a Stranger')$$, 'not_signed_in',
    'whoever has not registered founds nothing'
);
select tests.as_anon();
select throws_ok(
    $$select core.create_organization('by-anybody', 'By Anybody')$$, '42501', null,
    'nobody founds an organization without signing in'
);
select tests.as_nobody();
update core.platform_config set value = '"service"' where key = 'organizations.founded_by';
select tests.as('nia');
select tests.refused(
    $$select core.create_organization('nia-again', 'Nia again')$$, 'founding_closed',
    'where only servers found organizations, people do not'
);
select tests.as_token(jsonb_build_object('role', 'service_role', 'person', tests.person('nia')));
set local role service_role;
select isnt(
    core.create_organization('nia-again', 'Nia again'), null, 'there, a server founds one in somebody''s name'
);
select tests.as_nobody();
update core.platform_config set value = '"anyone"' where key = 'organizations.founded_by';
insert into core.platform_config (key, value, description) values ('houses.founded_by', '"service"', 'Something else');
select tests.as('nia');
select lives_ok(
    $$select core.create_organization('nia-third', 'Nia''s third')$$, 'what is said of other things closes nothing'
);

-- What it says of itself.
select tests.as('ada');
select is(
    core.update_organization(tests.scope('river'), name => ' River Nation ', region => 'west'),
    tests.scope('river'),
    'an admin says what the organization is called'
);
select results_eq(
    $$
        select o.name, o.region, o.jurisdiction, o.data_location, s.name
        from core.organizations o
        join core.scopes s on s.id = o.id
        where o.slug = 'river'
    $$,
    $$values ('River Nation', 'west', 'CA', 'ca-central', 'River Nation')$$,
    'what is not mentioned stays, and its root scope bears the same name'
);
select lives_ok(
    $$select core.update_organization(tests.scope('river'), jurisdiction => 'CA-BC', data_location => 'ca-west')$$,
    'an admin says whose law governs it and where its data lies'
);
select results_eq(
    $$select name, region, jurisdiction, data_location from core.organizations where slug = 'river'$$,
    $$values ('River Nation', 'west', 'CA-BC', 'ca-west')$$,
    'and its name stays'
);
select tests.refused(
    $$select core.update_organization(tests.scope('archive'), name => 'Organization')$$, 'not_found',
    'a project is not an organization'
);
select is(
    (select name from core.scopes where slug = 'archive'), 'River Archive', 'and its name stays, too'
);
select lives_ok(
    $$select core.update_scope(tests.scope('river'), name => 'River', slug => 'river-nation')$$,
    'an admin renames the root scope'
);
select results_eq(
    $$select name, slug from core.organizations where id = tests.scope('river-nation')$$,
    $$values ('River', 'river-nation')$$,
    'the organization is renamed with its root scope'
);
select lives_ok(
    $$select core.update_scope(tests.scope('river-nation'), slug => 'river')$$, 'and back'
);
select tests.as('max');
select tests.refused(
    $$select core.update_organization(tests.scope('river'), name => 'Mine')$$, 'not_permitted',
    'a member does not say what the organization is called'
);
select tests.as('hugo');
select tests.refused(
    $$select core.update_organization(tests.scope('river'), name => 'Mine')$$, 'not_permitted',
    'the owner of another organization does not either'
);
select tests.as_token('{"iss": "https://tests.example", "sub": "stranger"}');
select tests.refused(
    $$select core.update_organization(tests.scope('river'), name => 'Mine')$$, 'not_signed_in',
    'nor does somebody who has not registered'
);
select tests.as('hugo');
select tests.refused(
    'select core.update_organization(null, name => $$Mine$$)', 'not_permitted', 'there is always one that is meant'
);

-- Who sees it.
select is(tests.seen(), '{hill}', 'people see the organization they belong to, and no other');
select tests.as('cleo');
select is(tests.seen(), '{river}', 'whoever belongs to a community sees the organization it is part of');
select tests.as('nobody-yet');
select is(tests.seen(), '{}', 'who belongs nowhere sees none that is private');
select tests.as_anon();
select is(tests.seen(), '{}', 'who is not signed in sees none that is private');
select tests.as_nobody();
update core.scopes set visibility = 'organization' where slug = 'river';
update core.scopes set visibility = 'public' where slug in ('hill', 'heron');
select tests.as_anon();
select is(
    tests.seen(), '{hill}', 'everybody sees an organization whose root scope is public, and none for its communities'
);
select tests.as('cleo');
select is(tests.seen(), '{hill,river}', 'also whoever belongs to another');
select tests.as_nobody();
update core.scopes set visibility = 'private' where slug in ('hill', 'heron', 'river');
update core.memberships set status = 'banned' where id = tests.membership('max', 'river');
select tests.as('max');
select is(tests.seen(), '{}', 'whoever is banned from an organization does not see it');
select tests.backend_reads('core.organizations');

-- Suspended and closed.
select tests.as('olive');
select throws_ok(
    $$select core.set_organization_status(tests.scope('river'), 'closed')$$, '42501', null,
    'not even its owner closes an organization: the platform does'
);
select set_config('tests.invitation', core.invite(tests.scope('river')), true);
select tests.as_nobody();
update core.scopes set visibility = 'public' where slug = 'otter';
select tests.as('asta');
select lives_ok($$select core.request_membership(tests.scope('otter'))$$, 'somebody asks to join a community');

-- What nobody does while an organization is not active: who would do it, and the statement.
select tests.as_nobody();
create temporary table writes (who text, what text) on commit drop;
grant select on writes to public;
insert into writes
values
    ('olive', $$select core.update_organization(tests.scope('river'), name => 'New')$$),
    ('olive', $$select core.update_scope(tests.scope('archive'), name => 'New')$$),
    ('olive', $$select core.archive_scope(tests.scope('archive'))$$),
    ('olive', $$select core.create_project(tests.scope('river'), 'new', 'New')$$),
    ('petra', $$select core.create_place(tests.scope('archive'), 'community', 'new', 'New')$$),
    ('hana', $$select core.update_scope(tests.scope('heron'), name => 'New')$$),
    ('hana', $$select core.invite(tests.scope('heron'))$$),
    ('nia', $$select core.accept_invitation(current_setting('tests.invitation'))$$),
    ('nia', $$select core.request_membership(tests.scope('otter'))$$),
    ('otis', $$select core.approve_membership(tests.membership('asta', 'otter'))$$),
    ('hana', $$select core.suspend_membership(tests.membership('cleo', 'heron'), 'why')$$),
    ('hana', $$select core.ban_member(tests.membership('cleo', 'heron'), 'why')$$),
    ('hana', $$select core.revoke_membership(tests.membership('cleo', 'heron'))$$),
    ('hana', $$select core.grant_role(tests.membership('cleo', 'heron'), 'storyteller')$$),
    ('hana', $$select core.revoke_role(tests.membership('cleo', 'heron'), 'community_member')$$),
    ('hana', $$select core.set_permission(tests.membership('cleo', 'heron'), 'member.invite', 'allow')$$),
    ('olive', $$select core.define_role(tests.scope('river'), 'guest', 'Guest', '{0}', '{member.read}')$$),
    ('olive', $$select core.retire_role(tests.scope('river'), 'editor')$$),
    ('petra', $$select core.claim_domain(tests.scope('archive'), 'archive.example')$$),
    ('petra', $$select core.set_theme(tests.scope('archive'), 'ink', '#123456')$$),
    ('hana', $$select core.impose_sanction(tests.scope('heron'), tests.person('cleo'), 'invite', 'why')$$);

-- Tries each as whoever would do it, and says which were not refused for that reason.
create function tests.unrefused()
returns setof text
language plpgsql
set search_path = ''
as $$
declare
    write record;
begin
    for write in select * from pg_temp.writes loop
        perform tests.as(write.who);
        begin
            execute write.what;
            return next write.what;
        exception
            when sqlstate 'EL010' then null;
            when others then return next write.what || ': ' || sqlerrm;
        end;
    end loop;
end
$$;

select tests.as_service();
select lives_ok(
    $$select core.set_organization_status(tests.scope('river'), 'suspended')$$, 'the platform suspends an organization'
);
select is_empty('select tests.unrefused()', 'nothing changes in an organization that is suspended');
select tests.as('eli');
select is(tests.seen(), '{river}', 'a suspended organization can still be read');
select is(
    (select count(*) from core.memberships), 4::bigint, 'and so can who belongs to its communities'
);
select lives_ok($$select core.leave(tests.scope('heron'))$$, 'nobody is kept in an organization that is suspended');
select tests.as_service();
select lives_ok(
    $$select core.set_organization_status(tests.scope('river'), 'closed')$$, 'the platform closes an organization'
);
select is_empty('select tests.unrefused()', 'nothing changes in an organization that is closed');
select tests.as('cleo');
select is(tests.seen(), '{river}', 'a closed organization can still be read');
select tests.as('hugo');
select lives_ok(
    $$select core.update_organization(tests.scope('hill'), region => 'east')$$, 'other organizations go on as before'
);
select tests.as_service();
select lives_ok(
    $$select core.set_organization_status(tests.scope('river'), 'active')$$, 'the platform brings it back'
);
select tests.refused(
    $$select core.set_organization_status(gen_random_uuid(), 'closed')$$, 'not_found',
    'what does not exist is not closed'
);
select tests.as('nia');
select lives_ok(
    $$select core.accept_invitation(current_setting('tests.invitation'))$$, 'from then on things change again'
);

-- What a row can hold.
select tests.as_nobody();
select tests.violates(
    tests.variant('core.organizations'), 'organizations_pkey', 'one id is one organization'
);
select tests.violates(
    tests.variant('core.organizations', jsonb_build_object('slug', g)), 'organizations_slug_check',
    format('%s is not an address', to_json(left(g, 20)))
)
from unnest(array['', 'River', 'ri ver', '-river', 'river-', 'ri--ver', 'ri_ver', 'ríver', repeat('r', 64)]) g;
select lives_ok(
    tests.variant('core.organizations', jsonb_build_object('slug', g)), format('%s is an address', to_json(left(g, 20)))
)
from unnest(array['r', '7', 'river-2-delta', repeat('r', 63)]) g;
select tests.violates(
    tests.variant('core.organizations', jsonb_build_object('slug', 'new', 'name', n)), 'organizations_name_check',
    format('%s is not a name', to_json(left(n, 20)))
)
from unnest(array['', '  ', repeat('n', 201)]) n;
update core.organizations set updated_at = '2000-01-01' where slug = 'river';
select is(
    (select updated_at from core.organizations where slug = 'river'), now(),
    'when a row last changed is not for the writer to say'
);

-- The count of owners, which keeps the last one.
select tests.violates(
    tests.variant('core.owner_counts'), 'owner_counts_pkey', 'an organization has one count of owners'
);
select tests.violates(
    tests.variant('core.owner_counts', jsonb_build_object('tenant_id', tests.scope('heron'))),
    'owner_counts_tenant_id_fkey', 'only an organization has a count of owners'
);
select tests.violates(
    'update core.owner_counts set owners = 0', 'owner_counts_owners_check', 'the count of owners never falls to none'
);
update core.owner_counts set owners = 7 where tenant_id = tests.scope('hill');
select results_eq(
    'select tenant_id, counted, recounted from core.verify_owners()',
    $$values (tests.scope('hill'), 7, 1::bigint)$$,
    'a count that is wrong is found'
);
select tests.as('olive');
select throws_ok('select owners from core.owner_counts', '42501', null, 'the count is not for people to read');
select throws_ok('select * from core.verify_owners()', '42501', null, 'nor is the recount');
select tests.backend_reads('core.owner_counts');
select tests.as_service();
select isnt_empty('select * from core.verify_owners()', 'servers recount');
select tests.as_auditor();
select isnt_empty('select * from core.verify_owners()', 'and so do auditors');
select tests.as_nobody();

select * from finish();
rollback;
