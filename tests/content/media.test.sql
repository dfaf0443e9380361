-- What there is to see in works: how files arrive and are shown, from which version until which, to whom; what is for
-- fewer, which leaves a place that says so; and how all of it goes.

begin;
set local search_path = tap, tests, public;
select plan(161);

-- What somebody sees of a work: its places, and behind each what is there: its words, and its file's kind.
create function tests.sees(name text, title text)
returns text
language plpgsql
set search_path = ''
as $$
declare
    chosen constant uuid := tests.work(title);
    answer text;
begin
    perform tests.as(name);
    select string_agg(
        concat_ws(' ', p.position, m.alt_text, case when f.id is null and m.id is not null then 'no file' end), ', '
        order by p.position
    )
    into answer
    from content.placements p
    left join content.media m on m.tenant_id = p.tenant_id and m.id = p.id
    left join content.files f on f.tenant_id = m.tenant_id and f.id = m.file_id
    where p.work_id = chosen;
    perform tests.as_nobody();
    return answer;
end
$$;

create function tests.medium(alt_text text)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
    select m.id from content.media m where m.alt_text = medium.alt_text
$$;

create function tests.file(bytes bigint)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
    select f.id from content.files f where f.bytes = file.bytes
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

-- Whoever speaks announces a file of so many bytes for a work; it arrives.
create function tests.upload(title text, bytes bigint)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
    file_id constant uuid := content.begin_upload(tests.work(title), 'image/png', bytes, repeat('ab', 32));
begin
    perform content.finish_upload(file_id);
    return file_id;
end
$$;

create function tests.adds(title text, bytes bigint, alt_text text)
returns uuid
language sql
volatile
set search_path = ''
as $$
    select content.add_media(tests.work(title), tests.upload(title, bytes), alt_text)
$$;

create function tests.storage(slug text)
returns bigint
language sql
stable
security definer
set search_path = ''
as $$
    select core._used(s.tenant_id, s.id, 'storage_bytes') from core.scopes s where s.slug = storage.slug
$$;

select tests.world();
select tests.join('rene', 'heron', 'cultural_reviewer');
select tests.join('tess', 'heron', 'storyteller');
select tests.as('sol');
select consent.create_protocol(tests.scope('heron'), 'Embers', 'family', 'members', acknowledgement => 'Tell nobody.');
select consent.create_protocol(tests.scope('heron'), 'Ashes', 'family', 'everybody');
select consent.create_protocol(
    tests.scope('heron'), 'Soot', 'family', 'members', enforcement => 'recommended', acknowledgement => 'Sit down.'
);
select tests.as('otis');
select consent.create_protocol(tests.scope('otter'), 'Reeds', 'family', 'members');
select tests.as('eli');
select content.create_note(tests.scope('heron'), 'Mine', '{"text": "1"}');
select tests.as('tess');
select content.create_note(tests.scope('heron'), 'Rain', '{"text": "1"}', visibility => 'public');
select content.revise_work(tests.work('Rain'), '{"text": "again"}') from generate_series(2, 9);
select tests.as('cleo');
select content.create_note(tests.scope('heron'), 'Ice', '{"text": "1"}', visibility => 'public');

-- Announcing.

