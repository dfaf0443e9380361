-- Labels: who takes one up, words it, puts it on a work and takes it off; and what a label that is ratified binds.

begin;
set local search_path = tap, tests, public;
select plan(114);

create function tests.label_protocol(label text)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
    select l.protocol_id
    from consent.community_labels l
    where l.scope_id = tests.scope('heron') and l.label = label_protocol.label
$$;

-- The labels that a work bears.
create function tests.bears(title text)
returns text[]
language sql
stable
security definer
set search_path = ''
as $$
    select array_agg(
        s.slug || ' ' || b.label || case when b.ratified then ' binds' else '' end order by s.slug, b.label
    )
    from content.works w
    join consent.work_labels b on b.tenant_id = w.tenant_id and b.work_id = w.id
    join core.scopes s on s.tenant_id = b.tenant_id and s.id = b.scope_id
    where w.title = bears.title
$$;

create function tests.told(topic text, title text)
returns jsonb[]
language sql
stable
security definer
set search_path = ''
as $$
    select array_agg(convert_from(o.body, 'utf8')::jsonb - 'work_id' order by convert_from(o.body, 'utf8'))
    from ops.outbox o
    where o.topic = told.topic
        and convert_from(o.body, 'utf8')::jsonb ->> 'work_id' = tests.work(told.title)::text
$$;

select tests.world();
select tests.join('cleo', 'otter', 'community_member');
select tests.join('tess', 'heron', 'storyteller');

-- The catalog.

select results_eq(
    $$
    select l.kind::text, l.category::text, count(*), count(*) filter (where l.binding)
    from consent.labels l
    group by l.kind, l.category
    order by l.kind, l.category
    $$,
    $$values
        ('label', 'provenance', 9::bigint, 0::bigint), ('label', 'protocol', 11, 7), ('label', 'permission', 10, 1),
        ('notice', 'disclosure', 3, 0), ('notice', 'engagement', 1, 0), ('notice', 'collections_care', 8, 0)$$,
    'there are labels and notices of each sort, and some labels can bind'
);
select is_empty(
    $$select from consent.labels l where (l.key ^@ 'notice_') <> (l.kind = 'notice')
        or (l.family is not null and l.name !~ concat('^', upper(l.family::text), ' '))$$,
    'each is called by what it is'
);
select tests.as_anon();
select is((select count(*) from consent.labels), 42::bigint, 'which everybody can look up');

-- Taking one up.

select tests.as('sol');
select lives_ok(
    format('select consent.adopt_label(tests.scope(%L), %L)', 'heron', label), 'a steward takes up ' || label
)
from unnest('{tk_seasonal,tk_attribution,tk_community_use_only,bc_provenance}'::text[]) label;
select lives_ok($$select consent.adopt_label(tests.scope('heron'), 'tk_seasonal')$$, 'twice is once');
select results_eq(
    $$select l.level::integer, l.kind::text, l.ratified, l.adopted_by
    from consent.community_labels l where l.label = 'tk_seasonal'$$,
    $$values (2, 'label', false, tests.person('sol'))$$, 'which binds nobody as yet'
);
select tests.refused(
    $$select consent.adopt_label(tests.scope('otter'), 'tk_seasonal')$$, 'not_permitted', 'not for another community'
);
select tests.refused(
    $$select consent.adopt_label(tests.scope('heron'), 'tk_weather')$$, 'not_found', 'nor what there is not'
);
select tests.refused(
    $$select consent.adopt_label(tests.scope('heron'), 'notice_tk')$$, 'not_permitted',
    'and a notice only where they manage the place'
);
select tests.as('petra');
select tests.refused(
    $$select consent.adopt_label(tests.scope('heron'), 'tk_clan')$$, 'not_permitted',
    'who manages a project takes up no label for its communities'
);
select lives_ok(
    $$select consent.adopt_label(tests.scope('archive'), 'notice_tk')$$, 'but a notice for what the project holds'
);
select tests.as('ada');
select lives_ok(
    $$select consent.adopt_label(tests.scope('river'), 'notice_attribution_incomplete')$$,
    'as who manages an organization does for what it holds'
);
select tests.as('hana');
select lives_ok(
    $$select consent.adopt_label(tests.scope('heron'), 'notice_viewing')$$, 'and who manages a place'
);
select tests.as('otis');
select consent.adopt_label(tests.scope('otter'), label) from unnest('{tk_attribution,tk_clan}'::text[]) label;
select consent.word_label(tests.scope('otter'), 'tk_attribution', 'en', 'Of the Otters', 'It is theirs.');

