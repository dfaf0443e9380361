-- Works: how they begin, how they move, how they are written on, and who learns that they are there. How far they are
-- shared is for tests/consent.

begin;
set local search_path = tap, tests, public;
select plan(103);

-- Those who see a work, a version of it or what only its kind has, in the order of the alphabet.
create function tests.readers(title text, what text default 'content.works')
returns text[]
language plpgsql
set search_path = ''
as $$
declare
    readers text[] := '{}';
    name text;
    seen boolean;
    id constant uuid := tests.work(title);
begin
    foreach name in array '{ada,cleo,eli,hana,hazel,max,oona,rene,sol,tess}'::text[] loop
        perform tests.as(name);
        execute format(
            'select exists (select from %s t where t.%s = $1)', what,
            case when what in ('content.works', 'content.notes') then 'id' else 'work_id' end
        ) into seen using id;
        if seen then
            readers := readers || name;
        end if;
    end loop;
    perform tests.as_nobody();
    return readers;
end
$$;

select tests.world();
select tests.join('rene', 'heron', 'cultural_reviewer');
select tests.join('tess', 'heron', 'storyteller');

-- Beginning.

select tests.as('cleo');
select lives_ok(
    $$select content.create_note(
        tests.scope('heron'), '  First snow ', '{"text": "It came early."}', 'It came early.', 'Of one winter.',
        written_on => '2026-01-02'
    )$$,
    'who belongs to a community begins a note in it'
);
select results_eq(
    $$
    select
        kind, title, summary, lang, visibility::text, state::text, moves, current_version, owner_id,
        project_id = tests.scope('archive'), level
    from content.works
    $$,
    $$values (
        'note', 'First snow', 'Of one winter.', 'en', 'private', 'draft', 1, 1, tests.person('cleo'), true, 2::smallint
    )$$,
    'it is a private draft of theirs, in the project of its place'
);
select results_eq(
    $$select number, material_version, body ->> 'text', plain_text, created_by from content.work_versions$$,
    $$values (1, 1, 'It came early.', 'It came early.', tests.person('cleo'))$$,
    'with what it says as its first version'
);
select results_eq(
    $$select number, from_state::text, to_state::text, capacity::text, actor_id from content.work_transitions$$,
    $$values (1, null::text, 'draft', 'owner', tests.person('cleo'))$$, 'and its beginning as its first move'
);
select results_eq('select written_on, kind from content.notes', $$values ('2026-01-02'::date, 'note')$$, 'and its day');
select results_eq(
    'select person_id, capacity::text from consent.consent_parties',
    $$values (tests.person('cleo'), 'teller')$$, 'whoever makes it is the first who has to consent'
);
select tests.violates(
    $$select content.create_note(tests.scope('heron'), ' ', '{}')$$, 'works_title_check', 'a work has a title'
);
select tests.violates(
    $$select content.create_note(tests.scope('heron'), repeat('x', 301), '{}')$$, 'works_title_check', 'a short one'
);
select tests.violates(
    $$select content.create_note(tests.scope('heron'), 'x', '{}', summary => repeat('x', 2001))$$,
    'works_summary_check', 'and a summary that is one'
);
select tests.violates(
    $$select content.create_note(tests.scope('heron'), 'x', '{}', lang => 'English')$$,
    'works_lang_check', 'in a language'
);
select tests.violates(
    $$select content.create_note(tests.scope('heron'), 'x', '[]')$$, 'work_versions_body_check', 'and a body'
);
select tests.refused(
    $$select content.create_note(tests.scope('otter'), 'x', '{}')$$, 'not_permitted', 'but not elsewhere'
);
select tests.as_anon();
select throws_ok(
    $$select content.create_note(tests.scope('heron'), 'x', '{}')$$, '42501', null, 'nobody begins one unknown'
);
select tests.as_nobody();
insert into core.sanctions (tenant_id, scope_id, person_id, capability, reason, imposed_by)
values (tests.scope('river'), tests.scope('heron'), tests.person('eli'), 'create', 'too much', tests.person('hana'));
select tests.as('eli');
select tests.refused(
    $$select content.create_note(tests.scope('heron'), 'x', '{}')$$, 'barred', 'nor who is kept from it'
);
select tests.as_nobody();
update core.projects set default_lang = 'cr' where id = tests.scope('archive');
insert into core.platform_modules (module, version, description) values ('kites', '0', 'Kites.');
insert into content.work_kinds (kind, module, description) values ('kite', 'kites', 'A kite.');
select tests.as('tess');
select lives_ok(
    $$select content.create_note(tests.scope('heron'), 'Of otters', '{}')$$, 'somebody else begins another'
);
select is(
    (select w.lang from content.works w where w.title = 'Of otters'), 'cr', 'in the language of the project'
);
select tests.as_nobody();
select set_config('request.jwt.claims', json_build_object('person', tests.person('cleo'))::text, true);
select tests.refused(
    $$select content._create_work('kite', tests.scope('heron'), 'x', '{}', '', '', null, 'private')$$,
    'not_found', 'of a module that is off nothing is begun'
);
select set_config('request.jwt.claims', '', true);

