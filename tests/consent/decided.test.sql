-- What a community has to decide cannot be done without its decision: a label ratified, or how it shares. Each decision
-- is for what it was made about, and for one change.

begin;
set local search_path = tap, tests, public;
select plan(49);

-- Counting leaves it for later where a vacuum holds the place where ballots wait: while this goes on, none begins.
lock table content.waiting_ballots in share update exclusive mode;

select tests.world();

create function tests.decision(question text)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
    select d.id
    from content.decisions d
    join content.polls p on p.tenant_id = d.tenant_id and p.id = d.poll_id
    where p.question = decision.question
$$;

-- Its elder puts it to the community, which says yes or no to it.
create function tests.decided(
    matter text,
    question text,
    subject text default null,
    slug text default 'heron',
    yes integer default 1,
    revokes uuid default null
)
returns text
language plpgsql
set search_path = ''
as $$
begin
    perform tests.as(case slug when 'heron' then 'eli' else 'otis' end);
    perform content.propose_decision(
        tests.scope(slug), matter, question, subject => decided.subject, revokes => decided.revokes
    );
    perform tests.ballot(case slug when 'heron' then 'eli' else 'otis' end, question, yes, 0, 1 - yes, 0);
    perform tests.close(question);
    perform content.count_polls();
    return (select d.outcome::text from content.decisions d where d.id = tests.decision(question));
end
$$;

create function tests.place_sets(slug text, key text, value jsonb)
returns void
language sql
security definer
set search_path = ''
as $$
    insert into core.settings (tenant_id, scope_id, key, value)
    values (tests.scope('river'), tests.scope(place_sets.slug), place_sets.key, place_sets.value)
    on conflict on constraint settings_pkey do update set value = excluded.value
$$;

create function tests.season(label text)
returns text
language sql
stable
security definer
set search_path = ''
as $$
    select concat_ws(' ', p.season_from, d.subject, u.unlocks)
    from consent.community_labels l
    join consent.protocols p on p.tenant_id = l.tenant_id and p.id = l.protocol_id
    left join content.decisions d on d.tenant_id = l.tenant_id and d.id = l.decision_id
    left join content.decision_uses u on u.tenant_id = d.tenant_id and u.decision_id = d.id
    where l.scope_id = tests.scope('heron') and l.label = season.label
$$;

create function tests.ratify(label text, begins text default '11-01')
returns uuid
language sql
set search_path = ''
as $$
    select consent.ratify_label(tests.scope('heron'), ratify.label, ratify.begins, '03-31', 'America/Winnipeg')
$$;

select results_eq(
    $$select d.key, d.type::text, d.default_value, d.levels::text
    from core.setting_definitions d where d.key ~ '^(labels|benefits)\.' order by d.key$$,
    $$values
        ('benefits.decided', 'boolean', 'false'::jsonb, '{0,1,2}'),
        ('labels.decided', 'boolean', 'false', '{0,1,2}')$$,
    'unless a place says so, neither takes a decision'
);
select results_eq(
    $$select m.key, m.module, m.about_work from content.decision_matters m where m.module = 'consent' order by m.key$$,
    $$values ('benefits.set', 'consent', false), ('label.ratify', 'consent', false)$$,
    'both are decided of a place'
);
select tests.place_sets(slug, key, 'true')
from unnest('{heron,otter}'::text[]) slug, unnest('{labels.decided,benefits.decided}'::text[]) key;
select tests.place_sets(slug, 'decisions.quorum', '1') from unnest('{heron,otter}'::text[]) slug;
select tests.place_sets('heron', 'decisions.process', '"elder_council"');

-- Labels.

