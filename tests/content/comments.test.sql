-- Comments: who says what to a work, who hears it, how it is taken back or hidden, and that nobody learns by them of a
-- work that they may not read. What is shared is set here by hand: how it comes about is for tests/consent.

begin;
set local search_path = tap, tests, public;
select plan(145);

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

create function tests.speak(name text)
returns void
language plpgsql
set search_path = ''
as $$
begin
    perform tests.as(name);
end
$$;

-- What somebody hears of a work, in the order of its path.
create function tests.hears(name text, title text)
returns text[]
language plpgsql
set search_path = ''
as $$
declare
    heard text[];
    work constant uuid := tests.work(title);
begin
    perform tests.speak(name);
    heard := array(select c.body from content.comments c where c.work_id = work order by c.path);
    perform tests.as_nobody();
    return heard;
end
$$;

-- A comment past the functions, as somebody signed in could write it by hand.
create function tests.by_hand(name text, title text, changes jsonb default '{}')
returns text
language sql
stable
security definer
set search_path = ''
as $$
    select format(
        'insert into content.comments (tenant_id, work_id, parent_id, parent_path, aside, author_id, body, mentions) '
        'select tenant_id, work_id, parent_id, parent_path, aside, author_id, body, mentions '
        'from jsonb_populate_record(null::content.comments, %L)',
        jsonb_build_object(
            'tenant_id', w.tenant_id, 'work_id', w.id, 'aside', w.state <> 'published',
            'author_id', tests.person(name), 'body', 'by hand', 'mentions', '{}'::uuid[]
        ) || changes
    )
    from content.works w
    where w.title = by_hand.title
$$;

create function tests.hide_by_hand(name text, body text)
returns text
language sql
stable
security definer
set search_path = ''
as $$
    select format(
        'insert into content.comment_moderations (tenant_id, comment_id, hides, reason, moderator_id) '
        'values (%L, %L, true, %L, %L)',
        tests.scope('river'), tests.comment(hide_by_hand.body), 'By hand.', tests.person(name)
    )
$$;

select tests.world();
select tests.join('rene', 'heron', 'cultural_reviewer');
select tests.join('mona', 'heron', 'moderator');
-- Somewhere else, something that everybody reads, and somebody who moderates there.
select tests.as('dara');
select content.create_note(tests.scope('delta'), 'Silt', '{}', visibility => 'public');
select content.transition(tests.work('Silt'), 'published');
select tests.as('cleo');
select content.create_note(tests.scope('heron'), title, '{}', visibility => 'public')
from unnest('{Ice,Circle,Thaw}'::text[]) title;
select content.add_collaborator(tests.work('Circle'), tests.person('sol'), 'comment');
select content.transition(tests.work(title), 'published') from unnest('{Ice,Thaw}'::text[]) title;
select tests.as_nobody();
update content.works
set
    public_version = 1, community_version = 1,
    public_during = case title when 'Thaw' then '{}' else tstzmultirange(tstzrange(now(), null)) end,
    community_during = case title when 'Thaw' then tstzmultirange(tstzrange(now(), null)) else '{}' end
where title in ('Ice', 'Thaw', 'Silt');

-- Speaking.

