-- Keys: they never change, and by them nothing of one organization can refer to anything of another.

begin;
set local search_path = tap, tests, public;
select plan(309);

select tests.world();

-- A row of everything, in each of the two organizations.
select tests.as('olive');
select core.create_api_key(tests.scope('river'), 'Importer', '{scope.read}');
select core.set_theme(tests.scope('archive'), 'ink', 'blue');
select core.set_setting(tests.scope('river'), 'members.may_request', 'true');
select core.invite(tests.scope('river'), '{member}');
select core.set_permission(tests.membership('max', 'river'), 'scope.read', 'allow');
select tests.as('hugo');
select core.create_project(tests.scope('hill'), 'mill', 'Mill');
select core.invite(tests.scope('hill'), '{member}');
select tests.as_service();
select core.set_quota(tests.scope('river'), 'projects', 100);
select tests.as_keyholder('olive');
select core.write_secret(core.me(), 'phone', '12345');
select tests.as_nobody();
insert into core.feature_flags (tenant_id, scope_id, module, enabled)
values (tests.scope('river'), tests.scope('river'), 'core', true);
insert into core.verifications (kind, person_id, document_type) values ('kyc', tests.person('max'), 'passport');
insert into core.sanctions (tenant_id, scope_id, person_id, capability, reason, imposed_by)
values
    (tests.scope('river'), tests.scope('river'), tests.person('max'), 'invite', 'why', tests.person('olive')),
    (tests.scope('hill'), tests.scope('hill'), tests.person('max'), 'invite', 'why', tests.person('olive'));
insert into core.sanction_appeals (tenant_id, sanction_id, person_id, imposed_by, statement)
select tenant_id, id, person_id, imposed_by, 'Not fair.' from core.sanctions where tenant_id = tests.scope('river');
insert into ops.legal_holds (tenant_id, scope_id, reason, imposed_by)
values (tests.scope('river'), tests.scope('river'), 'Court order 17', tests.person('olive'));
insert into ops.exports (tenant_id, scope_id, format, requested_by)
values (tests.scope('river'), tests.scope('river'), 'csv', tests.person('olive'));
insert into value.assets (tenant_id, code, kind, scale, name)
values (tests.scope('river'), 'CAD', 'currency', 2, 'Dollar');
insert into value.accounts (tenant_id, asset, system_key) values (tests.scope('river'), 'CAD', 'outside');

