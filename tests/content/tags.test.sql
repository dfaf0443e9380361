-- Words that works are called by: who brings them in, that merging them loses nothing, that no synonym leads on to
-- another, and that nobody learns by them of a work that they may not read.

begin;
set local search_path = tap, tests, public;
select plan(76);

create function tests.tag(slug text)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
    select t.id from content.tags t where t.slug = tag.slug and t.tenant_id = tests.scope('river')
$$;

-- What a work is called by: the word that was said, and the one that it leads to.
create function tests.called(title text)
returns text[]
language sql
stable
security definer
set search_path = ''
as $$
    select array_agg(word.slug || ' ' || tag.slug order by word.slug)
    from content.work_tags w
    join content.tags word on word.id = w.word_id
    join content.tags tag on tag.id = w.tag_id
    where w.work_id = tests.work(called.title)
$$;

-- The words that somebody can read.
create function tests.words(name text)
returns text[]
language plpgsql
set search_path = ''
as $$
declare
    words text[];
begin
    perform tests.as(name);
    words := array(select t.slug from content.tags t order by t.slug);
    perform tests.as_nobody();
    return words;
end
$$;

select tests.world();
select tests.as('cleo');
select content.create_note(tests.scope('heron'), title, '{}', visibility => 'public')
from unnest('{Ice,Circle,Thaw}'::text[]) title;
select content.transition(tests.work('Ice'), 'published');
select tests.as_nobody();
update content.works set public_version = 1, public_during = tstzmultirange(tstzrange(now(), null)) where title = 'Ice';

-- Words.

select tests.as('eli');
select lives_ok(
    $$select content.create_tag(tests.scope('river'), 'snow', ' Snow ')$$,
    'who belongs to an organization brings in a word'
);
select content.create_tag(tests.scope('river'), slug, slug)
from unnest('{flakes,white,winter,river}'::text[]) slug;
select results_eq(
    $$select slug, name, is_synonym, created_by from content.tags where slug = 'snow'$$,
    $$values ('snow', 'Snow', false, tests.person('eli'))$$, 'with a name that people read'
);
select tests.violates(
    $$select content.create_tag(tests.scope('river'), 'snow', 'Snow')$$, 'tags_tenant_id_slug_key', 'each word once'
);
select tests.violates(
    $$select content.create_tag(tests.scope('river'), 'Snow!', 'Snow')$$, 'tags_slug_check', 'in letters for addresses'
);
select tests.violates(
    format('select content.create_tag(tests.scope(%L), %L, %L)', 'river', 'x', name), 'tags_name_check', 'and by a name'
)
from unnest(array[' ', repeat('x', 101)]) name;
select tests.refused(
    $$select content.create_tag(tests.scope('hill'), 'snow', 'Snow')$$, 'not_permitted', 'elsewhere nobody does'
);
select tests.as('hazel');
select content.create_tag(tests.scope('hill'), 'snow', 'Snow');
select is(tests.words('eli'), '{flakes,river,snow,white,winter}'::text[], 'whoever belongs reads its words');
select is(tests.words('hazel'), '{snow}'::text[], 'and no other''s');
select is(tests.words('anon'), '{}'::text[], 'who is unknown reads none');
select tests.as_token('{"iss": "https://tests.example", "sub": "nobody yet"}');
select tests.refused(
    $$select content.create_tag(tests.scope('river'), 'x', 'x')$$, 'not_signed_in', 'or brings one in'
);
select tests.as_nobody();
insert into core.sanctions (tenant_id, scope_id, person_id, capability, reason, imposed_by)
values (tests.scope('river'), tests.scope('river'), tests.person('eli'), 'create', 'a quarrel', tests.person('hana'));
select tests.as('eli');
select tests.refused(
    $$select content.create_tag(tests.scope('river'), 'x', 'x')$$, 'barred', 'nor does who is kept from it'
);
select tests.as_nobody();
delete from core.sanctions;
update core.organizations set status = 'suspended' where slug = 'river';
select tests.as('eli');
select tests.refused(
    $$select content.create_tag(tests.scope('river'), 'x', 'x')$$, 'organization_not_active', 'nor anybody meanwhile'
);
select tests.as_nobody();
update core.organizations set status = 'active' where slug = 'river';

-- Calling works.

