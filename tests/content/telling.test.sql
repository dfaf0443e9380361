-- What everybody could read, and not everybody can any more, is told to whoever keeps copies of it, whichever way it
-- came to that: once, by its id, with what caused it. What was never public is not told.

begin;
set local search_path = tap, tests, public;
select plan(37);

-- Somebody publishes a note that everybody may read.
create function tests.publish(name text, title text, visibility content.work_visibility default 'public')
returns void
language plpgsql
set search_path = ''
as $$
begin
    perform tests.as(name);
    perform content.create_note(tests.scope('heron'), title, '{"text": "1"}', visibility => publish.visibility);
    perform content.transition(tests.work(title), 'published');
    perform consent.give_consent(tests.work(title), purpose)
    from unnest('{public_sharing,community_sharing}'::text[]) purpose;
end
$$;

-- What was told of a work since it was last asked for.
create function tests.heard(title text)
returns text[]
language sql
volatile
security definer
set search_path = ''
as $$
    with told as (
        delete from ops.outbox o
        where o.topic in ('work.closed', 'work.replaced')
            and convert_from(o.body, 'utf8')::jsonb ->> 'work_id' = tests.work(title)::text
        returning o.topic, convert_from(o.body, 'utf8')::jsonb - 'work_id' as what, o.id
    )
    select array_agg(concat_ws(' ', t.topic, nullif(t.what, '{}')) order by t.id) from told t
$$;

-- Somebody does something to a work, and what is heard of it then.
create function tests.after(name text, title text, statement text)
returns text[]
language plpgsql
set search_path = ''
as $$
begin
    perform tests.as(name);
    execute format(statement, tests.work(title));
    return tests.heard(title);
end
$$;

select tests.world();
select tests.as('sol');
select consent.create_protocol(tests.scope('heron'), 'Embers', 'family', 'everybody');
select tests.publish('cleo', title)
from unnest(
    '{Ash,Bay,Cod,Dew,Elk,Fen,Gum,Hay,Ink,Kelp,Loam,Moss,Nut,Oak,Peat,Quay,Reed,Silt}'::text[]
) title;
select tests.as_nobody();
select is_empty(
    $$select from ops.outbox where topic in ('work.closed', 'work.replaced')$$,
    'what becomes public is not told: nobody keeps a copy of it'
);

-- Every way in which something stops being public.

select is(tests.after('cleo', title, statement), '{work.closed}', promise)
from (
    values
        ('Ash', $$select consent.withdraw_consent(%L, 'public_sharing')$$, 'a consent that is taken back is told'),
        ('Bay', $$select consent.withdraw_consent(%L)$$, 'also where all are'),
        ('Cod', $$select consent.refuse_consent(%L, 'public_sharing')$$, 'a no after a yes'),
        ('Dew', $$select content.transition(%L, 'withdrawn')$$, 'a work that is taken back'),
        ('Elk', $$select content.transition(%L, 'archived')$$, 'or put away'),
        ('Fen', $$select content.update_work(%L, visibility => 'community')$$, 'that is shared less far'),
        ('Gum', $$select content.update_work(%L, visibility => 'private')$$, 'or with nobody'),
        (
            'Hay', $$select consent.add_party(%L, tests.person('eli'), 'depicted')$$,
            'that somebody else has to consent to now'
        ),
        ('Ink', $$select consent.add_community(%L, tests.scope('heron'))$$, 'or a community')
) as v (title, statement, promise);
select is(
    tests.after('sol', 'Kelp', $$select consent.protect_work(
        %L, tests.scope('heron'), array(select p.id from consent.protocols p where p.name = 'Embers')
    )$$),
    '{work.closed}', 'a work that is put under a protocol'
);
select is(
    tests.after('cleo', 'Loam', $$
        select consent.give_consent(%1$L, 'public_sharing', until => now() + interval '1 day');
        select consent.withdraw_consent(%1$L, 'public_sharing')
    $$),
    '{work.closed}', 'a consent for a time, before it is over'
);
-- Whoever waited for somebody who made it public meanwhile lives in an instant when it was not.
select tests.as_nobody();
update content.works w
set public_during = tstzmultirange(tstzrange(clock_timestamp(), null))
where w.title = 'Moss';
select is(tests.heard('Moss'), null, 'what is still public is not told');
select is(
    tests.after('cleo', 'Moss', $$select consent.withdraw_consent(%L, 'public_sharing')$$), '{work.closed}',
    'what became public after a transaction began, and stops by it, is'
);

-- Once, and not again.

