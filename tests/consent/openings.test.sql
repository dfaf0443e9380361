-- Reading what is restricted: told what is asked, acknowledged, opened; in a transaction of its own, so that a reading
-- cannot be taken back.

begin;
set local search_path = tap, tests, public;
select plan(59);

-- What somebody reads of a work: its versions, and what only its kind has.
create function tests.reads(name text, title text)
returns text
language plpgsql
set search_path = ''
as $$
declare
    chosen constant uuid := tests.work(title);
    answer text;
begin
    perform tests.as(name);
    select concat_ws(
        ' ', case when exists (select from content.works w where w.id = chosen) then 'teaser' end,
        (select 'note' from content.notes n where n.id = chosen),
        (select string_agg(v.number::text, '+' order by v.number) from content.work_versions v where v.work_id = chosen)
    )
    into answer;
    perform tests.as_nobody();
    return answer;
end
$$;

-- As if what was opened until now had been opened in other transactions, so long ago.
create function tests.later(since interval default '0')
returns void
language sql
security definer
set search_path = ''
as $$
    alter table consent.openings disable trigger _010_append_only;
    update consent.openings set opened_in = '3', opened_at = opened_at - since, open_until = open_until - since;
    alter table consent.openings enable trigger _010_append_only;
$$;

create function tests.protocol(name text)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
    select p.id from consent.protocols p where p.name = protocol.name
$$;

select tests.world();
select tests.join('rene', 'heron', 'cultural_reviewer');
select tests.as('sol');
select consent.create_protocol(tests.scope('heron'), 'Ashes', 'family', 'everybody', acknowledgement => 'Take care.');
select consent.create_protocol(
    tests.scope('heron'), 'Embers', 'family', 'members', 'For us.', acknowledgement => 'Tell nobody.'
);
select consent.create_protocol(
    tests.scope('heron'), 'Smoke', 'family', 'admitted', enforcement => 'recommended', acknowledgement => 'Sit down.'
);
select tests.as('cleo');
select content.create_note(tests.scope('heron'), title, '{"text": "1"}', visibility => 'public')
from unnest('{Ice,Fire,Open,Waiting}'::text[]) title;
select content.transition(tests.work(title), 'published') from unnest('{Ice,Fire,Open}'::text[]) title;
select consent.give_consent(tests.work(title), purpose)
from unnest('{public_sharing,organization_sharing,community_sharing}'::text[]) purpose,
    unnest('{Ice,Fire,Open}'::text[]) title;
select content.revise_work(tests.work('Ice'), '{"text": "2"}');
select consent.protect_work(
    tests.work('Ice'), tests.scope('heron'), array[tests.protocol('Embers'), tests.protocol('Smoke')]
);
select consent.protect_work(tests.work('Fire'), tests.scope('heron'), array[tests.protocol('Ashes')]);

-- What is asked.

select is(tests.reads('eli', 'Ice'), 'teaser', 'who passes is told that it is there, and not what it says');
select is(tests.reads('hazel', 'Ice'), '', 'who does not pass is not told that it is there');
select is(tests.reads('anon', 'Fire'), '', 'nor is anybody who is not signed in, whatever it stands under');
select is(tests.reads('cleo', 'Ice'), 'teaser note 1+2', 'whose it is reads it as ever');
select tests.as('eli');
select results_eq(
    $$select c.name, c.description, c.enforcement::text, c.match::text, c.acknowledgement, c.acknowledged
    from consent.conditions(tests.work('Ice')) c$$,
    $$values
        ('Embers', 'For us.', 'required', 'all', 'Tell nobody.', false),
        ('Smoke', '', 'recommended', 'all', 'Sit down.', false)$$,
    'who passes is told what is asked, also what is only recommended'
);
select is_empty($$select consent.conditions(tests.work('Open'))$$, 'where nothing is asked, nothing is told');
select tests.as('hazel');
select is_empty($$select consent.conditions(tests.work('Ice'))$$, 'nor to who does not pass');
select is(
    (select array_agg(c.name) from consent.conditions(tests.work('Fire')) c), '{Ashes}',
    'who belongs to no community is told what it asks of everybody'
);
select tests.as_anon();
select throws_ok(
    $$select consent.conditions(gen_random_uuid())$$, '42501', null, 'nobody is told who is not signed in'
);

-- Acknowledging.

