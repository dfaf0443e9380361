-- Attacks that once succeeded: rights taken, kept or forced on others, bans and suspensions evaded, one organization
-- reaching into another's affairs, rows filled without end.

begin;
set local search_path = tap, tests, public;
select plan(89);

-- The last invitation made, for whoever finds it.
create function tests.given(token text)
returns text
language sql
as $$
    select set_config('tests.token', token, true)
$$;

create function tests.accept()
returns text
language sql
as $$
    select format('select core.accept_invitation(%L)', current_setting('tests.token'))
$$;

-- What is answered to whoever tries this.
create function tests.said(statement text)
returns text
language plpgsql
as $$
begin
    execute statement;
    return 'yes';
exception
    when others then
        return sqlstate || ' ' || sqlerrm;
end
$$;

select tests.world();

-- The door of a community

select tests.as('ada');
select tests.refused(
    $$select core.invite(tests.scope('heron'))$$,
    'grant_unheld', 'an organization''s admin invites nobody, so not themselves, into a community they are not in'
);
select tests.as('petra');
select tests.refused(
    $$select core.invite(tests.scope('heron'))$$,
    'grant_unheld', 'a project manager does not let anybody into its communities'
);
select tests.as('cleo');
select tests.refused(
    $$select core.invite(tests.scope('heron'))$$,
    'not_permitted', 'who simply belongs does not invite'
);
select tests.as('sol');
select lives_ok(
    $$select core.invite(tests.scope('heron'))$$,
    'whoever may invite, and belongs, invites somebody to belong'
);
select lives_ok(
    $$select core.invite(tests.scope('heron'), '{community_member}')$$,
    'whether or not they name the role that this comes with'
);
select tests.as_nobody();
update core.scopes set visibility = 'public' where id = tests.scope('heron');
select tests.as('stranger');
select core.request_membership(tests.scope('heron'));
select tests.as('ada');
select tests.refused(
    $$select core.approve_membership(tests.membership('stranger', 'heron'))$$,
    'grant_unheld', 'an admin above does not let into a community who asks to join it'
);
select tests.as('hana');
select lives_ok(
    $$select core.approve_membership(tests.membership('stranger', 'heron'))$$,
    'whoever manages the community and belongs to it does'
);
select tests.as_nobody();
select set_eq(
    $$
    select r.key
    from core.membership_roles mr
    join core.roles r on r.tenant_id = mr.tenant_id and r.id = mr.role_id
    where mr.membership_id = tests.membership('stranger', 'heron')
    $$,
    '{community_member}'::text[],
    'who was let in has the role of somebody who belongs'
);

-- Bans from below

select tests.join('olive', 'archive', 'member');
select tests.as('petra');
select tests.refused(
    $$select core.ban_member(tests.membership('olive', 'archive'), 'a coup')$$,
    'owner_first', 'a project manager does not bar from the project whoever owns the organization'
);
select lives_ok(
    $$select core.suspend_membership(tests.membership('olive', 'archive'), 'a quarrel')$$,
    'their membership of the project is a project manager''s to suspend'
);
select lives_ok(
    $$select core.ban_member(tests.membership('priya', 'archive'), 'spam')$$,
    'somebody of lower rank is barred'
);
select tests.as('olive');
select ok(core.can('scope.manage', tests.scope('archive')), 'the owner keeps what they hold above');

-- Suspensions

select tests.as('hana');
select tests.given(core.invite(tests.scope('heron'), max_uses => 100));
select core.suspend_membership(tests.membership('cleo', 'heron'), 'three days');
select tests.as('cleo');
select tests.refused(
    $$select core.leave(tests.scope('heron'))$$,
    'not_found', 'a suspension is not left'
);
select tests.refused(tests.accept(), 'already_member', 'no invitation ends a suspension');
select tests.refused(
    $$select core.request_membership(tests.scope('heron'))$$,
    'already_member', 'nor does asking to join'
);
select tests.as('hana');
select core.reinstate_membership(tests.membership('cleo', 'heron'));
select tests.as('cleo');
select lives_ok($$select core.leave(tests.scope('heron'))$$, 'a suspension that is over can be left behind');
select lives_ok(tests.accept(), 'and whoever left may come again by an invitation');

-- Invitations outliving the rights of whoever gave them

select tests.as('olive');
select core.grant_role(tests.membership('max', 'river'), 'admin');
select tests.as('max');
select tests.given(core.invite(tests.scope('river'), '{admin}', 100));
select tests.as('puppet');
select lives_ok(tests.accept(), 'an invitation brings what its giver holds');
select tests.as('olive');
select core.revoke_role(tests.membership('max', 'river'), 'admin');
select tests.as('second puppet');
select tests.refused(tests.accept(), 'invitation_unusable', 'who lost a role gives it by no invitation either');