select tests.as('cleo');
select content.tag_work(tests.work('Ice'), tests.tag(slug)) from unnest('{snow,flakes}'::text[]) slug;
select lives_ok(
    $$select content.tag_work(tests.work('Ice'), tests.tag('snow'))$$, 'to call a work so again changes nothing'
);
select content.tag_work(tests.work('Circle'), tests.tag(slug)) from unnest('{flakes,winter}'::text[]) slug;
select content.tag_work(tests.work('Thaw'), tests.tag('river'));
select is(tests.called('Ice'), '{flakes flakes,snow snow}'::text[], 'an owner calls a work what it is');
select tests.refused(
    $$select content.tag_work(tests.work('Ice'), gen_random_uuid())$$, 'not_found', 'by words that are there'
);
select tests.as_nobody();
select set_config('tests.hill', id::text, true) from content.tags where tenant_id = tests.scope('hill');
select tests.as('cleo');
select tests.refused(
    $$select content.tag_work(tests.work('Ice'), current_setting('tests.hill')::uuid)$$, 'not_found',
    'and of its own organization'
);
select tests.as('eli');
select tests.refused(
    format('select content.%s(tests.work(%L), tests.tag(%L))', verb, 'Ice', 'snow'), 'not_found',
    format('nobody else does: %s', verb)
)
from unnest('{tag_work,untag_work}'::text[]) verb;
select is(tests.words('anon'), '{flakes,snow}'::text[], 'everybody reads what something is called that they read');
select is(tests.words('hazel'), '{flakes,snow,snow}'::text[], 'besides what is theirs; of a draft nobody is told');
select tests.as_anon();
select set_eq('select work_id from content.work_tags', array[tests.work('Ice')], 'nor what it is called');
select throws_ok('select created_by from content.tags', '42501', null, 'nor who brought a word in');
select throws_ok('select added_by from content.work_tags', '42501', null, 'or called a work so');
select tests.as('eli');
select set_eq('select work_id from content.work_tags', array[tests.work('Ice')], 'whoever it is');
select tests.as('cleo');
select tests.refused(
    $$select content.untag_work(tests.work('Ice'), tests.tag('winter'))$$, 'not_found',
    'what a work is not called, it is not called no more'
);
select lives_ok($$select content.untag_work(tests.work('Thaw'), tests.tag('river'))$$, 'an owner takes a word back');
select is(tests.called('Thaw'), null, 'and it is not called so');
select is(tests.called('Ice'), '{flakes flakes,snow snow}'::text[], 'others are called as they were');

-- Synonyms.

