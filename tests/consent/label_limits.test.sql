-- What a label, its wordings and a work that bears it cannot be, whoever writes.

begin;
set local search_path = tap, tests, public;
select plan(61);

select tests.world();
select tests.as('sol');
select consent.adopt_label(tests.scope('heron'), label)
from unnest('{tk_community_use_only,tk_attribution,tk_culturally_sensitive}'::text[]) label;
select consent.word_label(tests.scope('heron'), 'tk_community_use_only', 'en', 'Ours', 'Ours alone.');
select consent.ratify_label(tests.scope('heron'), label)
from unnest('{tk_community_use_only,tk_culturally_sensitive}'::text[]) label;
select tests.as('hana');
select consent.adopt_label(tests.scope('heron'), 'notice_viewing');
select tests.as('cleo');
select content.create_note(tests.scope('heron'), title, '{}') from unnest('{Ice,Snow}'::text[]) title;
select consent.label_work(tests.work('Ice'), tests.scope('heron'), 'tk_community_use_only');
select consent.protect_work(tests.work('Snow'), tests.scope('heron'), array[p.id])
from consent.protocols p
where p.kind = 'tk_culturally_sensitive';
select tests.as_nobody();
set constraints all immediate;

create temporary table known on commit drop as
select
    (select l.protocol_id from consent.community_labels l where l.label = 'tk_culturally_sensitive') as sensitive,
    (select w.protocol_set_id from content.works w where w.title = 'Ice') as of_ice,
    (select w.protocol_set_id from content.works w where w.title = 'Snow') as of_snow;

-- The catalog.

select tests.violates(
    tests.variant('consent.labels', '{"key": "tk_new"}'::jsonb || changes, $$key = 'tk_culturally_sensitive'$$),
    constraint_name, promise
)
from (
    values
        ('{"key": "tk_culturally_sensitive"}'::jsonb, 'labels_pkey', 'a label is one'),
        ('{"key": "TK"}', 'labels_key_check', 'is called in small letters'),
        (jsonb_build_object('key', repeat('a', 64)), 'labels_key_check', 'and few'),
        ('{"name": " "}', 'labels_name_check', 'has a name'),
        (jsonb_build_object('name', repeat('a', 201)), 'labels_name_check', 'that is not endless'),
        ('{"family": null}', 'labels_family_check', 'and is of a family'),
        ('{"enforcement": null}', 'labels_template_check', 'a template says how it binds'),
        ('{"needs_season": null}', 'labels_template_check', 'and whether it takes a season'),
        ('{"category": "disclosure"}', 'labels_audience_check', 'a notice has none'),
        ('{"acknowledgement": " "}', 'labels_acknowledgement_check', 'what is to be acknowledged says something'),
        (
            jsonb_build_object('acknowledgement', repeat('a', 5001)), 'labels_acknowledgement_check',
            'and comes to an end'
        ),
        (
            '{"audience": null, "enforcement": null, "needs_season": null}', 'labels_acknowledgement_check',
            'and belongs to a template'
        )
) v (changes, constraint_name, promise);
select lives_ok(
    tests.variant('consent.labels', '{"key": "notice_new"}', $$key = 'notice_authorization'$$),
    'a notice needs no family'
);

-- What a place uses.

