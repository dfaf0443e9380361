-- Reactions: each kind once, to what one can read, and nothing of a work told to whoever may not read it. What is
-- shared is set here by hand: how it comes about is for tests/consent.

begin;
set local search_path = tap, tests, public;
select plan(58);

-- The comment that says this; whoever asks.
create function tests.comment(body text)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
    select c.id from content.comments c where c.body = comment.body
$$;

-- What somebody sees of reactions, however they were come by.
create function tests.sees(name text)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
    seen bigint;
begin
    perform tests.as(name);
    select count(r.id) into seen from content.reactions r;
    perform tests.as_nobody();
    return seen;
end
$$;

-- A reaction past the functions, as somebody signed in could write it by hand.
create function tests.by_hand(name text, work_id uuid, comment_id uuid, kind text default 'heart')
returns text
language sql
stable
security definer
set search_path = ''
as $$
    select format(
        'insert into content.reactions (tenant_id, work_id, comment_id, person_id, kind) values (%L, %L, %L, %L, %L)',
        tests.scope('river'), work_id, comment_id, tests.person(name), kind
    )
$$;

select tests.world();
select tests.as('dara');
select content.create_note(tests.scope('delta'), 'Silt', '{}');
select tests.as('cleo');
select content.create_note(tests.scope('heron'), title, '{}', visibility => 'public')
from unnest('{Ice,Circle}'::text[]) title;
select content.transition(tests.work('Ice'), 'published');
select content.add_comment(tests.work('Circle'), 'To myself');
select tests.as_nobody();
update content.works set public_version = 1, public_during = tstzmultirange(tstzrange(now(), null)) where title = 'Ice';
select tests.as('eli');
select content.add_comment(tests.work('Ice'), 'It was so');
select content.add_comment(tests.work('Ice'), 'Rude');

-- Reacting.

select tests.as('hazel');
select lives_ok($$select content.react('heart', tests.work('Ice'))$$, 'whoever reads a work reacts to it');
select lives_ok($$select content.react('heart', tests.work('Ice'))$$, 'again, which changes nothing');
select lives_ok($$select content.react('thanks', tests.work('Ice'))$$, 'or in another way');
select lives_ok($$select content.react('heart', comment_id => tests.comment('It was so'))$$, 'or to a comment');
select content.react('learned', comment_id => tests.comment('Rude'));
select tests.as('max');
select content.react('heart', tests.work('Ice'));
select bag_eq(
    'select work_id, comment_id, person_id, kind from content.reactions',
    $$values
        (tests.work('Ice'), null::uuid, tests.person('hazel'), 'heart'),
        (tests.work('Ice'), null, tests.person('hazel'), 'thanks'),
        (tests.work('Ice'), null, tests.person('max'), 'heart'),
        (null, tests.comment('It was so'), tests.person('hazel'), 'heart'),
        (null, tests.comment('Rude'), tests.person('hazel'), 'learned')$$,
    'each kind is there once'
);
select tests.violates(
    $$select content.react('shrug', tests.work('Ice'))$$, 'reactions_kind_fkey', 'there are no other kinds than these'
);
select tests.violates(
    $$select content.react('heart', tests.work('Ice'), tests.comment('It was so'))$$, 'reactions_target_check',
    'nobody reacts to two things at once'
);
select tests.as_anon();
select throws_ok('select person_id from content.reactions', '42501', null, 'not everybody is told whose it is');
select throws_ok(
    $$select content.react('heart', tests.work('Ice'))$$, '42501', null, 'nobody reacts who is unknown'
);
select tests.as_token('{"iss": "https://tests.example", "sub": "nobody yet"}');
select tests.refused(
    $$select content.react('heart', tests.work('Ice'))$$, 'not_signed_in', 'nor who has not registered'
);
select tests.backend_reads(relation) from unnest('{content.reactions,content.reaction_kinds}'::regclass[]) relation;
select tests.as_anon();
select isnt_empty('select from content.reaction_kinds', 'everybody knows the kinds');
select tests.as('eli');
select isnt_empty('select from content.reaction_kinds', 'whoever they are');

-- Of what one does not read.

