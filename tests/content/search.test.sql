-- Searching: a work is found by whoever may know of it, by words of the version that they read, and by nothing else.
-- How far works are shared is set here by hand where that is not what is asked.

begin;
set local search_path = tap, tests, public;
select plan(121);

-- What somebody finds: titles, each with the version, in the order in which they come. Who spoke before goes on.
create function tests.found(
    name text,
    query text,
    slug text default null,
    kind text default null,
    tag text default null
)
returns text[]
language plpgsql
set search_path = ''
as $$
declare
    speaker constant text := current_setting('role');
    claims constant text := coalesce(current_setting('request.jwt.claims', true), '');
    place constant uuid := tests.scope(slug);
    tag_id constant uuid := tests.tag(tag);
    hits content.found_work[];
    titles text[];
begin
    perform tests.as(name);
    hits := array(select f from content.search_works(query, found.kind, place, tag_id) f);
    perform tests.as_nobody();
    titles := array(
        select w.title || ' ' || f.version
        from unnest(hits) with ordinality f (tenant_id, work_id, version, rank, query, nth)
        join content.works w on w.id = f.work_id
        order by f.nth
    );
    perform set_config('request.jwt.claims', claims, true);
    perform set_config('role', speaker, true);
    return titles;
end
$$;

-- Those who find a work by some words, in the order of the alphabet.
create function tests.finders(title text, query text)
returns text[]
language plpgsql
set search_path = ''
as $$
declare
    finders text[] := '{}';
    name text;
begin
    foreach name in array '{anon,cleo,eli,hana,hazel,max,oona,rene,sol}'::text[] loop
        if exists (select from unnest(tests.found(name, query)) f where f ~ ('^' || title || ' \d+$')) then
            finders := finders || name;
        end if;
    end loop;
    return finders;
end
$$;

-- What a reader is shown of a work, said to have been found in a version.
create function tests.excerpt(name text, title text, version integer, query text)
returns text
language plpgsql
set search_path = ''
as $$
declare
    said constant content.found_work := (tests.scope('river'), tests.work(title), version, 1, query);
    excerpt text;
begin
    perform tests.as(name);
    excerpt := content.found_work_excerpt(said);
    perform tests.as_nobody();
    return excerpt;
end
$$;

create function tests.tag(slug text)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
    select t.id from content.tags t where t.slug = tag.slug
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

create function tests.during(opens text)
returns tstzmultirange
language sql
stable
set search_path = ''
as $$
    select case opens
        when 'now' then tstzmultirange(tstzrange(now(), null))
        when 'until now' then tstzmultirange(tstzrange(now() - interval '1 day', now()))
        when 'in a moment' then tstzmultirange(tstzrange(now() + interval '1 microsecond', null))
        else '{}'
    end
$$;

-- Opens a work to each audience now, in a moment or never, each in a version of its own.
create function tests.share(title text, for_public text, for_organization text, for_community text)
returns void
language sql
security definer
set search_path = ''
as $$
    update content.works w
    set
        public_version = 1, organization_version = 2, community_version = 3,
        public_during = tests.during(for_public),
        organization_during = tests.during(for_organization),
        community_during = tests.during(for_community)
    where w.title = share.title
$$;

-- The versions of a work by the words of which it is found, by anybody at all.
create function tests.kept(title text)
returns integer[]
language sql
stable
security definer
set search_path = ''
as $$
    select array_agg(e.version order by e.version) from content.search_entries e where e.work_id = tests.work(title)
$$;

-- Whether a word of a work stands in the index at all.
create function tests.stands(title text, word text)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
    select exists (
        select
        from content.search_entries e
        where e.work_id = tests.work(title) and e.words @@ to_tsquery('english', word)
    )
$$;

select tests.world();
select tests.join('rene', 'heron', 'cultural_reviewer');

-- What is being made is found by those who make it.