-- Wordings.

select tests.as('sol');
select is(
    consent.word_label(tests.scope('heron'), 'tk_seasonal', 'cr', ' Pipon ', ' When there is snow. '), 1,
    'a steward words a label'
);
select is(
    consent.word_label(tests.scope('heron'), 'tk_seasonal', 'en', 'Winter', 'In winter.'), 1, 'in each language anew'
);
select is(
    consent.word_label(tests.scope('heron'), 'tk_seasonal', 'en', 'Winter story', 'Only in winter.'), 2,
    'and again, when it changes'
);
select consent.word_label(tests.scope('heron'), 'tk_seasonal', 'fr-CA', 'Hiver', 'En hiver.');
select results_eq(
    $$select w.lang, w.version, w.name, w.body, w.approved_by
    from consent.label_wordings w order by w.lang, w.version$$,
    $$values
        ('cr', 1, 'Pipon', 'When there is snow.', tests.person('sol')),
        ('en', 1, 'Winter', 'In winter.', tests.person('sol')),
        ('en', 2, 'Winter story', 'Only in winter.', tests.person('sol')),
        ('fr-CA', 1, 'Hiver', 'En hiver.', tests.person('sol'))$$,
    'what was said before is kept'
);
select tests.as('hana');
select tests.refused(
    $$select consent.word_label(tests.scope('heron'), 'notice_viewing', 'en', 'Look away', 'Do.')$$, 'not_found',
    'nobody words a notice'
);
select tests.refused(
    $$select consent.word_label(tests.scope('heron'), 'tk_clan', 'en', 'Clan', 'Ours.')$$, 'not_found',
    'nor a label that the community does not use'
);
select tests.as('otis');
select tests.refused(
    $$select consent.word_label(tests.scope('heron'), 'tk_seasonal', 'en', 'Summer', 'In summer.')$$,
    'not_permitted', 'nor that of another community'
);
select tests.as('cleo');
select tests.refused(
    $$select consent.word_label(tests.scope('heron'), 'tk_seasonal', 'en', 'Summer', 'In summer.')$$,
    'not_permitted', 'nor, without being a steward, of one''s own'
);

-- Putting one on a work.