select tests.as('cleo');
select content.react('heart', tests.work('Circle'));
select content.react('heart', comment_id => tests.comment('To myself'));
select is(tests.sees('cleo'), 7::bigint, 'who reads everything sees every reaction');
select is(tests.sees(name), 5::bigint, format('%s sees those to what they read', name))
from unnest('{anon,hazel,eli}'::text[]) name;
select tests.as('eli');
select tests.refused(
    format('select content.react(%L, %L, %L)', 'heart', work, comment), 'not_found', 'nobody reacts to anything else'
)
from (
    values (tests.work('Circle'), null), (gen_random_uuid(), null), (null, tests.comment('To myself')), (null, null)
) as v (work, comment);
select lives_ok(tests.by_hand('eli', tests.work('Ice'), null), 'by hand one reacts to what one reads');
select lives_ok(tests.by_hand('eli', null, tests.comment('Rude')), 'or to what was said');
select throws_ok(
    tests.by_hand(name, work, comment), '42501', 'new row violates row-level security policy for table "reactions"',
    promise
)
from (
    values
        ('eli', tests.work('Circle'), null::uuid, 'and to nothing else'),
        ('cleo', tests.work('Circle'), null, 'also where there is such a reaction'),
        ('eli', null, tests.comment('To myself'), 'nor to what was said there'),
        ('eli', null, gen_random_uuid(), 'nor to nothing'),
        ('hana', tests.work('Ice'), null, 'nor in another''s name')
) as v (name, work, comment, promise);
select tests.as_nobody();
update core.people set guardian_id = tests.person('hana') where id = tests.person('eli');
select tests.as('hana');
select throws_ok(
    tests.by_hand('eli', tests.work('Ice'), null, 'thanks'), '42501', null, 'also not of somebody one guards'
);
select tests.as_nobody();
update core.people set guardian_id = null where id = tests.person('eli');
insert into core.api_keys (tenant_id, scope_id, person_id, name, channel, key_hash, expires_at)
values (
    tests.scope('river'), tests.scope('heron'), tests.person('cleo'), 'Robot', 'api',
    extensions.digest('robot', 'sha256'), now() + interval '1 day'
);
select tests.as_token(
    jsonb_build_object('person', tests.person('cleo'), 'api_key', (select k.id from core.api_keys k))
);
select tests.refused($$select content.react('heart', tests.work('Ice'))$$, 'not_with_key', 'a program feels nothing');
select throws_ok(tests.by_hand('cleo', tests.work('Ice'), null), '42501', null, 'also not by hand');
select tests.as_nobody();
delete from core.api_keys;

-- What is hidden or taken back.

select tests.as('hana');
select content.moderate_comment(tests.comment('Rude'), true, 'Not kind.');
select is(tests.sees('cleo'), 7::bigint, 'what is hidden, nobody sees reactions to');
select is(tests.sees('hana'), 7::bigint, 'but who moderates');
select tests.as('eli');
select tests.refused(
    $$select content.react('thanks', comment_id => tests.comment('Rude'))$$, 'not_found', 'and nobody reacts to it'
);
select throws_ok(tests.by_hand('eli', null, tests.comment('Rude'), 'thanks'), '42501', null, 'also not by hand');
select content.delete_comment(tests.comment('Rude'));
select tests.as_nobody();
select results_eq(
    'select count(*), count(comment_id) from content.reactions', 'values (7::bigint, 2::bigint)',
    'what was taken back takes the reactions to it along, and no others'
);

-- Taking back a reaction.

select tests.as('hazel');
select tests.refused(
    format('select content.unreact(%L, tests.work(%L))', kind, 'Ice'), 'not_found',
    'nobody takes back what is not there'
)
from unnest('{learned,shrug}'::text[]) kind;
select tests.refused(
    $$select content.unreact('heart', tests.work('Circle'))$$, 'not_found', 'nor what is another''s'
);
select content.unreact('heart', tests.work('Ice'));
select content.unreact('heart', comment_id => tests.comment('It was so'));
select bag_eq(
    'select work_id, comment_id, person_id, kind from content.reactions',
    $$values
        (tests.work('Ice'), null::uuid, tests.person('hazel'), 'thanks'),
        (tests.work('Ice'), null, tests.person('max'), 'heart'),
        (tests.work('Ice'), null, tests.person('eli'), 'heart')$$,
    'who reacted takes it back, and nothing else'
);
select tests.as_token('{"iss": "https://tests.example", "sub": "nobody yet"}');
select tests.refused(
    $$select content.unreact('heart', tests.work('Ice'))$$, 'not_signed_in', 'nobody unknown does'
);
select tests.as_nobody();
update content.works set public_during = '{}' where title = 'Ice';
select is(tests.sees('hazel'), 0::bigint, 'who reads a work no more sees no reaction to it');
select tests.as('hazel');
select lives_ok($$select content.unreact('thanks', tests.work('Ice'))$$, 'but takes theirs back');
select tests.as_nobody();
update content.works set public_during = tstzmultirange(tstzrange(now(), null)) where title = 'Ice';

