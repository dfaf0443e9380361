-- Who reads which version of a work, and what hangs on it: each audience its own, each reviewer what waits, and of
-- another work nothing. What is shared is set here by hand: how it comes about is for tests/consent.

begin;
set local search_path = tap, tests, public;
select plan(41);

-- What somebody reads of a work: the numbers of its versions, or of its moves.
create function tests.reads(name text, title text, relation regclass default 'content.work_versions')
returns integer[]
language plpgsql
set search_path = ''
as $$
declare
    numbers integer[];
    work_id constant uuid := tests.work(title);
begin
    perform tests.as(name);
    execute format('select array_agg(t.number order by t.number) from %s t where t.work_id = $1', relation)
    into numbers using work_id;
    perform tests.as_nobody();
    return numbers;
end
$$;

-- Whether content.visible(), asked for one work, says of it to each of these what the policies say.
create function tests.told_alike(title text)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
    name text;
    asked constant uuid := tests.work(title);
    alike boolean := true;
begin
    foreach name in array '{hazel,max,eli,rene,sol,cleo}'::text[] loop
        perform tests.as(name);
        alike := alike and array(select content.visible(array[asked]))
            = array(select w.id from content.works w where w.id = asked);
    end loop;
    perform tests.as_nobody();
    return alike;
end
$$;

create function tests.during(opens text)
returns tstzmultirange
language sql
stable
set search_path = ''
as $$
    select case opens
        when 'now' then tstzmultirange(tstzrange(now(), null))
        when 'tomorrow' then tstzmultirange(tstzrange(now() + interval '1 day', null))
        else '{}'
    end
$$;

-- Opens a work to each audience now, tomorrow or never, each in a version of its own.
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

select tests.world();
select tests.join('rene', 'heron', 'cultural_reviewer');
select tests.as('cleo');
select content.create_note(tests.scope('heron'), title, '{"text": "1"}', visibility => 'public')
from unnest('{Ice,Secret}'::text[]) title;
select content.revise_work(tests.work(title), '{"text": "again"}')
from unnest('{Ice,Secret}'::text[]) title, generate_series(2, 4);
select consent.give_consent(tests.work(title), 'insight') from unnest('{Ice,Secret}'::text[]) title;
select content.add_collaborator(tests.work('Secret'), tests.person('sol'), 'comment');
select content.transition(tests.work('Ice'), 'published');
select tests.as_nobody();

-- Each audience has its own version.

select tests.share('Ice', 'now', 'now', 'now');
select is(tests.reads('anon', 'Ice'), '{1}'::integer[], 'everybody reads what is public');
select is(tests.reads('hazel', 'Ice'), '{1}'::integer[], 'so does who belongs elsewhere');
select is(tests.reads('max', 'Ice'), '{1,2}'::integer[], 'who belongs to the organization, what is for it');
select is(tests.reads('eli', 'Ice'), '{1,2,3}'::integer[], 'who belongs to the community, what is the community''s');
select is(tests.reads('rene', 'Ice'), '{1,2,3}'::integer[], 'and a reviewer no more, when nothing waits for them');
select is(
    tests.reads('rene', 'Ice', 'content.work_transitions'), null, 'nor of how it came along'
);
select is(tests.reads('cleo', 'Ice'), '{1,2,3,4}'::integer[], 'its owner reads all');
select is(tests.reads(name, 'Secret'), null, format('of another work %s reads nothing', name))
from unnest('{anon,hazel,max,eli,rene}'::text[]) name;
select ok(tests.told_alike(title), format('functions are told the same of %s', title))
from unnest('{Ice,Secret}'::text[]) title;
select tests.share('Ice', 'tomorrow', 'now', 'now');
select is(tests.reads('anon', 'Ice'), null, 'what is public tomorrow is not public today');
select is(tests.reads('max', 'Ice'), '{2}'::integer[], 'to nobody');
select is(tests.reads('eli', 'Ice'), '{2,3}'::integer[], 'at all');
select tests.share('Ice', 'now', 'tomorrow', 'now');
select is(tests.reads('max', 'Ice'), '{1}'::integer[], 'what is the organization''s tomorrow is not today');
select is(tests.reads('eli', 'Ice'), '{1,3}'::integer[], 'at all');
select tests.share('Ice', 'now', 'now', 'tomorrow');
select is(tests.reads('eli', 'Ice'), '{1,2}'::integer[], 'nor what is the community''s');
select tests.share('Ice', 'never', 'now', 'never');
select is(tests.reads('hazel', 'Ice'), null, 'what is the organization''s is nobody else''s');
select ok(tests.told_alike('Ice'), 'and functions are told that');
select tests.share('Ice', 'never', 'never', 'now');
select is(tests.reads('max', 'Ice'), null, 'what is the community''s is not the organization''s');
select ok(tests.told_alike('Ice'), 'and functions are told so');

-- What hangs on a work goes with it.

select tests.as('eli');
select set_eq('select work_id from consent.effective', array[tests.work('Ice')], 'what it may be used for');
select set_eq('select id from content.notes', array[tests.work('Ice')], 'what only its kind has');
select is_empty('select from content.work_collaborators', 'but not who makes it');
select is_empty('select from content.work_transitions', 'nor how it came along');
select tests.as('sol');
select set_eq('select work_id from content.work_collaborators', array[tests.work('Secret')], 'which is for who helps');
select tests.as_nobody();

-- Who is kept from a place reads nothing of it, also of what is public.

select tests.share('Ice', 'now', 'now', 'now');
insert into core.sanctions (tenant_id, scope_id, person_id, capability, reason, imposed_by)
values (tests.scope('river'), tests.scope('heron'), tests.person('eli'), 'access', 'a quarrel', tests.person('hana'));
select is(tests.reads('eli', 'Ice'), null, 'who is kept from a place reads nothing of it, also of what is public');
select ok(tests.told_alike('Ice'), 'and functions hear the same');
delete from core.sanctions;

-- What waits for a review.

select tests.as('cleo');
select content.transition(tests.work('Ice'), 'withdrawn');
select content.transition(tests.work('Ice'), 'draft');
select is(tests.reads('rene', 'Ice'), null, 'a draft is not for a reviewer');
select is(tests.reads('rene', 'Ice', 'content.work_transitions'), null, 'nor how it came along');
select tests.as('cleo');
select content.transition(tests.work('Ice'), 'submitted');
select is(tests.reads('rene', 'Ice'), '{4}'::integer[], 'what waits for a review is, in the newest version');
select ok(tests.told_alike('Ice'), 'as functions are told');
select is(
    tests.reads('rene', 'Ice', 'content.work_transitions'), '{1,2,3,4,5}'::integer[], 'and how it came along'
);
select is(tests.reads('rene', 'Secret', 'content.work_transitions'), null, 'of another work still nothing');
select tests.join('nell', 'heron', 'community_member');
select is(tests.reads('nell', 'Ice'), null, 'who does not review reads nothing of it');
select is(tests.reads('nell', 'Ice', 'content.work_transitions'), null, 'at all');
select tests.as('rene');
select content.transition(tests.work('Ice'), 'in_review');
select is(tests.reads('rene', 'Ice'), '{4}'::integer[], 'nor does it go away when the review begins');
insert into core.sanctions (tenant_id, scope_id, person_id, capability, reason, imposed_by)
values (tests.scope('river'), tests.scope('heron'), tests.person('rene'), 'access', 'a quarrel', tests.person('hana'));
select is(tests.reads('rene', 'Ice'), null, 'unless the reviewer is kept from the place');

select * from finish();
rollback;