select tests.as('cleo');
select content.create_note(
    tests.scope('heron'), 'First snow', '{"text": "early"}', 'It fell early, on the lake.', 'Of one winter.', 'en',
    'public'
);
select is(tests.finders('First snow', word), '{cleo}'::text[], format('a draft is found by its owner by %s', word))
from unnest('{snow,winter,lake}'::text[]) word;
select is(tests.found('cleo', 'late'), '{}'::text[], 'and not by what it does not say');
select is(tests.found('cleo', query), '{First snow 1}'::text[], format('it is found by %s', query))
from unnest('{LAKES,snow lake,"on the lake",moon or lake,snow -moon,The snow,"lake (early"}'::text[]) query;
select is(tests.found('cleo', query), '{}'::text[], format('and not by %s', coalesce(nullif(query, ''), 'nothing')))
from unnest(
    array['snow moon', '"lake early"', 'snow -lakes', '', ' ', 'the', '-moon', 'moon or -lake', '(((', '!&|:*<->', null]
) query;
select is(
    tests.found('cleo', repeat('lake ', 100000)), '{First snow 1}'::text[], 'of a long question the beginning counts'
);
select is(tests.found('cleo', repeat('x', 100000)), '{}'::text[], 'and none is too long');
select results_eq(
    $$select f.tenant_id, f.work_id, f.version, f.rank > 0, f.query from content.search_works('Lake') f$$,
    $$values (tests.scope('river'), tests.work('First snow'), 1, true, 'Lake')$$,
    'what is found is told by its key, with the version that was looked at, and how well it fits'
);
select content.add_collaborator(tests.work('First snow'), tests.person('sol'), 'edit');
select consent.give_consent(tests.work('First snow'), 'modification');
select is(tests.finders('First snow', 'lake'), '{cleo,sol}'::text[], 'who helps to make it finds it');
select tests.as('sol');
select content.revise_work(tests.work('First snow'), '{"text": "late"}', 'It fell late, on the hill.');
select is(tests.finders('First snow', 'hill'), '{cleo,sol}'::text[], 'by the newest version');
select is(tests.finders('First snow', 'lake'), '{}'::text[], 'and not by one before');
select is(tests.found('cleo', 'hill'), '{First snow 2}'::text[], 'which is the one it is found in');
select is(tests.kept('First snow'), '{2}'::integer[], 'the words of what nobody reads any more are not kept');
select tests.as('cleo');
select content.transition(tests.work('First snow'), 'submitted');
select is(
    tests.finders('First snow', 'hill'), '{cleo,eli,hana,rene,sol}'::text[], 'its reviewers find what waits for them'
);
select content.transition(tests.work('First snow'), 'draft');
select is(tests.finders('First snow', 'hill'), '{cleo,sol}'::text[], 'and only while it does');
select content.update_work(tests.work('First snow'), title => 'First frost', summary => 'Of a pond.');
select is(tests.found('cleo', 'snow or winter'), '{}'::text[], 'what is called otherwise is not found as before');
select is(tests.found('cleo', 'frost pond'), '{First frost 2}'::text[], 'but as it is called now');

-- Each audience finds it by its own version.

select content.create_note(tests.scope('heron'), 'Ice', '{"text": "1"}', 'one', 'Cold.', 'en', 'public');
select content.revise_work(tests.work('Ice'), '{}', word) from unnest('{two,three,four}'::text[]) word;
select content.transition(tests.work('Ice'), 'published');
select tests.as_nobody();
select tests.share('Ice', 'now', 'now', 'now');
select is(tests.finders('Ice', 'one'), '{anon,hazel}'::text[], 'what everybody reads is found by its words');
select is(tests.finders('Ice', 'two'), '{max,oona}'::text[], 'by those who belong to the organization, in theirs');
select is(
    tests.finders('Ice', 'three'), '{eli,hana,rene,sol}'::text[], 'by those who belong to the community, in theirs'
);
select is(tests.finders('Ice', 'four'), '{cleo}'::text[], 'and by its owner in the newest');
select is(
    tests.finders('Ice', word), '{anon,cleo,eli,hana,hazel,max,oona,rene,sol}'::text[],
    format('by %s all of them find it', word)
)
from unnest('{ice,cold}'::text[]) word;
select is(tests.kept('Ice'), '{1,2,3,4}'::integer[], 'as many versions are kept as somebody reads');

