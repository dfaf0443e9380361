-- What nobody does about protocols whom nobody knows; and what a program with a key does not do, as it is asked of a
-- person.

begin;
set local search_path = tap, tests, public;
select plan(23);

select tests.world();
select tests.as('sol');
create temporary table made as
select
    consent.create_protocol(
        tests.scope('heron'), 'Ashes', 'family', 'everybody', acknowledgement => 'Take care.'
    ) as protocol_id,
    consent.create_protocol_group(tests.scope('heron'), 'Family') as group_id,
    tests.membership('eli', 'heron') as membership_id;
grant select on made to public;
alter table made add admission_id uuid;
update made set admission_id = consent.admit_by_protocol(protocol_id, group_id => group_id);
select consent.add_to_protocol_group(group_id, membership_id) from made;
select tests.join('ada', 'heron', 'community_member');
select tests.as('ada');
select content.create_note(tests.scope('heron'), 'Ice', '{"text": "1"}');
select tests.as_nobody();

-- Somebody whom nobody knows is told to sign in.

create temporary table deeds on commit drop as
select *
from (
    values
        ($$select consent.create_protocol(tests.scope('heron'), 'Mine', 'family', 'everybody')$$, false),
        ($$select consent.update_protocol(protocol_id, 'Mine') from made$$, false),
        ($$select consent.retire_protocol(protocol_id) from made$$, false),
        ($$select consent.reinstate_protocol(protocol_id) from made$$, false),
        ($$select consent.create_protocol_group(tests.scope('heron'), 'Mine')$$, false),
        ($$select consent.add_to_protocol_group(group_id, membership_id) from made$$, false),
        ($$select consent.remove_from_protocol_group(group_id, membership_id) from made$$, false),
        ($$select consent.admit_by_protocol(protocol_id, membership_id => membership_id) from made$$, false),
        ($$select consent.remove_admission(admission_id) from made$$, false),
        ($$select consent.acknowledge_protocol(protocol_id) from made$$, true),
        ($$select consent.protect_work(tests.work('Ice'), tests.scope('heron'), '{}')$$, true),
        ($$select consent.adopt_label(tests.scope('heron'), 'tk_clan')$$, false),
        ($$select consent.word_label(tests.scope('heron'), 'tk_clan', 'en', 'Ours', 'Ours.')$$, false),
        ($$select consent.ratify_label(tests.scope('heron'), 'tk_secret_sacred')$$, true),
        ($$select consent.label_work(tests.work('Ice'), tests.scope('heron'), 'tk_clan')$$, true),
        ($$select consent.unlabel_work(tests.work('Ice'), tests.scope('heron'), 'tk_clan')$$, true),
        ($$select consent.open_work(tests.work('Ice'))$$, true)
) as v (deed, in_person);
grant select on deeds to authenticated;
select tests.as_token('{"iss": "https://tests.example", "sub": "nobody ever"}');
select tests.refused(deed, 'not_signed_in', 'not somebody unknown: ' || deed) from deeds;

-- A program does not acknowledge, open or protect anything for somebody, whatever its key is for.

select tests.as('ada');
create temporary table key on commit drop as
select core.create_api_key(tests.scope('river'), 'all', '{scope.read}') as secret;
select tests.as_nobody();
select set_config('tests.claims', core.authenticate_api_key(sha256(convert_to(secret, 'utf8')))::text, true) from key;
select tests.as('ada');
select set_config('request.jwt.claims', current_setting('tests.claims'), true);
select tests.refused(deed, 'not_with_key', 'nor a program: ' || deed) from deeds where in_person;
select tests.as_nobody();

select * from finish();
rollback;