select lives_ok(
    $$select content.begin_upload(tests.work('Ice'), 'image/png', 500, repeat('ab', 32))$$,
    'who writes on a work announces a file'
);
select results_eq(
    $$
    select scope_id, storage_key = tenant_id || '/' || id, sha256, mime, bytes, encryption::text, state::text,
        uploaded_by, begun_at
    from content.files
    $$,
    $$values (
        tests.scope('heron'), true, repeat('ab', 32), 'image/png', 500::bigint, 'none', 'expected',
        tests.person('cleo'), now()
    )$$,
    'which is expected then, at a place of its own, and they see that'
);
select is(tests.storage('heron'), 500::bigint, 'it takes storage from then on');
select is(tests.storage('river'), 500::bigint, 'also above');
select tests.violates(
    format('select content.begin_upload(tests.work(''Ice''), %L, %s, %L)', mime, bytes, sha256), broken, promise
)
from (
    values
        ('image/png', 0, repeat('ab', 32), 'files_bytes_check', 'not one of nothing'),
        ('image/png', 5368709121, repeat('ab', 32), 'files_bytes_check', 'nor one of more than a store takes at once'),
        ('image/png', 1, repeat('AB', 32), 'files_sha256_check', 'nor without its hash'),
        ('image/png', 1, repeat('ab', 33), 'files_sha256_check', 'which has 64 digits'),
        (E'image/png\r\nX: y', 1, repeat('ab', 32), 'files_mime_check', 'nor of a kind that is none'),
        ('text/html; charset=utf-8', 1, repeat('ab', 32), 'files_mime_check', 'or says more than that'),
        ('image/' || repeat('x', 122), 1, repeat('ab', 32), 'files_mime_check', 'nor at length')
) as v (mime, bytes, sha256, broken, promise);
select tests.as('sol');
select tests.refused(
    $$select content.begin_upload(tests.work('Ice'), 'image/png', 1, repeat('ab', 32))$$, 'not_found',
    'nobody does for a work that they do not write on'
);
select is_empty('select from content.files', 'nor sees what others announced');
select tests.as_anon();
select throws_ok(
    $$select content.begin_upload(tests.work('Ice'), 'image/png', 1, repeat('ab', 32))$$, '42501', null,
    'nor does anybody unknown'
);
select tests.as_service();
select core.set_quota(tests.scope('river'), 'storage_bytes', 600);
select tests.as('cleo');
select tests.refused(
    $$select content.begin_upload(tests.work('Ice'), 'image/png', 101, repeat('ab', 32))$$, 'quota_exceeded',
    'nor beyond what there is room for'
);
select tests.as_service();
select core.set_quota(tests.scope('river'), 'storage_bytes', null);

-- Arriving.

select tests.as('cleo');
select throws_ok(
    $$select content.finish_upload(tests.file(500))$$, '42501', null, 'nobody says themselves that a file arrived'
);
select tests.refused(
    $$select content.add_media(tests.work('Ice'), tests.file(500), 'A picture')$$, 'not_found',
    'what has not arrived is not shown'
);
select content.begin_upload(tests.work('Ice'), 'image/png', 501, repeat('ab', 32));
select tests.as_service();
select is(content.finish_upload(tests.file(500), 'store'), true, 'the server does');
select is(content.finish_upload(tests.file(500)), false, 'and a second time is told that it had');
select tests.refused($$select content.finish_upload(gen_random_uuid())$$, 'not_found', 'what is not there does not');
select results_eq(
    'select bytes, state::text, encryption::text, arrived_at from content.files order by bytes',
    $$values
        (500::bigint, 'arrived', 'store', now()), (501, 'expected', 'none', null)$$,
    'of two files one arrived, and is encrypted as the store says'
);
select is(tests.storage('heron'), 1001::bigint, 'which takes no more storage than was announced');

-- Adding.

select tests.as('tess');
select tests.refused(
    $$select content.add_media(tests.work('Rain'), tests.file(500), 'A picture')$$, 'not_found',
    'nobody shows what others uploaded'
);
select tests.as('cleo');
select tests.refused(
    $$select content.add_media(tests.work('Rain'), tests.file(500), 'A picture')$$, 'not_found',
    'or shows something in the works of others'
);
select tests.violates(
    format('select content.add_media(tests.work(''Ice''), tests.file(500), %s)', arguments), broken, promise
)
from (
    values
        ($$' '$$, 'media_alt_text_check', 'what is to be seen is said in words'),
        ($$repeat('x', 2001)$$, 'media_alt_text_check', 'in few'),
        ($$'x', repeat('x', 2001)$$, 'media_caption_check', 'also what is said about it'),
        ($$'x', duration_ms => 0$$, 'media_duration_ms_check', 'and what takes time takes some')
) as v (arguments, broken, promise);
select lives_ok(
    $$select content.add_media(
        tests.work('Ice'), tests.file(500), 'The lake', 'In spring.', 1200, 'deceased'
    )$$,
    'who writes on a work shows in it what they uploaded'
);
select results_eq(
    $$
    select work_id, file_id, alt_text, caption, duration_ms, sensitivity::text, protocol_set_id, added_by
    from content.media
    $$,
    $$values (
        tests.work('Ice'), tests.file(500), 'The lake', 'In spring.', 1200, 'deceased', null::uuid,
        tests.person('cleo')
    )$$,
    'with what says it in words, and what to be warned of'
);
select tests.refused(
    $$select content.add_media(tests.work('Ice'), tests.file(500), 'Again')$$, 'not_found', 'once'
);
select results_eq(
    'select id, position, first_version, last_version from content.placements',
    $$values (tests.medium('The lake'), 1, null::integer, null::integer)$$,
    'it has a place in the work, and no version yet that shows it'
);