select tests.as('olive');
select core.grant_role(tests.membership('max', 'river'), 'admin');
select core.set_permission(tests.membership('max', 'river'), 'member.invite', 'deny');
select tests.as('second puppet');
select tests.refused(tests.accept(), 'invitation_unusable', 'who may invite no more has not invited anybody');
select tests.as('olive');
select core.set_permission(tests.membership('max', 'river'), 'member.invite');
select core.set_permission(tests.membership('max', 'river'), 'role.grant', 'deny');
select tests.as('second puppet');
select tests.refused(tests.accept(), 'invitation_unusable', 'who grants roles no more gives none by an invitation');
select tests.as('olive');
select core.set_permission(tests.membership('max', 'river'), 'role.grant');
select core.impose_sanction(tests.scope('river'), tests.person('max'), 'invite', 'sells invitations');
select tests.as('second puppet');
select tests.refused(tests.accept(), 'invitation_unusable', 'a sanction on inviting stops the invitations already out');
select tests.as('olive');
select core.lift_sanction(s.id) from core.sanctions s where s.person_id = tests.person('max') and s.lifted_at is null;
select tests.as('second puppet');
select lives_ok(tests.accept(), 'what was given back counts again');

select tests.as('olive');
select core.define_role(tests.scope('river'), 'greeter', 'Greeter', '{0}', '{member.read,member.invite}');
select core.grant_role(tests.membership('max', 'river'), 'greeter');
select core.revoke_role(tests.membership('max', 'river'), 'admin');
select core.revoke_role(tests.membership('max', 'river'), 'member');
select tests.as('max');
select tests.given(core.invite(tests.scope('river'), max_uses => 100));
select tests.as('third puppet');
select lives_ok(tests.accept(), 'who may invite, and no more, invites somebody to belong');
select tests.as('olive');
select core.define_role(tests.scope('river'), 'member', 'Member', '{0,1}', '{member.read,scope.read}');
select tests.as('fourth puppet');
select tests.refused(
    tests.accept(), 'invitation_unusable', 'a role that grew meanwhile is not given by who does not hold all of it'
);

select tests.as('hana');
select tests.given(core.invite(tests.scope('heron'), max_uses => 100));
select tests.as_nobody();
select tests.join('hana''s other login', 'otter', 'community_member');
select tests.as_service();
select core.merge_people(tests.person('hana'), tests.person('hana''s other login'));
select tests.as('guest');
select lives_ok(tests.accept(), 'an invitation is as good as the person that its giver turned out to be');

-- One organization and the people of another

select tests.as('hugo');
select tests.refused(
    $$select core.impose_sanction(tests.scope('hill'), tests.person('eli'), 'access', 'an insult for them to read')$$,
    'not_found', 'an organization sanctions nobody it never had to do with'
);
select tests.refused(
    $$select core.impose_sanction(tests.scope('hill'), gen_random_uuid(), 'access', 'whoever')$$,
    'not_found', 'and does not learn whether there is such a person'
);
select tests.refused(
    $$select ops.impose_hold(tests.scope('hill'), 'so that they cannot go', tests.person('eli'))$$,
    'not_found', 'an organization puts no hold on a person it never had to do with'
);
select tests.refused(
    $$select ops.impose_hold(tests.scope('hill'), 'whoever', gen_random_uuid())$$,
    'not_found', 'and does not learn from it whether there is such a person'
);
select tests.as_nobody();
select tests.join('visitor', 'hill', 'member');
select tests.as('visitor');
select core.leave(tests.scope('hill'));
select tests.as('hugo');
select lives_ok(
    $$select core.impose_sanction(tests.scope('hill'), tests.person('visitor'), 'access', 'took the silver')$$,
    'who has left is kept from coming back'
);
select lives_ok(
    $$select ops.impose_hold(tests.scope('hill'), 'the silver', tests.person('visitor'))$$,
    'and what is theirs can be held'
);
select tests.refused(
    $$select core.set_quota(tests.scope('river'), 'seats', 1)$$,
    'not_permitted', 'nobody limits the organization of others'
);
select is(
    tests.said($$select core.set_quota(tests.scope('river'), 'seats', 1)$$),
    tests.said($$select core.set_quota(gen_random_uuid(), 'seats', 1)$$),
    'an organization of others is refused in the words for one that does not exist'
);

-- Roles and permissions where they do not belong