select content.create_note(tests.scope('heron'), title, '{"text": "It snowed."}', visibility => 'public')
from unnest('{Ice,Snow,Hail,Sleet,Beside}'::text[]) title;
select content.create_note(tests.scope('heron'), 'Draft', '{}');
select lives_ok(
    $$select consent.label_work(tests.work('Ice'), tests.scope('heron'), 'tk_seasonal')$$,
    'an owner puts a label of their community on their work'
);
select lives_ok(
    $$select consent.label_work(tests.work('Ice'), tests.scope('heron'), 'tk_seasonal')$$, 'twice is once'
);
select is(
    tests.told('work.labelled', 'Ice'),
    array[jsonb_build_object('scope_id', tests.scope('heron'), 'label', 'tk_seasonal')],
    'whoever follows the work hears of it once'
);
select is(tests.stands_under('Ice'), null, 'as long as it is not ratified, it only says something');
select tests.refused(
    $$select consent.label_work(tests.work('Ice'), tests.scope('heron'), 'tk_clan')$$, 'not_found',
    'one that the community does not use is put on nothing'
);
select consent.label_work(tests.work('Ice'), tests.scope('river'), 'notice_attribution_incomplete');
select consent.label_work(tests.work('Ice'), tests.scope('archive'), 'notice_tk');
select consent.label_work(tests.work('Ice'), tests.scope('otter'), 'tk_attribution');
select is(
    tests.bears('Ice'),
    '{"archive notice_tk","heron tk_seasonal","otter tk_attribution","river notice_attribution_incomplete"}',
    'a work bears labels of several communities, and notices of those it is brought to'
);
select tests.as('tess');
select tests.refused(
    $$select consent.label_work(tests.work('Ice'), tests.scope('heron'), 'tk_attribution')$$, 'not_found',
    'nobody labels what is somebody else''s'
);
select tests.as('sol');
select tests.refused(
    $$select consent.label_work(tests.work('Draft'), tests.scope('heron'), 'tk_attribution')$$, 'not_found',
    'nor a steward what they may not know of'
);
select tests.as('petra');
select tests.refused(
    $$select consent.label_work(tests.work('Draft'), tests.scope('archive'), 'notice_tk')$$, 'not_found',
    'nor who manages what it belongs to'
);
select tests.as('cleo');
select content.transition(tests.work(t), 'published') from unnest('{Ice,Snow,Hail,Sleet}'::text[]) t;
select consent.give_consent(tests.work(t), p)
from unnest('{Ice,Snow,Hail,Sleet}'::text[]) t, unnest('{public_sharing,community_sharing}'::text[]) p;
select tests.refused(
    $$select consent.label_work(tests.work('Ice'), tests.scope('heron'), 'tk_attribution')$$, 'protocols_stand',
    'once it left the owner''s hands and bears one, the stewards of that community alone put others on'
);
select tests.refused(
    $$select consent.unlabel_work(tests.work('Ice'), tests.scope('heron'), 'tk_seasonal')$$, 'protocols_stand',
    'or take it off'
);
select tests.refused(
    $$select consent.unlabel_work(tests.work('Ice'), tests.scope('archive'), 'notice_tk')$$, 'protocols_stand',
    'and a notice, those who manage the place whose it is'
);
select tests.as('sol');
select lives_ok(
    $$select consent.label_work(tests.work('Snow'), tests.scope('heron'), 'tk_attribution')$$,
    'a steward labels what is shared with their community'
);
select tests.refused(
    $$select consent.label_work(tests.work('Snow'), tests.scope('heron'), 'notice_viewing')$$, 'not_found',
    'puts no notice on'
);
select tests.as('otis');
select tests.refused(
    $$select consent.label_work(tests.work('Snow'), tests.scope('otter'), 'tk_attribution')$$, 'not_found',
    'nor a label on what was brought to another community'
);
select tests.refused(
    $$select consent.unlabel_work(tests.work('Ice'), tests.scope('heron'), 'tk_seasonal')$$, 'not_found',
    'takes off none but their own'
);
select lives_ok(
    $$select consent.unlabel_work(tests.work('Ice'), tests.scope('otter'), 'tk_attribution')$$,
    'which they do, wherever the work belongs'
);
select is(
    tests.told('work.unlabelled', 'Ice'),
    array[jsonb_build_object('scope_id', tests.scope('otter'), 'label', 'tk_attribution')],
    'and whoever follows the work hears of it'
);
select tests.refused(
    $$select consent.unlabel_work(tests.work('Ice'), tests.scope('otter'), 'tk_attribution')$$, 'not_found',
    'what it does not bear is not taken off'
);
select tests.as('sol');
select tests.refused(
    $$select consent.unlabel_work(tests.work('Snow'), tests.scope('heron'), 'bc_provenance')$$, 'not_found',
    'nor by who may take off what it does bear'
);
select tests.as('petra');
select lives_ok(
    $$select consent.label_work(tests.work('Snow'), tests.scope('archive'), 'notice_tk')$$,
    'who manages a project puts a notice on what is in it and they can read'
);
select lives_ok(
    $$select consent.unlabel_work(tests.work('Snow'), tests.scope('archive'), 'notice_tk')$$, 'and takes it off'
);
select lives_ok(
    $$select consent.label_work(tests.work('Snow'), tests.scope('heron'), 'notice_viewing')$$,
    'also one of a place within, where they do not belong'
);
select consent.unlabel_work(tests.work('Snow'), tests.scope('heron'), 'notice_viewing');
select tests.as('hazel');
select throws_like(
    $$select consent.label_work(tests.work('Snow'), tests.scope('heron'), 'tk_attribution')$$,
    '%no such label of this place%', 'who has nothing to do with a place does not get as far as to hold its labels'
);
select tests.as('ada');
select lives_ok(
    $$select consent.label_work(tests.work('Snow'), tests.scope('river'), 'notice_attribution_incomplete')$$,
    'as who manages the organization does'
);
select tests.refused(
    $$select consent.label_work(tests.work('Snow'), tests.scope('heron'), 'tk_attribution')$$, 'not_found',
    'and none of them a label'
);