-- Frozen. Written out, so that a key that is forgotten is noticed.
create temporary table frozen (relation regclass, columns text[]) on commit drop;
insert into frozen
values
    ('core.people', '{id}'),
    ('core.person_secrets', '{person_id}'),
    ('core.organizations', '{id}'),
    ('core.scopes', '{tenant_id,id}'),
    ('core.projects', '{tenant_id,id}'),
    ('core.project_themes', '{tenant_id,project_id,token}'),
    ('core.quotas', '{tenant_id,scope_id,resource}'),
    ('core.verifications', '{id}'),
    ('core.roles', '{tenant_id,id}'),
    ('core.invitations', '{tenant_id,id}'),
    ('core.memberships', '{tenant_id,id,scope_id,person_id}'),
    ('core.membership_roles', '{tenant_id,id,membership_id,role_id}'),
    ('core.sanctions', '{tenant_id,id,scope_id,person_id,capability,imposed_by}'),
    ('core.sanction_appeals', '{tenant_id,id,sanction_id}'),
    ('core.settings', '{tenant_id,scope_id,key}'),
    ('core.feature_flags', '{tenant_id,scope_id,module}'),
    ('core.api_keys', '{id}'),
    ('value.assets', '{tenant_id,code,kind,scale}'),
    ('value.accounts', '{tenant_id,id,asset,person_id,scope_id,work_id,system_key,kind}'),
    (
        'value.value_events',
        '{tenant_id,id,scope_id,work_id,kind,asset,amount,occurred_on,metrics,transfer_id,account_id,recorded_by,
        recorded_at}'
    ),
    (
        'value.distributions',
        '{tenant_id,id,event_id,scope_id,asset,amount,model,rules,decision_id,proposed_by,proposed_at}'
    ),
    ('ops.legal_holds', '{tenant_id,id,scope_id,person_id}'),
    ('ops.exports', '{tenant_id,id,scope_id,person_id}'),
    ('content.works', '{tenant_id,id,kind,scope_id,owner_id}'),
    ('content.comments', '{tenant_id,id,work_id,parent_id,parent_path,aside}'),
    ('content.attributions', '{tenant_id,id,work_id}'),
    ('content.reactions', '{tenant_id,id,work_id,comment_id,kind}'),
    ('content.files', '{tenant_id,id,scope_id,sha256,mime,bytes,uploaded_by}'),
    ('content.placements', '{tenant_id,id,work_id,position}'),
    ('content.media', '{tenant_id,id,work_id,file_id}'),
    ('consent.protocols', '{tenant_id,id,scope_id}'),
    ('consent.protocol_groups', '{tenant_id,id,scope_id}'),
    ('consent.community_labels', '{tenant_id,scope_id,level,label,kind,adopted_by,adopted_at}'),
    ('consent.work_labels', '{tenant_id,work_id,scope_id,label,added_by,added_at}'),
    ('consent.runs', '{tenant_id,id,agreement_id,scope_id,purpose,model,channel,started_by,started_at}'),
    ('consent.run_works', '{tenant_id,run_id,work_id,version,handed_out_at}'),
    ('consent.benefit_settings', '{tenant_id,scope_id}'),
    ('consent.preferences', '{person_id}'),
    (
        'content.polls',
        '{tenant_id,id,scope_id,work_id,question,description,method,most,role_key,anonymous,may_change,results_shown,
        quorum,opened_by,opened_at,closes_at}'
    ),
    (
        'content.decisions',
        '{tenant_id,id,scope_id,matter,subject,work_id,work_version,revokes,process,poll_id,proposed_by,proposed_at}'
    ),
    ('stories.communities', '{tenant_id,id}'),
    ('stories.stories', '{tenant_id,id,is_record}'),
    ('stories.feedback', '{tenant_id,id,scope_id,person_id,body,given_at}'),
    (
        'insights.groups',
        '{tenant_id,id,release,board,kind,month,scope_id,level,project_id,places,topic,smallest,people,items,comments,
        reactions,views,amount,spread,replaces}'
    ),
    (
        'insights.contributions',
        '{tenant_id,work_id,board,kind,month,scope_id,level,project_id,amount}'
    ),
    ('insights.cells', '{tenant_id,scope_id,level,board,kind,month,topic}');