select tests.violates(
    tests.variant('consent.community_labels', changes, $$label = 'tk_community_use_only'$$), constraint_name, promise
)
from (
    values
        ('{}'::jsonb, 'community_labels_pkey', 'a place uses a label once'),
        (
            '{"label": "tk_secret_sacred"}', 'community_labels_tenant_id_protocol_id_key',
            'a protocol is of one label'
        ),
        (
            jsonb_build_object('scope_id', tests.scope('otter')), 'community_labels_tenant_id_protocol_id_key',
            'and of one community'
        ),
        (
            '{"label": "tk_clan", "protocol_id": null}', 'community_labels_ratified_check',
            'who ratified what is kept where something is'
        )
) v (changes, constraint_name, promise);
select tests.violates(
    tests.variant(
        'consent.community_labels',
        '{"label": "tk_clan", "protocol_id": null, "ratified_by": null, "ratified_at": null}'::jsonb || changes,
        $$label = 'tk_community_use_only'$$
    ),
    constraint_name, promise
)
from (
    values
        (
            jsonb_build_object('scope_id', tests.scope('archive'), 'level', 1), 'community_labels_level_check',
            'labels are a community''s'
        ),
        (
            jsonb_build_object('scope_id', tests.scope('archive')),
            'community_labels_tenant_id_scope_id_level_fkey', 'which is a place'
        ),
        ('{"kind": "notice"}', 'community_labels_label_kind_fkey', 'a label is no notice'),
        ('{"label": "tk_weather"}', 'community_labels_label_kind_fkey', 'nor what there is not'),
        ('{"label": "notice_tk"}', 'community_labels_label_kind_fkey', 'nor a notice a label'),
        (
            jsonb_build_object('decision_id', gen_random_uuid()), 'community_labels_decision_id_check',
            'what is not ratified, no decision ratified'
        ),
        (
            jsonb_build_object('adopted_by', gen_random_uuid()), 'community_labels_adopted_by_fkey',
            'a person takes it up'
        )
) v (changes, constraint_name, promise);
select tests.as('sol');
select consent.create_protocol(tests.scope('heron'), 'Ashes', 'family', 'everybody');
select tests.as('otis');
select consent.create_protocol(tests.scope('otter'), 'Reeds', 'family', 'everybody');
select tests.as_nobody();
select tests.violates(
    tests.variant(
        'consent.community_labels',
        jsonb_build_object(
            'label', 'tk_secret_sacred', 'protocol_id', (select p.id from consent.protocols p where p.name = 'Ashes')
        ) || changes,
        $$label = 'tk_community_use_only'$$
    ),
    constraint_name, promise
)
from (
    values
        ('{"label": "tk_clan"}'::jsonb, 'community_labels_template_fkey', 'only what has a template is ratified'),
        (
            jsonb_build_object('protocol_id', (select p.id from consent.protocols p where p.name = 'Reeds')),
            'community_labels_tenant_id_protocol_id_scope_id_fkey', 'by a protocol of the community'
        ),
        (
            jsonb_build_object('ratified_by', gen_random_uuid()), 'community_labels_ratified_by_fkey', 'and a person'
        ),
        (
            jsonb_build_object('decision_id', gen_random_uuid()), 'community_labels_decision_fkey',
            'by a decision that there is'
        )
) v (changes, constraint_name, promise);
select tests.refused(
    format('update consent.community_labels set %I = %1$I', c), 'key_frozen', format('its %s stays', c)
)
from unnest('{level,kind}'::text[]) c;

-- Wordings.

select tests.violates(tests.variant('consent.label_wordings', changes), constraint_name, promise)
from (
    values
        ('{}'::jsonb, 'label_wordings_pkey', 'a wording has a number of its own'),
        ('{"version": 3}', 'label_wordings_previous_fkey', 'without a gap'),
        ('{"version": 2, "lang": "cr"}', 'label_wordings_previous_fkey', 'in each language'),
        ('{"version": 0}', 'label_wordings_version_check', 'from 1'),
        ('{"version": 2, "lang": "English"}', 'label_wordings_lang_check', 'which is one'),
        ('{"version": 2, "name": " "}', 'label_wordings_name_check', 'it calls the label something'),
        (
            jsonb_build_object('version', 2, 'name', repeat('a', 201)), 'label_wordings_name_check',
            'that is not endless'
        ),
        ('{"version": 2, "body": " "}', 'label_wordings_body_check', 'and says something'),
        (
            jsonb_build_object('version', 2, 'body', repeat('a', 5001)), 'label_wordings_body_check',
            'that comes to an end'
        ),
        (
            '{"label": "notice_viewing"}', 'label_wordings_label_fkey', 'of a label, not of a notice'
        ),
        ('{"label": "tk_clan"}', 'label_wordings_label_fkey', 'that the community uses'),
        (
            jsonb_build_object('version', 2, 'approved_by', gen_random_uuid()), 'label_wordings_approved_by_fkey',
            'and a person approves it'
        )
) v (changes, constraint_name, promise);
select tests.refused(
    format('%s consent.label_wordings%s', verb, change), 'append_only', format('nobody can %s one', verb)
)
from (values ('update', $$ set body = 'Everybody''s.'$$), ('delete from', ''), ('truncate', '')) v (verb, change);