-- Who learns of it.

select is(tests.readers('First snow'), '{cleo}'::text[], 'a draft is its owner''s alone');
select is(tests.readers('First snow', 'content.notes'), '{cleo}'::text[], 'and so is what only a note has');
select is(tests.readers('First snow', 'content.work_versions'), '{cleo}'::text[], 'and what it says');
select is(tests.readers('First snow', 'content.work_transitions'), '{cleo}'::text[], 'and how it came along');
select is(tests.readers('First snow', 'consent.consent_parties'), '{cleo}'::text[], 'and who has to consent');
select tests.as_anon();
select is_empty('select from content.works', 'nobody unknown sees one');
select is_empty('select from content.work_versions', 'nor what it says');
select is_empty('select from content.notes', 'nor its day');
select tests.as_nobody();
select tests.backend_reads(relation)
from unnest('{
    content.work_kinds,content.works,content.work_moves,content.work_transitions,content.work_versions,content.notes,
    consent.purposes,consent.consent_parties
}'::regclass[]) relation;

-- Collaborators.

select tests.as('sol');
select tests.refused(
    $$select content.add_collaborator(tests.work('First snow'), tests.person('sol'), 'edit')$$,
    'not_found', 'nobody lets themselves in'
);
select tests.as('cleo');
select tests.refused(
    $$select content.add_collaborator(tests.work('First snow'), tests.person('cleo'), 'edit')$$,
    'not_on_yourself', 'nor is anybody their own collaborator'
);
select tests.refused(
    $$select content.add_collaborator(tests.work('First snow'), tests.person('hazel'), 'edit')$$,
    'not_found', 'nor is somebody whom the organization does not know'
);
select tests.refused(
    $$select content.add_collaborator(tests.work('First snow'), null, 'edit')$$, 'not_found', 'nor nobody'
);
select throws_ok(
    format('select content.add_collaborator(%L, tests.person(%L), %L)', w, 'hazel', 'edit'), 'P0002',
    'there is no such work of yours, or it is not for you to see', 'of what is not theirs they learn no more: ' || says
)
from (
    values (tests.work('Of otters'), 'what is somebody else''s'), (gen_random_uuid(), 'what is not there')
) v (w, says);
select lives_ok(
    $$select content.add_collaborator(tests.work('First snow'), tests.person('sol'), 'comment')$$, 'an owner does'
);
select is(tests.readers('First snow'), '{cleo,sol}'::text[], 'and a collaborator reads it');
select is(tests.readers('First snow', 'content.work_versions'), '{cleo,sol}'::text[], 'in every version');
select is(tests.readers('First snow', 'content.work_transitions'), '{cleo,sol}'::text[], 'and its way');
select is(tests.readers('First snow', 'content.work_collaborators'), '{cleo,sol}'::text[], 'and who else helps');
select tests.backend_reads('content.work_collaborators');
select tests.as('sol');
select tests.refused(
    $$select content.revise_work(tests.work('First snow'), '{"text": "Late."}')$$, 'not_found',
    'who may comment does not write'
);
select tests.as('cleo');
select content.add_collaborator(tests.work('First snow'), tests.person('sol'), 'edit');
select tests.as('sol');
select tests.refused(
    $$select content.revise_work(tests.work('First snow'), '{"text": "Late."}')$$, 'consent_missing',
    'nor does an editor, unless everybody consented to that'
);
select tests.refused(
    $$select content.transition(tests.work('First snow'), 'published')$$, 'not_found', 'nor does an editor publish'
);
select tests.refused(
    $$select content.update_work(tests.work('First snow'), visibility => 'public')$$, 'not_found',
    'or say how far it is shared'
);
select tests.as('cleo');
select consent.give_consent(tests.work('First snow'), 'modification');
select tests.as('sol');
select is(
    content.revise_work(tests.work('First snow'), '{"text": "It came late."}', change_note => 'asked again'), 2,
    'with that consent, the editor writes the next version'
);
select tests.as('max');
select tests.refused(
    $$select content.remove_collaborator(tests.work('First snow'), tests.person('sol'))$$, 'not_found',
    'a stranger takes nobody off'
);
select tests.as('sol');
select lives_ok(
    $$select content.remove_collaborator(tests.work('First snow'), tests.person('sol'))$$, 'who helped may leave'
);
select is(tests.readers('First snow'), '{cleo}'::text[], 'and reads it no longer');