select tests.as('olive');
select tests.refused(
    $$select core.set_permission(tests.membership('olive', 'river'), null, 'allow')$$,
    'grant_unheld', 'no permission at all is not given'
);
select tests.as_nobody();
select tests.join('olive', 'delta', 'place_manager');
select tests.as('olive');
select tests.refused(
    $$select core.set_permission(tests.membership('dara', 'delta'), 'scope.create', 'allow')$$,
    'permission_not_here', 'a permission is given only where it can be held'
);
select lives_ok(
    $$select core.set_permission(tests.membership('ada', 'river'), 'scope.create', 'allow')$$,
    'where it can be held it is'
);
select tests.refused(
    $$select core.define_role(tests.scope('river'), 'opener', 'Opener', '{1,2}', '{scope.create}')$$,
    'permission_not_here', 'a role carries only what can be held wherever it can'
);
select tests.as_nobody();
insert into core.verifications (kind, person_id, document_type, status, verifier, decided_at, valid_during)
values ('kyc', tests.person('ada'), 'passport', 'verified', 'the office', now(), tstzrange(now(), null));
select tests.as('olive');
select lives_ok(
    $$
    select core.define_role(
        tests.scope('river'), 'registrar', 'Registrar', '{0}', '{role.define,role.grant,member.read}',
        requires_kyc => true
    )
    $$,
    'a role can ask for a verified identity'
);
select core.grant_role(tests.membership('ada', 'river'), 'registrar');
select tests.as('ada');
select tests.refused(
    $$
    select core.define_role(
        tests.scope('river'), 'compliance', 'Compliance', '{0}',
        '{member.read,verification.read,verification.decide,export.run,hold.manage}', requires_kyc => false
    )
    $$,
    'grant_unheld', 'nobody waives the verified identity that a role asks for who does not hold what it carries'
);
select tests.refused(
    $$
    select core.define_role(
        tests.scope('river'), 'steward', 'Steward', '{0,2}',
        '{member.read,member.invite,role.grant,steward.appoint,export.run}'
    )
    $$,
    'permission_not_here', 'a role is not widened to where its permissions cannot be held'
);
select tests.refused(
    $$
    select core.define_role(
        tests.scope('river'), 'elder', 'Elder', '{1,2}', '{member.read,export.run,sanction.judge}'
    )
    $$,
    'grant_unheld', 'a role is not given more than whoever changes it holds'
);
select lives_ok(
    $$
    select core.define_role(
        tests.scope('river'), 'registrar', 'Registrars', '{0}', '{role.define,role.grant,member.read}'
    )
    $$,
    'a role is renamed by whoever defines roles'
);
select tests.as_nobody();
select is(
    (select r.requires_kyc from core.roles r where r.tenant_id = tests.scope('river') and r.key = 'registrar'),
    true,
    'and goes on asking for what it asked for'
);

-- Those who are gone, and those who are the same

select set_config('tests.merged', p.id::text, true) from core.people p where p.merged_into = tests.person('hana');
select tests.as('eli');
select tests.refused(
    $$select core.set_guardian(tests.person('eli'), current_setting('tests.merged')::uuid)$$,
    'not_found', 'nobody is put in the hands of a row that turned out to be somebody else'
);
select tests.as('gone');
select set_config('tests.erased', core.me()::text, true);
select core.erase_person(core.me());
select tests.as('eli');
select tests.refused(
    $$select core.set_guardian(tests.person('eli'), current_setting('tests.erased')::uuid)$$,
    'not_found', 'nor of somebody who was erased'
);
select lives_ok(
    $$select core.set_guardian(tests.person('eli'), tests.person('sol'))$$,
    'whoever is there can be asked to be a guardian'
);

select tests.as_service();
select tests.refused(
    $$select core.link_identity(current_setting('tests.erased')::uuid, 'https://tests.example', 'back again')$$,
    'not_found', 'an erased person is given no login'
);
select tests.refused(
    $$select core.add_person('A child', current_setting('tests.erased')::uuid)$$,
    'not_found', 'nor anybody to look after'
);
select tests.refused(
    $$select core.link_identity(current_setting('tests.merged')::uuid, 'https://tests.example', 'back again')$$,
    'not_found', 'nor is a row that turned out to be somebody else'
);
select tests.as_nobody();
select tests.refused(
    $$select core._join(tests.scope('heron'), current_setting('tests.erased')::uuid, '{community_member}')$$,
    'not_found', 'who was erased does not join, however they come'
);
select tests.join('mo', 'heron', 'moderator');
select tests.join('mo''s other login', 'heron', 'elder');
select tests.as('mo');
select core.impose_sanction(tests.scope('heron'), tests.person('guest'), 'invite', 'a quarrel');
select tests.as('guest');
select core.appeal_sanction((select s.id from core.sanctions s where s.person_id = core.me()), 'It was not like that.');
select tests.as_service();
select core.merge_people(tests.person('mo'), tests.person('mo''s other login'));
select tests.as('mo''s other login');
select tests.refused(
    $$select core.judge_appeal(a.id, false, 'I was right.') from core.sanction_appeals a where a.status = 'open'$$,
    'judge_is_party', 'whoever imposed a sanction does not judge it under another name'
);

