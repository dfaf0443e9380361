-- What a person can be allowed to do. What does not inherit is held only where it was given: whoever manages an
-- organization manages the members of its communities too, but does not thereby belong to one, export what is in it
-- or appoint its stewards.

insert into core.permissions (key, module, levels, inherits, description)
values
    ('scope.read', 'core', '{0,1,2}', true, 'Find scopes that are private.'),
    ('scope.create', 'core', '{0,1}', true, 'Begin projects and open places.'),
    ('scope.manage', 'core', '{0,1,2}', true, 'Name, describe, show, hide and archive a scope.'),
    ('member.read', 'core', '{0,1,2}', false, 'See who belongs.'),
    ('member.invite', 'core', '{0,1,2}', true, 'Invite people.'),
    ('member.manage', 'core', '{0,1,2}', true, 'Let people in, suspend, ban and remove them.'),
    ('role.grant', 'core', '{0,1,2}', true, 'Give and take roles; never more than one holds.'),
    ('role.define', 'core', '{0}', false, 'Make and change the roles of the organization.'),
    ('steward.appoint', 'core', '{2}', false, 'Make somebody a steward of the community.'),
    ('sanction.impose', 'core', '{0,1,2}', true, 'Take a capability from a person for a time.'),
    ('sanction.judge', 'core', '{0,1,2}', true, 'Judge appeals against the sanctions of others.'),
    ('setting.manage', 'core', '{0,1,2}', true, 'Change settings.'),
    ('module.manage', 'core', '{0,1,2}', true, 'Switch modules on and off.'),
    ('quota.manage', 'core', '{0,1}', true, 'Share out limits among projects and places.'),
    ('key.manage', 'core', '{0,1,2}', true, 'Make API keys.'),
    ('domain.manage', 'core', '{0,1}', true, 'Tie host names to projects.'),
    ('theme.manage', 'core', '{0,1}', true, 'Change the look of a project.'),
    ('verification.read', 'core', '{0}', false, 'Look at evidence of identity, for the platform; every look is kept.'),
    ('verification.decide', 'core', '{0}', false, 'Decide on identities, for the platform.'),
    ('export.run', 'ops', '{0,1,2}', false, 'Export what a scope holds.'),
    ('hold.manage', 'ops', '{0,1,2}', true, 'Impose and release legal holds.'),
    ('work.review', 'content', '{0,1,2}', false, 'Review works before they are published.'),
    ('protocol.modify', 'consent', '{2}', false, 'Set the protocols of a community, and put works under them.'),
    ('protocol.admit', 'consent', '{2}', false, 'Say whom the protocols of a community admit.'),
    ('consent.give', 'consent', '{2}', false, 'Consent, refuse and withdraw in the name of the community.'),
    (
        'agreement.manage', 'consent', '{0,1,2}', false,
        'Sign agreements on the use of works, and have works handed out under them.'
    ),
    ('poll.open', 'content', '{0,1,2}', false, 'Put a question to those who belong.'),
    ('comment.moderate', 'content', '{0,1,2}', false, 'Hide comments on works that one may read, and show them again.'),
    ('tag.manage', 'content', '{0}', false, 'Decide which words say the same.'),
    ('value.read', 'value', '{0,1,2}', true, 'Read the books of a place, a project or an organization.'),
    ('value.manage', 'value', '{0,1,2}', true, 'Keep the books, and give from the accounts of a place or a project.'),
    ('insight.read', 'insights', '{0,1,2}', true, 'Read the figures of a place, a project or an organization.'),
    ('audit.read', 'audit', '{0}', false, 'Look into the log of the organization, and verify it.')
on conflict on constraint permissions_pkey do update
set
    module = excluded.module, levels = excluded.levels,
    inherits = excluded.inherits, description = excluded.description
where (permissions.module, permissions.levels, permissions.inherits, permissions.description)
    is distinct from (excluded.module, excluded.levels, excluded.inherits, excluded.description);
