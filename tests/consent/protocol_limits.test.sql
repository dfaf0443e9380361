-- What a protocol, a group, an admission, a set and an opening cannot be.

begin;
set local search_path = tap, tests, public;
select plan(40);

select tests.world();
select tests.as('sol');
create temporary table made as
select
    consent.create_protocol(tests.scope('heron'), 'Ashes', 'family', 'everybody') as protocol_id,
    consent.create_protocol_group(tests.scope('heron'), 'Family') as group_id;
grant select on made to public;
select consent.admit_by_protocol(protocol_id, group_id => group_id) from made;
select consent.add_to_protocol_group(group_id, tests.membership('eli', 'heron')) from made;
select tests.as('cleo');
select content.create_note(tests.scope('heron'), 'Ice', '{}', visibility => 'community');
select consent.protect_work(tests.work('Ice'), tests.scope('heron'), array[protocol_id]) from made;
select content.transition(tests.work('Ice'), 'published');
select consent.give_consent(tests.work('Ice'), 'community_sharing');
select tests.as('eli');
select consent.open_work(tests.work('Ice'));
select tests.as_nobody();

select tests.violates(tests.variant('consent.protocols', changes), constraint_name, promise)
from (values
    (jsonb_build_object('id', (select protocol_id from made)), 'protocols_pkey', 'a protocol has an id of its own'),
    ('{"name": " "}', 'protocols_name_check', 'and a name'),
    (jsonb_build_object('name', repeat('a', 201)), 'protocols_name_check', 'that is not endless'),
    ('{"kind": "Family"}', 'protocols_kind_check', 'it is of a kind, in small letters'),
    (jsonb_build_object('kind', repeat('a', 64)), 'protocols_kind_check', 'and few'),
    (
        jsonb_build_object('description', repeat('a', 5001)), 'protocols_description_check',
        'what it asks is not endless'
    ),
    ('{"acknowledgement": " "}', 'protocols_acknowledgement_check', 'what is to be acknowledged says something'),
    (
        jsonb_build_object('acknowledgement', repeat('a', 5001)), 'protocols_acknowledgement_check',
        'and comes to an end'
    ),
    ('{"season_from": "01-01"}', 'protocols_season_check', 'a season begins, and ends, somewhere'),
    (
        '{"season_from": "1-1", "season_until": "02-01", "season_zone": "UTC"}', 'protocols_season_from_check',
        'it begins on a day'
    ),
    (
        '{"season_from": "01-01", "season_until": "02-30", "season_zone": "UTC"}', 'protocols_season_until_check',
        'and ends on one'
    ),
    (
        '{"season_from": "01-01", "season_until": "02-01", "season_zone": "Nowhere/Known"}',
        'protocols_season_zone_check', 'where there are days'
    ),
    (
        '{"season_from": "01-01", "season_until": "02-01", "season_zone": "EST"}',
        'protocols_season_zone_check', 'and summers: an abbreviation names none'
    ),
    (
        '{"season_from": "01-01", "season_until": "02-01", "season_zone": "-05"}',
        'protocols_season_zone_check', 'nor does an offset'
    ),
    (
        jsonb_build_object('scope_id', tests.scope('archive')), 'protocols_tenant_id_scope_id_level_fkey',
        'only places have protocols'
    )
) as v (changes, constraint_name, promise);
select tests.violates(tests.variant('consent.protocol_groups', changes), constraint_name, promise)
from (values
    (jsonb_build_object('id', (select group_id from made)), 'protocol_groups_pkey', 'a group has an id of its own'),
    ('{"level": 2}', 'protocol_groups_tenant_id_scope_id_name_key', 'and a name of its own, in its community'),
    ('{"name": " Other"}', 'protocol_groups_name_check', 'without blanks around it'),
    ('{"name": ""}', 'protocol_groups_name_check', 'and not of nothing'),
    (jsonb_build_object('name', repeat('a', 201)), 'protocol_groups_name_check', 'nor endless'),
    (
        jsonb_build_object('scope_id', tests.scope('archive')), 'protocol_groups_tenant_id_scope_id_level_fkey',
        'only places have groups'
    )
) as v (changes, constraint_name, promise);
select tests.violates(tests.variant('consent.protocol_group_members', changes), constraint_name, promise)
from (values
    ('{}'::jsonb, 'protocol_group_members_pkey', 'somebody is in a group once'),
    (
        jsonb_build_object('membership_id', tests.membership('oona', 'otter')),
        'protocol_group_members_tenant_id_membership_id_scope_id_fkey', 'as a member of its community'
    ),
    (
        jsonb_build_object(
            'membership_id', tests.membership('oona', 'otter'), 'scope_id', tests.scope('otter')
        ),
        'protocol_group_members_tenant_id_group_id_scope_id_fkey', 'which is the group''s'
    )
) as v (changes, constraint_name, promise);
select tests.violates(tests.variant('consent.protocol_admissions', changes), constraint_name, promise)
from (values
    ('{}'::jsonb, 'protocol_admissions_pkey', 'an admission has an id of its own'),
    ('{"role_id": null}', 'protocol_admissions_named_key', 'somebody is admitted once'),
    ('{"group_id": null}', 'protocol_admissions_named_check', 'and somebody it is'),
    (
        jsonb_build_object('membership_id', tests.membership('eli', 'heron')), 'protocol_admissions_named_check',
        'one at a time'
    )
) as v (changes, constraint_name, promise);
select tests.violates(tests.variant('consent.protocol_sets', changes), constraint_name, promise)
from (values
    ('{}'::jsonb, 'protocol_sets_pkey', 'a set has an id of its own'),
    (jsonb_build_object('written_in', '9'), 'protocol_sets_tenant_id_composition_key', 'and is made of something else')
) as v (changes, constraint_name, promise);
select tests.violates(
    tests.variant('consent.protocol_set_communities'), 'protocol_set_communities_pkey', 'a community is in a set once'
);
select tests.violates(
    tests.variant('consent.protocol_set_members'), 'protocol_set_members_pkey', 'so is a protocol'
);
select tests.violates(tests.variant('consent.openings'), 'openings_pkey', 'an opening has an id of its own');
select tests.violates(
    tests.variant('consent.openings', jsonb_build_object('open_until', now())), 'openings_open_until_check',
    'and lasts for a while'
);

