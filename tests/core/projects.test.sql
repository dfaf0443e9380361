-- Projects: what only they have, the host names that lead to them, their look, and the one a request is for.

begin;
set local search_path = tap, tests, public;
select plan(113);

select tests.world();
select tests.as_nobody();
select tests.join('edda', 'archive', 'editor');

-- Beginning one.
select tests.as('ada');
select lives_ok(
    $$select core.create_project(tests.scope('river'), 'weir', 'Weir', 'private', 'Mending the weir', 'fr-CA')$$,
    'an admin begins a project'
);
select results_eq(
    $$select kind, purpose, default_lang, starts_on, ends_on from core.projects where id = tests.scope('weir')$$,
    $$values ('project', 'Mending the weir', 'fr-CA', null::date, null::date)$$,
    'it is for what they said, in the language they said'
);
select results_eq(
    $$select kind, purpose, default_lang from core.projects where id = tests.scope('archive')$$,
    $$values ('project', '', 'en')$$,
    'without saying so, it is for nothing in particular, in English'
);
select tests.violates(
    $$select core.create_project(tests.scope('river'), 'new', 'New', default_lang => 'not a language')$$,
    'projects_default_lang_check', 'a project has a language'
);
select is_empty(
    $$select from core.scopes where slug = 'new'$$, 'a project that was refused leaves no scope behind'
);

-- Who sees what only a project has.
select tests.as('cleo');
select is(
    array(select p.id from core.projects p), array[tests.scope('archive')],
    'who sees the scope of a project sees the project, and no other'
);
select tests.as('dara');
select is_empty('select from core.projects', 'who belongs outside of it does not');
select tests.as('hugo');
select is_empty('select from core.projects', 'nor does another organization');
select tests.as_anon();
select is_empty('select from core.projects', 'nor does who is not signed in');
select tests.as_nobody();
update core.scopes set visibility = 'public' where slug = 'weir';
select tests.as_anon();
select is(
    array(select p.id from core.projects p), array[tests.scope('weir')], 'everybody sees a project that is public'
);
select tests.backend_reads('core.projects');

-- Host names.
select tests.as('petra');
select set_config('tests.claim', core.claim_domain(tests.scope('archive'), 'Stories.River.Example'), true);
select matches(
    current_setting('tests.claim'), '^[A-Za-z0-9_-]{43}$',
    'whoever manages a project claims a host name, and is told what to publish in its DNS'
);
select is(
    core.claim_domain(tests.scope('archive'), 'stories.river.example'), current_setting('tests.claim'),
    'claiming it again tells the same'
);
select results_eq(
    'select host, tenant_id, project_id, verified_at from core.project_domains',
    $$values ('stories.river.example', tests.scope('river'), tests.scope('archive'), null::timestamptz)$$,
    'a claim is kept in lower case, and not verified'
);
select is(core.project_of_host('stories.river.example'), null, 'before it is verified it leads nowhere');
select tests.refused(
    $$select core.claim_domain(tests.scope('weir'), 'weir.river.example')$$, 'not_permitted',
    'nobody claims host names for another project'
);
select tests.as('edda');
select tests.refused(
    $$select core.claim_domain(tests.scope('archive'), 'edda.example')$$, 'not_permitted',
    'nor for a project they do not manage'
);
select tests.refused(
    $$select core.release_domain(tests.scope('archive'), 'stories.river.example')$$, 'not_permitted',
    'nor gives them up'
);
select is_empty('select from core.project_domains', 'nor reads who claimed which');
select tests.as('ada');
select isnt_empty('select from core.project_domains', 'whoever manages domains of the organization reads its claims');
select tests.refused(
    $$select core.claim_domain(tests.scope('delta'), 'delta.river.example')$$, 'not_found',
    'a host name leads to a project, not to a place'
);
select tests.refused(
    $$select core.claim_domain(tests.scope('river'), 'river.example')$$, 'not_found', 'nor to an organization'
);
select lives_ok(
    $$select core.claim_domain(tests.scope('weir'), 'stories.river.example')$$,
    'another project may claim the same host name'
);
select tests.as_nobody();
select tests.join('ada', 'archive');
update core.memberships set status = 'banned' where id = tests.membership('ada', 'archive');
select tests.as('ada');
select results_eq(
    'select project_id from core.project_domains', $$values (tests.scope('weir'))$$,
    'who is banned from a project does not read its claims'
);
select tests.as_nobody();
delete from core.memberships where id = tests.membership('ada', 'archive');
select tests.as('hugo');
select is_empty('select from core.project_domains', 'another organization reads no claims');
select throws_ok(
    $$select core.verify_domain('stories.river.example', current_setting('tests.claim'))$$, '42501', null,
    'people do not verify their own claims'
);
select tests.as_anon();
select throws_ok('select host from core.project_domains', '42501', null, 'nor does who is not signed in');
select throws_ok(
    $$select core.claim_domain(tests.scope('archive'), 'anon.example')$$, '42501', null, 'nor do they claim any'
);
select throws_ok(
    $$select core.release_domain(tests.scope('archive'), 'stories.river.example')$$, '42501', null, 'nor give any up'
);
select tests.as_service();
select tests.refused(
    $$select core.verify_domain('stories.river.example', 'guessed')$$, 'not_found',
    'without the text in its DNS a host name is not verified'
);
select tests.refused(
    $$select core.verify_domain('other.river.example', current_setting('tests.claim'))$$, 'not_found',
    'nor is a host name that nobody claimed'
);
select lives_ok(
    $$select core.verify_domain('Stories.River.Example', current_setting('tests.claim'))$$,
    'a server that saw the text verifies the claim'
);
select lives_ok(
    $$select core.verify_domain('stories.river.example', current_setting('tests.claim'))$$,
    'seeing it again changes nothing'
);
select is(
    core.project_of_host('Stories.River.example'), tests.scope('archive'),
    'from then on the host name leads to the project'
);
select tests.refused(
    format(
        'select core.verify_domain(%L, %L)', 'stories.river.example',
        (select verification_token from core.project_domains where project_id = tests.scope('weir'))
    ),
    'host_taken', 'it cannot lead to a second one'
);
select tests.as_anon();
select is(
    core.project_of_host('stories.river.example'), tests.scope('archive'),
    'a host name is resolved before anybody is signed in'
);
select is(core.project_of_host('nowhere.example'), null, 'a host name that nobody claimed leads nowhere');
select tests.backend_reads('core.project_domains');
select tests.as('petra');
select lives_ok(
    $$select core.release_domain(tests.scope('archive'), 'Stories.River.Example')$$,
    'whoever manages a project gives up a host name'
);
select is(core.project_of_host('stories.river.example'), null, 'and it leads nowhere');
select tests.refused(
    $$select core.release_domain(tests.scope('archive'), 'stories.river.example')$$, 'not_found',
    'what was given up is not there to give up'
);
select tests.as('ada');
select isnt_empty(
    $$select from core.project_domains where project_id = tests.scope('weir')$$, 'the claims of others stay'
);
select tests.as_service();
select lives_ok(
    format(
        'select core.verify_domain(%L, %L)', 'stories.river.example',
        (select verification_token from core.project_domains where project_id = tests.scope('weir'))
    ),
    'a host name that was given up can lead to another project'
);