-- What is read, and in which words.

select tests.as_anon();
select results_eq(
    $$select l.name, l.body, l.lang, l.version, l.kind::text, l.family::text, l.category::text, l.ratified
    from consent.labels_on(tests.work('Ice'), 'en') l$$,
    $$values
        ('Winter story', 'Only in winter.', 'en', 2, 'label', 'tk', 'protocol', false),
        (
            'Attribution Incomplete Notice', 'Says that it is not known, or not rightly, whom this is by.', 'en',
            null, 'notice', null, 'disclosure', false
        ),
        (
            'TK Notice', 'Says that a community may have rights in the knowledge in this that are yet to be found out.',
            'en', null, 'notice', 'tk', 'disclosure', false
        )$$,
    'whoever reads a public work meets its labels in the community''s newest words, notices in those of the catalog'
);
select is(
    (select l.name from consent.labels_on(tests.work('Snow'), 'en') l where l.label = 'tk_attribution'),
    'TK Attribution', 'not in those of another community, or of another label'
);
select is(
    (select l.name from consent.labels_on(tests.work('Ice'), lang) l where l.label = 'tk_seasonal'), name,
    format('in %s: %s', lang, name)
)
from (values ('cr', 'Pipon'), ('fr-CA', 'Hiver'), ('fr', 'Hiver'), ('de', 'Pipon'), (null, 'Pipon')) v (lang, name);
select tests.as('tess');
select core.update_profile(core.me(), locale => 'en-GB');
select is(
    (select l.name from consent.labels_on(tests.work('Ice')) l where l.label = 'tk_seasonal'), 'Winter story',
    'who is signed in meets them in their own language'
);
select is_empty(
    $$select from consent.labels_on(tests.work('Draft'))$$, 'of what is hidden nobody is told what it bears'
);
select tests.as('cleo');
select consent.label_work(tests.work('Draft'), tests.scope('heron'), 'tk_attribution');
select isnt_empty($$select from consent.labels_on(tests.work('Draft'))$$, 'whose it is, is');
select tests.as('tess');
select is_empty($$select from consent.labels_on(tests.work('Draft'))$$, 'and nobody else');
select is_empty(
    $$select from consent.work_labels b where b.work_id = tests.work('Draft')$$, 'nor in the table'
);

-- Ratifying.