select tests.as('olive');
select core.set_module(tests.scope('river'), 'stories', true);
select core.set_module(tests.scope('river'), 'insights', true);
select tests.tell('otter', 'one', 'two', 'three', 'four', 'five');
select tests.release('river');
select tests.as('hana');
select stories.describe_community(tests.scope('heron'), 'kinship');
select tests.as('cleo');
select stories.create_story(tests.scope('heron'), 'Kept story', '{}');
select stories.give_feedback(tests.scope('heron'), 'Kept');
select content.propose_decision(
    tests.scope('heron'), 'work.publish', 'Kept?',
    work_id => content.create_note(tests.scope('heron'), 'Kept', '{}')
);
select content.add_comment(tests.work('Kept'), 'Kept');
select content.react('heart', tests.work('Kept'));
select content.attribute_work(tests.work('Kept'), 'Somebody', 'teller');
select content.begin_upload(tests.work('Kept'), 'image/png', 1, repeat('ab', 32));
select tests.as_service();
select content.finish_upload(f.id) from content.files f;
select tests.as('cleo');
select content.add_media(tests.work('Kept'), f.id, 'Kept') from content.files f;
select tests.as('sol');
select consent.create_protocol(tests.scope('heron'), 'Kept', 'family', 'members');
select consent.create_protocol_group(tests.scope('heron'), 'Kept');
select consent.set_benefits(tests.scope('heron'), 'equal', 'consensus');
select consent.adopt_label(tests.scope('heron'), 'tk_clan');
select consent.begin_run(
    consent.create_agreement(tests.scope('heron'), 'Kept', '{research}', '', repeat('ab', 32)), 'research', 'Kept'
);
select tests.as('cleo');
select consent.label_work(tests.work('Kept'), tests.scope('heron'), 'tk_clan');
select tests.as_nobody();
insert into consent.preferences (person_id, answers) select k.person_id, '' from core.person_keys k limit 1;
insert into consent.run_works (tenant_id, run_id, work_id, version)
select r.tenant_id, r.id, tests.work('Kept'), 1 from consent.runs r;
select tests.as('hana');
select content.open_poll(tests.scope('heron'), 'Kept?', 'single', now() + interval '1 day');
select value.record_event('grant', 'CAD', 1, tests.scope('heron'));
select content.propose_decision(tests.scope('heron'), 'value.distribute', 'Shared?', subject => 'this');
select tests.as_nobody();
insert into value.distributions (
    tenant_id, event_id, scope_id, asset, amount, model, rules, decision_id, proposed_by
)
select e.tenant_id, e.id, e.scope_id, e.asset, e.amount, 'equal', '{}', d.id, d.proposed_by
from value.value_events e, content.decisions d
where d.matter = 'value.distribute';
select tests.refused(
    format('update %s set %I = %I', f.relation, c, c), 'key_frozen', format('%s.%s never changes', f.relation, c)
)
from frozen f, unnest(f.columns) c;
select set_eq(
    $$
        select t.tgrelid::regclass::text, array_agg(a.attname::text order by k.position)
        from pg_catalog.pg_trigger t
        cross join lateral unnest(t.tgattr::smallint[]) with ordinality k (number, position)
        join pg_catalog.pg_attribute a on a.attrelid = t.tgrelid and a.attnum = k.number
        where t.tgfoid = 'core.tg__freeze_key()'::regprocedure
            and t.tgname <> '_011_freeze_key' -- whatever the log follows: tests/audit/capture.test.sql
            and t.tgqual is null -- what is frozen from some day on: where that day comes
        group by t.tgrelid
    $$,
    'select relation::text, columns from frozen',
    'these are the keys that never change, and there are no others to try'
);
select lives_ok(
    format('update %s set %I = %I', f.relation, a.attname, a.attname), format('the rest of %s can', f.relation)
)
from frozen f
cross join lateral (
    select a.attname
    from pg_catalog.pg_attribute a
    where a.attrelid = f.relation
        and a.attnum > 0
        and a.attgenerated = ''
        and a.attname <> all (f.columns)
    order by a.attnum desc
    limit 1
) a;

-- Two organizations, apart by constraint: each reference, of a row of River, led into Hill.
create temporary table crossed (relation text, changes jsonb, broken text) on commit drop;
insert into crossed
select 'core.projects', jsonb_build_object('id', tests.scope('mill')), 'projects_tenant_id_id_kind_fkey'
union all
select
    'core.project_themes', jsonb_build_object('project_id', tests.scope('mill')),
    'project_themes_tenant_id_project_id_fkey'
union all
select
    'core.scopes',
    jsonb_build_object(
        'kind', 'community', 'level', 2, 'slug', 'new', 'parent_id', tests.scope('mill'), 'parent_level', 1
    ),
    'scopes_tenant_id_parent_id_parent_level_fkey'
union all
select
    'core.memberships',
    jsonb_build_object(
        'scope_id', tests.scope('mill'), 'project_id', tests.scope('mill'), 'level', 1,
        'person_id', tests.person('nobody')
    ),
    'memberships_tenant_id_scope_id_level_project_id_fkey'