-- A window opens and closes while nobody writes.

select tests.share('Ice', 'in a moment', 'now', 'until now');
select is(tests.finders('Ice', 'one'), '{}'::text[], 'what is public in a moment is not found yet');
select is(tests.finders('Ice', 'ice'), '{cleo,eli,hana,max,oona,rene,sol}'::text[], 'not even that it is there');
select is(tests.finders('Ice', 'three'), '{}'::text[], 'what was for the community until now is found no more');
select is(
    tests.finders('Ice', 'two'), '{eli,hana,max,oona,rene,sol}'::text[], 'they find what the organization has'
);
select is(tests.kept('Ice'), '{1,2,3,4}'::integer[], 'and nothing was written to begin or end it');
select tests.share('Ice', 'never', 'now', 'never');
select is(tests.kept('Ice'), '{2,4}'::integer[], 'what is not to be shared any more is not kept either');
select tests.share('Ice', 'never', 'in a moment', 'in a moment');
select is(tests.finders('Ice', 'ice'), '{cleo}'::text[], 'nor is what belongs to others in a moment');
select tests.share('Ice', 'now', 'never', 'never');
update content.works set community_version = 1, organization_version = 1 where title = 'Ice';
select is(
    tests.finders('Ice', 'one'), '{anon,eli,hana,hazel,max,oona,rene,sol}'::text[], 'what everybody reads, members do'
);
insert into core.sanctions (tenant_id, scope_id, person_id, capability, reason, imposed_by)
values (tests.scope('river'), tests.scope('heron'), tests.person('eli'), 'access', 'a quarrel', tests.person('hana'));
select is(
    tests.finders('Ice', 'one'), '{anon,hana,hazel,max,oona,rene,sol}'::text[],
    'but not who is kept from the place'
);
delete from core.sanctions;

-- Consent and withdrawal.

select tests.as('cleo');
select content.create_note(tests.scope('heron'), 'Moss', '{}', 'Green stones.', visibility => 'public');
select content.transition(tests.work('Moss'), 'published');
select consent.give_consent(tests.work('Moss'), 'public_sharing');
select is(tests.found('anon', 'stones'), '{Moss 1}'::text[], 'what everyone consented to is found');
select consent.add_party(tests.work('Moss'), tests.person('max'), 'co_teller');
select is(tests.finders('Moss', 'stones'), '{cleo,max}'::text[], 'not when somebody has to who did not');
select tests.as('max');
select consent.give_consent(tests.work('Moss'), 'public_sharing');
select tests.as('cleo');
select content.revise_work(tests.work('Moss'), '{}', 'Green water.');
select is(tests.found('anon', 'green'), '{Moss 1}'::text[], 'what is new is found by the words they all agreed to');
select is(tests.finders('Moss', 'water'), '{cleo,max}'::text[], 'and by its own only by those who are asked');
select is(tests.finders('Moss', 'stones'), '{anon,eli,hana,hazel,oona,rene,sol}'::text[], 'who read on from there');
select tests.as('max');
select consent.withdraw_consent(tests.work('Moss'), 'public_sharing');
select is(tests.found('anon', 'green'), '{}'::text[], 'what was consented to and withdrawn is not found');
select is(tests.kept('Moss'), '{2}'::integer[], 'and its words are gone');

-- What stands under protocols is found by its teaser, and what it says by nobody.