select tests.as('tess');
select tests.refused(
    $$select consent.ratify_label(tests.scope('heron'), 'tk_seasonal', '11-01', '03-31', 'America/Winnipeg')$$,
    'not_permitted', 'nobody ratifies but a steward'
);
select tests.as('sol');
select tests.refused(
    $$select consent.ratify_label(tests.scope('heron'), 'tk_seasonal')$$, 'season_missing',
    'what is of a season says of which'
);
select tests.refused(
    format('select consent.ratify_label(tests.scope(%L), %L)', 'heron', label), 'not_found',
    format('%s is not ratified', label)
)
from unnest('{tk_attribution,notice_viewing,tk_secret_sacred}'::text[]) label;
select isnt(
    consent.ratify_label(
        tests.scope('heron'), 'tk_seasonal', to_char(now() - interval '1 day', 'MM-DD'),
        to_char(now() + interval '1 day', 'MM-DD'), 'UTC', 'I listen in winter.'
    ),
    null, 'a steward makes what it asks a protocol'
);
select results_eq(
    $$select p.scope_id, p.name, p.kind, p.audience::text, p.enforcement::text, p.acknowledgement, p.season_zone
    from consent.protocols p$$,
    $$values (
        tests.scope('heron'), 'TK Seasonal', 'tk_seasonal', 'everybody', 'required', 'I listen in winter.', 'UTC'
    )$$,
    'as the template has it, in the community''s season and words'
);
select results_eq(
    $$select l.ratified, l.ratified_by, l.ratified_at = now(), l.decision_id
    from consent.community_labels l where l.label = 'tk_seasonal' and l.scope_id = tests.scope('heron')$$,
    $$values (true, tests.person('sol'), true, null::uuid)$$, 'and it is kept who did'
);
select tests.as('tess');
select tests.refused(
    $$select consent.ratify_label(tests.scope('heron'), 'tk_seasonal', '01-01', '12-31', 'UTC')$$, 'not_permitted',
    'nor does anybody else ratify it again'
);
select tests.as('sol');
select is(tests.stands_under('Ice'), '{"heron all TK Seasonal"}', 'what bears it already stands under that');
select is(cardinality(tests.told('work.protected', 'Ice')), 1, 'and whoever follows it hears of it');
select is(tests.stands_under('Snow'), null, 'what bears another does not');
select tests.as_anon();
select is_empty($$select from consent.labels_on(tests.work('Ice'))$$, 'and is not for everybody any more');
select tests.as('tess');
select is(
    (select l.ratified from consent.labels_on(tests.work('Ice')) l where l.label = 'tk_seasonal'), true,
    'who passes sees the label before opening anything'
);
select tests.as('sol');
select consent.create_protocol(tests.scope('heron'), name, 'family', 'everybody')
from unnest('{Ashes,Embers}'::text[]) name;
select consent.protect_work(tests.work('Snow'), tests.scope('heron'), array_agg(p.id), 'any')
from consent.protocols p
where p.name in ('Ashes', 'Embers');
select consent.label_work(tests.work('Snow'), tests.scope('heron'), 'tk_seasonal');
select is(
    tests.stands_under('Snow'), '{"heron all Ashes Embers TK Seasonal"}',
    'what is labelled after that stands under it as well, and under all that it stood under'
);
select tests.refused(
    format(
        'select consent.protect_work(tests.work(%L), tests.scope(%L), %L, %L)', 'Snow', 'heron', under::text, match
    ),
    'label_binds', format('as long as it bears the label, it does not stand under %s', what)
)
from (
    values
        ('none', '{}'::uuid[], 'all'),
        ('others alone', (select array_agg(p.id) from consent.protocols p where p.name = 'Ashes'), 'all'),
        (
            'any one of it and others',
            (select array_agg(p.id) from consent.protocols p where p.name in ('Ashes', 'TK Seasonal')), 'any'
        )
) v (what, under, match);
select lives_ok(
    $$select consent.protect_work(tests.work('Snow'), tests.scope('heron'), array_agg(p.id))
    from consent.protocols p where p.name in ('Ashes', 'TK Seasonal')$$,
    'but under it with all others that its community wants'
);
select consent.label_work(tests.work('Hail'), tests.scope('heron'), 'tk_seasonal');
select consent.ratify_label(tests.scope('heron'), 'tk_community_use_only');
select consent.label_work(tests.work('Hail'), tests.scope('heron'), 'tk_community_use_only');
select is(
    tests.stands_under('Hail'), '{"heron all TK Community Use Only TK Seasonal"}', 'a work bears several that bind'
);
select tests.as('otis');
select consent.create_protocol(tests.scope('otter'), 'Reeds', 'family', 'everybody');
select tests.as('cleo');
select consent.protect_work(tests.work('Hail'), tests.scope('otter'), array[p.id])
from consent.protocols p
where p.name = 'Reeds';
select tests.as('sol');
select consent.unlabel_work(tests.work('Hail'), tests.scope('heron'), 'tk_seasonal');
select is(
    tests.stands_under('Hail'), '{"heron all TK Community Use Only","otter all Reeds"}',
    'what one brought goes with it, and nothing else'
);
select is(tests.bears('Hail'), '{"heron tk_community_use_only binds"}', 'nor does another label');
select consent.unlabel_work(tests.work('Hail'), tests.scope('heron'), 'tk_community_use_only');
select is(tests.stands_under('Hail'), '{"otter all Reeds"}', 'with the last, nothing of that community stays');
select tests.as('cleo');
select consent.protect_work(tests.work('Hail'), tests.scope('heron'), array[tests.label_protocol('tk_seasonal')]);
select tests.as('sol');
select consent.label_work(tests.work('Hail'), tests.scope('heron'), 'tk_seasonal');
select consent.unlabel_work(tests.work('Hail'), tests.scope('heron'), 'tk_seasonal');
select is(
    tests.stands_under('Hail'), '{"heron all TK Seasonal","otter all Reeds"}',
    'what it stood under before the label, it stands under after it'
);
select consent.protect_work(tests.work('Hail'), tests.scope('heron'), '{}');
select consent.label_work(tests.work('Hail'), tests.scope('heron'), 'tk_seasonal');
select consent.protect_work(tests.work('Hail'), tests.scope('heron'), array[tests.label_protocol('tk_seasonal')]);
select consent.unlabel_work(tests.work('Hail'), tests.scope('heron'), 'tk_seasonal');
select is(
    tests.stands_under('Hail'), '{"heron all TK Seasonal","otter all Reeds"}',
    'so it does under what its stewards chose since'
);
select tests.as('cleo');
select content.create_note(tests.scope('heron'), 'Rime', '{}');
select consent.label_work(tests.work('Rime'), tests.scope('heron'), 'tk_seasonal');
select tests.as('sol');
select consent.protect_work(tests.work('Hail'), tests.scope('heron'), array[tests.label_protocol('tk_seasonal')]);
select tests.as('cleo');
select consent.unlabel_work(tests.work('Rime'), tests.scope('heron'), 'tk_seasonal');
select is(tests.stands_under('Rime'), null, 'what they chose for one work they did not for another');
select tests.as('sol');
select consent.protect_work(tests.work('Hail'), tests.scope('heron'), '{}');
select tests.as('cleo');
select tests.refused(
    $$select consent.label_work(tests.work('Ice'), tests.scope('heron'), 'bc_provenance')$$, 'protocols_stand',
    'where a protocol of a community stands, its stewards alone label'
);