union all
select
    'core.memberships', jsonb_build_object('invitation_id', i.id, 'person_id', tests.person('nobody')),
    'memberships_tenant_id_invitation_id_fkey'
from core.invitations i
where i.tenant_id = tests.scope('hill')
union all
select
    'core.membership_roles', jsonb_build_object('membership_id', tests.membership('hazel', 'hill')),
    'membership_roles_tenant_id_membership_id_fkey'
union all
select
    'core.membership_roles', jsonb_build_object('role_id', r.id), 'membership_roles_tenant_id_role_id_owns_fkey'
from core.roles r
where r.tenant_id = tests.scope('hill') and r.key = 'member'
union all
select
    'core.membership_permissions', jsonb_build_object('membership_id', tests.membership('hazel', 'hill')),
    'membership_permissions_tenant_id_membership_id_fkey'
union all
select 'core.role_permissions', jsonb_build_object('role_id', r.id), 'role_permissions_tenant_id_role_id_fkey'
from core.roles r
where r.tenant_id = tests.scope('hill') and r.key = 'member'
union all
select
    'core.invitations', jsonb_build_object('scope_id', tests.scope('mill'), 'token_hash', '\x01'),
    'invitations_tenant_id_scope_id_fkey'
union all
select
    'core.invitation_roles', jsonb_build_object('invitation_id', i.id), 'invitation_roles_tenant_id_invitation_id_fkey'
from core.invitations i
where i.tenant_id = tests.scope('hill')
union all
select 'core.invitation_roles', jsonb_build_object('role_id', r.id), 'invitation_roles_tenant_id_role_id_fkey'
from core.roles r
where r.tenant_id = tests.scope('hill') and r.key = 'member'
union all
select
    'core.sanctions', jsonb_build_object('scope_id', tests.scope('mill')), 'sanctions_tenant_id_scope_id_fkey'
union all
select 'core.sanction_appeals', jsonb_build_object('sanction_id', s.id, 'status', 'withdrawn'),
'sanction_appeals_sanction_fkey'
from core.sanctions s
where s.tenant_id = tests.scope('hill')
union all
select
    'core.' || t, jsonb_build_object('scope_id', tests.scope('mill')), t || '_tenant_id_scope_id_fkey'
from unnest(array['settings', 'feature_flags', 'quotas', 'usage_shards']) t
union all
select
    'ops.' || t, jsonb_build_object('scope_id', tests.scope('mill')), t || '_tenant_id_scope_id_fkey'
from unnest(array['outbox', 'legal_holds', 'exports']) t;
select tests.violates(
    tests.variant(c.relation::regclass, c.changes, format('tenant_id = %L', tests.scope('river'))), c.broken,
    format(
        '%s: no %s of another organization', c.relation,
        array_to_string(
            array(select k from jsonb_object_keys(c.changes) k where k = 'id' or k like '%\_id' order by k), ' or '
        )
    )
)
from crossed c;
select set_eq(
    $$
        select k.conname::text
        from pg_catalog.pg_constraint k
        join pg_catalog.pg_attribute a on a.attrelid = k.confrelid and a.attnum = any (k.confkey)
        where k.contype = 'f'
            and k.connamespace in ('core'::regnamespace, 'ops'::regnamespace)
            and a.attname = 'tenant_id'
    $$,
    $$
        select broken from crossed
        union
        -- These refer to what the first of them refers to already.
        values ('membership_roles_open_ended_fkey'), ('membership_roles_owner_level_fkey')
    $$,
    'these are all references from one thing of an organization to another'
);

-- An id says nothing without its organization: were the same one given in two, nobody would take one for the other.
select tests.join('lena', 'archive', 'member');
create function tests.twin(relation regclass, changes jsonb, chosen text)
returns void
language plpgsql
set search_path = ''
as $$
begin
    execute tests.variant(relation, changes, chosen);
