-- Going back: to what a work said, to what a work was at an instant, to what all of somebody was; by whom, how far, and
-- what stays as it is. It opens nothing.

begin;
set local search_path = tap, tests, public;
select plan(141);

create temporary table instants (name text, at timestamptz);

-- Lets the clock go on, and remembers it.
create function tests.instant(name text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
    perform pg_catalog.pg_sleep(0.002);
    insert into pg_temp.instants values (name, clock_timestamp());
    perform pg_catalog.pg_sleep(0.002);
end
$$;
create function tests.at(name text)
returns timestamptz
language sql
stable
security definer
set search_path = ''
as $$
    select i.at from pg_temp.instants i where i.name = at.name
$$;
grant select on instants to public;

-- What the newest version of a work says.
create function tests.says(title text)
returns text
language sql
stable
security definer
set search_path = ''
as $$
    select v.body ->> 'text'
    from content.works w
    join content.work_versions v on v.work_id = w.id and v.number = w.current_version
    where w.id = tests.work(says.title)
$$;

-- What becomes of a work when it is brought back to an instant: one line each.
create function tests.back(title text, name text)
returns text[]
language sql
volatile
set search_path = ''
as $$
    select coalesce(array_agg(concat_ws(' ', r.what, r.outcome, r.from_version, r.version)), '{}')
    from content.restore_work_as_of(tests.work(title), tests.at(name)) r
$$;

-- What would become of what is somebody's.
create function tests.preview(name text, whose text default null)
returns text[]
language sql
stable
set search_path = ''
as $$
    select coalesce(
        array_agg(concat_ws(' ', w.title, p.display_name, r.what, r.outcome) order by r.person_id, w.title, r.what),
        '{}'
    )
    from content.recovery_preview(tests.at(name), case when whose is not null then tests.person(whose) end) r
    left join content.works w on w.id = r.work_id
    left join core.people p on p.id = r.person_id
$$;
create function tests.recover(name text, whose text default null)
returns text[]
language sql
volatile
set search_path = ''
as $$
    select coalesce(array_agg(concat_ws(' ', r.what, r.outcome) order by r.what, r.outcome), '{}')
    from content.recover_person(tests.at(name), case when whose is not null then tests.person(whose) end) r
$$;

-- Nobody of these finds what they would go back in.
create function tests.all_refused(deed text, names text[])
returns setof text
language plpgsql
set search_path = tap
as $$
declare
    name text;
begin
    foreach name in array names loop
        perform tests.as(name);
        return next tests.refused(
            deed, 'not_found', format('nobody who does not write it goes back, whatever they manage: %s', name)
        );
    end loop;
end
$$;

-- Nobody of these acts for Nell.
create function tests.not_theirs(names text[])
returns setof text
language plpgsql
set search_path = tap
as $$
declare
    name text;
begin
    foreach name in array names loop
        perform tests.as(name);
        return query
        select tests.refused(
            format('select content.%s(now(), %L)', deed, tests.person('nell')), 'not_yours',
            format('nobody brings somebody else back, nor is told what would be: %s, %s', name, deed)
        )
        from unnest('{recover_person,recovery_preview}'::text[]) deed;
    end loop;
end
$$;

-- The file of so many bytes, and what shows it.
create function tests.file(bytes bigint)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
    select f.id from content.files f where f.bytes = file.bytes
$$;

-- Shows a picture of so many bytes in a work of Tess's.
create function tests.show(title text, bytes bigint)
returns void
language plpgsql
set search_path = ''
as $$
begin
    perform tests.as('tess');
    perform content.begin_upload(tests.work(title), 'image/png', bytes, repeat('ab', 32));
    perform tests.as_service();
    perform content.finish_upload(tests.file(bytes));
    perform tests.as('tess');
    perform content.add_media(tests.work(title), tests.file(bytes), 'A picture');
    perform content.revise_work(tests.work(title), '{"text": "1"}');
end
$$;

select tests.world();
select tests.join('tess', 'heron', 'storyteller');
select tests.join('rene', 'heron', 'cultural_reviewer');

-- To what a work said.

select tests.as('cleo');
select content.create_note(
    tests.scope('heron'), title, '{"text": "It came early."}', 'It came early.', visibility => 'community'
)
from unnest('{Ice,Snow}'::text[]) title;
select content.add_collaborator(tests.work('Ice'), tests.person('eli'), 'edit');
select content.add_collaborator(tests.work('Ice'), tests.person('rene'), 'review');
select consent.give_consent(tests.work('Ice'), 'community_sharing');
select content.revise_work(tests.work('Ice'), '{"text": "It came late."}', 'It came late.');
select content.revise_work(tests.work('Ice'), '{"text": "It came late!"}', 'It came late!', minor => true);
select consent.add_party(tests.work('Ice'), tests.person('sol'), 'depicted');
select tests.as('sol');
select consent.give_consent(tests.work('Ice'), 'community_sharing');
select tests.as('cleo');
select content.transition(tests.work('Ice'), 'published');
select is(
    (select community_version from content.works where title = 'Ice'), 3, 'before: both agreed to the third version'
);
select is(content.restore_work(tests.work('Ice'), 1), 4, 'whoever owns a work goes back to what it said');
select results_eq(
    $$
    select number, material_version, body ->> 'text', plain_text, based_on, change_note, created_by
    from content.work_versions
    where work_id = tests.work('Ice') and number > 3
    $$,
    $$values (4, 4, 'It came early.', 'It came early.', 1, 'version 1 again', tests.person('cleo'))$$,
    'with its next version, which says it again, and says that it does'
);
select is(
    (select community_version from content.works where title = 'Ice'), 3,
    'what somebody agreed to then they are asked about anew: readers keep what they had'
);
select is(
    (select e.says from consent.explain(tests.work('Ice'), 'community_sharing') e where e.person_id <> core.me()),
    'given, for version 3; the newest is 4', 'though they agreed to these words once'
);
select is(content.restore_work(tests.work('Ice'), 1), 4, 'done again, nothing is left to do');
select is(content.restore_work(tests.work('Ice'), 4), 4, 'nor is it to go back to what is there');
select is(
    (select count(*) from content.work_versions where work_id = tests.work('Ice')), 4::bigint, 'and nothing is written'
);
select is(content.restore_work(tests.work('Ice'), 3, 'The comma, too'), 5, 'to a minor version, too');
select results_eq(
    $$
    select material_version, body ->> 'text', based_on, change_note
    from content.work_versions
    where work_id = tests.work('Ice') and number = 5
    $$,
    $$values (5, 'It came late!', 3, 'The comma, too')$$, 'which then is a version as any other; in words of theirs'
);
select tests.as_nobody();
select is(
    (
        select count(*)
        from ops.outbox o
        where o.topic = 'work.revised'
            and o.scope_id = tests.scope('heron')
            and convert_from(o.body, 'utf8')::jsonb = jsonb_build_object(
                'work_id', tests.work('Ice'), 'version', 5, 'minor', false
            )
    ),
    1::bigint, 'whoever has to consent hears of it'
);
select tests.as('cleo');
select tests.refused(
    format('select content.restore_work(tests.work(%L), %s)', 'Ice', version), 'not_found', promise
)
from (
    values
        ('6', 'to a version that is still to come nobody goes back'), ('0', 'nor to one that never was'),
        ('null', 'nor to none')
) as v (version, promise);
select tests.refused(
    $$select content.restore_work(tests.work('Snow'), 2)$$, 'not_found', 'nor to one of another work'
);
select is(
    content.revise_work(tests.work('Snow'), '{"text": "It came early."}', 'Otherwise.'), 2, 'before: other words'
);
select is(content.restore_work(tests.work('Snow'), 1), 3, 'what it says as plain words counts as well');
select content.create_note(tests.scope('heron'), title, '{"text": "1"}') from unnest('{Pond,Lake}'::text[]) title;
select content.revise_work(tests.work('Pond'), '{"text": "2"}');
select content.revise_work(tests.work('Lake'), '{"text": "1"}');
select is(content.restore_work(tests.work('Pond'), 1), 3, 'whatever the newest version of another work says');

-- Who may not.

select tests.all_refused(
    $$select content.restore_work(tests.work('Ice'), 1)$$, '{sol,rene,hana,ada,olive,max,hazel}'
);
select tests.as('eli');
select tests.refused(
    $$select content.restore_work(tests.work('Ice'), 1)$$, 'consent_missing',
    'nor does who helps to write it, unless everyone consented to that'
);
select tests.as('cleo');
select consent.give_consent(tests.work('Ice'), 'modification');
select tests.as('sol');
select consent.give_consent(tests.work('Ice'), 'modification');
select tests.as('eli');
select is(content.restore_work(tests.work('Ice'), 1), 6, 'with that consent they do');
select tests.refused(
    $$select content.restore_work_as_of(tests.work('Ice'), now())$$, 'not_found',
    'but what a work was is brought back by whoever owns it'
);

-- What there is to see stays as it is.

select tests.as_nobody();
insert into content.placements (tenant_id, work_id, position)
select w.tenant_id, w.id, 1 from content.works w where w.title = 'Snow';
select tests.as('cleo');
select is(content.restore_work(tests.work('Snow'), 2), 4, 'before: a picture that no version shows');
select is(
    (select p.first_version from content.placements p), null, 'going back shows nothing for the first time'
);
select content.revise_work(tests.work('Snow'), '{"text": "With a picture."}');
select is((select p.first_version from content.placements p), 5, 'which the next version does');

-- What was reviewed, is closed, or is closed to somebody.

select content.transition(tests.work('Snow'), 'submitted');
select tests.refused(
    $$select content.restore_work(tests.work('Snow'), 1)$$, 'under_review', 'what is being reviewed stays as it is'
);
select content.transition(tests.work('Snow'), 'draft');
select tests.as_nobody();
insert into core.sanctions (tenant_id, scope_id, person_id, capability, reason, imposed_by)
values (tests.scope('river'), tests.scope('heron'), tests.person('cleo'), 'create', 'a quarrel', tests.person('hana'));
select tests.as('cleo');
select tests.refused(deed, 'barred', 'who is kept from a place does not: ' || deed)
from unnest(array[
    $$select content.restore_work(tests.work('Snow'), 1)$$,
    $$select content.restore_work_as_of(tests.work('Snow'), now())$$
]) deed;
select tests.as_nobody();
delete from core.sanctions;
update core.scopes set archived_at = now() where slug = 'heron';
select tests.as('cleo');
select tests.refused(deed, 'scope_archived', 'nor does anybody in what is archived: ' || deed)
from unnest(array[
    $$select content.restore_work(tests.work('Snow'), 1)$$,
    $$select content.restore_work_as_of(tests.work('Snow'), now())$$
]) deed;
select tests.as_nobody();
update core.scopes set archived_at = null where slug = 'heron';

-- A program, and somebody unknown.

create temporary table deeds on commit drop as
select deed
from unnest(array[
    $$select content.restore_work(tests.work('Snow'), 1)$$,
    $$select content.restore_work_as_of(tests.work('Snow'), now())$$,
    $$select content.recover_person(now())$$
]) deed;
grant select on deeds to authenticated;
select tests.as('olive');
create temporary table key on commit drop as
select core.create_api_key(tests.scope('river'), 'all', '{scope.read}') as secret;
select tests.as_nobody();
select set_config('tests.claims', core.authenticate_api_key(sha256(convert_to(secret, 'utf8')))::text, true) from key;
select tests.as('olive');
select set_config('request.jwt.claims', current_setting('tests.claims'), true);
select tests.refused(deed, 'not_with_key', 'a program does not do it: ' || deed) from deeds;
select tests.refused(
    'select content.recovery_preview(now())', 'not_yours', 'nor is it told what would be done: it has no life'
);
select tests.as_token('{"iss": "https://tests.example", "sub": "nobody ever"}');
select tests.refused(deed, 'not_signed_in', 'nor does somebody unknown: ' || deed) from deeds;
select tests.refused('select content.recovery_preview(now())', 'not_signed_in', 'nor are they told');

-- To what a work was at an instant.

select tests.as('tess');
select content.create_note(
    tests.scope('heron'), 'Rain', '{"text": "It rained."}', 'It rained.', 'Of rain.', 'en', 'community'
);
select content.create_note(tests.scope('heron'), 'Beside', '{"text": "Beside."}');
select content.revise_work(tests.work('Rain'), '{"text": "It rained, and rained."}', 'It rained, and rained.');
select tests.instant('rain');
select is(tests.back('Rain', 'rain'), '{}', 'of what is as it was, nothing is brought back');
select content.revise_work(tests.work('Rain'), '{"text": "Spoilt"}', 'Spoilt');
select content.update_work(tests.work('Rain'), summary => 'Spoilt.', lang => 'fr', visibility => 'private');
select content.revise_work(tests.work('Beside'), '{"text": "Later."}');
select content.transition(tests.work('Rain'), 'submitted');
select tests.instant('submitted');
select content.transition(tests.work('Rain'), 'draft');
select consent.give_consent(tests.work('Rain'), 'research');
select content.add_collaborator(tests.work('Rain'), tests.person('eli'), 'comment');
create temporary table stood on commit drop as
select to_jsonb(w) as work from content.works w where w.title = 'Rain';
select is(
    tests.back('Rain', 'rain'), '{"summary brought_back","lang brought_back","says brought_back 2 4"}',
    'a work is brought back to what it was: each thing is told, and which version says what'
);
select results_eq(
    $$select summary, lang, tests.says('Rain') from content.works where title = 'Rain'$$,
    $$values ('Of rain.', 'en', 'It rained, and rained.')$$, 'and it is'
);
select is(
    to_jsonb(w) - '{summary,lang,current_version,revision,updated_at}'::text[],
    work - '{summary,lang,current_version,revision,updated_at}'::text[],
    'how far it may be shared, how far it has come, its protocols and windows stay as they are'
)
from content.works w, stood
where w.title = 'Rain';
select ok(consent.allows(tests.work('Rain'), 'research'), 'and what was consented to since');
select is(
    (select count(*) from content.work_collaborators c where c.work_id = tests.work('Rain')), 1::bigint,
    'and who helps with it'
);
select is(tests.says('Beside'), 'Later.', 'and every other work');
select is(tests.back('Rain', 'rain'), '{}', 'done again, nothing is left to do');
select is(tests.back('Rain', 'submitted'), '{"summary brought_back","lang brought_back","says brought_back 3 5"}',
    'it goes the other way, too'
);
select is(
    tests.back('Rain', 'rain'), '{"summary brought_back","lang brought_back","says brought_back 2 6"}', 'and back'
);
select is(
    (select array_agg(r.outcome) from content.restore_work_as_of(tests.work('Rain'), null) r), '{not_recorded}',
    'of no instant nothing is known'
);
select is(
    (select array_agg(r) from content.restore_work_as_of(tests.work('Rain'), clock_timestamp() + interval '1 day') r),
    null, 'and what will be is not brought back'
);
select set_config('tests.rain', tests.work('Rain')::text, true);
select content.update_work(tests.work('Rain'), 'Downpour');
select tests.as_nobody();
select tests.as('tess');
select is(
    (
        select array_agg(concat_ws(' ', r.tenant_id = tests.scope('river'), r.work_id = tests.work('Downpour'), r.what))
        from content.restore_work_as_of(tests.work('Downpour'), tests.at('rain')) r
    ),
    '{t t title}', 'what it was called comes back'
);
select is(tests.work('Rain')::text, current_setting('tests.rain'), 'and it is called so');
select tests.as_nobody();
delete from ops.outbox;
select tests.as('tess');
select content.update_work(tests.work('Rain'), lang => 'fr');
select is(tests.back('Rain', 'rain'), '{"lang brought_back"}', 'before: only the language was otherwise');
select tests.as_nobody();
select is_empty('select from ops.outbox', 'of which nobody hears');
select tests.as('tess');
select tests.back('Rain', 'submitted');
select tests.back('Beside', 'submitted');
select tests.as_nobody();
select set_eq(
    $$
    select o.scope_id, o.topic, convert_from(o.body, 'utf8')::jsonb
    from ops.outbox o
    where o.tenant_id = tests.scope('river')
    $$,
    $$
    select
        tests.scope('heron'), v.topic,
        jsonb_build_object('work_id', tests.work('Rain')) || v.said
    from (
        values ('work.renamed', '{}'::jsonb), ('work.revised', '{"version": 7, "minor": false}')
    ) as v (topic, said)
    $$,
    'whoever has to consent hears of other words, above it and in it'
);
select tests.as('tess');
select set_config('tests.first', count(*)::text, true) from audit.my_history(at_most => 1000);
select content.revise_work(tests.work('Beside'), '{"text": "Spoilt."}');
select set_config('tests.second', count(*)::text, true) from audit.my_history(at_most => 1000);
select is(tests.back('Beside', 'submitted'), '{"says brought_back 2 4"}', 'before: only what it says was otherwise');
select is(
    count(*) - current_setting('tests.second')::bigint,
    current_setting('tests.second')::bigint - current_setting('tests.first')::bigint,
    'the log has of that what it has of any version'
)
from audit.my_history(at_most => 1000);

-- Who may not.

select tests.all_refused(
    $$select content.restore_work_as_of(tests.work('Rain'), tests.at('submitted'))$$,
    '{eli,sol,hana,rene,ada,olive,hazel}'
);
select tests.as_anon();
select throws_ok(deed, '42501', null, 'nor does anybody who is not signed in: ' || deed)
from unnest(array[
    $$select content.restore_work(gen_random_uuid(), 1)$$,
    $$select content.restore_work_as_of(gen_random_uuid(), now())$$,
    $$select content.recovery_preview(now())$$,
    $$select content.recover_person(now())$$
]) deed;

-- What cannot be brought back is said.

select tests.as('tess');
select tests.instant('before_fog');
select content.create_note(tests.scope('heron'), 'Fog', '{"text": "1"}', summary => 'Of fog.');
select tests.instant('fog');
select is(tests.back('Fog', 'before_fog'), '{"work began_later"}', 'a work that was not there yet stays');
select content.update_work(tests.work('Fog'), summary => 'Of mist.', lang => 'fr');
select content.revise_work(tests.work('Fog'), '{"text": "2"}');
select content.transition(tests.work('Fog'), 'submitted');
select is(
    tests.back('Fog', 'fog'), '{"summary under_review","lang under_review","says under_review 1"}',
    'what is being reviewed stays as it is read'
);
select is(
    (select w.summary || ' ' || w.lang || ' ' || tests.says('Fog') from content.works w where w.title = 'Fog'),
    'Of mist. fr 2', 'and is'
);
select content.transition(tests.work('Fog'), 'draft');
select content.update_work(tests.work('Fog'), visibility => 'community');
select content.transition(tests.work('Fog'), 'published');
select tests.as_nobody();
insert into core.settings (tenant_id, scope_id, key, value)
values (tests.scope('river'), tests.scope('archive'), 'works.reviewed', 'true');
select tests.as('tess');
select is(
    tests.back('Fog', 'fog'), '{"summary brought_back","lang brought_back","says under_review 1"}',
    'what was published after a review says nothing else without one'
);
select tests.as_nobody();
delete from core.settings where key = 'works.reviewed';

-- Nothing is read by more than read it then.

select tests.as('tess');
select is(tests.back('Fog', 'fog'), '{"says brought_back 1 3"}', 'before: published, and shared with nobody');
select content.update_work(tests.work('Fog'), summary => 'Of mist, again.');
select content.revise_work(tests.work('Fog'), '{"text": "4"}');
select tests.instant('unshared');
select content.revise_work(tests.work('Fog'), '{"text": "5"}');
select content.update_work(tests.work('Fog'), summary => 'For all who live here.', lang => 'fr');
select consent.give_consent(tests.work('Fog'), 'community_sharing');
select tests.instant('shared');
select tests.as_nobody();
delete from ops.outbox;
select tests.as('tess');
select is(
    tests.back('Fog', 'unshared'), '{"summary shared_further","lang brought_back","says shared_further 4"}',
    'what nobody read then is not brought before those who read it now'
);
select tests.as_nobody();
select is_empty('select from ops.outbox', 'and nobody hears of what was not done');
select tests.as('tess');
select is(
    (select w.summary from content.works w where w.title = 'Fog'), 'For all who live here.', 'its summary is not'
);
select is(tests.says('Fog'), '5', 'nor what it said');
select content.revise_work(tests.work('Fog'), '{"text": "6"}');
select content.update_work(tests.work('Fog'), summary => 'For all.');
select is(
    tests.back('Fog', 'shared'), '{"summary brought_back","lang brought_back","says brought_back 5 7"}',
    'what they read then, is'
);
select content.update_work(tests.work('Fog'), visibility => 'organization');
select consent.give_consent(tests.work('Fog'), 'organization_sharing', begins => now() + interval '1 day');
select content.revise_work(tests.work('Fog'), '{"text": "8"}');
select is(
    tests.back('Fog', 'shared'), '{"says shared_further 5"}', 'unless others will read it, from tomorrow'
);
select consent.withdraw_consent(tests.work('Fog'), 'organization_sharing');
select is(tests.back('Fog', 'shared'), '{"says brought_back 5 9"}', 'and when they will not any more, it is');

-- A version that somebody had yet to agree to then, and readers did not have.

select consent.add_party(tests.work('Fog'), tests.person('sol'), 'depicted');
select tests.as('sol');
select consent.give_consent(tests.work('Fog'), 'community_sharing');
select tests.as('tess');
select content.revise_work(tests.work('Fog'), '{"text": "Of Sol"}');
select tests.instant('unread');
select content.revise_work(tests.work('Fog'), '{"text": "11"}');
select is(
    (select w.community_version from content.works w where w.title = 'Fog'), 9, 'before: readers have an older version'
);
select is(
    tests.back('Fog', 'unread'), '{"says shared_further 10"}',
    'a version that readers did not have is not brought back for them'
);

-- Nor what stood under protocols then, once it stands under none or others.

select tests.as('sol');
select consent.create_protocol(tests.scope('heron'), name, 'family', 'members')
from unnest('{Embers,Soot}'::text[]) name;
select tests.as('tess');
select content.create_note(
    tests.scope('heron'), 'Fire', '{"text": "1"}', summary => 'Of fire.', visibility => 'community'
);
select consent.protect_work(tests.work('Fire'), tests.scope('heron'), array[p.id])
from consent.protocols p where p.name = 'Embers';
select consent.give_consent(tests.work('Fire'), 'community_sharing');
select content.transition(tests.work('Fire'), 'published');
select tests.instant('under_embers');
select content.update_work(tests.work('Fire'), summary => 'Of flames.');
select content.revise_work(tests.work('Fire'), '{"text": "2"}');
select is(
    tests.back('Fire', 'under_embers'), '{"summary brought_back","says brought_back 1 3"}',
    'what stands under the protocols that it stood under is brought back'
);
select content.update_work(tests.work('Fire'), summary => 'Of flames.');
select content.revise_work(tests.work('Fire'), '{"text": "4"}');
select tests.as('sol');
select consent.update_protocol(p.id, 'Sparks', description => 'Of the hearth.') from consent.protocols p
where p.name = 'Embers';
select consent.update_protocol(p.id, audience => 'everybody') from consent.protocols p where p.name = 'Soot';
select tests.as('tess');
select is(
    tests.preview('under_embers'), '{"Fire summary brought_back","Fire says brought_back"}',
    'whatever these are called, and whatever others ask'
);
select tests.as('sol');
select consent.update_protocol(p.id, audience => 'everybody') from consent.protocols p where p.name = 'Sparks';
select tests.as('tess');
select is(
    tests.preview('under_embers'), '{"Fire summary shared_further","Fire says shared_further"}',
    'what they let more people to since is not'
);
select tests.as('sol');
select consent.update_protocol(p.id, audience => 'members') from consent.protocols p where p.name = 'Sparks';
select tests.as('tess');
select is(
    tests.preview('under_embers'), '{"Fire summary brought_back","Fire says brought_back"}',
    'until they ask again what they asked'
);
select tests.as('sol');
select consent.protect_work(tests.work('Fire'), tests.scope('heron'), array[p.id])
from consent.protocols p where p.name = 'Soot';
select tests.as('tess');
select is(
    tests.back('Fire', 'under_embers'), '{"summary shared_further","says shared_further 1"}',
    'what stands under others since, is not: those who pass these may be others'
);

-- What was erased, was not recorded, or was removed.

select tests.as('tess');
select content.create_note(tests.scope('heron'), 'Mist', '{"text": "1"}', summary => 'Of mist.');
select tests.show('Mist', 1);
select tests.show('Beside', 3);
select tests.show('Beside', 4);
select tests.instant('mist');
select content.remove_media(m.id) from content.media m where m.file_id = tests.file(4);
select tests.show('Mist', 2);
select is(tests.back('Mist', 'mist'), '{}', 'before: one picture was there, another came later');
select content.remove_media(m.id) from content.media m where m.file_id = tests.file(2);
select is(tests.back('Mist', 'mist'), '{}', 'what came later and was removed is not missed');
select content.remove_media(m.id) from content.media m where m.file_id = tests.file(1);
select is(tests.back('Mist', 'mist'), '{"media removed"}', 'what was removed is not brought back, and that is said');
select content.update_work(tests.work('Mist'), summary => 'Otherwise.', lang => 'fr');
select content.revise_work(tests.work('Mist'), '{"text": "2"}');
select tests.as_nobody();
select audit._erase_people(array[tests.person('tess')], 'as somebody ordered');
select tests.as('tess');
select is(
    tests.back('Mist', 'mist'),
    '{"title erased","summary erased","lang brought_back","says brought_back 2 5","media removed"}',
    'what the log holds no more of what was personal stays as it is, and the rest is brought back'
);
select is(
    (select w.summary || ' ' || w.lang from content.works w where w.title = 'Mist'), 'Otherwise. en', 'as it is told'
);
select tests.as_nobody();
alter table audit.changes disable trigger user;
delete from audit.changes c where c.table_name = 'content.works' and c.key::jsonb ->> 'id' = tests.work('Mist')::text;
alter table audit.changes enable trigger user;
select tests.as('tess');
select content.update_work(tests.work('Mist'), lang => 'de');
select is(
    tests.back('Mist', 'mist'), '{"work not_recorded","media removed"}', 'nor does what nobody recorded come back'
);

-- All of somebody.

select tests.join('nell', 'heron', 'community_member');
select tests.as('nell');
select tests.instant('before_nell');
select content.create_note(tests.scope('heron'), title, '{"text": "1"}')
from unnest('{Of Nell,Old,Kept}'::text[]) title;
select core.update_profile(core.me(), 'Nell', 'nell_here', 'I am Nell.', 'https://example.org/nell', 'en', 'CA');
select tests.instant('nell');
select is(tests.preview('nell'), '{}', 'where nothing changed, nothing would be brought back');
select content.create_note(tests.scope('heron'), 'New', '{"text": "1"}');
select content.update_work(tests.work('Of Nell'), summary => 'Spoilt');
select content.revise_work(tests.work(title), '{"text": "Spoilt"}') from unnest('{Of Nell,Old}'::text[]) title;
select content.transition(tests.work('Old'), 'submitted');
select core.update_profile(core.me(), 'Spoilt', 'spoilt', 'Spoilt.', '', 'fr', 'FR');
select tests.instant('spoilt');
select is(
    tests.preview('nell'),
    '{"Spoilt display_name brought_back","Spoilt bio brought_back","Spoilt avatar_url brought_back",'
    '"Spoilt locale brought_back","Spoilt country_code brought_back","Spoilt handle left_to_you",'
    '"New work began_later","Of Nell summary brought_back","Of Nell says brought_back","Old says under_review"}',
    'a person is told beforehand what would become of what'
);
select is(
    (select array_agg(p.version) from content.recovery_preview(tests.at('nell')) p where p.version is not null), '{3}',
    'and in which version, where one would be written'
);
select is(tests.says('Of Nell'), 'Spoilt', 'nothing is written by that');
create temporary table told on commit drop as select * from content.recovery_preview(tests.at('nell'));
create temporary table done on commit drop as select * from content.recover_person(tests.at('nell'));
select set_eq('select * from done', 'select * from told', 'it does what it said it would');
select results_eq(
    $$
    select p.display_name, p.handle, p.bio, p.avatar_url, p.locale, m.country_code
    from core.people p
    join core.my_profile() m using (id)
    $$,
    $$values ('Nell', 'spoilt', 'I am Nell.', 'https://example.org/nell', 'en', 'CA')$$,
    'a profile is as it was, but for the handle'
);
select results_eq(
    $$
    select w.title, w.summary, tests.says(w.title) from content.works w where w.owner_id = core.me() order by w.title
    $$,
    $$values ('Kept', '', '1'), ('New', '', '1'), ('Of Nell', '', '1'), ('Old', '', 'Spoilt')$$,
    'and every work that can be'
);
select is(
    tests.recover('nell'), '{"work began_later","says under_review","handle left_to_you"}',
    'done again, nothing is left to do but what cannot be done'
);
select is(
    (select count(*) from content.work_versions v where v.work_id = tests.work('Of Nell')), 3::bigint,
    'and nothing is written'
);
select core.update_profile(core.me(), avatar_url => '', country_code => '');
select tests.instant('bare');
select core.update_profile(core.me(), avatar_url => 'https://example.org/nell', country_code => 'CA');
select is(
    tests.recover('bare'), '{"avatar_url brought_back","country_code brought_back"}', 'before: what was not said'
);
select results_eq(
    'select p.avatar_url, m.country_code, p.bio from core.people p join core.my_profile() m using (id)',
    $$values (null::text, null::text, 'I am Nell.')$$, 'what was not said is not said again'
);
select core.update_profile(core.me(), bio => 'Only that.');
select is(tests.recover('bare'), '{"bio brought_back"}', 'of a profile, only what is otherwise is touched');

-- Those I act for; nobody else.

select tests.not_theirs('{cleo,hana,ada,olive,hazel}');
select tests.as('nell');
select core.update_profile(core.me(), 'Nell again');
select content.revise_work(tests.work('Kept'), '{"text": "2"}');
select tests.as_nobody();
update core.people set guardian_id = tests.person('max') where id = tests.person('nell');
select tests.as('max');
select content.create_note(tests.scope('river'), 'Of Max', '{"text": "1"}');
select is(
    (
        select array_agg(concat_ws(' ', p.what, p.outcome) order by p.what)
        from content.recovery_preview(tests.at('bare'), tests.person('nell')) p
    ),
    '{"says brought_back","display_name brought_back"}', 'a guardian is told what would become of what'
);
select is(tests.recover('bare', 'nell'), '{"says brought_back","display_name brought_back"}', 'and does it');
select is(tests.recover('bare', 'nell'), '{}', 'once');
select is(tests.says('Kept'), '1', 'and it is done');
select tests.not_theirs('{cleo}');
select tests.as_nobody();
update core.people set guardian_id = null where id = tests.person('nell');

-- What is mine under a row that turned out to be me.

select tests.join('nils', 'heron', 'community_member');
select tests.join('nora', 'heron', 'community_member');
select tests.as('nils');
select content.create_note(tests.scope('heron'), 'Of Nils', '{"text": "1"}');
select tests.instant('nils');
select content.revise_work(tests.work('Of Nils'), '{"text": "2"}');
select tests.as_service();
select core.merge_people(tests.person('nils'), tests.person('nora'));
select tests.as('nora');
select is(
    tests.recover('nils'), '{"says brought_back"}', 'what is mine under another row is brought back with the rest'
);
select is(tests.says('Of Nils'), '1', 'as it was');
select content.revise_work(tests.work('Of Nils'), '{"text": "4"}');
select tests.as_nobody();
update core.people set guardian_id = tests.person('max') where id = tests.person('nora');
select tests.as('max');
select is(
    (
        select array_agg(p.what)
        from content.recover_person(tests.at('nils'), tests.person('nora')) p
        where p.work_id is not null
    ),
    null, 'but by whoever acts for nobody but this one'
);

-- A profile of which nothing is known any more; and somebody who is gone.

select tests.as('nell');
select core.update_profile(core.me(), avatar_url => 'https://example.org/nell', country_code => 'CA');
select is(
    (select array_agg(p.outcome) from content.recovery_preview(tests.at('before_nell')) p where p.what = 'profile'),
    null, 'before: their profile is known'
);
select is(
    (select array_agg(p.outcome) from content.recovery_preview('2000-01-01') p where p.what = 'profile'),
    '{began_later}', 'a profile that was not there yet stays'
);
select tests.as_nobody();
select audit._erase_people(array[tests.person('nell')], 'as somebody ordered');
select tests.as('nell');
select is(
    (
        select array_agg(concat_ws(' ', p.what, p.outcome))
        from content.recover_person(tests.at('nell')) p
        where p.person_id is not null
    ),
    '{"profile erased"}', 'nor does a profile come back that the log holds no more'
);
select is((select p.display_name from core.people p where p.id = core.me()), 'Nell', 'it is as it is');
select tests.as_nobody();
alter table audit.changes disable trigger user;
delete from audit.changes c where c.table_name = 'core.people' and c.key::jsonb ->> 'id' = tests.person('nell')::text;
alter table audit.changes enable trigger user;
select tests.as('nell');
select is(
    (select array_agg(p.outcome) from content.recovery_preview(tests.at('nell')) p where p.what = 'profile'),
    '{not_recorded}', 'nor one that nobody recorded'
);
select set_config('tests.nell', core.me()::text, true);
select tests.as_nobody();
update core.people set guardian_id = tests.person('max') where id = tests.person('nell');
select tests.as('max');
select core.erase_person(current_setting('tests.nell')::uuid);
select tests.refused(
    format('select content.%s(now(), %L)', deed, current_setting('tests.nell')), 'not_yours',
    'who was forgotten is not brought back: ' || deed
)
from unnest('{recover_person,recovery_preview}'::text[]) deed;

-- What is closed to somebody, or altogether.

select tests.as('oona');
select content.create_note(tests.scope('otter'), 'Of otters', '{"text": "1"}', summary => 'Of otters.');
select tests.instant('otters');
select content.update_work(tests.work('Of otters'), summary => 'Otherwise.', lang => 'fr');
select content.revise_work(tests.work('Of otters'), '{"text": "2"}');
select tests.as_nobody();
insert into core.sanctions (tenant_id, scope_id, person_id, capability, reason, imposed_by)
values (tests.scope('river'), tests.scope('otter'), tests.person('oona'), 'create', 'a quarrel', tests.person('otis'));
select tests.as('oona');
select is(
    tests.recover('otters'), '{"summary barred","lang barred","says barred"}',
    'who is kept from a place brings nothing back'
);
select tests.as_nobody();
delete from core.sanctions;
update core.scopes set archived_at = now() where slug = 'otter';
select tests.as('oona');
select is(
    tests.recover('otters'), '{"summary closed","lang closed","says closed"}', 'nor does anybody in what is archived'
);
select tests.as_nobody();
update core.scopes set archived_at = null where slug = 'otter';
update core.organizations set status = 'suspended' where slug = 'river';
select tests.as('oona');
select is(tests.recover('otters'), '{"summary closed","lang closed","says closed"}', 'or suspended');
select tests.as_nobody();
update core.organizations set status = 'active' where slug = 'river';
select tests.as('oona');
select is(
    tests.recover('otters'), '{"summary brought_back","lang brought_back","says brought_back"}', 'and then they do'
);

select * from finish();
rollback;