select tests.refused(
    $$select consent.label_work(tests.work('Hail'), tests.scope('otter'), 'tk_attribution')$$, 'protocols_stand',
    'also where no label of it stands as yet'
);

-- Ratified again.

select tests.as('sol');
select consent.update_protocol(tests.label_protocol('tk_seasonal'), enforcement => 'optional');
select consent.retire_protocol(tests.label_protocol('tk_seasonal'));
select tests.refused(
    $$select consent.label_work(tests.work('Hail'), tests.scope('heron'), 'tk_seasonal')$$, 'not_found',
    'what is retired is not put on'
);
select is(
    consent.ratify_label(tests.scope('heron'), 'tk_seasonal', '02-01', '02-28', 'UTC'),
    tests.label_protocol('tk_seasonal'), 'ratified again, it is the same protocol'
);
select results_eq(
    $$select p.season_from, p.enforcement::text, p.acknowledgement, p.retired_at
    from consent.protocols p where p.kind = 'tk_seasonal'$$,
    $$values ('02-01', 'required', null::text, null::timestamptz)$$, 'as the template has it, in another season'
);
select results_eq(
    $$select p.season_from, p.enforcement::text from consent.protocols p where p.name = 'Ashes'$$,
    $$values (null::text, 'required')$$, 'others stay as they were'
);
select is(cardinality(tests.told('work.protected', 'Ice')), 1, 'what stands under it stays where it is');

-- Works that stand under different protocols bear what is ratified.

select consent.adopt_label(tests.scope('heron'), 'tk_culturally_sensitive');
select tests.as('cleo');
select content.create_note(tests.scope('heron'), title, '{}') from unnest('{Dew,Fog,Mist}'::text[]) title;
select consent.protect_work(tests.work(title), tests.scope('heron'), array[p.id])
from (values ('Fog', 'Ashes'), ('Mist', 'Embers')) v (title, name)
join consent.protocols p on p.name = v.name;
select consent.label_work(tests.work(title), tests.scope('heron'), 'tk_culturally_sensitive')
from unnest('{Dew,Fog,Mist}'::text[]) title;
select tests.as('sol');
select consent.ratify_label(tests.scope('heron'), 'tk_culturally_sensitive');
set constraints all immediate;
select is(
    array[tests.stands_under('Dew'), tests.stands_under('Fog'), tests.stands_under('Mist')],
    array[
        '{"heron all TK Culturally Sensitive"}'::text[], '{"heron all Ashes TK Culturally Sensitive"}',
        '{"heron all Embers TK Culturally Sensitive"}'
    ]::text[],
    'each stands under it beside its own'
);
set constraints all deferred;
select is(tests.bears('Beside'), null, 'nothing of this concerned a work beside');
select is(tests.stands_under('Beside'), null, 'in any way');
set constraints all immediate;