-- Barred, archived.

insert into core.sanctions (tenant_id, scope_id, person_id, capability, reason, imposed_by)
values (tests.scope('river'), tests.scope('heron'), tests.person('eli'), 'comment', 'a quarrel', tests.person('hana'));
select tests.as('eli');
select tests.refused(
    $$select content.react('thanks', tests.work('Ice'))$$, 'barred', 'who is kept from speaking does not react'
);
select throws_ok(tests.by_hand('eli', tests.work('Ice'), null, 'thanks'), '42501', null, 'also not by hand');
select tests.as_nobody();
delete from core.sanctions;
update core.scopes set archived_at = now() where slug = 'heron';
select tests.as('eli');
select tests.refused(
    $$select content.react('thanks', tests.work('Ice'))$$, 'scope_archived', 'in an archived place nobody does'
);
select tests.refused(
    $$select content.react('thanks', comment_id => tests.comment('It was so'))$$, 'scope_archived', 'nor to a comment'
);
select tests.as('dara');
select lives_ok($$select content.react('heart', tests.work('Silt'))$$, 'elsewhere one does');
select content.unreact('heart', tests.work('Silt'));
select tests.as_nobody();
update core.scopes set archived_at = null where slug = 'heron';

-- Two who are one, and one who is forgotten.

select tests.as('max');
select content.react('thanks', tests.work('Ice'));
select content.react('heart', comment_id => tests.comment('It was so'));
select tests.as('hazel');
select content.react('heart', tests.work('Ice'));
select content.react('learned', tests.work('Ice'));
select content.react('heart', comment_id => tests.comment('It was so'));
select content.react('thanks', comment_id => tests.comment('It was so'));
select tests.as_nobody();
select core.merge_people(tests.person('hazel'), tests.person('max'));
select bag_eq(
    $$
    select coalesce(work_id, comment_id), kind from content.reactions
    where person_id in (tests.person('max'), tests.person('hazel'))
    $$,
    $$values
        (tests.work('Ice'), 'heart'), (tests.work('Ice'), 'thanks'), (tests.work('Ice'), 'learned'),
        (tests.comment('It was so'), 'heart'), (tests.comment('It was so'), 'thanks')$$,
    'who turns out to be somebody else felt each thing once'
);
select is_empty(
    $$select from content.reactions r join core.people p on p.id = r.person_id where p.merged_into is not null$$,
    'as that one'
);
select isnt_empty(
    $$select from content.reactions where person_id = tests.person('eli')$$, 'what others felt stays theirs'
);
select tests.as('eli');
select core.erase_person(tests.person('eli'));
select tests.as_nobody();
select set_eq(
    'select person_id from content.reactions', array[tests.person('max'), tests.person('cleo')],
    'who is forgotten felt nothing'
);

-- What the tables refuse, whoever writes.

select tests.violates(
    tests.variant('content.reactions', changes, chosen), constraint_name, promise
)
from (
    values
        ('{}'::jsonb, 'true', 'reactions_pkey', 'a reaction is there once'),
        (
            '{"reacted_at": "2020-01-01"}', 'work_id is not null', 'reactions_tenant_id_work_id_person_id_kind_key',
            'and each kind once, to a work'
        ),
        (
            '{"reacted_at": "2020-01-01"}', 'comment_id is not null',
            'reactions_tenant_id_comment_id_person_id_kind_key', 'or to a comment'
        ),
        ('{"work_id": null}', 'work_id is not null', 'reactions_target_check', 'to something')
) as v (changes, chosen, constraint_name, promise);
select tests.violates(
    $$insert into content.reaction_kinds (kind, description) values ('A Kind', 'x')$$, 'reaction_kinds_kind_check',
    'a kind has a plain name'
);

select * from finish();
rollback;