select tests.as('olive');
select tests.given(core.invite(tests.scope('river')));
select tests.as_keyholder('olive');
select core.bind_invitation(current_setting('tests.token'), 'nia@mail.example');
select tests.as_keyholder('nia');
select core.write_secret(tests.person('nia'), 'email', 'nia@mail.example');
select tests.as_keyholder('service');
select core.confirm_email(tests.person('nia'), 'nia@mail.example');
select tests.as_service();
select core.merge_people(tests.person('nia'), tests.person('nia''s other login'));
select tests.as('nia''s other login');
select lives_ok(tests.accept(), 'an invitation for an address is also for who its owner turned out to be');

select tests.as('olive');
select tests.given(core.invite(tests.scope('river')));
select tests.as_keyholder('olive');
select core.bind_invitation(current_setting('tests.token'), 'ute@mail.example');
select tests.as_keyholder('ute');
select core.write_secret(tests.person('ute'), 'email', 'ute@mail.example');
select tests.as_keyholder('service');
select core.confirm_email(tests.person('ute'), 'ute@mail.example');
select tests.as_service();
select core.set_tier(tests.person('ute'), 'PRO');
select tests.as('ute');
select core.erase_person(tests.person('ute'));
select tests.as_nobody();
select is_empty(
    $$select from core.invitations i where i.email_index is not null and i.uses = 0$$,
    'the hash of an erased person''s address is gone from the invitations, too'
);
select tests.as('passer-by');
select tests.refused(tests.accept(), 'invitation_unusable', 'and what was for them alone is not for anybody now');
select tests.as_nobody();
select is_empty(
    $$select from core.person_limits l join core.people p on p.id = l.person_id where p.erased_at is not null$$,
    'nor is it known on which tier an erased person was'
);

-- Without end