select tests.as('sol');
select consent.create_protocol(tests.scope('heron'), 'Embers', 'family', 'members');
select tests.as('cleo');
select content.create_note(
    tests.scope('heron'), 'Hearth', '{}', 'The smoke rises.', 'Of a fire.', 'en', 'public'
);
select content.add_collaborator(tests.work('Hearth'), tests.person('max'), 'comment');
select content.transition(tests.work('Hearth'), 'published');
select consent.give_consent(tests.work('Hearth'), purpose)
from unnest('{public_sharing,organization_sharing,community_sharing}'::text[]) purpose;
select is(
    tests.finders('Hearth', 'smoke'), '{anon,cleo,eli,hana,hazel,max,oona,rene,sol}'::text[], 'what is open is found'
);
select consent.protect_work(tests.work('Hearth'), tests.scope('heron'), array[tests.protocol('Embers')]);
select is(
    tests.finders('Hearth', word), '{cleo,eli,hana,rene,sol}'::text[],
    format('what is under a protocol is found by %s, by those who pass', word)
)
from unnest('{hearth,fire}'::text[]) word;
select is(tests.finders('Hearth', 'smoke'), '{}'::text[], 'by what it says, not even its owner finds it');
select ok(not tests.stands('Hearth', 'smoke'), 'because that does not stand there');
select ok(tests.stands('Hearth', 'fire'), 'while its teaser does');
select tests.as('eli');
select consent.open_work(tests.work('Hearth'));
select tests.next_transaction();
select tests.as('eli');
select isnt_empty(
    $$select from content.work_versions where work_id = tests.work('Hearth')$$, 'who opened it reads it'
);
select is(tests.finders('Hearth', 'smoke'), '{}'::text[], 'and does not find it by that either');
select tests.as('cleo');
select content.transition(tests.work('Hearth'), 'withdrawn');
select content.transition(tests.work('Hearth'), 'draft');
select content.transition(tests.work('Hearth'), 'submitted');
select is(
    tests.finders('Hearth', 'hearth'), '{cleo,eli,hana,rene,sol}'::text[],
    'reviewers find it who pass, and nobody who does not'
);
select tests.as('otis');
select consent.create_protocol(tests.scope('otter'), 'Reeds', 'family', 'members');
select tests.as('cleo');
select tests.join('cleo', 'otter', 'community_member');
select consent.protect_work(tests.work('Hearth'), tests.scope('otter'), array[tests.protocol('Reeds')]);
select is(tests.finders('Hearth', 'hearth'), '{cleo}'::text[], 'its reviewers do not, where they do not');
select tests.as('sol');
select consent.retire_protocol(tests.protocol('Embers'));
select is(tests.finders('Hearth', 'hearth'), '{cleo}'::text[], 'what nobody passes is found by whose it is');

-- Languages.

select tests.as('hugo');
select content.create_note(tests.scope('hill'), 'Of water', '{}', 'Des rivières gelées.', lang => 'fr-CA');
select content.create_note(tests.scope('hill'), 'Of nothing known', '{}', 'The kinos.', lang => 'cr');
select content.create_note(tests.scope('hill'), 'Of cinemas', '{}', 'The kinos.', lang => 'en-GB');
select is(
    tests.found('hugo', 'rivière gelée'), '{Of water 1}'::text[], 'words are understood as the language has them'
);
select is(
    tests.found('hugo', 'rivière or kino'), '{Of cinemas 1,Of water 1}'::text[], 'each in its own, asked for at once'
);
select is(
    tests.found('hugo', 'kinos'), '{Of cinemas 1,Of nothing known 1}'::text[],
    'word by word, in a language that is not known'
);
select is(
    tests.found('hugo', 'kinos -kino'), '{Of nothing known 1}'::text[], 'and so is what is not to be there'
);
select is(
    tests.found('hugo', 'the kino'), '{Of cinemas 1}'::text[], 'a word that says nothing is looked for where it does'
);
select is(tests.found('hugo', 'the'), '{Of nothing known 1}'::text[], 'and there alone');
select content.update_work(tests.work('Of cinemas'), lang => 'cr');
select is(tests.found('hugo', 'kino'), '{}'::text[], 'what is said to be in another language is understood so');
select tests.as_nobody();
select is(content._dictionary(lang), dictionary, format('%s is understood as %s', lang, dictionary))
from (
    values
        ('en', 'english'), ('en-CA', 'english'), ('fr', 'french'), ('nb', 'norwegian'), ('cr', 'simple'),
        ('eng', 'simple')
) known (lang, dictionary);
select is_empty(
    $$
    select content._dictionary(a || b)
    from regexp_split_to_table('abcdefghijklmnopqrstuvwxyz', '') a,
        regexp_split_to_table('abcdefghijklmnopqrstuvwxyz', '') b
    where content._dictionary(a || b) not in (
        select c.cfgname from pg_catalog.pg_ts_config c where c.cfgnamespace = 'pg_catalog'::regnamespace
    )
    $$,
    'whatever is understood somehow, this server knows how'
);