-- From which version on. Somebody else's work, of many versions, all can read.

select tests.as('tess');
select content.transition(tests.work('Rain'), 'published');
select consent.give_consent(tests.work('Rain'), 'public_sharing');
select tests.as('cleo');
select content.transition(tests.work('Ice'), 'published');
select consent.give_consent(tests.work('Ice'), purpose)
from unnest('{public_sharing,organization_sharing,community_sharing}'::text[]) purpose;
select content.add_collaborator(tests.work('Ice'), tests.person('eli'), 'comment');
select is(tests.sees('cleo', 'Ice'), '1 The lake', 'who makes the work sees it at once');
select is(tests.sees('eli', 'Ice'), '1 The lake', 'and so does who helps');
select is(tests.sees(name, 'Ice'), null, format('but not readers: %s', name))
from unnest('{anon,hazel,max,sol,rene}'::text[]) name;
select tests.as('cleo');
select content.revise_work(tests.work('Ice'), '{"text": "1."}', minor => true);
select is(tests.sees('max', 'Ice'), null, 'nor when a comma was changed');
select tests.as('cleo');
select consent.add_party(tests.work('Ice'), tests.person('oona'), 'depicted');
select is(tests.sees('oona', 'Ice'), '1 The lake', 'whose consent it asks for sees it, too');
select tests.as('oona');
select consent.give_consent(tests.work('Ice'), purpose)
from unnest('{public_sharing,organization_sharing,community_sharing}'::text[]) purpose;
select tests.as('cleo');
select content.revise_work(tests.work('Ice'), '{"text": "2"}');
select is(tests.sees('max', 'Ice'), null, 'nor when a version shows it that not everyone agreed to');
select tests.as('oona');
select consent.give_consent(tests.work('Ice'), purpose)
from unnest('{public_sharing,organization_sharing,community_sharing}'::text[]) purpose;
select is(tests.sees(name, 'Ice'), '1 The lake', format('then they do: %s', name))
from unnest('{anon,hazel,max,sol,rene}'::text[]) name;
select is(tests.sees('max', 'Rain'), null, 'of another work nothing');
select tests.as('tess');
select tests.adds('Rain', 602, 'Not yet');
select is(tests.sees('tess', 'Rain'), '1 Not yet', 'which is its owner''s still');
select is(tests.sees(name, 'Rain'), null, format('and not for %s', name)) from unnest('{anon,eli}'::text[]) name;
select tests.as_anon();
select set_eq('select id from content.media', array[tests.medium('The lake')], 'the public is shown this alone');
select tests.as('eli');
select set_eq('select id from content.media', array[tests.medium('The lake')], 'so is who helps with this');
select tests.as_nobody();
select tests.as('max');
select set_eq('select id from content.files', array[tests.file(500)], 'nor any file but this');
select tests.as_anon();
select set_eq('select id from content.files', array[tests.file(500)], 'nor does the public');
select throws_ok('select uploaded_by from content.files', '42501', null, 'nor whose it is');
select throws_ok('select added_by from content.media', '42501', null, 'or who added it');

-- Until which version.