select is(tests.after('cleo', title, statement), null, promise)
from (
    values
        ('Ash', $$select consent.withdraw_consent(%L)$$, 'what is not public any more is not told again'),
        ('Ash', $$select consent.give_consent(%L, 'public_sharing')$$, 'nor what is public again'),
        ('Fen', $$select content.transition(%L, 'withdrawn')$$, 'nor what only its community read'),
        ('Nut', $$select consent.withdraw_consent(%L, 'community_sharing')$$, 'nor what stays public'),
        ('Nut', $$select consent.give_consent(%L, 'research')$$, 'nor a consent to something else'),
        (
            'Nut', $$select consent.give_consent(%L, 'public_sharing', until => now() + interval '9 days')$$,
            'nor that it will end'
        )
) as v (title, statement, promise);
select tests.as('cleo');
select consent.give_consent(tests.work('Nut'), 'public_sharing', until => clock_timestamp() + interval '1 ms');
select pg_sleep(0.01);
select tests.heard('Nut');
select is(
    tests.after('cleo', 'Nut', $$select consent.withdraw_consent(%L)$$), null,
    'nor what had ended by itself'
);

-- What was never public.

select tests.publish('cleo', 'Private', 'private');
select tests.publish('cleo', 'Shared', 'community');
select tests.as('cleo');
select content.create_note(tests.scope('heron'), 'Draft', '{"text": "1"}', visibility => 'public');
select consent.give_consent(tests.work('Draft'), 'public_sharing');
select content.create_note(tests.scope('heron'), 'Asked', '{"text": "1"}', visibility => 'public');
select content.transition(tests.work('Asked'), 'published');
select content.create_note(tests.scope('heron'), 'Restricted', '{"text": "1"}', visibility => 'public');
select consent.protect_work(tests.work('Restricted'), tests.scope('heron'), array[p.id]) from consent.protocols p;
select content.transition(tests.work('Restricted'), 'published');
select consent.give_consent(tests.work('Restricted'), 'public_sharing');
select tests.as('sol');
select consent.retire_protocol(p.id) from consent.protocols p;
select is(tests.heard('Restricted'), null, 'a protocol that is retired closes nothing that was public');
select is(tests.after('cleo', title, statement), null, title || ' was never public, and is not told')
from (
    values
        ('Private', $$select consent.withdraw_consent(%L)$$),
        ('Shared', $$select content.transition(%L, 'withdrawn')$$),
        ('Draft', $$select consent.withdraw_consent(%L)$$),
        ('Asked', $$select consent.refuse_consent(%L, 'public_sharing')$$),
        ('Restricted', $$select content.transition(%L, 'archived')$$)
) as v (title, statement);

-- Another version.

select is(
    tests.after('cleo', 'Oak', $$select content.revise_work(%L, '{"text": "2"}')$$),
    '{"work.replaced {\"version\": 2}"}', 'that everybody reads another version is told, and which'
);
select is(
    tests.after('cleo', 'Oak', $$select content.revise_work(%L, '{"text": "3"}', minor => true)$$),
    '{"work.replaced {\"version\": 3}"}', 'also a minor one'
);
select tests.as('cleo');
select content.restore_work(tests.work('Oak'), 1);
select is(tests.heard('Oak'), '{"work.replaced {\"version\": 4}"}', 'or an old one once more');
select consent.add_party(tests.work('Peat'), tests.person('eli'), 'depicted');
select tests.heard('Peat');
select tests.as('eli');
select consent.give_consent(tests.work('Peat'), 'public_sharing');
select is(
    tests.after('cleo', 'Peat', $$select content.revise_work(%L, '{"text": "2"}')$$), null,
    'a version that somebody has not agreed to yet is not'
);
select is(
    tests.after('eli', 'Peat', $$select consent.give_consent(%L, 'public_sharing')$$),
    '{"work.replaced {\"version\": 2}"}', 'until they do'
);
select is(
    tests.after('eli', 'Peat', $$select consent.withdraw_consent(%L)$$), '{work.closed}',
    'and whoever has to consent closes it'
);

select tests.as('cleo');
select consent.add_party(tests.work('Silt'), tests.person('eli'), 'depicted');
select tests.as('eli');
select consent.give_consent(tests.work('Silt'), 'public_sharing');
select tests.as('cleo');
select content.revise_work(tests.work('Silt'), '{"text": "2"}');
select tests.heard('Silt');
select is(
    tests.after(
        'eli', 'Silt', $$select consent.give_consent(%L, 'public_sharing', begins => now() + interval '1 day')$$
    ),
    '{work.closed}', 'a version that they agree to from tomorrow on closes it until then'
);

-- Somebody is forgotten.

select tests.as('cleo');
select core.erase_person(tests.person('cleo'));
select is(tests.heard(title), told, promise)
from (
    values
        ('Quay', '{work.closed}'::text[], 'when somebody is forgotten, it is told of every work of theirs'),
        ('Reed', '{work.closed}', 'that was public'),
        ('Peat', null, 'and of no other')
) as v (title, told, promise);

select * from finish();
rollback;