select tests.as('sol');
select consent.adopt_label(tests.scope('heron'), label)
from unnest('{tk_seasonal,tk_secret_sacred}'::text[]) label;
select tests.as('otis');
select consent.adopt_label(tests.scope('otter'), 'tk_seasonal');
select tests.as('sol');
select tests.refused(
    $$select tests.ratify('tk_seasonal')$$, 'decision_missing', 'without a decision no steward ratifies a label'
);
select tests.as_nobody();
select is(tests.decided('label.ratify', 'Secret?', 'tk_secret_sacred'), 'accepted', 'the elders decide');
select is(
    (select d.subject from content.decisions d where d.id = tests.decision('Secret?')), 'tk_secret_sacred',
    'about one label'
);
select tests.decided('label.ratify', 'Which?');
select tests.decided('label.ratify', 'Not?', 'tk_seasonal', yes => 0);
select tests.decided('benefits.set', 'Share?', 'tk_seasonal');
select tests.decided('label.ratify', 'Theirs?', 'tk_seasonal', 'otter');
select tests.as('sol');
select tests.refused(
    $$select tests.ratify('tk_seasonal')$$, 'decision_missing',
    'none about another label, about none, with another outcome, about another matter or elsewhere is enough'
);
select tests.as_nobody();
select tests.decided('label.ratify', 'Seasonal?', 'tk_seasonal');
select tests.as('sol');
select isnt(tests.ratify('tk_seasonal'), null, 'by one about this label it is ratified');
select tests.as_nobody();
select is(tests.season('tk_seasonal'), '11-01 tk_seasonal label.ratify', 'which stands beside it, and is used up');
select tests.as('sol');
select tests.refused(
    $$select tests.ratify('tk_seasonal', '12-01')$$, 'decision_missing', 'it is for one change'
);
select tests.refused(
    format(
        'select consent.update_protocol(p.id, %s) from consent.protocols p where p.kind = %L', change, 'tk_seasonal'
    ),
    'decision_missing', format('what was decided is not changed past it: %s', change)
)
from unnest(
    '{audience => ''members'',enforcement => ''optional'',season_from => ''12-01'',season_until => ''12-01''}'::text[]
    || '{season_zone => ''UTC'',acknowledgement => ''Well.''}'
) change;
select consent.retire_protocol(p.id) from consent.protocols p where p.kind = 'tk_seasonal';
select tests.refused(
    $$select consent.reinstate_protocol(p.id) from consent.protocols p where p.kind = 'tk_seasonal'$$,
    'decision_missing', 'nor set again once it was retired'
);
select tests.as_nobody();
update consent.protocols set retired_at = null where kind = 'tk_seasonal';
select tests.as('sol');
select lives_ok(
    $$select consent.update_protocol(p.id, 'Winter', 'winter', description => 'In winter.')
    from consent.protocols p where p.kind = 'tk_seasonal'$$,
    'it is called and described otherwise'
);
select consent.create_protocol(tests.scope('heron'), 'Ashes', 'family', 'everybody');
select lives_ok(
    $$select consent.update_protocol(p.id, audience => 'members') from consent.protocols p where p.name = 'Ashes'$$,
    'and what no decision set is a steward''s to change'
);
select tests.as_nobody();
select tests.decided('label.ratify', 'Later?', 'tk_seasonal');
select tests.decided('label.ratify', 'Much later?', 'tk_seasonal');
select tests.as('sol');
select lives_ok($$select tests.ratify('tk_seasonal', '12-01')$$, 'another decision changes it');
select tests.as_nobody();
select is(tests.season('tk_seasonal'), '12-01 tk_seasonal label.ratify', 'for one change');
select tests.as('sol');
select lives_ok($$select tests.ratify('tk_seasonal', '01-01')$$, 'and each for another');
select tests.refused($$select tests.ratify('tk_seasonal', '02-01')$$, 'decision_missing', 'until none is left');
select tests.as_nobody();
select tests.decided('label.ratify', 'Again?', 'tk_seasonal');
select tests.decided('label.ratify', 'Or not?', 'tk_seasonal', revokes => tests.decision('Again?'));
select tests.as('sol');
select tests.refused($$select tests.ratify('tk_seasonal', '02-01')$$, 'decision_missing', 'what is revoked is none');
select tests.as('cleo');
select results_eq(
    $$select u.decision_id from content.decision_uses u where u.used_at = now() order by u.decision_id$$,
    $$select id from unnest(array[tests.decision('Seasonal?'), tests.decision('Later?'), tests.decision('Much later?')])
        d (id) order by id$$,
    'members read which decisions were used'
);
select tests.as('oona');
select is_empty($$select from content.decision_uses$$, 'who does not belong there reads none');

