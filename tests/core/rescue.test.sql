-- A place in which nobody is left to manage it is not lost: those above give it a manager, then and only then.

begin;
set local search_path = tap, tests, public;
select plan(12);

select tests.world();

select tests.as('ada');
select tests.refused(
    $$select core.appoint_manager(tests.scope('otter'), tests.person('max'))$$,
    'still_managed', 'as long as somebody manages a community, nobody above puts another there'
);
select tests.as('otis');
select core.leave(tests.scope('otter'));

select tests.as('oona');
select tests.refused(
    $$select core.appoint_manager(tests.scope('otter'), tests.person('oona'))$$,
    'not_permitted', 'who simply belongs does not make themselves the manager'
);
select tests.as('hazel');
select tests.refused(
    $$select core.appoint_manager(tests.scope('otter'), tests.person('hazel'))$$,
    'not_permitted', 'nor does anybody of another organization'
);
select tests.as('petra');
select tests.refused(
    $$select core.appoint_manager(tests.scope('otter'), tests.person('hazel'))$$,
    'not_found', 'nobody is appointed whom the organization does not know'
);
select tests.refused(
    $$select core.appoint_manager(tests.scope('otter'), null)$$, 'not_found', 'nor nobody'
);
select lives_ok(
    $$select core.appoint_manager(tests.scope('otter'), tests.person('oona'))$$,
    'the project''s manager makes a member the manager of a community that has none'
);
select tests.refused(
    $$select core.appoint_manager(tests.scope('otter'), tests.person('max'))$$,
    'still_managed', 'once: then there is one'
);
select tests.as('oona');
select ok(core.can('member.manage', tests.scope('otter')), 'who was appointed manages the community');
select ok(not core.can('steward.appoint', tests.scope('otter')), 'but is not thereby its steward');

select tests.as('petra');
select core.leave(tests.scope('archive'));
select tests.as('ada');
select lives_ok(
    $$select core.appoint_manager(tests.scope('archive'), tests.person('max'))$$,
    'a project without a manager gets one from the organization, who need not have belonged to it'
);
select tests.as('max');
select ok(core.can('member.manage', tests.scope('archive')), 'and who then manages it');
select tests.as('ada');
select tests.refused(
    $$select core.appoint_manager(tests.scope('river'), tests.person('max'))$$,
    'role_not_here', 'an organization has owners instead'
);

select * from finish();
rollback;
