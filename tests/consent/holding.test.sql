-- What is done to one work, and under one agreement, holds nobody up who does something to another.

begin;
set local search_path = tap, tests, public;
select plan(7);

create function tests.agreement(recipient text)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
    select a.id from consent.agreements a where a.recipient = agreement.recipient
$$;

create function tests.run(model text)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
    select r.id from consent.runs r where r.model = run.model
$$;

-- Whoever locks a row leaves a trace in its xmax; lives_ok() does what it does as a transaction of its own within this.
-- What is updated holds no more than its key.
create table tests.traces (what text primary key, held_by text);

create function tests.trace(what text)
returns text
language sql
stable
set search_path = ''
as $$
    select a.xmax::text from consent.agreements a where a.recipient = what
    union all
    select w.xmax::text from content.works w where w.title = what
$$;

create function tests.let_go()
returns void
language sql
security definer
set search_path = ''
as $$
    update content.works set compiled_at = compiled_at;
    update tests.traces set held_by = tests.trace(what);
$$;

create function tests.held()
returns text[]
language sql
stable
security definer
set search_path = ''
as $$
    select array_agg(t.what order by t.what) from tests.traces t where t.held_by <> tests.trace(t.what)
$$;

select tests.world();
select tests.as('cleo');
select content.create_note(tests.scope('heron'), title, '{}') from unnest('{Fire,Fog,Ice,Snow,Thaw}'::text[]) title;
select consent.give_consent(tests.work(title), 'research') from unnest('{Fire,Fog,Ice,Snow,Thaw}'::text[]) title;
select tests.as('sol');
select consent.create_agreement(tests.scope('heron'), recipient, '{research}', '', repeat('ab', 32))
from unnest('{Institute,Museum}'::text[]) recipient;
select consent.begin_run(tests.agreement(recipient), 'research', recipient)
from unnest('{Institute,Museum}'::text[]) recipient;
select count(h.work_id)
from (values ('Institute', 'Fog'), ('Museum', 'Snow'), ('Museum', 'Thaw')) v (model, title),
    consent.hand_out(tests.run(model), array[tests.work(title)]) h;
select tests.as('cleo');
select consent.withdraw_consent(tests.work('Thaw'));
select tests.as_nobody();
-- Nothing refers to this one: not even its key is held.
select lives_ok(
    tests.variant('consent.agreements', '{"recipient": "Beside"}', $$recipient = 'Museum'$$),
    'before: another agreement'
);
insert into tests.traces
select a.recipient from consent.agreements a
union all
select w.title from content.works w;

select tests.let_go();
select tests.as('sol');
select lives_ok($$select consent.hand_out(tests.run('Institute'), array[tests.work('Ice')])$$, 'a work is handed out');
select is(tests.held(), '{Ice}', 'which holds up who asks for it, and nobody else');
select tests.let_go();
select lives_ok($$select consent.end_agreement(tests.agreement('Museum'))$$, 'an agreement is ended');
select is(
    tests.held(), '{Museum,Snow}', 'which holds up who acts under it, and what stands handed out under it'
);
select tests.as_nobody();
alter table consent.consents disable trigger _010_end_only;
update consent.consents c
set during = tstzrange(now() - interval '2 days', now() - interval '1 day') where c.work_id = tests.work('Fog');
alter table consent.consents enable trigger _010_end_only;
update consent.effective e
set during = n.during
from consent._effective(tests.scope('river'), array[tests.work('Fog')]) n
where e.work_id = n.work_id and e.purpose = n.purpose;
select tests.let_go();
select tests.as_service();
select lives_ok('select consent.recall_expired()', 'what ran out is taken back');
select is(tests.held(), '{Fog}', 'which holds up that');
select tests.as_nobody();

select * from finish();
rollback;