select tests.as('hazel');
select lives_ok(
    $$select content.add_comment(tests.work('Ice'), 'From far away')$$, 'whoever reads a work says something to it'
);
select tests.as('eli');
select lives_ok(
    $$select content.add_comment(tests.work('Ice'), 'It was so', tests.comment('From far away'))$$, 'and others reply'
);
select tests.as('cleo');
select content.add_comment(tests.work('Ice'), 'I remember', tests.comment('It was so'));
select content.add_comment(tests.work('Ice'), 'Anew');
select tests.as('hazel');
select content.add_comment(tests.work('Ice'), 'Once more', tests.comment('From far away'));
select is(
    tests.hears('eli', 'Ice'), '{From far away,It was so,I remember,Once more,Anew}'::text[],
    'ordered by its path, a thread reads from the top'
);
select tests.as_nobody();
select results_eq(
    $$
    select
        c.body, p.body, extensions.nlevel(c.path), t.body, c.aside, c.author_id = tests.person('cleo'), c.state::text,
        c.edited_at
    from content.comments c
    join content.comments t on t.id = c.thread_id
    left join content.comments p on p.id = c.parent_id
    order by c.path
    $$,
    $$values
        ('From far away', null, 1, 'From far away', false, false, 'visible', null::timestamptz),
        ('It was so', 'From far away', 2, 'From far away', false, false, 'visible', null),
        ('I remember', 'It was so', 3, 'From far away', false, true, 'visible', null),
        ('Once more', 'From far away', 2, 'From far away', false, false, 'visible', null),
        ('Anew', null, 1, 'Anew', false, true, 'visible', null)$$,
    'every comment knows its parent and the beginning of its thread'
);
select results_eq(
    $$
    select o.topic, o.scope_id, convert_from(o.body, 'utf8')::jsonb
    from ops.outbox o where o.topic ^@ 'comment.' order by o.id limit 1
    $$,
    $$values (
        'comment.added', tests.scope('heron'),
        jsonb_build_object('comment_id', tests.comment('From far away'), 'work_id', tests.work('Ice'))
    )$$,
    'those who listen are told, by ids alone'
);
select is(tests.hears('anon', 'Ice'), tests.hears('eli', 'Ice'), 'what everybody reads, everybody hears');
select tests.as_anon();
select throws_ok(
    format('select %s from content.comments', hidden), '42501', null, format('but not %s', hidden)
)
from unnest('{author_id,mentions}'::text[]) hidden;
select throws_ok(
    $$select content.add_comment(tests.work('Ice'), 'x')$$, '42501', null, 'and nobody speaks who is unknown'
);
select tests.as_token('{"iss": "https://tests.example", "sub": "nobody yet"}');
select tests.refused(
    $$select content.add_comment(tests.work('Ice'), 'x')$$, 'not_signed_in', 'nor who has not registered'
);
select tests.backend_reads('content.comments');

-- Of a work that somebody does not read, nothing is said, and nothing is told.