-- Past the functions.

select tests.as_nobody();
select tests.violates(
    format(
        'update consent.community_labels set decision_id = %L where label = %L and scope_id = tests.scope(%L)',
        tests.decision(question), 'tk_seasonal', 'heron'
    ),
    broken, promise
)
from (
    values
        ('Secret?', 'community_labels_decision_fkey', 'no label rests on a decision about another'),
        ('Which?', 'community_labels_decision_fkey', 'or about none'),
        ('Not?', 'community_labels_decision_fkey', 'that said no'),
        ('Or not?', 'community_labels_decision_fkey', 'that revoked'),
        ('Share?', 'community_labels_decision_fkey', 'that was about something else'),
        ('Theirs?', 'community_labels_decision_fkey', 'or was made elsewhere'),
        ('Seasonal?', 'decision_uses_pkey', 'nor again on one that was used before')
) v (question, broken, promise);
select tests.violates(
    $$update consent.community_labels set ratified_at = now()
    where label = 'tk_seasonal' and scope_id = tests.scope('heron')$$,
    'decision_uses_pkey', 'nor is it ratified again by the same'
);
select tests.refused(format('%s content.decision_uses%s', verb, change), 'append_only', format('%s: never', verb))
from (values ('update', ' set used_at = now()'), ('delete from', ''), ('truncate', '')) v (verb, change);
select tests.violates(
    tests.variant('content.decision_uses', changes), broken, promise
)
from (
    values
        ('{}'::jsonb, 'decision_uses_pkey', 'a decision is used once'),
        (
            jsonb_build_object('decision_id', tests.decision('Which?'), 'unlocks', 'benefits.set'),
            'decision_uses_decision_fkey', 'for what it unlocks'
        )
) v (changes, broken, promise);
select tests.violates(
    tests.variant('content.decisions', jsonb_build_object('subject', subject)), 'decisions_subject_check', promise
)
from (values (' ', 'a subject is something'), (repeat('a', 201), 'that is not endless')) v (subject, promise);
select tests.backend_reads('content.decision_uses');

-- How a community shares.

select tests.as('sol');
select lives_ok(
    $$select consent.set_benefits(tests.scope('heron'), 'equal', 'elder_council')$$,
    'by a decision about that, a steward says how it is shared'
);
select is(
    (select b.decision_id from consent.benefit_settings b), tests.decision('Share?'), 'and it stands beside it'
);
select tests.refused(
    $$select consent.set_benefits(tests.scope('heron'), 'contribution', 'majority')$$, 'decision_missing',
    'for one change'
);
select tests.as_nobody();
select tests.violates(
    $$update consent.benefit_settings set model = 'contribution'$$, 'decision_uses_pkey',
    'nor is it changed by the same past that'
);
select tests.violates(
    format('update consent.benefit_settings set decision_id = %L', tests.decision('Which?')),
    'benefit_settings_decision_fkey', 'or by one about something else'
);
select tests.decided('benefits.set', 'Share anew?');
select tests.as('sol');
select lives_ok(
    $$select consent.set_benefits(tests.scope('heron'), 'contribution', 'majority')$$, 'another decision changes it'
);
select tests.place_sets('heron', 'benefits.decided', 'false');
select lives_ok(
    $$select consent.set_benefits(tests.scope('heron'), 'equal', 'majority')$$,
    'where the community has it that nothing has to be decided, nothing has'
);
select is((select b.decision_id from consent.benefit_settings b), null, 'and no decision stands there');

select * from finish();
rollback;