select tests.as('cleo');
select tests.adds('Ice', 502, 'The shore');
select tests.adds('Ice', 503, 'The ice');
select tests.as('max');
select tests.refused(
    $$select content.leave_out_media(tests.medium('The lake'))$$, 'not_found', 'a reader leaves nothing out'
);
select tests.refused(
    $$select content.remove_media(tests.medium('The lake'))$$, 'not_found', 'and takes nothing away'
);
select tests.as('cleo');
select tests.refused(
    $$select content.leave_out_media(tests.medium('The shore'))$$, 'not_found',
    'what no version shows cannot be left out of the next'
);
select lives_ok($$select content.leave_out_media(tests.medium('The lake'))$$, 'who writes leaves something out');
select tests.refused(
    $$select content.leave_out_media(tests.medium('The lake'))$$, 'not_found', 'what is left out is, once'
);
select is(tests.sees('max', 'Ice'), '1 The lake', 'of the next version, not of this one');
select tests.as('cleo');
select content.revise_work(tests.work('Ice'), '{"text": "3"}');
select is(tests.sees('max', 'Ice'), '1 The lake', 'readers see what belongs to the version they read');
select is(tests.sees('cleo', 'Ice'), '1 The lake, 2 The shore, 3 The ice', 'who makes it all that ever was');
select tests.as('oona');
select consent.give_consent(tests.work('Ice'), purpose)
from unnest('{public_sharing,organization_sharing,community_sharing}'::text[]) purpose;
select is(tests.sees('max', 'Ice'), '2 The shore, 3 The ice', 'and then what belongs to the next');

-- For fewer.