-- A work bears a label and stands under what it binds to, or neither.

select tests.violates(tests.variant('consent.work_labels', changes), constraint_name, promise)
from (
    values
        ('{}'::jsonb, 'work_labels_pkey', 'a work bears a label once'),
        (
            jsonb_build_object('work_id', tests.work('Snow')),
            'work_labels_tenant_id_work_id_protocol_set_id_fkey', 'one that binds stands under what its row says'
        ),
        (
            jsonb_build_object('work_id', tests.work('Snow'), 'protocol_set_id', (select of_snow from known)),
            'work_labels_tenant_id_protocol_set_id_protocol_id_fkey', 'in which the protocol is'
        ),
        (
            jsonb_build_object('work_id', tests.work('Snow'), 'protocol_set_id', null),
            'work_labels_protocol_set_id_check', 'and in one it is'
        ),
        (
            jsonb_build_object(
                'work_id', tests.work('Snow'), 'protocol_set_id', null, 'protocol_id', null, 'brought', false
            ),
            'work_labels_label_fkey', 'a label that binds, binds'
        ),
        (
            jsonb_build_object(
                'work_id', tests.work('Snow'), 'protocol_set_id', (select of_snow from known),
                'protocol_id', (select sensitive from known)
            ),
            'work_labels_protocol_id_fkey', 'by its own protocol'
        ),
        (
            '{"label": "tk_clan", "protocol_set_id": null, "protocol_id": null, "brought": false}',
            'work_labels_label_fkey',
            'it is one that the community uses'
        ),
        (
            '{"work_id": "00000000-0000-0000-0000-000000000000", "label": "tk_attribution", "protocol_id": null,
            "protocol_set_id": null, "brought": false}',
            'work_labels_tenant_id_work_id_fkey', 'on a work that there is'
        ),
        (
            jsonb_build_object(
                'label', 'tk_attribution', 'protocol_id', null, 'protocol_set_id', null,
                'brought', false, 'added_by', gen_random_uuid()
            ),
            'work_labels_added_by_fkey', 'and a person puts it on'
        ),
        (
            '{"label": "tk_attribution", "protocol_id": null, "protocol_set_id": null, "brought": true}',
            'work_labels_brought_check', 'what does not bind brought nothing'
        )
) v (changes, constraint_name, promise);
select tests.violates(
    $$update content.works set protocol_set_id = null where title = 'Ice'$$,
    'work_labels_tenant_id_work_id_protocol_set_id_fkey', 'no work that bears it is taken from under its protocol'
);
select tests.violates(
    $$update content.works set protocol_set_id = (select of_snow from known) where title = 'Ice'$$,
    'work_labels_tenant_id_work_id_protocol_set_id_fkey', 'or put under others instead'
);
set constraints all deferred;
select consent._protocol_set(
    tests.scope('river'),
    jsonb_build_object(
        tests.scope('heron'),
        jsonb_build_object(
            'match', 'any', 'protocols', array(select p.id from consent.protocols p where p.name <> 'Reeds')
        )
    )
);
update content.works w
set protocol_set_id = c.set_id
from consent.protocol_set_communities c
where w.title = 'Ice' and c.match = 'any';
select tests.violates(
    $$update consent.work_labels b set protocol_set_id = c.set_id
    from consent.protocol_set_communities c where c.match = 'any'$$,
    'work_labels_match_fkey', 'nor is any other enough, also if it says so itself'
);
update content.works w set protocol_set_id = (select of_ice from known) where w.title = 'Ice';
set constraints all immediate;
select tests.violates(
    $$update consent.community_labels set protocol_id = null, ratified_by = null, ratified_at = null
    where label = 'tk_community_use_only'$$,
    'work_labels_label_fkey', 'what works bear stays ratified'
);
select tests.refused(
    format('update consent.work_labels set %I = %1$I', c), 'key_frozen', format('its %s stays', c)
)
from unnest('{added_by,added_at}'::text[]) c;

select * from finish();
rollback;