-- In which order.

select tests.as('hugo');
select content.create_note(
    tests.scope('hill'), title, '{}', text, summary, 'en'
)
from (
    values
        ('Comets', '', ''), ('Tails', 'comets', ''), ('Older', '', 'comets'), ('Newer', '', 'comets'),
        ('Oldest', '', 'comets, comets, comets')
) n (title, summary, text);
select tests.as_nobody();
update content.works w
set created_at = now() - n.days * interval '1 day'
from (values ('Comets', 9), ('Tails', 8), ('Oldest', 7), ('Older', 6), ('Newer', 5)) n (title, days)
where w.title = n.title;
select is(
    tests.found('hugo', 'comet'), '{Comets 1,Tails 1,Oldest 1,Newer 1,Older 1}'::text[],
    'the title counts most, then the summary, then the text; of equals the newest comes first'
);
update content.works set created_at = now() - interval '6 days' where title = 'Newer';
select is(
    tests.found('hugo', 'comet'), '{Comets 1,Tails 1,Oldest 1,Newer 1,Older 1}'::text[],
    'of those as new as each other, the one begun last'
);
select tests.as('hazel');
select content.create_note(tests.scope('hill'), 'Comets, comets, comets', '{}', 'comets', 'comets');
select is(
    tests.found('hugo', 'comet'), '{Comets 1,Tails 1,Oldest 1,Newer 1,Older 1}'::text[],
    'what one does not know of changes nothing'
);

-- What is asked besides.

select tests.as_nobody();
select tests.join('cleo', slug, 'member') from unnest('{river,archive}'::text[]) slug;
select tests.join('cleo', 'delta', 'community_member');
select tests.as('cleo');
select content.create_note(tests.scope(slug), 'Reed of ' || slug, '{}')
from unnest('{river,archive,heron,delta}'::text[]) slug;
select is(tests.found('cleo', 'reed', slug), titles::text[], format('within %s is found what stands there', slug))
from (
    values
        ('river', '{Reed of delta 1,Reed of heron 1,Reed of archive 1,Reed of river 1}'),
        ('archive', '{Reed of heron 1,Reed of archive 1}'), ('heron', '{Reed of heron 1}'),
        ('delta', '{Reed of delta 1}'), ('otter', '{}'), ('hill', '{}')
) within (slug, titles);
select is(tests.found('hazel', 'ice', slug), titles::text[], format('and so it is for others within %s', slug))
from (
    values ('river', '{Ice 1}'), ('archive', '{Ice 1}'), ('heron', '{Ice 1}'), ('otter', '{}'), ('hill', '{}')
) within (slug, titles);
select is(tests.found('cleo', 'reed heron', kind => 'note'), '{Reed of heron 1}'::text[], 'of a kind');
select is(tests.found('cleo', 'reed', kind => 'kite'), '{}'::text[], 'only what is of it');
select tests.as('olive');
select content.create_tag(tests.scope('river'), slug, slug) from unnest('{marsh,dune}'::text[]) slug;
select tests.as('cleo');
select content.tag_work(tests.work('Reed of delta'), tests.tag('marsh'));
select content.tag_work(tests.work('Ice'), tests.tag('dune'));
select is(tests.found('cleo', 'reed', tag => 'marsh'), '{Reed of delta 1}'::text[], 'called by a word');
select is(tests.found('cleo', 'reed', tag => 'dune'), '{}'::text[], 'only what is called by it');

-- What surrounds the words.

