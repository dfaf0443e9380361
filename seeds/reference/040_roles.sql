-- The roles that every new organization starts with. Modules add to them what they ask for.

insert into core.role_templates (key, name, description, levels, requires_kyc)
values
    ('owner', 'Owner', 'Answers for the organization; it is never without one.', '{0}', false),
    ('admin', 'Admin', 'Runs the organization from day to day.', '{0}', false),
    ('member', 'Member', 'Belongs.', '{0,1}', false),
    ('project_manager', 'Project manager', 'Runs a project.', '{1}', false),
    ('editor', 'Editor', 'Works on what a project publishes.', '{1}', false),
    ('place_manager', 'Place manager', 'Runs a community or another place.', '{2}', false),
    ('storyteller', 'Storyteller', 'Tells.', '{2}', false),
    ('community_member', 'Community member', 'Belongs to the community.', '{2}', false),
    ('elder', 'Elder', 'Speaks for what the community holds dear.', '{2}', false),
    ('steward', 'Data steward', 'Looks after the protocols; appointed by the community alone.', '{2}', false),
    ('cultural_reviewer', 'Cultural reviewer', 'Reviews for cultural protocols.', '{2}', false),
    ('story_editor', 'Story editor', 'Edits stories on behalf of their tellers.', '{2}', false),
    ('moderator', 'Moderator', 'Keeps the peace.', '{1,2}', false),
    ('contributor', 'Contributor', 'Contributes work.', '{1,2}', false),
    ('reviewer', 'Reviewer', 'Reviews the work of others.', '{1,2}', false),
    ('board_member', 'Board member', 'Sits on the board, and decides with it.', '{0,1,2}', false),
    ('compliance', 'Compliance', 'Checks identities, holds and exports.', '{0}', true)
on conflict on constraint role_templates_pkey do update
set
    name = excluded.name, description = excluded.description,
    levels = excluded.levels, requires_kyc = excluded.requires_kyc
where (role_templates.name, role_templates.description, role_templates.levels, role_templates.requires_kyc)
    is distinct from (excluded.name, excluded.description, excluded.levels, excluded.requires_kyc);

with carried (role, permissions) as (
    values
        (
            'owner',
            '{scope.read,scope.create,scope.manage,member.read,member.invite,member.manage,role.grant,role.define,
            sanction.impose,sanction.judge,setting.manage,module.manage,quota.manage,key.manage,domain.manage,
            theme.manage,verification.read,verification.decide,export.run,hold.manage,
            audit.read,work.review,agreement.manage,poll.open,comment.moderate,tag.manage,value.read,
            value.manage,insight.read}'::text[]
        ),
        (
            'admin',
            '{scope.read,scope.create,scope.manage,member.read,member.invite,member.manage,role.grant,
            sanction.impose,sanction.judge,setting.manage,module.manage,quota.manage,key.manage,domain.manage,
            theme.manage,work.review,agreement.manage,poll.open,comment.moderate,tag.manage,value.read,value.manage,
            insight.read}'
        ),
        ('member', '{member.read}'),
        (
            'project_manager',
            '{scope.read,scope.create,scope.manage,member.read,member.invite,member.manage,role.grant,
            sanction.impose,sanction.judge,setting.manage,module.manage,quota.manage,key.manage,domain.manage,
            theme.manage,work.review,agreement.manage,poll.open,comment.moderate,value.read,value.manage,insight.read}'
        ),
        ('editor', '{member.read,theme.manage,work.review,poll.open}'),
        (
            'place_manager',
            '{scope.read,scope.manage,member.read,member.invite,member.manage,role.grant,sanction.impose,
            sanction.judge,setting.manage,module.manage,key.manage,work.review,poll.open,
            comment.moderate,value.read,value.manage,insight.read}'
        ),
        ('storyteller', '{member.read}'),
        ('community_member', '{member.read}'),
        ('elder', '{member.read,sanction.judge,poll.open,work.review}'),
        (
            'steward',
            '{member.read,member.invite,role.grant,steward.appoint,export.run,work.review,protocol.modify,
            protocol.admit,agreement.manage,consent.give,poll.open,comment.moderate,value.read,
            insight.read}'
        ),
        ('cultural_reviewer', '{member.read,work.review}'),
        ('story_editor', '{member.read}'),
        ('moderator', '{member.read,sanction.impose,comment.moderate}'),
        ('contributor', '{member.read}'),
        ('reviewer', '{member.read,work.review}'),
        ('board_member', '{member.read,poll.open,value.read,insight.read}'),
        (
            'compliance',
            '{member.read,verification.read,verification.decide,export.run,hold.manage,audit.read,value.read,
            insight.read}'
        )
),
listed as (
    select carried.role, permission
    from carried
    cross join lateral unnest(carried.permissions) as permission
),
dropped as (
    delete from core.role_template_permissions tp
    where not exists (
        select from listed l where l.role = tp.role and l.permission = tp.permission
    )
)
insert into core.role_template_permissions (role, permission)
select listed.role, listed.permission
from listed
on conflict on constraint role_template_permissions_pkey do nothing;