select tests.as('hazel');
select tests.refused(
    $$select consent.protect_media(tests.medium('The ice'), tests.scope('heron'), array[tests.protocol('Embers')])$$,
    'not_found', 'a reader protects nothing'
);
select tests.as('cleo');
select tests.refused(
    $$select consent.protect_media(tests.medium('The ice'), tests.scope('heron'), array[tests.protocol('Reeds')])$$,
    'not_found', 'nor whose work it is by protocols of others'
);
select throws_ok(
    $$select consent.protect_media(gen_random_uuid(), tests.scope('heron'), array[tests.protocol('Embers')])$$,
    'P0002', 'there is no such work for you to protect, or it is not for you to see', 'nor what is not there'
);
select lives_ok(
    $$select consent.protect_media(tests.medium('The ice'), tests.scope('heron'), array[tests.protocol('Embers')])$$,
    'but something in it, by protocols of its place'
);
select tests.refused(
    $$select consent.protect_media(tests.medium('The ice'), tests.scope('heron'), '{}')$$,
    'protocols_stand', 'and takes it from under them no more: that is for stewards'
);
select is(tests.sees(name, 'Ice'), '2 The shore, 3', format('a place says that something is withheld from %s', name))
from unnest('{anon,hazel,max,sol,rene}'::text[]) name;
select is(tests.sees('eli', 'Ice'), '1 The lake, 2 The shore, 3', 'also from who helps');
select is(
    tests.sees(name, 'Ice'), '1 The lake, 2 The shore, 3 The ice', format('but not from %s, who has to consent', name)
)
from unnest('{cleo,oona}'::text[]) name;
select tests.as('max');
select set_eq('select id from content.files', array[tests.file(502)], 'nor is its file shown');
select is_empty($$select consent.media_conditions(tests.medium('The ice'))$$, 'who does not pass is told no more');
select tests.refused(
    $$select consent.open_media(tests.medium('The ice'))$$, 'not_found', 'and does not open it'
);
select tests.as('sol');
select results_eq(
    $$select name, acknowledgement, acknowledged from consent.media_conditions(tests.medium('The ice'))$$,
    $$values ('Embers', 'Tell nobody.', false)$$, 'who passes is told what is asked'
);
select is_empty(
    $$select consent.media_conditions(tests.medium('The shore'))$$, 'and where nothing is asked, nothing'
);
select tests.refused(
    $$select consent.open_media(tests.medium('The shore'))$$, 'not_found', 'what is open is not opened'
);
select tests.refused(
    $$select consent.open_media(tests.medium('The ice'))$$, 'acknowledgement_missing', 'what is asked comes first'
);
select consent.acknowledge_protocol(tests.protocol('Embers'));
select is(
    consent.open_media(tests.medium('The ice')), now() + interval '1 hour', 'who acknowledged opens it, for an hour'
);
select is(tests.sees('sol', 'Ice'), '2 The shore, 3', 'and sees nothing in the same transaction');
select tests.later();
select is(tests.sees('sol', 'Ice'), '2 The shore, 3 The ice', 'but in others');
select is(tests.sees('rene', 'Ice'), '2 The shore, 3', 'nobody else does');
select tests.as('tess');
select consent.protect_media(tests.medium('Not yet'), tests.scope('heron'), array[tests.protocol('Embers')]);
select content.revise_work(tests.work('Rain'), '{"text": "more"}');
select is(tests.sees('sol', 'Rain'), '1', 'nor they what stands under the same in another work');
select tests.as('tess');
select content.update_work(tests.work('Rain'), visibility => 'private');
select tests.as('sol');
select tests.refused(
    $$select consent.open_media(tests.medium('Not yet'))$$, 'not_found', 'nor do they open what they may not know of'
);
select is_empty($$select consent.media_conditions(tests.medium('Not yet'))$$, 'or are told what is asked');
select tests.as('sol');
select tests.refused(
    $$select consent.open_media(tests.medium('The lake'))$$, 'not_found', 'nor they what stands under none'
);
select tests.as('cleo');
select tests.refused(
    $$select consent.open_media(tests.medium('The ice'))$$, 'not_found', 'nor does who need not'
);
select tests.as_token(jsonb_build_object('person', tests.person('sol'), 'api_key', gen_random_uuid()));
select tests.refused($$select consent.open_media(tests.medium('The ice'))$$, 'not_with_key', 'or a key');
select tests.refused(
    $$select consent.protect_media(tests.medium('The ice'), tests.scope('heron'), '{}')$$, 'not_with_key',
    'nor does one protect'
);
select tests.as_nobody();
savepoint opened;
select tests.later('61 minutes');
select is(tests.sees('sol', 'Ice'), '2 The shore, 3', 'an opening ends');
rollback to opened;
select tests.as('hana');
select core.suspend_membership(tests.membership('sol', 'heron'), 'For now');
select is(tests.sees('sol', 'Ice'), '2 The shore, 3', 'and shows nothing to who does not pass any more');
rollback to opened;
select tests.as('sol');
select consent.protect_media(tests.medium('The ice'), tests.scope('heron'), array[tests.protocol('Ashes')]);
select is(tests.sees('sol', 'Ice'), '2 The shore, 3', 'what stands under others is opened anew');
select tests.as('sol');
select consent.protect_media(tests.medium('The ice'), tests.scope('heron'), '{}');
select is(tests.sees('max', 'Ice'), '2 The shore, 3 The ice', 'a steward takes it from under them');
rollback to opened;
select tests.as('sol');
select consent.protect_media(tests.medium('The ice'), tests.scope('heron'), array[tests.protocol('Soot')]);
select lives_ok(
    $$select consent.open_media(tests.medium('The ice'))$$, 'what is only recommended need not be acknowledged'
);
select tests.as_nobody();
rollback to opened;
update core.scopes set archived_at = now() where slug = 'heron';
select tests.as('sol');
select tests.refused(
    $$select consent.protect_media(tests.medium('The ice'), tests.scope('heron'), '{}')$$, 'scope_archived',
    'in a place that is closed nothing is'
);
select tests.as_nobody();
rollback to opened;
select tests.as('tess');
select content.update_work(tests.work('Rain'), visibility => 'public');
select tests.as('sol');
select consent.protect_work(tests.work(title), tests.scope('heron'), array[tests.protocol('Ashes')])
from unnest('{Ice,Rain}'::text[]) title;
select tests.as('eli');
select consent.open_work(tests.work('Ice'));
select tests.later();
select set_eq(
    $$select id from content.notes where id in (tests.work('Ice'), tests.work('Rain'))$$, array[tests.work('Ice')],
    'of two works under the same protocols only what was opened is open'
);
select tests.as('sol');
select consent.protect_work(tests.work('Ice'), tests.scope('heron'), array[tests.protocol('Embers')]);
select tests.as('eli');
select is_empty(
    $$select from content.notes where id = tests.work('Ice')$$,
    'and not any more where it stands under others, though another one stands under these'
);
select tests.as_nobody();
rollback to opened;
select tests.as('sol');
select consent.protect_work(tests.work('Ice'), tests.scope('heron'), array[tests.protocol('Ashes')]);
select is(tests.sees('sol', 'Ice'), null, 'what is restricted in a work is so besides the work itself');
select tests.as('sol');
select consent.open_work(tests.work('Ice'));
select tests.later();
select is(tests.sees('sol', 'Ice'), '2 The shore, 3 The ice', 'and both are to be opened');
select is(tests.sees('eli', 'Ice'), null, 'who helps opens it, too');
select tests.as('eli');
select consent.open_work(tests.work('Ice'));
select tests.later();
select is(tests.sees('eli', 'Ice'), '1 The lake, 2 The shore, 3', 'and sees then what is not for fewer');
rollback to opened;
select tests.as('sol');
select consent.protect_work(tests.work('Ice'), tests.scope('heron'), array[tests.protocol('Embers')]);
select tests.as('hana');
select core.suspend_membership(tests.membership('eli', 'heron'), 'For now');
select tests.as('eli');
select is_empty(
    $$select from content.works w where w.id = tests.work('Ice')$$, 'who helps and does not pass is not told of it'
);
select tests.as_nobody();
rollback to opened;