select tests.as('sol');
select lives_ok(
    $$select content.add_comment(tests.work('Circle'), 'Between us')$$, 'who helps with a draft speaks of it'
);
select tests.as('cleo');
select content.add_comment(tests.work('Circle'), 'Yes', tests.comment('Between us'));
select is(tests.hears(name, 'Circle'), '{}'::text[], format('%s hears nothing of a draft', name))
from unnest('{anon,hazel,eli,rene,mona,hana}'::text[]) name;
select tests.as('eli');
select tests.refused(
    format('select content.add_comment(%L, %L)', work, 'x'), 'not_found', 'a hidden work and none are refused alike'
)
from (values (tests.work('Circle')), (gen_random_uuid())) as v (work);
select tests.refused(
    format('select content.add_comment(tests.work(%L), %L, tests.comment(%L))', 'Ice', 'x', 'Between us'),
    'not_found', 'no thread spans two works'
)
from unnest('{eli,cleo}'::text[]) name
cross join lateral tests.as(name);
select tests.as('eli');
select lives_ok(tests.by_hand('eli', 'Ice'), 'written by hand, a comment on what one reads is let in');
select throws_ok(
    tests.by_hand(name, title, changes), '42501',
    'new row violates row-level security policy for table "comments"', promise
)
from (
    values
        ('eli', 'Circle', '{}'::jsonb, 'on what one does not read it is not'),
        ('eli', 'Circle', jsonb_build_object('mentions', array[tests.person('sol')]), 'whomever it mentions'),
        ('eli', 'Circle', jsonb_build_object('parent_id', gen_random_uuid()), 'whatever it replies to'),
        ('eli', 'Circle', jsonb_build_object('tenant_id', gen_random_uuid()), 'wherever it says it is'),
        ('eli', 'Ice', '{"aside": true}', 'nor aside, by somebody who does not make the work'),
        ('hana', 'Ice', '{}', 'nor in another''s name')
) as v (name, title, changes, promise)
cross join lateral tests.as('eli');
select tests.as('cleo');
select throws_ok(
    tests.by_hand('cleo', 'Circle', '{"aside": false}'), '42501', null,
    'nothing is said to readers of what is not published'
);
select lives_ok(tests.by_hand('cleo', 'Ice', '{"aside": true, "body": "Only us"}'), 'who makes a work speaks aside');
select tests.as_nobody();
update core.people set guardian_id = tests.person('hana') where id = tests.person('eli');
select tests.as('hana');
select throws_ok(
    tests.by_hand('eli', 'Ice'), '42501', null, 'a guardian says nothing in the name of whom they guard'
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
select tests.refused(
    $$select content.add_comment(tests.work('Ice'), 'x')$$, 'not_with_key', 'a program does not speak'
);
select throws_ok(tests.by_hand('cleo', 'Ice'), '42501', null, 'also not by hand');
select tests.as_nobody();
delete from core.api_keys;

-- Said aside.

select tests.as_nobody();
select is(tests.hears('sol', 'Circle'), '{Between us,Yes}'::text[], 'who makes a work hears what is said of it');
select is(
    (tests.hears('cleo', 'Ice'))[6:], '{by hand,Only us}'::text[], 'aside, also when it is published'
);
select is((tests.hears(name, 'Ice'))[6:], '{by hand}'::text[], format('%s does not', name))
from unnest('{eli,anon,mona}'::text[]) name;
select tests.as('cleo');
select content.transition(tests.work('Circle'), 'submitted');
select is(
    tests.hears('rene', 'Circle'), '{Between us,Yes}'::text[], 'a reviewer hears it while the work waits for them'
);
select tests.as('rene');
select lives_ok(
    $$select content.add_comment(tests.work('Circle'), 'Who is this?', tests.comment('Yes'))$$,
    'and says what is to say'
);
select lives_ok(
    $$select content.add_comment(tests.work('Circle'), 'A word')$$, 'aside, too'
);
select content.transition(tests.work('Circle'), 'in_review');
select lives_ok(
    $$select content.add_comment(tests.work('Circle'), 'In review')$$, 'also when they have begun'
);
select content.transition(tests.work('Circle'), 'approved');
select tests.as('cleo');
select content.transition(tests.work('Circle'), 'published');
select tests.as_nobody();
update content.works set public_version = 1, public_during = tstzmultirange(tstzrange(now(), null))
where title = 'Circle';
select is(tests.hears(name, 'Circle'), '{}'::text[], format('published, none of it is for %s', name))
from unnest('{anon,eli,rene}'::text[]) name;
select tests.as('sol');
select content.add_comment(tests.work('Circle'), 'Still us', tests.comment('Yes'));
select tests.as('eli');
select content.add_comment(tests.work('Circle'), 'Well done');
select is(tests.hears('eli', 'Circle'), '{Well done}'::text[], 'a reply to what was said aside is said aside');
select is(
    tests.hears('sol', 'Circle'), '{Between us,Yes,Who is this?,Still us,A word,In review,Well done}'::text[],
    'and heard by those who make it'
);
select tests.refused(
    $$select content.add_comment(tests.work('Circle'), 'x', tests.comment('Yes'))$$, 'not_found',
    'nobody else replies to that'
)
from tests.as('eli');

-- Mentions.

select tests.as('eli');
select lives_ok(
    $$select content.add_comment(
        tests.work('Thaw'), 'Do you?', mentions => array[tests.person('cleo'), tests.person('sol')]
    )$$,
    'who reads the work can be mentioned by those who see them'
);
select is(core.me(), tests.person('eli'), 'and whoever spoke is themselves again');
select tests.refused(
    $$select content.add_comment(tests.work('Circle'), 'x', mentions => array[tests.person('hugo')])$$, 'not_found',
    'nobody is mentioned whom one does not see'
);
select tests.refused(
    $$select content.add_comment(tests.work('Circle'), 'x', mentions => array[tests.person('hazel')])$$, 'not_found',
    'also not who spoke elsewhere'
);
select lives_ok(
    $$select content.add_comment(tests.work('Ice'), 'Far?', mentions => array[tests.person('hazel')])$$,
    'who spoke there can be, whoever they are'
);
select tests.refused(
    $$select content.add_comment(tests.work('Ice'), 'x', mentions => array[gen_random_uuid()])$$, 'not_found',
    'and of who is not there nothing else is told'
);
select tests.as('sol');
select tests.refused(
    $$select content.add_comment(
        tests.work('Circle'), 'x', tests.comment('Yes'), array[tests.person('cleo'), tests.person('eli')]
    )$$,
    'not_found', 'nobody is mentioned who cannot hear it'
);
select tests.refused(
    $$select content.edit_comment(tests.comment('Still us'), 'x', array[tests.person('eli')])$$, 'not_found',
    'nor afterwards'
);

-- Who was mentioned and reads no more is not asked about when it is said otherwise.

savepoint before_leaving;
select tests.as('cleo');
select core.leave(tests.scope('heron'));
select tests.as('eli');
select lives_ok(
    $$select content.edit_comment(tests.comment('Do you?'), 'Do you still?')$$,
    'what is said is said otherwise also when somebody whom it mentions reads it no more'
);
select is(
    (select c.mentions from content.comments c where c.body = 'Do you still?'),
    array[tests.person('cleo'), tests.person('sol')], 'and goes on mentioning them'
);
select tests.refused(
    $$select content.edit_comment(tests.comment('Do you still?'), 'x', array[tests.person('cleo')])$$, 'not_found',
    'they are not mentioned anew'
);
select tests.as_nobody();
rollback to before_leaving;

-- Saying it otherwise.

select tests.as('eli');
select content.edit_comment(tests.comment('Do you?'), 'Do you, too?');
select results_eq(
    $$
    select c.mentions, c.edited_at from content.comments c where c.body = 'Do you, too?'
    $$,
    $$values (array[tests.person('cleo'), tests.person('sol')], now())$$,
    'who said it says it otherwise; whom it mentions stays, unless that is said, too'
);
select content.edit_comment(tests.comment('Do you, too?'), 'Do you, too?', '{}');
select is((select c.mentions from content.comments c where c.body = 'Do you, too?'), '{}', 'as here');
select is(tests.hears('anon', 'Thaw'), '{}'::text[], 'what is said among a community is not for everybody');
select tests.as('cleo');
select tests.refused(
    $$select content.edit_comment(tests.comment('Do you, too?'), 'x')$$, 'not_found', 'nobody else does'
);
select is_empty($$update content.comments set body = 'x' where body = 'Do you, too?' returning body$$, 'in no way');
select tests.as_anon();
select throws_ok($$update content.comments set body = 'x'$$, '42501', null, 'least of all somebody unknown');
select tests.as_nobody();
select is(
    (select count(*) from ops.outbox o where o.topic = 'comment.edited'), 2::bigint, 'those who listen are told'
);
update content.comments set mentions = mentions where body = 'Anew';
select is(
    (select c.edited_at from content.comments c where c.body = 'Anew'), null, 'what stays as it was is not edited'
);

-- What only the log knows.

select is_empty(
    $$
    select from audit.changes c
    where c.table_name = 'content.comments' and concat(c.clear, c.personal) ~ 'Do you'
    $$,
    'the log keeps a hash of what was said, and no word'
);

-- Barred, archived.

insert into core.sanctions (tenant_id, scope_id, person_id, capability, reason, imposed_by)
values (tests.scope('river'), tests.scope('heron'), tests.person('eli'), 'comment', 'a quarrel', tests.person('hana'));
select tests.as('eli');
select tests.refused(
    $$select content.add_comment(tests.work('Thaw'), 'x')$$, 'barred', 'who is kept from speaking does not'
);
select throws_ok(tests.by_hand('eli', 'Thaw'), '42501', null, 'also not by hand');
select is_empty(
    $$update content.comments set body = 'x' where author_id = core.me() returning body$$, 'in no other words'
);
select tests.refused(
    $$select content.edit_comment(tests.comment('Do you, too?'), 'x')$$, 'barred', 'nor otherwise'
);
select is(tests.hears('eli', 'Thaw'), '{"Do you, too?"}'::text[], 'but hears');
select tests.as_nobody();
delete from core.sanctions;
update core.scopes set archived_at = now() where slug = 'heron';
select tests.as('eli');
select tests.refused(
    $$select content.add_comment(tests.work('Thaw'), 'x')$$, 'scope_archived', 'in an archived place nobody speaks'
);
select tests.refused(
    $$select content.edit_comment(tests.comment('Do you, too?'), 'x')$$, 'scope_archived', 'nor otherwise'
);
select tests.as_nobody();
update core.scopes set archived_at = null where slug = 'heron';

-- Hiding.

select tests.as('mona');
select lives_ok(
    $$select content.moderate_comment(tests.comment('From far away'), true, 'Not kind.')$$,
    'a moderator hides a comment'
);
select tests.as_nobody();
select is('From far away' = any (tests.hears(name, 'Ice')), hears, format('%s still hears it: %s', name, hears))
from (
    values
        ('anon', false), ('eli', false), ('cleo', false), ('rene', false),
        ('hazel', true), ('mona', true), ('hana', true)
) as v (name, hears);
select is('It was so' = any (tests.hears(name, 'Ice')), true, format('%s hears what was replied', name))
from unnest('{anon,eli}'::text[]) name;
select tests.as('eli');
select tests.refused(
    $$select content.add_comment(tests.work('Ice'), 'x', tests.comment('From far away'))$$, 'not_found',
    'nobody replies to what is hidden'
);
select tests.as('hazel');
select results_eq(
    'select hides, reason, moderator_id from content.comment_moderations',
    $$values (true, 'Not kind.', tests.person('mona'))$$, 'its author reads why'
);
select tests.refused(
    $$select content.edit_comment(tests.comment('From far away'), 'x')$$, 'not_found', 'and says it no other way'
);
select is_empty(
    $$update content.comments set body = 'x' where body = 'From far away' returning body$$, 'also not by hand'
);
select tests.refused(
    $$select content.moderate_comment(tests.comment('From far away'), false, 'But it is.')$$, 'not_found',
    'nor shows it again'
);
select tests.as('hana');
select isnt_empty('select from content.comment_moderations', 'other moderators read why');
select tests.refused(
    $$select content.moderate_comment(tests.comment('From far away'), true, 'Not kind.')$$, 'not_found',
    'what is hidden is not hidden again'
);
select tests.as_nobody();
select tests.backend_reads('content.comment_moderations');
select tests.refused(statement, 'append_only', 'what was done stays, whoever writes')
from unnest(array[
    'delete from content.comment_moderations', $$update content.comment_moderations set reason = 'x'$$
]) statement;
select tests.as('hana');
select lives_ok(
    $$select content.moderate_comment(tests.comment('From far away'), false, 'It was meant well.')$$,
    'or shows it again'
);
select tests.refused(
    $$select content.moderate_comment(tests.comment('From far away'), false, 'x')$$, 'not_found', 'once'
);
select tests.as_nobody();
select is('From far away' = any (tests.hears('anon', 'Ice')), true, 'and everybody hears it');
select tests.as('dara');
select is_empty('select from content.comment_moderations', 'who moderates elsewhere reads no reason');
select tests.as('eli');
select is_empty('select from content.comment_moderations', 'who neither said it nor moderates reads none either');
select tests.refused(
    $$select content.moderate_comment(tests.comment('Anew'), true, 'x')$$, 'not_found', 'and hides nothing'
);
select tests.as('mona');
select tests.refused(
    $$select content.moderate_comment(tests.comment('Still us'), true, 'x')$$, 'not_found',
    'nor a moderator what they do not hear'
);
select tests.violates(
    format('select content.moderate_comment(tests.comment(%L), true, %L)', 'Anew', reason),
    'comment_moderations_reason_check', 'and there is a reason, in a few words'
)
from unnest(array[' ', repeat('x', 2001)]) reason;
select content.add_comment(tests.work('Ice'), 'Peace');
select tests.as_token(
    jsonb_build_object('person', tests.person('mona'), 'api_key', gen_random_uuid())
);
select tests.refused(
    $$select content.moderate_comment(tests.comment('Anew'), true, 'x')$$, 'not_with_key', 'a program hides nothing'
);
select tests.as_token('{"iss": "https://tests.example", "sub": "nobody yet"}');
select tests.refused(
    $$select content.moderate_comment(tests.comment('Anew'), true, 'x')$$, 'not_signed_in', 'nor somebody unknown'
);

select tests.as('mona');
select lives_ok(tests.hide_by_hand('mona', 'Anew'), 'by hand, a moderator hides a comment');
select throws_ok(
    tests.hide_by_hand(name, body), '42501',
    'new row violates row-level security policy for table "comment_moderations"', promise
)
from (
    values
        ('mona', 'mona', 'Peace', 'but not their own'),
        ('mona', 'hana', 'I remember', 'nor in another''s name'),
        ('mona', 'mona', 'Still us', 'nor what they do not hear'),
        ('dara', 'dara', 'I remember', 'nor does who moderates elsewhere'),
        ('eli', 'eli', 'I remember', 'or nowhere')
) as v (speaker, name, body, promise)
cross join lateral tests.as(speaker);
select tests.as_nobody();
insert into core.api_keys (tenant_id, scope_id, person_id, name, channel, key_hash, expires_at)
values (
    tests.scope('river'), tests.scope('heron'), tests.person('mona'), 'Robot', 'api',
    extensions.digest('robot', 'sha256'), now() + interval '1 day'
);
insert into core.api_key_permissions (api_key_id, permission) select k.id, 'comment.moderate' from core.api_keys k;
select tests.as_token(
    jsonb_build_object('person', tests.person('mona'), 'api_key', (select k.id from core.api_keys k))
);
select throws_ok(tests.hide_by_hand('mona', 'I remember'), '42501', null, 'nor does a program');
select tests.as_nobody();
update core.people set guardian_id = tests.person('mona') where id = tests.person('hana');
select tests.as('mona');
select throws_ok(tests.hide_by_hand('hana', 'I remember'), '42501', null, 'nor a guardian for whom they guard');
select tests.as_nobody();
update core.people set guardian_id = null where id = tests.person('hana');
insert into content.comment_moderations (tenant_id, comment_id, hides, reason, moderator_id)
values (tests.scope('river'), tests.comment('Anew'), false, 'By hand.', tests.person('mona'));

-- Taking it back.

select tests.as('cleo');
select tests.refused(
    $$select content.delete_comment(tests.comment('It was so'))$$, 'not_found', 'nobody takes back what another said'
);
select tests.as_token('{"iss": "https://tests.example", "sub": "nobody yet"}');
select tests.refused(
    $$select content.delete_comment(tests.comment('It was so'))$$, 'not_signed_in', 'nor somebody unknown'
);
select tests.as('hazel');
select content.edit_comment(tests.comment('From far away'), 'From far away', array[tests.person('eli')]);
select tests.as_nobody();
update content.works set public_during = '{}' where title = 'Ice';
create temporary table taken as select tests.comment('From far away') as id;
grant select on taken to authenticated;
select tests.as('hazel');
select is(tests.hears('hazel', 'Ice'), '{}'::text[], 'who reads a work no more hears nothing of it');
select tests.as('hazel');
select is_empty('select from content.comment_moderations', 'nor why something was hidden');
select tests.refused(
    format('select content.edit_comment(%L, %L)', tests.comment('Once more'), 'x'), 'not_found', 'and says nothing'
);
select lives_ok(
    format('select content.delete_comment(%L)', tests.comment('From far away')), 'but takes back what is theirs'
);
select tests.as_nobody();
update content.works set public_during = tstzmultirange(tstzrange(now(), null)) where title = 'Ice';
select results_eq(
    $$
    select c.body, c.author_id, c.mentions, c.state::text, c.edited_at
    from content.comments c
    where c.id = (select id from taken)
    $$,
    $$values ('', null::uuid, '{}'::uuid[], 'deleted', null::timestamptz)$$,
    'what was said and by whom is gone'
);
select is(
    (tests.hears('anon', 'Ice'))[1:4], '{"",It was so,I remember,Once more}'::text[], 'and its thread stays'
);
select tests.as('hazel');
select tests.refused(
    format('select content.delete_comment(%L)', (select id from taken)), 'not_found', 'it is nobody''s any more'
);
select tests.refused(
    format('select content.add_comment(tests.work(%L), %L, %L)', 'Ice', 'x', (select id from taken)), 'not_found',
    'nobody replies to it'
);
select tests.as('mona');
select tests.refused(
    format('select content.moderate_comment(%L, true, %L)', (select id from taken), 'x'), 'not_found',
    'or hides it'
);

-- Who is forgotten.

select tests.as('eli');
select content.edit_comment(
    tests.comment('It was so'), 'It was so', array[tests.person('hazel'), tests.person('cleo')]
);
select core.erase_person(p) from (select tests.person('hazel') as p from tests.as('hazel')) h;
select tests.as_nobody();
select is_empty(
    $$select from content.comments where author_id = tests.person('hazel') or body = 'Once more'$$,
    'who is forgotten said nothing'
);
select is(
    (select c.mentions from content.comments c where c.body = 'It was so'), array[tests.person('cleo')],
    'and is mentioned nowhere; others are'
);
select isnt_empty($$select from content.comments where body = 'I remember'$$, 'what others said stays');

-- What the table refuses, whoever writes.

select tests.violates(
    tests.variant('content.comments', changes, $$body = 'It was so'$$), constraint_name, promise
)
from (
    values
        ('{}'::jsonb, 'comments_pkey', 'a comment is there once'),
        (
            jsonb_build_object('work_id', tests.work('Circle')),
            'comments_tenant_id_work_id_parent_id_parent_path_aside_fkey', 'no thread spans two works'
        ),
        (
            '{"aside": true}', 'comments_tenant_id_work_id_parent_id_parent_path_aside_fkey',
            'nothing said aside replies to what is not'
        ),
        (
            (select jsonb_build_object('parent_path', c.path) from content.comments c where c.body = 'Anew'),
            'comments_tenant_id_work_id_parent_id_parent_path_aside_fkey', 'nor stands elsewhere'
        ),
        ('{"parent_path": null}', 'comments_parent_path_check', 'nor nowhere'),
        ('{"parent_id": null}', 'comments_parent_path_check', 'nor below nothing'),
        (
            jsonb_build_object('parent_path', repeat(repeat('0', 32) || '.', 7) || repeat('0', 32)),
            'comments_path_check', 'a thread is eight deep at most'
        ),
        ('{"author_id": null}', 'comments_author_id_check', 'somebody said it'),
        (
            '{"state": "deleted", "body": "", "mentions": []}', 'comments_author_id_check',
            'of what was taken back, nobody is told'
        ),
        ('{"body": " "}', 'comments_body_check', 'who speaks says something'),
        (jsonb_build_object('body', repeat('x', 10001)), 'comments_body_check', 'and no book'),
        ('{"state": "deleted", "author_id": null, "mentions": []}', 'comments_body_check', 'nor what it said'),
        ('{"state": "deleted", "author_id": null, "body": ""}', 'comments_mentions_check', 'nor to whom'),
        ('{"mentions": [null]}', 'comments_mentions_check', 'nobody in particular is not mentioned'),
        (
            jsonb_build_object('mentions', (select jsonb_agg(gen_random_uuid()) from generate_series(1, 21))),
            'comments_mentions_check', 'nor are more than twenty'
        )
) as v (changes, constraint_name, promise);

-- Elsewhere.

select tests.as('hazel');
select content.add_comment(tests.work('Silt'), 'Over there');
select tests.as_nobody();
select is(
    (select o.scope_id from ops.outbox o where o.topic = 'comment.added' order by o.id desc limit 1),
    tests.scope('delta'), 'each place is told of what is said there'
);

select * from finish();
rollback;