select tests.as('eli');
select lives_ok(
    $$select content.propose_synonym(tests.tag('flakes'), tests.tag('snow'))$$, 'anybody there proposes a synonym'
);
select is(tests.called('Ice'), '{flakes flakes,snow snow}'::text[], 'which does not count yet');
select tests.as_nobody();
savepoint before_barring;
insert into core.sanctions (tenant_id, scope_id, person_id, capability, reason, imposed_by)
values (tests.scope('river'), tests.scope('river'), tests.person('eli'), 'create', 'a quarrel', tests.person('hana'));
select tests.as('eli');
select tests.refused(
    $$select content.propose_synonym(tests.tag('flakes'), tests.tag('white'))$$, 'barred',
    'nobody who is kept from bringing words in, though, nor is what was proposed made another thing by them'
);
select tests.as_nobody();
rollback to before_barring;
update core.organizations set status = 'suspended' where slug = 'river';
select tests.as('eli');
select tests.refused(
    $$select content.propose_synonym(tests.tag('flakes'), tests.tag('white'))$$, 'organization_not_active',
    'nor anybody meanwhile'
);
select tests.as_nobody();
rollback to before_barring;
select tests.as('eli');
select tests.refused(
    $$select content.decide_synonym(tests.tag('flakes'), true)$$, 'not_found', 'nor does anybody decide'
);
select tests.refused(
    $$select content.propose_synonym(tests.tag('flakes'), current_setting('tests.hill')::uuid)$$, 'not_found',
    'words of two organizations do not say the same'
);
select tests.refused(
    $$select content.propose_synonym(gen_random_uuid(), tests.tag('snow'))$$, 'not_found',
    'nor words that are not there'
);
select tests.as('hazel');
select tests.refused(
    $$select content.propose_synonym(tests.tag('white'), tests.tag('snow'))$$, 'not_found', 'and nobody else proposes'
);
select is_empty('select from content.tag_synonyms', 'or reads what was proposed');
select tests.as_token('{"iss": "https://tests.example", "sub": "nobody yet"}');
select tests.refused(statement, 'not_signed_in', 'least of all somebody unknown')
from unnest(array[
    $$select content.propose_synonym(tests.tag('white'), tests.tag('snow'))$$,
    $$select content.decide_synonym(tests.tag('flakes'), true)$$
]) statement;
select tests.as('ada');
select tests.refused(
    $$select content.decide_synonym(tests.tag('white'), true)$$, 'not_found', 'what nobody proposed is not decided'
);
select tests.refused(
    $$select content.decide_synonym(tests.tag('flakes'), true, tests.tag('white'))$$, 'not_found',
    'nor what was proposed otherwise'
);
select content.decide_synonym(y.synonym_tag_id, true, y.tag_id)
from content.tag_synonyms y
where y.synonym_tag_id = tests.tag('flakes');
set constraints all immediate;
select is(tests.called('Ice'), '{flakes snow,snow snow}'::text[], 'what is approved leads to the other');
select is(tests.called('Circle'), '{flakes snow,winter winter}'::text[], 'every work');
select results_eq(
    $$select status, resolves, proposed_by, decided_by from content.tag_synonyms$$,
    $$values ('approved', true, tests.person('eli'), tests.person('ada'))$$, 'it is kept who said so'
);
select tests.as('cleo');
select content.tag_work(tests.work('Thaw'), tests.tag('flakes'));
select is(tests.called('Thaw'), '{flakes snow}'::text[], 'and whoever says it from now on, says the other');
select tests.as('eli');
select tests.refused(
    $$select content.propose_synonym(tests.tag('flakes'), tests.tag('river'))$$, 'not_found',
    'what is approved is not proposed anew'
);
set constraints all deferred;
-- To a word that leads on by now, and from one that others lead to.
select content.propose_synonym(tests.tag('winter'), tests.tag('flakes'));
select content.propose_synonym(tests.tag('snow'), tests.tag('white'));
select tests.as('ada');
select content.decide_synonym(tests.tag('winter'), true);
select content.decide_synonym(tests.tag('snow'), true);
set constraints all immediate;
select is(tests.called('Ice'), '{flakes white,snow white}'::text[], 'who leads on, leads to the end');
select is(tests.called('Circle'), '{flakes white,winter white}'::text[], 'at once');
select bag_eq(
    $$select synonym_tag_id, tag_id from content.tag_synonyms where resolves$$,
    $$select tests.tag(slug) as synonym, tests.tag('white') as tag from unnest('{flakes,snow,winter}'::text[]) slug$$,
    'so there is no chain'
);
set constraints all deferred;
select tests.as('eli');
select content.propose_synonym(tests.tag('white'), tests.tag('snow'));
select tests.as('ada');
select tests.refused(
    $$select content.decide_synonym(tests.tag('white'), true)$$, 'not_found', 'nor a circle'
);
select is(tests.words('anon'), '{flakes,snow,white}'::text[], 'the words are all still there');
select tests.backend_reads(relation)
from unnest('{content.tags,content.tag_synonyms,content.work_tags}'::regclass[]) relation;

-- Taken apart again.

select tests.as('ada');
select content.decide_synonym(tests.tag('snow'), false);
set constraints all immediate;
select is(tests.called('Ice'), '{flakes white,snow snow}'::text[], 'taken back, each work is called as it was said');
select is(
    (select t.is_synonym from content.tags t where t.slug = 'snow'), false, 'and the word stands for itself'
);
set constraints all deferred;
select tests.as('eli');
select content.propose_synonym(tests.tag('snow'), tests.tag('river'));
select results_eq(
    $$
    select status, tag_id, decided_by, decided_at
    from content.tag_synonyms
    where synonym_tag_id = tests.tag('snow')
    $$,
    $$values ('proposed', tests.tag('river'), null::uuid, null::timestamptz)$$, 'what was rejected is proposed anew'
);
select tests.as('cleo');
select content.untag_work(tests.work('Circle'), tests.tag('white'));
select is(tests.called('Circle'), null, 'who takes a word back, takes back what leads to it');
select is(tests.called('Thaw'), '{flakes white}'::text[], 'from that work alone');
select tests.as_nobody();
update core.organizations set status = 'suspended' where slug = 'river';
select tests.as('ada');
select tests.refused(
    $$select content.decide_synonym(tests.tag('snow'), true)$$, 'organization_not_active',
    'meanwhile nothing is decided'
);
select tests.as_nobody();
update core.organizations set status = 'active' where slug = 'river';

