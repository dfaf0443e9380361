-- Above read committed nothing is decided, and nothing is shared anew: nobody would see what others decided meanwhile.

begin transaction isolation level repeatable read;
set local search_path = tap, tests, public;
select plan(13);

insert into core.organizations (slug, name) values ('river', 'River Council');
-- Counting is refused, too.
alter table content.works disable trigger _200_count;
insert into content.works (tenant_id, kind, scope_id, level, project_id, owner_id, title)
select s.tenant_id, 'note', s.id, s.level, s.project_id, tests.person('cleo'), 'Ice'
from core.scopes s
where s.slug = 'river';
insert into content.work_versions (tenant_id, work_id, number, material_version, body, created_by)
select w.tenant_id, w.id, 1, 1, '{"text": "1"}', w.owner_id from content.works w;
insert into content.work_transitions (tenant_id, work_id, number, to_state, capacity, actor_id, owner_id)
select w.tenant_id, w.id, 1, 'draft', 'owner', w.owner_id, w.owner_id from content.works w;

alter table core.memberships disable trigger user;
insert into core.memberships (tenant_id, scope_id, level, project_id, person_id, status, joined_at)
select s.tenant_id, s.id, s.level, s.project_id, tests.person('cleo'), 'active', now()
from core.scopes s
where s.slug = 'river';

select tests.as('cleo');
select tests.refused(deed, 'isolation_too_high', 'not above read committed: ' || deed)
from (
    values
        ($$select consent.withdraw_consent(tests.work('Ice'))$$),
        ($$select content.transition(tests.work('Ice'), 'published')$$),
        ($$select content.revise_work(tests.work('Ice'), '{"text": "2"}')$$),
        ($$select content.update_work(tests.work('Ice'), visibility => 'public')$$),
        ($$select consent.protect_work(tests.work('Ice'), gen_random_uuid(), '{}')$$),
        ($$select consent.protect_media(gen_random_uuid(), gen_random_uuid(), '{}')$$),
        ($$select consent.label_work(tests.work('Ice'), gen_random_uuid(), 'tk_clan')$$),
        ($$select consent.unlabel_work(tests.work('Ice'), gen_random_uuid(), 'tk_clan')$$),
        ($$select consent.hand_out(gen_random_uuid(), array[tests.work('Ice')])$$)
) as v (deed);
select tests.as_nobody();
insert into consent.agreements (
    tenant_id, scope_id, whole_scope, recipient, obligations, document_sha256, during, signed_by
)
select s.tenant_id, s.id, true, 'Institute', '', repeat('ab', 32), tstzrange(now(), null), tests.person('cleo')
from core.scopes s
where s.slug = 'river';
insert into core.membership_permissions (tenant_id, membership_id, permission, effect, granted_by)
select m.tenant_id, m.id, 'agreement.manage', 'allow', m.person_id from core.memberships m;
select tests.as('cleo');
select tests.refused(
    'select consent.end_agreement(a.id) from consent.agreements a', 'isolation_too_high', 'no agreement is ended'
);
select tests.as_service();
select tests.refused(
    'select consent.recall_expired()', 'isolation_too_high', 'nor is anything taken back as it was when it began'
);
select tests.as_nobody();

-- Nor does anything bind, or is a decision used up.
insert into core.scopes (tenant_id, kind, level, parent_id, parent_level, slug, name)
select s.tenant_id, 'community', 2, s.id, s.level, 'heron', 'Heron People' from core.scopes s;
insert into core.memberships (tenant_id, scope_id, level, project_id, person_id, status, joined_at)
select s.tenant_id, s.id, s.level, s.project_id, tests.person('cleo'), 'active', now()
from core.scopes s
where s.slug = 'heron';
insert into core.membership_permissions (tenant_id, membership_id, permission, effect, granted_by)
select m.tenant_id, m.id, 'protocol.modify', 'allow', m.person_id
from core.memberships m
where m.scope_id = tests.scope('heron');
insert into core.settings (tenant_id, scope_id, key, value)
select s.tenant_id, s.id, 'benefits.decided', 'true' from core.scopes s where s.slug = 'heron';
select tests.as('cleo');
select tests.refused(deed, 'isolation_too_high', 'nor decided: ' || deed)
from (
    values
        ($$select consent.ratify_label(tests.scope('heron'), 'tk_secret_sacred')$$),
        ($$select consent.set_benefits(tests.scope('heron'), 'equal', 'majority')$$)
) as v (deed);
select tests.as_nobody();

select * from finish();
rollback;