select consent.retire_protocol(p.id) from consent.protocols p where p.name = 'Embers';
select lives_ok(
    $$select consent.label_work(tests.work('Hail'), tests.scope('heron'), 'tk_community_use_only')$$,
    'what is retired beside it keeps no label from being put on'
);

-- Notices and labels do not stand in each other's way.

select tests.as('otis');
select consent.adopt_label(tests.scope('otter'), 'notice_tk');
select tests.as('cleo');
select lives_ok(
    $$select consent.label_work(tests.work('Hail'), tests.scope('otter'), 'notice_tk')$$,
    'where protocols of a community stand, an owner still puts the first notice on'
);
select tests.as('sol');
select consent.label_work(tests.work('Sleet'), tests.scope('heron'), 'bc_provenance');
select tests.as('cleo');
select lives_ok(
    $$select consent.label_work(tests.work('Sleet'), tests.scope('heron'), 'notice_viewing')$$,
    'and where labels stand'
);
select consent.label_work(tests.work('Sleet'), tests.scope('otter'), 'tk_attribution');
select tests.as('hana');
select consent.unlabel_work(tests.work('Sleet'), tests.scope('heron'), 'notice_viewing');
select tests.as('sol');
select consent.unlabel_work(tests.work('Sleet'), tests.scope('heron'), 'bc_provenance');
select consent.word_label(tests.scope('heron'), 'tk_attribution', 'en', 'Whose', 'It is ours.');

-- Who reads what.

select tests.as_nobody();
select tests.backend_reads(t)
from unnest('{consent.community_labels,consent.label_wordings,consent.work_labels}'::regclass[]) t;

create function tests.met(place text)
returns text[]
language sql
stable
set search_path = ''
as $$
    select array_agg(l.label order by l.label) || (
        select array_agg(concat_ws(' ', w.lang, w.name) order by w.lang, w.label desc, w.version)
        from consent.label_wordings w
        where w.scope_id = tests.scope(met.place)
    )
    from consent.community_labels l
    where l.scope_id = tests.scope(met.place)
$$;

select tests.as('sol');
select consent.word_label(tests.scope('heron'), 'bc_provenance', 'cr', 'Sipi', 'From our river.');
select tests.as_nobody();
update core.scopes s set visibility = case s.slug when 'heron' then 'private' else 'public' end::core.scope_visibility;
select tests.as('hazel');
select is(
    tests.met('heron'), null, 'who does not find a place, nor meets its labels, is not told which ones it uses'
);
select tests.as('sol');
select consent.label_work(tests.work('Sleet'), tests.scope('heron'), 'bc_provenance');
select tests.as_nobody();
select tests.as('hazel');
select is(tests.met('heron'), '{bc_provenance,"cr Sipi"}', 'who meets one on a work is, of that');
select tests.as_anon();
select is(tests.met('heron'), '{bc_provenance,"cr Sipi"}', 'signed in or not');
select results_eq(
    'select b.work_id, b.label from consent.work_labels b order by b.label',
    $$values (tests.work('Sleet'), 'bc_provenance'), (tests.work('Sleet'), 'tk_attribution')$$,
    'by works that are public'
);
select tests.as_nobody();
update core.scopes s set visibility = 'public' where s.slug = 'heron';
select tests.as_anon();
select is(
    tests.met('heron'),
    '{bc_provenance,notice_viewing,tk_attribution,tk_community_use_only,tk_culturally_sensitive,tk_seasonal,"cr Pipon",'
    '"cr Sipi","en Winter","en Winter story","en Whose","fr-CA Hiver"}',
    'of a place that everybody finds, they are told all'
);
select throws_ok(
    format('select %s from consent.%s', c, t), '42501', null, format('but not %s of %s', c, t)
)
from (
    values
        ('adopted_by', 'community_labels'), ('ratified_by', 'community_labels'), ('decision_id', 'community_labels'),
        ('approved_by', 'label_wordings'), ('added_by', 'work_labels')
) v (c, t);
select tests.as_nobody();
select * from finish();
rollback;