-- Taken away.

select tests.as('cleo');
select tests.adds('Ice', 508, 'Another');
select tests.adds('Ice', 504, 'A mistake');
select content.remove_media(tests.medium('A mistake'));
select is(
    tests.sees('cleo', 'Ice'), '1 The lake, 2 The shore, 3 The ice, 4 Another',
    'what no version showed leaves no place behind'
);
select tests.as('cleo');
select content.remove_media(tests.medium('Another'));
select tests.as('cleo');
select lives_ok($$select content.remove_media(tests.medium('The shore'))$$, 'who writes takes something away');
select is(tests.sees('max', 'Ice'), '2, 3', 'at once, and its place says that something is withheld');
select tests.as('max');
select is_empty('select from content.files', 'its file is shown no more');
select tests.as('cleo');
select is(
    (select f.dropped_at from content.files f where f.bytes = 502), now(), 'whoever uploaded it sees that it is dropped'
);
select tests.as('cleo');
select tests.refused(
    $$select content.add_media(tests.work('Ice'), tests.file(502), 'Again')$$, 'not_found', 'what is dropped stays so'
);
select content.begin_upload(tests.work('Ice'), 'image/png', 505, repeat('ab', 32));
select tests.upload('Ice', 509);
select tests.as_nobody();
update content.files set dropped_at = now() where bytes = 509;
select tests.as('cleo');
select tests.refused(
    $$select content.add_media(tests.work('Ice'), tests.file(509), 'Again')$$, 'not_found', 'also what never was shown'
);
select tests.as_service();
select tests.refused($$select content.finish_upload(tests.file(509))$$, 'not_found', 'nor does it arrive once more');
select content.confirm_removed(array[tests.file(509), tests.file(508)]);
select tests.as_nobody();
update content.files set dropped_at = now() - interval '1 day' where bytes = 509;
update content.files set begun_at = now() - interval '25 hours' where bytes in (501, 503);
select tests.as_service();
select is(content.drop_unused_files(), 1::bigint, 'what nothing shows is dropped after a day');
select is(content.drop_unused_files(), 0::bigint, 'once');
select tests.refused($$select content.finish_upload(tests.file(501))$$, 'not_found', 'and arrives no more');
select bag_eq(
    'select id, storage_key from content.files_to_remove()',
    'select id, storage_key from content.files where bytes in (501, 502, 504)', 'the store has to let go of these'
);
select is((select count(*) from content.files_to_remove(2)), 2::bigint, 'as many at a time as it likes');
select content.confirm_removed(array[tests.file(501), tests.file(500), tests.file(505)]);
select bag_eq(
    'select bytes, state::text from content.files',
    $$values
        (500::bigint, 'arrived'), (501, 'gone'), (502, 'arrived'), (503, 'arrived'), (504, 'arrived'),
        (505, 'expected'), (508, 'gone'), (509, 'gone'), (602, 'arrived')
    $$,
    'what it let go of is gone, and nothing is that was not dropped'
);
select bag_eq(
    'select id from content.files_to_remove()', 'select id from content.files where bytes in (502, 504)',
    'it is not asked again'
);
select is(tests.storage('heron'), 3116::bigint, 'and takes no storage any more');
select tests.as_nobody();
insert into ops.legal_holds (tenant_id, scope_id, reason, imposed_by)
values (tests.scope('river'), tests.scope('heron'), 'Court order 17', tests.person('olive'));
select tests.as_service();
select is_empty('select content.files_to_remove()', 'what a legal hold covers stays where it is');
select tests.as_nobody();
update ops.legal_holds set released_at = now(), released_by = imposed_by;
insert into ops.legal_holds (tenant_id, scope_id, person_id, reason, imposed_by)
values (tests.scope('river'), tests.scope('river'), tests.person('cleo'), 'Court order 18', tests.person('olive'));
select tests.as_service();
select is_empty('select content.files_to_remove()', 'also where it covers who uploaded it');
select tests.as_nobody();
update ops.legal_holds set released_at = now(), released_by = imposed_by where released_at is null;