-- A set is written at once, and stays what it is.

select tests.refused(
    format('%s %s%s', verb, t, "all"), 'append_only', format('nobody can %s %s', verb, t)
)
from (values ('delete from', ''), ('truncate', ' cascade')) v (verb, "all"),
    unnest('{consent.protocol_set_members}'::text[]) t;
alter table consent.protocol_sets disable trigger _010_append_only;
update consent.protocol_sets set written_in = '3';
alter table consent.protocol_sets enable trigger _010_append_only;
select tests.refused(
    $$insert into consent.protocol_set_communities (tenant_id, set_id, scope_id, match)
    select s.tenant_id, s.id, tests.scope('otter'), 'any' from consent.protocol_sets s$$,
    'append_only', 'a set that was written in another transaction gets no further community'
);
select tests.as('sol');
select consent.create_protocol(tests.scope('heron'), 'Embers', 'family', 'everybody');
select tests.as_nobody();
select tests.refused(
    $$insert into consent.protocol_set_members (tenant_id, set_id, scope_id, protocol_id)
    select s.tenant_id, s.id, p.scope_id, p.id
    from consent.protocol_sets s cross join consent.protocols p where p.name = 'Embers'$$,
    'append_only', 'nor a further protocol'
);
select tests.refused($$update consent.protocol_sets set composition = 'x'$$, 'append_only', 'nor is it another');
select tests.as('sol');
select lives_ok(
    $$select consent.protect_work(tests.work('Ice'), tests.scope('heron'), array[p.id])
    from consent.protocols p where p.name = 'Embers'$$,
    'beside it, others are written'
);
select tests.as_nobody();

select * from finish();
rollback;