-- Versions.

select tests.as('cleo');
select is(
    content.revise_work(tests.work('First snow'), '{"text": "It came late!"}', minor => true), 3,
    'an owner writes another, a minor one'
);
select is(
    content.revise_work(tests.work('First snow'), '{"text": "It came early."}', based_on => 1), 4,
    'or goes back to an old one, which is a new one too'
);
select results_eq(
    $$
    select number, previous, material_version, minor_after, based_on, change_note, created_by = tests.person('sol')
    from content.work_versions
    where work_id = tests.work('First snow')
    order by number
    $$,
    $$values
        (1, null, 1, null, null, '', false), (2, 1, 2, null, 1, 'asked again', true),
        (3, 2, 2, 2, 2, '', false), (4, 3, 4, null, 1, '', false)$$,
    'without a gap; a minor one belongs to the material one before'
);
select is(
    (select w.current_version from content.works w where w.id = tests.work('First snow')), 4, 'the last is current'
);
select tests.violates(
    $$select content.revise_work(tests.work('First snow'), '{}', based_on => 9)$$,
    'work_versions_based_on_check', 'none goes back to one that is still to come'
);
select tests.as_nobody();
select tests.refused(
    $$update content.work_versions set body = '{}'$$, 'append_only', 'a version is never changed, whoever writes'
);
select tests.refused('delete from content.work_versions', 'append_only', 'nor taken away');
select tests.violates(
    tests.variant('content.work_versions', changes, 'number = 3'), constraint_name, promise
)
from (
    values
        ('{}'::jsonb, 'work_versions_pkey', 'each number is there once'),
        ('{"number": 9}', 'work_versions_tenant_id_work_id_previous_fkey', 'none is left out'),
        ('{"number": 5, "material_version": 3}', 'work_versions_minor_after_fkey', 'none is minor to one before that'),
        ('{"number": 5, "material_version": 6}', 'work_versions_material_version_check', 'or to one to come'),
        ('{"number": 5, "material_version": 0}', 'work_versions_material_version_check', 'or to none'),
        (
            jsonb_build_object('number', 5, 'material_version', 5, 'change_note', repeat('x', 2001)),
            'work_versions_change_note_check', 'and what became different is said in a few words'
        )
) as v (changes, constraint_name, promise);

-- Moves.