-- Forgotten.

select tests.as('cleo');
select tests.upload('Ice', 506);
select content.add_collaborator(tests.work('Ice'), tests.person('tess'), 'edit');
select consent.give_consent(tests.work('Ice'), 'modification');
select tests.as('oona');
select consent.give_consent(tests.work('Ice'), 'modification');
select tests.refused(
    $$select content.begin_upload(tests.work('Ice'), 'image/png', 1, repeat('ab', 32))$$, 'not_found',
    'who has to consent does not write, though others may'
);
select tests.as_nobody();
select tests.join('tess', 'otter', 'storyteller');
select tests.as('tess');
select content.create_note(tests.scope('otter'), 'Mud', '{}');
select tests.adds('Rain', 600, 'Rain');
select tests.adds('Ice', 601, 'Of tess');
select tests.upload('Rain', 603);
select tests.refused(
    $$select content.add_media(tests.work('Mud'), tests.file(603), 'Mud')$$, 'not_found',
    'a file is shown where it takes storage, and not in another place'
);
select content.add_collaborator(tests.work('Rain'), tests.person('cleo'), 'edit');
select consent.give_consent(tests.work('Rain'), 'modification');
select tests.as('cleo');
select tests.adds('Rain', 507, 'Of cleo');
select core.erase_person(tests.person('cleo'));
select tests.as_nobody();
select bag_eq(
    'select alt_text from content.media', $$values ('Rain'), ('Of cleo'), ('Not yet')$$,
    'what was to see in the works of somebody forgotten goes, in those of others it stays'
);
select bag_eq(
    'select bytes from content.files where dropped_at is null', 'values (600::bigint), (507), (602), (603)',
    'and with it the files, also those that they only uploaded'
);
select is(
    (select f.dropped_at from content.files f where f.bytes = 509), now() - interval '1 day',
    'what had gone before had gone before'
);
delete from content.files where bytes in (603, 508);

select is_empty('select from content.verify_counts()', 'after all that, a recount finds the same storage');
select tests.backend_reads(relation)
from unnest('{content.files,content.placements,content.media}'::regclass[]) relation;


-- What the tables refuse, whoever writes.