select is(
    tests.excerpt('anon', 'Ice', 1, 'one'), E'Cold.\n⟦one⟧', 'the words looked for are marked where they stand'
);
select is(tests.excerpt('cleo', 'Ice', 4, 'colds four'), E'⟦Cold⟧.\n⟦four⟧', 'as their language has them');
select is(tests.excerpt('cleo', 'Ice', 4, repeat('four ', 100000)), E'Cold.\n⟦four⟧', 'however long the question');
select is(tests.excerpt('anon', 'Ice', 4, 'four'), 'Cold.', 'of a version that is not theirs nobody is shown anything');
select is(tests.excerpt('anon', 'Moss', 1, 'green'), null, 'of a work that they cannot read nothing at all');
select is(tests.excerpt('cleo', 'Hearth', 1, 'fire smoke'), 'Of a ⟦fire⟧.', 'of what is restricted the summary');
select tests.as('cleo');
select content.create_note(
    tests.scope('heron'), 'Of much', '{}',
    repeat('far ', 4990) || 'inside ' || repeat('far ', 21000) || 'middle ' || repeat('far ', 500000) || 'beyond'
);
select is(tests.found('cleo', word), titles::text[], format('of a long text %s', promise))
from (
    values
        ('inside', '{Of much 1}', 'the beginning is found'), ('middle', '{}', 'not what comes after 100,000 letters'),
        ('beyond', '{}', 'nor its end')
) as long (word, titles, promise);
select matches(tests.excerpt('cleo', 'Of much', 1, 'inside'), '⟦inside⟧', 'and the beginning is shown');
select tests.as('cleo');
select lives_ok(
    $$select content.create_note(
        tests.scope('heron'), 'Of many words', '{}',
        (select string_agg(md5(n::text), '-') from generate_series(1, 20000) n)
    )$$,
    'no text has too many words to be written'
);

-- Who reads the words, and whether they are right.

select throws_ok('select from content.search_entries', '42501', null, 'the words themselves are not for people');
select tests.as_anon();
select throws_ok('select from content.search_entries', '42501', null, 'nor for those unknown');
select tests.as_service();
select throws_ok('select from content.search_entries', '42501', null, 'nor for servers');
select throws_ok($$select from content.search_works('ice')$$, '42501', null, 'who do not search either');
select tests.as_auditor();
select throws_ok('select from content.search_entries', '42501', null, 'nor for auditors');
select is_empty('select from content.verify_search()', 'who find that the words are right');
select tests.as('cleo');
select throws_ok('select from content.verify_search()', '42501', null, 'which is not for people to ask');
select tests.as_nobody();
delete from content.search_entries e where e.work_id = tests.work('Ice') and e.version = 1;
insert into content.search_entries
select e.tenant_id, e.work_id, 1, e.created_at, e.dictionary, e.places, e.audiences, e.words
from content.search_entries e
where e.work_id = tests.work('First frost');
update content.search_entries e set words = '' where e.work_id = tests.work('Comets');
update content.search_entries e set audiences = e.places where e.work_id = tests.work('Tails');
update content.search_entries e set dictionary = 'simple' where e.work_id = tests.work('Older');
update content.search_entries e set created_at = now() where e.work_id = tests.work('Oldest');
update content.search_entries e set places = '{}' where e.work_id = tests.work('Moss');
select tests.as_service();
select bag_eq(
    'select tenant_id, work_id, version from content.verify_search()',
    $$
    select tests.scope(slug), tests.work(title), version
    from (
        values
            ('river', 'Ice', 1), ('river', 'First frost', 1), ('hill', 'Comets', 1), ('hill', 'Tails', 1),
            ('hill', 'Older', 1), ('hill', 'Oldest', 1), ('river', 'Moss', 2)
    ) wrong (slug, title, version)
    $$,
    'and what is missing, too much or otherwise is named'
);
select tests.as_nobody();
select tests.violates(
    tests.variant('content.search_entries'), 'search_entries_pkey', 'the words of a version stand there once'
);
select tests.violates(
    tests.variant('content.search_entries', '{"version": 99}'), 'search_entries_tenant_id_work_id_version_fkey',
    'and are of a version that there is'
);

select * from finish();
rollback;