select tests.as('eli');
select tests.refused(
    $$select consent.open_work(tests.work('Ice'))$$, 'acknowledgement_missing',
    'nothing is opened by who did not acknowledge what is required'
);
select tests.refused(
    $$select consent.acknowledge_protocol(tests.protocol('Embers'), 7)$$, 'newer_version',
    'nobody acknowledges a wording that there is not'
);
select lives_ok(
    $$select consent.acknowledge_protocol(c.protocol_id, c.wording)
    from consent.conditions(tests.work('Ice')) c where c.name = 'Embers'$$,
    'a member acknowledges what they read'
);
select lives_ok($$select consent.acknowledge_protocol(tests.protocol('Embers'))$$, 'and again, which changes nothing');
select is(
    (select array_agg(c.acknowledged) from consent.conditions(tests.work('Ice')) c), '{t,f}', 'which can be seen'
);
select is(
    (select array_agg(a.protocol_id) from consent.protocol_acknowledgements a), array[tests.protocol('Embers')],
    'whoever acknowledged reads that they did'
);
select tests.as('sol');
select is(
    (select array_agg(c.acknowledged) from consent.conditions(tests.work('Ice')) c), '{f,f}',
    'and does not count for anybody else'
);
select lives_ok(
    $$select consent.acknowledge_protocol(consent.create_protocol(
        tests.scope('heron'), 'Hearth', 'family', 'admitted', acknowledgement => 'Come in.'
    ))$$,
    'a member acknowledges also what they do not pass, and nothing stands under'
);
select tests.as('hazel');
select tests.refused(
    $$select consent.acknowledge_protocol(tests.protocol('Embers'))$$, 'not_found',
    'who neither belongs nor passes does not'
);
select tests.refused($$select consent.acknowledge_protocol(gen_random_uuid())$$, 'not_found', 'nor what is not there');
select is_empty($$select from consent.protocol_acknowledgements$$, 'or reads what others did');
select lives_ok(
    $$select consent.acknowledge_protocol(tests.protocol('Ashes'))$$, 'who passes acknowledges, member or not'
);
select tests.as_nobody();
update consent.protocols p set retired_at = now() where p.name = 'Smoke';
select tests.as('eli');
select tests.refused(
    $$select consent.acknowledge_protocol(tests.protocol('Smoke'))$$, 'not_found', 'nobody what is retired'
);
select tests.as_nobody();
update consent.protocols p set retired_at = null, acknowledgement = null where p.name = 'Smoke';
select tests.as('eli');
select tests.refused(
    $$select consent.acknowledge_protocol(tests.protocol('Smoke'))$$, 'not_found', 'nor what asks for nothing'
);

-- Opening.

select is(
    consent.open_work(tests.work('Ice')), now() + interval '1 hour', 'who acknowledged opens it, for an hour'
);
select is(tests.reads('eli', 'Ice'), 'teaser', 'and reads nothing in the transaction that opens it');
select tests.later();
select is(
    tests.reads('eli', 'Ice'), 'teaser note 2', 'but in others, and of its versions the one that is shared'
);
select is(tests.reads('sol', 'Ice'), 'teaser', 'nobody else does');
select is(tests.reads('eli', 'Fire'), 'teaser', 'nor they what they did not open');
select tests.as('eli');
select is(
    (select array_agg(o.work_id) from consent.openings o), array[tests.work('Ice')], 'they read that they opened it'
);
select tests.as('cleo');
select is(
    (select array_agg(o.person_id) from consent.openings o), array[tests.person('eli')],
    'and whose work it is reads who did'
);
select tests.as('sol');
select is_empty($$select from consent.openings$$, 'nobody else');
select tests.as('eli');
select tests.refused($$select consent.open_work(tests.work('Open'))$$, 'not_found', 'what is open is not opened');
select tests.refused($$select consent.open_work(gen_random_uuid())$$, 'not_found', 'nor what is not there');
select tests.as('cleo');
select tests.refused(
    $$select consent.open_work(tests.work('Ice'))$$, 'not_found', 'nor by those to whom it stands open'
);
select tests.as('hazel');
select tests.refused(
    $$select consent.open_work(tests.work('Ice'))$$, 'not_found', 'nor, in the same words, by who may not know of it'
);
select lives_ok(
    $$select consent.open_work(tests.work('Fire'))$$, 'who belongs to no community opens what it lets them'
);
select tests.later();
select is(tests.reads('hazel', 'Fire'), 'teaser note 1', 'and reads it');
select tests.as_token(jsonb_build_object('person', tests.person('eli'), 'api_key', gen_random_uuid()));
select tests.refused($$select consent.open_work(tests.work('Ice'))$$, 'not_with_key', 'nor with an API key');
select tests.as('rene');
select consent.acknowledge_protocol(tests.protocol('Embers'));
select tests.as_nobody();
select tests.as_token(jsonb_build_object('person', tests.person('hazel'), 'api_key', gen_random_uuid()));

-- What ends it.