select tests.violates(tests.variant(relation, changes, chosen), broken, promise)
from (
    values
        ('content.files'::regclass, '{}'::jsonb, 'true', 'files_pkey', 'a file is there once'),
        (
            'content.files', '{"state": "arrived", "arrived_at": null, "attached_at": null}', 'true',
            'files_arrived_at_check', 'what arrived did some time'
        ),
        (
            'content.files', '{"state": "expected", "arrived_at": "2026-01-01"}', 'true',
            'files_arrived_at_check', 'what is expected did not'
        ),
        (
            'content.files', '{"state": "expected", "arrived_at": null, "attached_at": "2026-01-01"}', 'true',
            'files_attached_at_check', 'and is not shown'
        ),
        (
            'content.files', '{"state": "gone", "dropped_at": null}', 'true',
            'files_dropped_at_check', 'what is gone was dropped'
        ),
        ('content.placements', '{}', 'true', 'placements_pkey', 'a place is there once'),
        ('content.placements', '{"x": 1}', 'true', 'placements_tenant_id_work_id_position_key', 'at its position'),
        ('content.placements', '{"position": 0}', 'true', 'placements_position_check', 'which has a number'),
        (
            'content.placements', '{"position": 99, "first_version": null, "last_version": 1}', 'true',
            'placements_last_version_check', 'what no version showed, none shows last'
        ),
        (
            'content.placements', '{"position": 99, "first_version": 3, "last_version": 2}', 'true',
            'placements_last_version_check', 'or before the first'
        ),
        (
            'content.placements', '{"position": 99, "first_version": 2, "last_version": null}',
            'work_id = tests.work(''Ice'')', 'placements_first_version_fkey',
            'what is new to see does not come with a version that is minor'
        ),
        (
            'content.placements', '{"position": 99, "first_version": 3, "last_version": 9}',
            'work_id = tests.work(''Ice'')', 'placements_last_version_fkey', 'and goes with one that there is'
        ),
        ('content.media', '{}', 'true', 'media_pkey', 'a medium is there once'),
        (
            'content.media', jsonb_build_object('file_id', tests.file(506)), 'true',
            'media_tenant_id_work_id_id_fkey', 'in a place of its work'
        ),
        (
            'content.media',
            jsonb_build_object(
                'id', (select p.id from content.placements p where p.work_id = tests.work('Ice') limit 1)
            ),
            'true', 'media_tenant_id_file_id_key', 'and a file is in one of them'
        )
) as v (relation, changes, chosen, broken, promise);

-- Works count, too.

select is(
    (select core._used(s.tenant_id, s.id, 'works') from core.scopes s where s.slug = place), amount,
    format('works are counted in %s', place)
)
from (values ('heron', 3::bigint), ('archive', 4), ('river', 4), ('otter', 1), ('hill', 0)) as v (place, amount);
select tests.as_service();
select core.set_quota(tests.scope('archive'), 'works', 4);
select tests.as('oona');
select tests.refused(
    $$select content.create_note(tests.scope('otter'), 'Reeds', '{}')$$, 'quota_exceeded',
    'no more are begun than there is room for'
);
select tests.as('dara');
select lives_ok($$select content.create_note(tests.scope('delta'), 'Silt', '{}')$$, 'elsewhere they are');
select tests.as_nobody();
select core._count_use(tests.scope('delta'), 'works', 1);
select core._count_use(tests.scope('delta'), 'storage_bytes', 7);
select tests.as_auditor();
select bag_eq(
    $$select scope_id, resource, counted, recounted from content.verify_counts()$$,
    $$values
        (tests.scope('delta'), 'works', 2::bigint, 1::bigint), (tests.scope('river'), 'works', 6, 5),
        (tests.scope('delta'), 'storage_bytes', 7, 0),
        (tests.scope('river'), 'storage_bytes', tests.storage('heron') + 7, tests.storage('heron'))$$,
    'a recount names the scopes whose count is wrong'
);
select tests.as('ada');
select throws_ok($$select from content.verify_counts()$$, '42501', null, 'and is not for people');
select tests.as_nobody();

select * from finish();
rollback;