-- The look.
select tests.as('edda');
select lives_ok($$select core.set_theme(tests.scope('archive'), 'ink', '#101820')$$, 'an editor sets the look');
select lives_ok($$select core.set_theme(tests.scope('archive'), 'ink', '#204060')$$, 'and changes it');
select lives_ok($$select core.set_theme(tests.scope('archive'), 'paper-light', 'white')$$, 'token by token');
select results_eq(
    'select token, value from core.project_themes order by token',
    $$values ('ink', '#204060'), ('paper-light', 'white')$$,
    'what was set last is what holds'
);
select lives_ok($$select core.set_theme(tests.scope('archive'), 'ink', null)$$, 'and takes it back');
select results_eq(
    'select token, value from core.project_themes', $$values ('paper-light', 'white')$$, 'the rest stays as it was'
);
select tests.as('priya');
select tests.refused(
    $$select core.set_theme(tests.scope('archive'), 'ink', 'red')$$, 'not_permitted', 'a member does not set the look'
);
select isnt_empty('select from core.project_themes', 'who sees the project sees its look');
select tests.as('dara');
select is_empty('select from core.project_themes', 'who does not see the project does not see its look');
select tests.as_anon();
select is_empty('select from core.project_themes', 'nor does who is not signed in');
select throws_ok(
    $$select core.set_theme(tests.scope('archive'), 'ink', 'red')$$, '42501', null, 'nor sets it'
);
select tests.as('ada');
select lives_ok($$select core.set_theme(tests.scope('weir'), 'ink', 'blue')$$, 'an admin sets the look of a project');
select tests.as_anon();
select results_eq(
    'select value from core.project_themes', $$values ('blue')$$, 'everybody sees the look of a project that is public'
);
select tests.backend_reads('core.project_themes');

