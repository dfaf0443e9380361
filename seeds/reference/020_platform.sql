-- The platform itself: its modules, its settings, what can be limited, counted, taken away.

insert into core.platform_modules (module, version, description, always_on)
values
    ('core', '0.1.0', 'Who, and where do they belong?', true),
    ('ops', '0.1.0', 'What has to run?', true),
    ('audit', '0.1.0', 'What happened?', true),
    ('content', '0.1.0', 'What do they make?', true),
    ('consent', '0.1.0', 'Under which consent may it be used?', true),
    ('value', '0.1.0', 'What is it worth?', true),
    ('stories', '0.1.0', 'What do communities tell?', false),
    ('insights', '0.1.0', 'What can be told of all, and of nobody?', false)
on conflict on constraint platform_modules_pkey do update
set version = excluded.version, description = excluded.description, always_on = excluded.always_on
where (platform_modules.version, platform_modules.description, platform_modules.always_on)
    is distinct from (excluded.version, excluded.description, excluded.always_on);

-- What the installation has set is never overwritten.
insert into core.platform_config (key, value, description)
values
    ('environment', '"development"', 'development, staging or production; in production nothing is reset or seeded'),
    ('organizations.founded_by', '"anyone"', 'Who may found an organization: anyone signed in, or only a service'),
    ('platform.organization', 'null', 'The id of the organization that runs the platform and verifies identities'),
    (
        'audit.origin', '"log.invalid"',
        'What the logs call themselves in checkpoints: a host and path of yours; not changed once one is published'
    ),
    ('audit.kept_months', '84', 'How many months of changes are kept before one can be put away')
on conflict on constraint platform_config_pkey do update
set description = excluded.description
where platform_config.description <> excluded.description;

insert into core.scope_kinds (kind, level, module, description)
values
    ('organization', 0, 'core', 'A tenant: a company, a nonprofit, a nation.'),
    ('project', 1, 'core', 'Something an organization does, with people, places and works of its own.'),
    ('community', 2, 'core', 'People who belong together and decide together about what is theirs.')
on conflict on constraint scope_kinds_pkey do update
set level = excluded.level, module = excluded.module, description = excluded.description
where (scope_kinds.level, scope_kinds.module, scope_kinds.description)
    is distinct from (excluded.level, excluded.module, excluded.description);

insert into core.quota_resources (key, module, unit, description)
values
    ('seats', 'core', 'membership', 'Active memberships in a scope and all below it.'),
    ('projects', 'core', 'project', 'Projects of an organization.'),
    ('works', 'content', 'work', 'Works in a scope and all below it.'),
    ('storage_bytes', 'content', 'byte', 'Files in a scope and all below it, from when they are announced.')
on conflict on constraint quota_resources_pkey do update
set module = excluded.module, unit = excluded.unit, description = excluded.description
where (quota_resources.module, quota_resources.unit, quota_resources.description)
    is distinct from (excluded.module, excluded.unit, excluded.description);

insert into core.capabilities (key, module, description)
values
    ('access', 'core', 'Everything: the person is kept out, as if banned.'),
    ('invite', 'core', 'Inviting others.'),
    ('create', 'content', 'Beginning works, and writing their next versions.'),
    ('vote', 'content', 'Voting, on works and in polls, and putting something to a poll.'),
    ('comment', 'content', 'Commenting on works, and reacting to them.')
on conflict on constraint capabilities_pkey do update
set module = excluded.module, description = excluded.description
where (capabilities.module, capabilities.description)
    is distinct from (excluded.module, excluded.description);

insert into core.tiers (key, name, position)
values
    ('FREE', 'Free', 1),
    ('BASIC', 'Basic', 2),
    ('PRO', 'Pro', 3),
    ('PREMIUM', 'Premium', 4)
on conflict on constraint tiers_pkey do update set name = excluded.name, position = excluded.position
where (tiers.name, tiers.position)
    is distinct from (excluded.name, excluded.position);

insert into core.setting_definitions (key, module, type, levels, default_value, choices, minimum, maximum, description)
values
    (
        'members.may_request', 'core', 'boolean', '{0,1,2}', 'true', null, null, null,
        'Whether people may ask to join.'
    ),
    (
        'invitations.expire_after', 'core', 'duration', '{0,1,2}', '"P14D"', null, null, null,
        'How long an invitation can be used, unless it says otherwise.'
    ),
    (
        'works.reviewed', 'content', 'boolean', '{0,1,2}', 'false', null, null, null,
        'Whether works are reviewed before they are published.'
    ),
    (
        'protocols.opening_minutes', 'consent', 'integer', '{0,1,2}', '60', null, 1, 1440,
        'For how long whoever opens a restricted work may read it.'
    ),
    (
        'works.vote_weight', 'content', 'integer', '{0,1,2}', '1', null, 1, 100,
        'How much a vote on a work weighs at most.'
    ),
    (
        'works.decided', 'content', 'boolean', '{0,1,2}', 'false', null, null, null,
        'Whether it takes a decision to publish a work.'
    ),
    (
        'labels.decided', 'consent', 'boolean', '{0,1,2}', 'false', null, null, null,
        'Whether it takes a decision to ratify a label.'
    ),
    (
        'benefits.decided', 'consent', 'boolean', '{0,1,2}', 'false', null, null, null,
        'Whether it takes a decision to say how benefits are shared.'
    ),
    (
        'decisions.process', 'content', 'choice', '{0,1,2}', '"consensus"',
        '{consensus,majority,elder_council,board}', null, null, 'How decisions are made.'
    ),
    (
        'decisions.quorum', 'content', 'integer', '{0,1,2}', '3', null, 1, 1000000,
        'How many have to take part in a decision.'
    ),
    (
        'decisions.open_for', 'content', 'duration', '{0,1,2}', '"P7D"', null, null, null,
        'How long a decision is open.'
    )
on conflict on constraint setting_definitions_pkey do update
set
    module = excluded.module, type = excluded.type, levels = excluded.levels,
    default_value = excluded.default_value, choices = excluded.choices,
    minimum = excluded.minimum, maximum = excluded.maximum, description = excluded.description
where (
    setting_definitions.module, setting_definitions.type, setting_definitions.levels,
    setting_definitions.default_value, setting_definitions.choices, setting_definitions.minimum,
    setting_definitions.maximum, setting_definitions.description
) is distinct from (
    excluded.module, excluded.type, excluded.levels,
    excluded.default_value, excluded.choices, excluded.minimum,
    excluded.maximum, excluded.description
);