-- What is only proposed counts nowhere, and what is decided about two words is decided about no others.

select tests.as('cleo');
select content.tag_work(tests.work('Circle'), tests.tag(slug)) from unnest('{river,white}'::text[]) slug;
select is(tests.called('Circle'), '{river river,white white}'::text[], 'a word leads nowhere by another''s approval');
select tests.as('eli');
select content.create_tag(tests.scope('river'), slug, slug) from unnest('{kite,toy,lone}'::text[]) slug;
select content.propose_synonym(tests.tag('kite'), tests.tag('toy'));
select content.propose_synonym(tests.tag('river'), tests.tag('white'));
select tests.as('ada');
select content.decide_synonym(tests.tag('kite'), true);
select content.decide_synonym(tests.tag('river'), true);
select content.decide_synonym(tests.tag('white'), false);
set constraints all immediate;
select is(tests.called('Circle'), '{river white,white white}'::text[], 'nor by what was only proposed');
select is(tests.called('Ice'), '{flakes white,snow snow}'::text[], 'and what is rejected moves nothing');
select bag_eq(
    $$
    select s.slug as synonym, t.slug as tag, y.status
    from content.tag_synonyms y
    join content.tags s on s.id = y.synonym_tag_id
    join content.tags t on t.id = y.tag_id
    $$,
    $$values
        ('flakes', 'white', 'approved'), ('winter', 'white', 'approved'), ('river', 'white', 'approved'),
        ('kite', 'toy', 'approved'), ('snow', 'river', 'proposed'), ('white', 'snow', 'rejected')$$,
    'each of the others stays as it was'
);

-- What the tables refuse, whoever writes.

select tests.as_nobody();
set constraints all immediate;
select tests.violates(statement, constraint_name, promise)
from (
    values
        (
            $$update content.tags set is_synonym = true where slug = 'lone'$$,
            'tags_tenant_id_synonym_id_is_synonym_fkey', 'a synonym leads somewhere'
        ),
        (
            $$update content.tags set is_synonym = false where slug = 'flakes'$$,
            'tag_synonyms_tenant_id_synonym_tag_id_resolves_fkey', 'what leads somewhere is a synonym'
        ),
        (
            $$update content.tag_synonyms set tag_id = tests.tag('flakes') where synonym_tag_id = tests.tag('winter')$$,
            'tag_synonyms_tenant_id_tag_id_leads_on_fkey', 'none leads to another'
        ),
        (
            $$update content.work_tags set tag_id = word_id where word_id = tests.tag('flakes')$$,
            'work_tags_tenant_id_tag_id_leads_on_fkey', 'no work is found by a synonym'
        ),
        (
            $$update content.work_tags set tag_id = tests.tag('toy') where word_id = tests.tag('snow')$$,
            'work_tags_tenant_id_synonym_id_tag_id_resolves_fkey', 'nor by a word that nothing leads to'
        ),
        (
            $$update content.tag_synonyms set status = 'perhaps', decided_at = now() where resolves = false$$,
            'tag_synonyms_status_check', 'it is proposed, approved or rejected'
        ),
        (
            $$update content.tag_synonyms set tag_id = synonym_tag_id where synonym_tag_id = tests.tag('snow')$$,
            'tag_synonyms_tag_id_check', 'of two words'
        ),
        (
            $$update content.tag_synonyms set decided_at = now() where synonym_tag_id = tests.tag('snow')$$,
            'tag_synonyms_decided_at_check', 'decided, when it is'
        )
) as v (statement, constraint_name, promise);
select tests.violates(tests.variant(relation, changes), constraint_name, promise)
from (
    values
        ('content.tags'::regclass, '{}'::jsonb, 'tags_pkey', 'a word is there once'),
        ('content.tag_synonyms', '{}', 'tag_synonyms_pkey', 'and leads to one other'),
        ('content.work_tags', '{}', 'work_tags_pkey', 'a work is called by it once')
) as v (relation, changes, constraint_name, promise);

select * from finish();
rollback;
