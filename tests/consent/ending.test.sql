-- A decision is ended, from now on or later, or never begins; nothing else becomes of it. When somebody is forgotten,
-- their yes ends: not their no, and nobody else's yes.

begin;
set local search_path = tap, tests, public;
select plan(18);

create function tests.shared()
returns text[]
language sql
stable
security definer
set search_path = ''
as $$
    select array_agg(w.title order by w.title) from content.works w where w.public_during @> now()
$$;

select tests.world();
select tests.join('max', 'hill', 'member');
select tests.join('cleo', 'hill', 'member');
select tests.as('cleo');
select content.create_note(place.id, v.title, '{"text": "1"}', visibility => 'public')
from (values ('Ice', 'heron'), ('Snow', 'heron'), ('Fog', 'hill')) as v (title, slug)
join core.scopes place on place.slug = v.slug;
select content.transition(tests.work(title), 'published') from unnest('{Ice,Snow,Fog}'::text[]) title;
select consent.add_party(tests.work(title), tests.person('max'), 'depicted') from unnest('{Ice,Fog}'::text[]) title;
select consent.give_consent(tests.work(title), 'public_sharing') from unnest('{Ice,Snow,Fog}'::text[]) title;
select tests.as_nobody();

-- What is ended.

insert into consent.consents (
    tenant_id, work_id, party_id, purpose, channel, decision, during, through_version, recorded_by
)
select p.tenant_id, p.work_id, p.id, 'research', v.channel, 'given', v.during, 1, p.person_id
from consent.consent_parties p
cross join (
    values
        ('open', '[2020-01-01,)'), ('over', '[2020-01-01,2021-01-01)'),
        ('bounded', tstzrange('2020-01-01', now() + interval '9 days')),
        ('later', tstzrange(now() + interval '1 day', now() + interval '9 days')), ('never', 'empty'),
        ('soon', tstzrange(now() + interval '1 day', null))
) as v (channel, during)
where p.work_id = tests.work('Snow');

create function tests.put(channel text, during tstzrange)
returns text
language sql
set search_path = ''
as $$
    select format('update consent.consents set during = %L where channel = %L', during, channel)
$$;

select tests.refused(tests.put(channel, during), 'append_only', promise)
from (
    values
        ('over', tstzrange('2020-01-01', now() + interval '1 day'), 'what is over is not drawn out'),
        ('bounded', tstzrange('2020-01-01', now() + interval '10 days'), 'nor what is to end'),
        ('open', tstzrange('2021-01-01', now() + interval '1 day'), 'what is ended still began when it did'),
        (
            'later', tstzrange(now() + interval '2 days', now() + interval '9 days'),
            'also what is still to come does not come later'
        ),
        ('later', tstzrange(now(), now() + interval '9 days'), 'or earlier'),
        ('never', tstzrange(now(), null), 'what never stood does not begin'),
        ('never', 'empty', 'nor is it ended once more')
) as v (channel, during, promise);
select tests.refused(
    $$delete from consent.consents where channel = 'never'$$, 'append_only', 'and is kept all the same'
);
select lives_ok(tests.put(channel, during), promise)
from (
    values
        ('open', tstzrange('2020-01-01', now() + interval '1 day'), 'what stands is ended later'),
        ('bounded', tstzrange('2020-01-01', now()), 'or now'),
        ('later', tstzrange(now() + interval '1 day', now() + interval '8 days'), 'what is to come is made shorter'),
        ('soon', 'empty', 'or never comes')
) as v (channel, during, promise);

select consent._recompute(tests.scope('river'), array[tests.work('Snow')]);

-- Who is forgotten.

select tests.as('max');
select consent.refuse_consent(tests.work('Ice'), 'research');
select consent.give_consent(tests.work(title), 'public_sharing') from unnest('{Ice,Fog}'::text[]) title;
select is(tests.shared(), '{Fog,Ice,Snow}'::text[], 'what everyone says yes to is shared');
select tests.as_nobody();

-- Each work is locked before what was decided about it is ended, or two at once would wait for each other for good.
-- Whoever locks a row leaves a trace in its xmax; lives_ok() does what it does as a transaction of its own within this.
create temporary table untouched on commit drop as select w.id, w.xmax::text as held_by from content.works w;
grant select on untouched to public;
create function tests.demand_lock()
returns trigger
language plpgsql
as $$
begin
    if exists (
        select
        from content.works w
        join untouched u on u.id = w.id and u.held_by = w.xmax::text
        where w.id = new.work_id
    ) then
        raise exception 'a decision is ended whose work is not locked';
    end if;
    return new;
end
$$;
create trigger _999_demand_lock
before update on consent.consents
for each row execute function tests.demand_lock();

select tests.as('max');
select lives_ok(
    $$select core.erase_person(tests.person('max'))$$, 'who is forgotten: in every organization, the works come first'
);
select tests.as_nobody();
select results_eq(
    $$select w.title from content.works w join untouched u on u.id = w.id and u.held_by = w.xmax::text$$,
    $$values ('Snow')$$, 'and where they had no say, nothing is locked'
);
select results_eq(
    $$
    select w.title, p.person_id = w.owner_id, c.decision::text, c.purpose
    from consent.consents c
    join consent.consent_parties p on p.tenant_id = c.tenant_id and p.id = c.party_id
    join content.works w on w.tenant_id = c.tenant_id and w.id = c.work_id
    where c.during @> now() and c.channel is null
    order by w.title, p.person_id = w.owner_id
    $$,
    $$
    values
        ('Fog', true, 'given', 'public_sharing'), ('Ice', false, 'refused', 'research'),
        ('Ice', true, 'given', 'public_sharing'), ('Snow', true, 'given', 'public_sharing')
    $$,
    'their yes is over; their no stands, and so does what others said'
);
select is(tests.shared(), '{Snow}'::text[], 'so nothing is shared any more that needs their yes');
select is_empty('select * from consent.verify_effective()', 'as is recounted');

select * from finish();
rollback;