select tests.as_nobody();
savepoint opened;
select tests.later('61 minutes');
select is(tests.reads('eli', 'Ice'), 'teaser', 'an opening ends');
rollback to opened;
select tests.as('hana');
select core.suspend_membership(tests.membership('eli', 'heron'), 'For now');
select is(tests.reads('eli', 'Ice'), '', 'and lets nobody read who does not pass any more');
rollback to opened;
select tests.as('sol');
select consent.update_protocol(tests.protocol('Embers'), season_from => '', season_zone => '', audience => 'admitted');
select is(tests.reads('eli', 'Ice'), '', 'whatever changed: the protocol');
rollback to opened;
select tests.as('sol');
select consent.protect_work(tests.work('Ice'), tests.scope('heron'), array[tests.protocol('Ashes')]);
select is(tests.reads('eli', 'Ice'), 'teaser', 'what the work stands under has to be opened anew');
rollback to opened;
select tests.as('cleo');
select consent.withdraw_consent(tests.work('Ice'));
select is(tests.reads('eli', 'Ice'), '', 'or what was consented to');
rollback to opened;
select tests.as('sol');
select consent.update_protocol(tests.protocol('Embers'), acknowledgement => 'Tell nobody at all.');
select is(tests.reads('eli', 'Ice'), 'teaser note 2', 'what is opened stays open when it is worded anew');
select tests.as('eli');
select tests.refused(
    $$select consent.open_work(tests.work('Ice'))$$, 'acknowledgement_missing',
    'but who acknowledged one wording has not acknowledged the next'
);
select consent.acknowledge_protocol(tests.protocol('Embers'));
select lives_ok($$select consent.open_work(tests.work('Ice'))$$, 'until they do');
select tests.as('sol');
select consent.update_protocol(tests.protocol('Embers'), acknowledgement => 'Tell nobody at all.', name => 'Glow');
select is(
    (select p.wording from consent.protocols p where p.name = 'Glow'), 2, 'the same words are no new wording'
);
select tests.as_nobody();
update consent.protocols p set wording = 1 where p.name = 'Glow';
select is((select p.wording from consent.protocols p where p.name = 'Glow'), 2, 'nor is one forgotten');
select tests.as('sol');
select consent.update_protocol(tests.protocol('Glow'), acknowledgement => '');
select tests.as('sol');
select lives_ok($$select consent.open_work(tests.work('Ice'))$$, 'what asks for nothing is opened as it is');
rollback to opened;

-- How long.

select tests.as('hana');
select core.set_setting(tests.scope('heron'), 'protocols.opening_minutes', '5');
select tests.as('eli');
select is(consent.open_work(tests.work('Ice')), now() + interval '5 minutes', 'a place says how long');
select tests.as_nobody();

-- Who reviews, and who helps to make it.

select tests.as('cleo');
select content.transition(tests.work('Waiting'), 'submitted');
select consent.protect_work(tests.work('Waiting'), tests.scope('heron'), array[tests.protocol('Ashes')]);
select is(tests.reads('rene', 'Waiting'), 'teaser', 'a reviewer opens what waits for them');
select tests.as('rene');
select consent.acknowledge_protocol(tests.protocol('Ashes'));
select consent.open_work(tests.work('Waiting'));
select tests.later();
select is(tests.reads('rene', 'Waiting'), 'teaser note 1', 'and reads it then');
select tests.as('cleo');
select content.add_collaborator(tests.work('Ice'), tests.person('eli'), 'comment');
select is(tests.reads('eli', 'Ice'), 'teaser note 1+2', 'who helps to make it, and opened it, reads all of it');

-- What several communities ask, and what they ask no more.

select tests.join('cleo', 'otter', 'community_member');
select tests.as('otis');
select consent.create_protocol(tests.scope('otter'), name, 'family', 'everybody')
from unnest('{Mud,Reeds}'::text[]) name;
select tests.as('cleo');
select consent.protect_work(
    tests.work('Fire'), tests.scope('otter'), array[tests.protocol('Mud'), tests.protocol('Reeds')], 'any'
);
select tests.as('otis');
select consent.retire_protocol(tests.protocol('Mud'));
select tests.as('eli');
select results_eq(
    $$select c.name, c.scope_id, c.match::text from consent.conditions(tests.work('Fire')) c order by c.name$$,
    $$values ('Ashes', tests.scope('heron'), 'all'), ('Reeds', tests.scope('otter'), 'any')$$,
    'each community says what it asks, and by which of its protocols; of what is retired nothing is told'
);

-- Nothing of it is forged or lost.

select tests.as_nobody();
select tests.refused(
    $$update consent.openings set open_until = 'infinity'$$, 'append_only', 'an opening is not changed'
);
select tests.refused($$delete from consent.openings$$, 'append_only', 'nor taken away');
select tests.refused(
    $$update consent.protocol_acknowledgements set wording = 9$$, 'append_only', 'nor is what was acknowledged changed'
);
select tests.backend_reads(('consent.' || t)::regclass) from unnest('{openings,protocol_acknowledgements}'::text[]) t;

select * from finish();
rollback;