end
$$;

select tests.twin(
    'core.memberships',
    jsonb_build_object('id', tests.membership('max', 'river'), 'person_id', tests.person('nobody')),
    format('id = %L', tests.membership('hazel', 'hill'))
);
select tests.twin(
    'core.membership_roles', jsonb_build_object('membership_id', tests.membership('max', 'river')),
    format('membership_id = %L', tests.membership('hazel', 'hill'))
);
insert into core.membership_permissions (tenant_id, membership_id, permission, effect)
values (tests.scope('hill'), tests.membership('max', 'river'), 'scope.read', 'allow');
select tests.twin('core.invitations', jsonb_build_object('id', i.id, 'token_hash', '\x01'),
    format('tenant_id = %L', tests.scope('hill')))
from core.invitations i
where i.tenant_id = tests.scope('river');
insert into core.invitation_roles (tenant_id, invitation_id, role_id)
select r.tenant_id, i.id, r.id
from core.invitations i, core.roles r
where i.tenant_id = tests.scope('river') and r.tenant_id = tests.scope('hill') and r.key = 'member';
select tests.twin(
    'core.scopes', jsonb_build_object('id', tests.scope('archive'), 'slug', 'twin'), format('id = %L',
        tests.scope('mill'))
);
select tests.twin('core.projects', jsonb_build_object('id', p.id), format('id = %L', tests.scope('mill')))
from core.projects p
where p.tenant_id = tests.scope('river');
insert into core.project_themes (tenant_id, project_id, token, value)
values (tests.scope('hill'), tests.scope('archive'), 'twin', 'red');
select tests.twin(
    'core.scopes',
    jsonb_build_object('id', tests.scope('river'), 'slug', 'other-twin', 'visibility', 'public'),
    format('id = %L', tests.scope('mill'))
);
update core.scopes set visibility = 'public' where slug = 'archive';
insert into core.scopes (tenant_id, kind, level, parent_id, parent_level, slug, name)
values (tests.scope('hill'), 'community', 2, tests.scope('archive'), 1, 'lark', 'Larks');
select tests.join('lena', 'lark', 'community_member');
select tests.twin(
    'core.sanctions',
    jsonb_build_object('id', s.id, 'capability', 'access', 'person_id', tests.person('hazel')),
    format('tenant_id = %L', tests.scope('hill'))
)
from core.sanctions s
where s.tenant_id = tests.scope('river');
insert into core.sanction_appeals (tenant_id, sanction_id, person_id, imposed_by, statement)
select s.tenant_id, s.id, s.person_id, s.imposed_by, 'Not fair.'
from core.sanctions s
where s.capability = 'access';

create function tests.organizations(relation regclass)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
    found bigint;
begin
    execute format('select count(distinct tenant_id) from %s', relation) into found;
    return found;
end
$$;

select tests.as_anon();
select is(
    array(select t.token from core.project_themes t), '{ink}', 'the look of a project is not that of its twin'
);
select is(
    (select count(*) from core.projects), 1::bigint, 'nor is a project its twin'
);
select is_empty('select from core.organizations', 'an organization is not public because its twin is');
select tests.as('lena');
select ok(core.can('member.read', tests.scope('lark')), 'somebody belongs to a community in the twin of a project');
select tests.as_nobody();
update core.memberships set status = 'banned'
where tenant_id = tests.scope('river') and person_id = tests.person('lena');
select tests.as('lena');
select ok(
    core.can('member.read', tests.scope('lark')), 'from which nobody is barred who is banned from the project itself'
);
select tests.as('olive');
select is(tests.organizations(format('core.%I', t)::regclass), 1::bigint, format('%s are those of one organization', t))
from unnest(array['membership_roles', 'membership_permissions', 'invitation_roles', 'sanction_appeals']) t;
select tests.as_nobody();

select * from finish();
rollback;