-- The project that a request is for.
select tests.as('cleo');
select is(core.current_project(), null, 'to begin with, a request is for no project');
select is(core.switch_project(tests.scope('archive')), tests.scope('archive'), 'people switch to a project they see');
select is(core.current_project(), tests.scope('archive'), 'and then the request is for that project');
select tests.refused(
    format('select core.switch_project(%L)', tests.scope('heron')), 'not_found', 'a community is not a project'
);
select tests.as_nobody();
update core.scopes set visibility = 'private' where slug = 'weir';
select tests.as('cleo');
select tests.refused(
    format('select core.switch_project(%L)', tests.scope('weir')), 'not_found',
    'nobody switches to a project they do not see'
);
select is(core.current_project(), tests.scope('archive'), 'a refusal leaves it as it was');
select is(core.switch_project(null), null, 'people switch back to no project');
select is(core.current_project(), null, 'and then the request is for none');
select tests.as_nobody();
update core.scopes set visibility = 'public' where slug = 'weir';
select tests.as_anon();
select is(core.switch_project(tests.scope('weir')), tests.scope('weir'),
'everybody switches to a project that is public');
select is(core.current_project(), tests.scope('weir'), 'and works in it');
select tests.as_service();
select is(core.switch_project(tests.scope('archive')), tests.scope('archive'), 'so do servers');
select is(core.current_project(), tests.scope('archive'), 'with any project');

-- What a row can hold.
select tests.as_nobody();
select tests.violates(tests.variant('core.projects'), 'projects_pkey', 'a project is one row');
select tests.violates(
    tests.variant('core.projects', jsonb_build_object('id', tests.scope('heron'))), 'projects_tenant_id_id_kind_fkey',
    'only a scope that is a project has what only a project has'
);
select throws_ok(
    $$update core.projects set kind = 'community'$$, '428C9', null, 'a project cannot be called anything else'
);
select tests.violates(
    $$update core.projects set starts_on = '2026-02-02', ends_on = '2026-02-01'$$, 'projects_period_check',
    'a project does not end before it starts'
);
select lives_ok(
    $$update core.projects set starts_on = '2026-02-01', ends_on = '2026-02-01'$$, 'a project can last a day'
);
select tests.violates(
    $$update core.projects set default_lang = 'English'$$, 'projects_default_lang_check',
    'the language of a project is a language'
);
select tests.violates(
    tests.variant('core.project_domains'), 'project_domains_pkey', 'a project claims a host name once'
);
select tests.violates(
    tests.variant(
        'core.project_domains',
        jsonb_build_object('project_id', tests.scope('archive')),
        'verified_at is not null'
    ),
    'project_domains_host_key', 'one host name leads to one project'
);
select tests.violates(
    tests.variant(
        'core.project_domains', jsonb_build_object('tenant_id', tests.scope('heron'), 'verified_at', null)
    ),
    'project_domains_tenant_id_fkey', 'a host name leads into an organization that exists'
);
select tests.violates(
    tests.variant('core.project_domains', jsonb_build_object('host', h)), 'project_domains_host_check',
    format('%s is not a host name', to_json(left(h, 40)))
)
from unnest(array[
    '', 'example', 'River.example', 'river..example', '-river.example', 'river-.example', 'river.example.',
    'ri ver.example',
    'https://river.example', 'river.example/path', 'river.example:443', '10.0.0.1', 'río.example',
    repeat('a', 64) || '.example', repeat('a.', 124) || 'example'
]) h;
select lives_ok(
    tests.variant('core.project_domains', jsonb_build_object('host', h, 'verified_at', null)),
    format('%s is a host name', h)
)
from unnest(array['a.io', 'xn--ro-zma.example', 'a-b.c-d.example']) h;
select tests.violates(
    tests.variant('core.project_themes'), 'project_themes_pkey', 'a token of a project''s look is set once'
);
select tests.violates(
    tests.variant('core.project_themes', jsonb_build_object('project_id', tests.scope('heron'))),
    'project_themes_tenant_id_project_id_fkey', 'only a project has a look'
);
select tests.violates(
    tests.variant('core.project_themes', jsonb_build_object('token', k)), 'project_themes_token_check',
    format('%s is not a token', to_json(k))
)
from unnest(array['', 'Ink', '-ink', 'ink-', 'ink--dark', '2ink', 'ink dark', 'ink:']) k;
select tests.violates(
    tests.variant('core.project_themes', jsonb_build_object('token', 'new', 'value', v)), 'project_themes_value_check',
    format('%s is not a value', to_json(left(v, 40)))
)
from unnest(array[
    'red; background: url(//evil.example)', '</style><script>', 'a{b', 'a}b', repeat('x', 501)
]) v;
update core.projects set updated_at = '2000-01-01';
select ok(
    (select bool_and(updated_at = now()) from core.projects), 'when a project last changed is not for the writer to say'
);
update core.project_themes set updated_at = '2000-01-01';
select ok(
    (select bool_and(updated_at = now()) from core.project_themes), 'nor when its look did'
);

select * from finish();
rollback;