select tests.as('olive');
select tests.refused(
    $$select core.set_setting(tests.scope('river'), 'invitations.expire_after', '"P99999Y"')$$,
    'setting_misfit', 'a setting cannot be a time that no calendar holds'
);
select tests.violates(
    $$select core.invite(tests.scope('river'), expires_at => 'infinity')$$,
    'invitations_expires_at_check', 'an invitation ends'
);
select tests.violates(
    $$select core.create_api_key(tests.scope('river'), 'for good', '{member.read}', 'infinity')$$,
    'api_keys_expires_at_check', 'a key ends'
);
select tests.refused(
    $$select core.create_api_key(tests.scope('river'), 'nothing', array[null]::text[])$$,
    'grant_unheld', 'a key is made for permissions that exist'
);
select tests.violates(
    $$select core.create_api_key(tests.scope('river'), 'loud', '{member.read}', channel => repeat('c', 64))$$,
    'api_keys_channel_check', 'the name of a channel is short'
);
select tests.violates(
    $$select ops.request_export(tests.scope('river'), channel => repeat('c', 64))$$,
    'exports_channel_check', 'also for an export'
);
select tests.violates(
    $$select core.define_role(tests.scope('river'), repeat('r', 64), 'R', '{0}', '{member.read}')$$,
    'roles_key_check', 'the key of a role is short'
);
select tests.violates(
    $$select core.define_role(tests.scope('river'), 'wordy', 'R', '{0}', '{member.read}', repeat('d', 2001))$$,
    'roles_description_check', 'the description of a role has an end'
);
select tests.violates(
    $$select core.update_scope(tests.scope('river'), description => repeat('d', 5001))$$,
    'scopes_description_check', 'the description of a scope has an end'
);
select tests.violates(
    $$select core.create_project(tests.scope('river'), 'novel', 'Novel', purpose => repeat('p', 5001))$$,
    'projects_purpose_check', 'the purpose of a project has an end'
);
select tests.violates(
    $$select core.update_organization(tests.scope('river'), region => repeat('n', 201))$$,
    'organizations_place_check', 'the region of an organization has an end'
);
select tests.violates(
    $$select core.update_organization(tests.scope('river'), jurisdiction => repeat('n', 201))$$,
    'organizations_place_check', 'its jurisdiction, too'
);
select tests.violates(
    $$select core.update_organization(tests.scope('river'), data_location => repeat('n', 201))$$,
    'organizations_place_check', 'and where its data lies'
);
select tests.violates(
    $$select core.suspend_membership(tests.membership('max', 'river'), repeat('r', 2001))$$,
    'memberships_reason_check', 'the reason of a suspension has an end'
);
select tests.violates(
    $$select core.set_permission(tests.membership('max', 'river'), 'member.read', 'deny', repeat('r', 2001))$$,
    'membership_permissions_reason_check', 'the reason why a permission was taken has an end'
);
select tests.violates(
    $$select core.update_profile(core.me(), bio => repeat('b', 5001))$$,
    'people_bio_check', 'what people say of themselves has an end'
);
select tests.violates(
    $$select core.update_profile(core.me(), avatar_url => 'https://pictures.example/me.png" onload="alert(1)')$$,
    'people_avatar_url_check', 'the address of a picture is nothing but that'
);
select tests.violates(
    $$select core.set_theme(tests.scope('archive'), repeat('t', 64), 'red')$$,
    'project_themes_token_check', 'the name of a token is short'
);
select tests.violates(
    $$select core.set_theme(tests.scope('archive'), 'font', 'serif /* and nothing after this')$$,
    'project_themes_value_check', 'the look of a project hides nothing that follows it'
);
select tests.violates(
    $$select core.set_theme(tests.scope('archive'), 'font', '\3c script')$$,
    'project_themes_value_check', 'nor spells anything otherwise'
);
select tests.as_nobody();
select tests.violates(
    $$
    update core.sanction_appeals
    set status = 'upheld', judged_by = tests.person('eli'), judged_at = now(), outcome = repeat('o', 5001)
    $$,
    'sanction_appeals_judgement_check', 'a judgement has an end'
);
select tests.violates(
    $$
    update core.sanction_appeals
    set status = 'upheld', judged_by = tests.person('eli'), judged_at = now(), outcome = ' '
    $$,
    'sanction_appeals_judgement_check', 'and says something'
);
select tests.violates(
    $$update core.verifications set verifier = repeat('v', 201)$$,
    'verifications_words_check', 'the name of a verifier has an end'
);
select tests.violates(
    $$update core.verifications set reason = repeat('r', 2001)$$,
    'verifications_words_check', 'the reason of a decision has an end'
);
select tests.as_keyholder('nia');
select tests.violates(
    $$select core.write_secret(core.me(), 'email', repeat('e', 4000) || '@mail.example')$$,
    'person_secrets_size_check', 'an email address has an end'
);
select tests.violates(
    $$select core.write_secret(core.me(), 'phone', repeat('1', 4000))$$,
    'person_secrets_size_check', 'a telephone number has an end'
);
select tests.violates(
    $$select core.write_secret(core.me(), 'legal_name', repeat('n', 4000))$$,
    'person_secrets_size_check', 'a name has an end'
);
select tests.as_nobody();

select is_empty($$select * from core.verify_owners()$$, 'after all this every owner is counted once');
select is_empty($$select * from core.verify_seats()$$, 'and every seat');

-- Owners, left with nothing

select tests.as_nobody();
select tests.join('orla', 'river', 'owner');
select tests.as('olive');
select tests.refused(
    $$select core.impose_sanction(tests.scope('river'), tests.person('orla'), 'access', 'to be the only one')$$,
    'owner_first', 'an owner does not bar another owner and then leave nobody who can act'
);
select tests.refused(
    $$select core.set_permission(tests.membership('orla', 'river'), 'scope.manage', 'deny')$$,
    'owner_first', 'nor take from them one permission after the other'
);
select lives_ok(
    $$select core.revoke_role(tests.membership('orla', 'river'), 'owner')$$,
    'who is to be barred first stops owning, as long as another owner is left'
);

-- Types of one's own in the place of ours

select tests.as_nobody();
select tests.as('mallory');
create function pg_temp.notice_me(value pg_catalog.uuid)
returns boolean
language sql
as $$
    select set_config('tests.ran_as', current_user::text, true) is not null
$$;
create domain pg_temp.uuid as pg_catalog.uuid check (pg_temp.notice_me(value));
select core.me();
select is(
    coalesce(current_setting('tests.ran_as', true), ''), '',
    'a temporary type is not taken for one of ours inside a function of ours'
);

select * from finish();
rollback;