select tests.as('cleo');
select tests.refused(
    $$select content.transition(tests.work('First snow'), 'approved')$$, 'no_such_move', 'no draft is approved at once'
);
select lives_ok($$select content.transition(tests.work('First snow'), 'submitted')$$, 'it is given in');
select is(tests.readers('First snow'), '{cleo,eli,hana,rene,sol}'::text[], 'and now its reviewers read it');
select is(
    tests.readers('First snow', 'content.work_transitions'), '{cleo,eli,hana,rene,sol}'::text[], 'with its way'
);
select tests.as('rene');
select results_eq(
    $$select number from content.work_versions where work_id = tests.work('First snow')$$, 'values (4)',
    'in its newest version alone'
);
select tests.refused(
    $$select content.transition(tests.work('First snow'), 'draft')$$, 'no_such_move', 'nobody else takes it back'
);
select tests.as('cleo');
select tests.refused(
    $$select content.transition(tests.work('First snow'), 'in_review')$$, 'no_such_move', 'or reviews what is their own'
);
select tests.as('max');
select tests.refused(
    $$select content.transition(tests.work('First snow'), 'in_review')$$, 'not_found', 'nor whoever may not'
);
select tests.as('rene');
select content.transition(tests.work('First snow'), 'in_review');
select lives_ok(
    $$select content.transition(tests.work('First snow'), 'approved', 'Well told.')$$, 'a reviewer approves it'
);
select is(tests.readers('First snow'), '{cleo}'::text[], 'and it is its owner''s again');
select tests.as('rene');
select tests.refused(
    $$select content.transition(tests.work('First snow'), 'published')$$, 'not_found', 'who alone publishes it'
);
select tests.as('cleo');
select lives_ok($$select content.transition(tests.work('First snow'), 'published')$$, 'which they do');
select results_eq(
    $$
    select number, from_state::text, to_state::text, capacity::text, actor_id = owner_id, reason
    from content.work_transitions
    where work_id = tests.work('First snow') and number > 2
    order by number
    $$,
    $$values
        (3, 'submitted', 'in_review', 'reviewer', false, ''),
        (4, 'in_review', 'approved', 'reviewer', false, 'Well told.'),
        (5, 'approved', 'published', 'owner', true, '')$$,
    'every move is kept, with who made it and why'
);
select is(tests.readers('First snow'), '{cleo}'::text[], 'published without consent, nobody reads it');
select tests.as_nobody();
insert into core.settings (tenant_id, scope_id, key, value)
values (tests.scope('river'), tests.scope('archive'), 'works.reviewed', 'true');
select tests.as('tess');
select tests.refused(
    $$select content.transition(tests.work('Of otters'), 'published')$$, 'no_such_move',
    'where works are reviewed, none is published past that'
);
select tests.as_nobody();
delete from core.settings where key = 'works.reviewed';
select tests.as('tess');
select lives_ok($$select content.transition(tests.work('Of otters'), 'published')$$, 'elsewhere it is');
select tests.as_nobody();
select tests.refused('delete from content.work_transitions', 'append_only', 'no move is taken away, whoever writes');
set constraints all immediate;
select tests.violates(
    $$update content.works set state = 'approved' where title = 'Of otters'$$,
    'works_tenant_id_id_moves_state_fkey', 'and a work is where its last move left it, whoever writes'
);
set constraints all deferred;
select tests.violates(
    tests.variant('content.work_transitions', changes, 'number = 3'), constraint_name, promise
)
from (
    values
        ('{}'::jsonb, 'work_transitions_pkey', 'each move has its number'),
        (
            '{"number": 6, "from_state": "draft", "to_state": "submitted", "capacity": "owner"}',
            'work_transitions_tenant_id_work_id_previous_from_state_fkey', 'and begins where the last ended'
        ),
        (
            '{"number": 6, "from_state": "published", "to_state": "approved"}',
            'work_transitions_from_state_to_state_capacity_fkey', 'as one of the moves there are'
        ),
        ('{"number": 6, "from_state": null}', 'work_transitions_from_state_check', 'only the first begins nowhere'),
        ('{"number": 0}', 'work_transitions_number_check', 'which is the first'),
        (
            '{"number": 1, "from_state": null, "to_state": "submitted"}',
            'work_transitions_to_state_check', 'and makes a draft'
        ),
        (
            jsonb_build_object('number', 6, 'actor_id', tests.person('cleo')),
            'work_transitions_actor_id_check', 'nobody reviews their own, whoever writes'
        ),
        (
            jsonb_build_object('number', 6, 'reason', repeat('x', 2001)),
            'work_transitions_reason_check', 'and a reason is not a book'
        )
) as v (changes, constraint_name, promise);

-- Windows, whatever was compiled.

select tests.violates(
    format(
        'update content.works set visibility = %L, state = %L, %I = %s, %I = ''{[2020-01-01,)}'' '
        'where title = ''Of otters''',
        visibility, state, audience || '_version', version, audience || '_during'
    ),
    format('works_%s_during_check', audience),
    format('nothing is open to the %s that is %s, %s, in version %s', audience, visibility, state, version)
)
from (
    values
        ('public', 'organization', 'published', '1'), ('public', 'public', 'draft', '1'),
        ('public', 'public', 'published', 'null'),
        ('organization', 'community', 'published', '1'), ('organization', 'public', 'draft', '1'),
        ('organization', 'organization', 'published', 'null'),
        ('community', 'private', 'published', '1'), ('community', 'community', 'draft', '1'),
        ('community', 'community', 'published', 'null')
) as v (audience, visibility, state, version);
select tests.violates(
    $$insert into content.work_kinds (kind, module, description) values ('A Kite', 'content', 'x')$$,
    'work_kinds_kind_check', 'a kind has a plain name'
);
select tests.violates(
    $$insert into consent.purposes (key, name, description, dpv) values ('A Use', 'x', 'x', 'x')$$,
    'purposes_key_check', 'and so has a purpose'
);

select * from finish();
rollback;
