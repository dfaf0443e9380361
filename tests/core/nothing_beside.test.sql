-- What is changed is the one thing that was named, and nothing beside it.

begin;
set local search_path = tap, tests, public;
select plan(15);

select tests.world();

-- A claim on a host, a colour of a theme, a setting.
select tests.as('petra');
select core.claim_domain(tests.scope('archive'), 'one.example');
select core.claim_domain(tests.scope('archive'), 'two.example');
select core.release_domain(tests.scope('archive'), 'one.example');
select results_eq(
    'select host from core.project_domains', $$values ('two.example')$$, 'one host is given up, the other stays'
);

select tests.as('ada');
select core.create_project(tests.scope('river'), 'second', 'Second');
select core.set_theme(tests.scope(slug), 'colour', 'blue') from unnest('{archive,second}'::text[]) as slug;
select core.set_theme(tests.scope('archive'), 'colour', null);
select results_eq(
    'select project_id from core.project_themes', $$values (tests.scope('second'))$$,
    'one project goes without a colour, the other keeps its own'
);

select core.set_setting(tests.scope('river'), 'members.may_request', 'false');
select core.set_setting(tests.scope('river'), 'invitations.expire_after', '"P1D"');
select core.set_setting(tests.scope('river'), 'members.may_request', null);
select results_eq(
    'select key from core.settings', $$values ('invitations.expire_after')$$,
    'one setting goes back to its default, the other stays'
);

-- Two invitations of one organization.
select core.invite(tests.scope('river'), max_uses => uses) from unnest('{2,3}'::integer[]) as uses;
select core.revoke_invitation(i.id) from core.invitations i where i.max_uses = 2;
select results_eq(
    'select max_uses from core.invitations where revoked_at is null', 'values (3)',
    'one invitation is taken back, the other can still be used'
);

-- The organization's row, where only its scope is changed.
select tests.as_nobody();
alter table core.organizations disable trigger _020_touch;
update core.organizations set updated_at = '2000-01-01';
alter table core.organizations enable trigger _020_touch;
select tests.as('ada');
select core.update_scope(tests.scope('river'), description => 'By the river.');
select is(
    (select updated_at from core.organizations where slug = 'river'), '2000-01-01'::timestamptz,
    'a description of the root scope leaves the organization as it was'
);
select core.update_scope(tests.scope('river'), name => 'Riverside');
select is(
    (select name from core.organizations where slug = 'river'), 'Riverside',
    'the organization goes by the name of its root scope'
);

-- Who comes to the rescue of a place.
select tests.as('hana');
select core.leave(tests.scope('heron'));
select tests.as_nobody();
select tests.join('otis', 'heron', 'community_member');
select tests.as('petra');
select lives_ok(
    $$select core.appoint_manager(tests.scope('heron'), tests.person('hana'))$$,
    'whoever left can be appointed again, though a member manages another place'
);
select tests.as_nobody();
select isnt(tests.membership('hana', 'heron'), null, 'and belongs there again');

-- A key for the whole organization acts in the places that its person belongs to.
select tests.join('ada', 'heron', 'community_member');
select tests.as('ada');
create temporary table key on commit drop as
select core.create_api_key(tests.scope('river'), 'all', '{member.read}') as secret;
select tests.as_nobody();
select set_config('tests.claims', core.authenticate_api_key(sha256(convert_to(secret, 'utf8')))::text, true)
from key;
select tests.as('ada');
select set_config('request.jwt.claims', current_setting('tests.claims'), true);
select ok(tests.scope('heron') = any (core.reach(2)), 'a key for an organization reaches its places');
select ok(tests.scope('archive') = any (core.reach(1)), 'and what they stand in');
select tests.as_nobody();

-- Whose time has run out is no fellow any more.
select tests.as('cleo');
select isnt_empty($$select from core.people where id = tests.person('eli')$$, 'before: fellows see each other');
select tests.as_nobody();
update core.memberships
set valid_during = tstzrange('2020-01-01', '2021-01-01')
where id = tests.membership('eli', 'heron');
select tests.as('cleo');
select is_empty(
    $$select from core.people where id = tests.person('eli')$$, 'a membership whose time is over shows nobody'
);
select tests.as_nobody();

-- An organization that stands last among its own scopes, whichever way they are looked through.
insert into core.organizations (id, slug, name) values ('ffffffff-ffff-7fff-bfff-ffffffffffff', 'last', 'Last');
insert into core.scopes (tenant_id, kind, level, parent_id, parent_level, slug, name)
select o.id, 'project', 1, o.id, 0, place, place
from core.organizations o, unnest('{first,second}'::text[]) as place
where o.slug = 'last';
update core.scopes set archived_at = now() where slug = 'second';
select lives_ok(
    $$select core._require_open(tests.scope('first'))$$, 'a project is open while another is archived'
);
update core.scopes set archived_at = case when level = 0 then now() end where slug in ('second', 'last');
select tests.refused(
    $$select core._require_open(tests.scope('first'))$$, 'scope_archived', 'and closed where its organization is'
);

select ok(not core.is_lang('en-' || repeat('abcdefgh-', 4) || 'x'), 'no language has a tag that long');

select * from finish();
rollback;
