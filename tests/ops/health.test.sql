-- How the database is, by its own account: what is well is called so, each fault is found by itself, and what to do
-- is said with it.

begin;
set local search_path = tap, tests, public;
select plan(36);

-- What is said of one thing.
create function tests.finding(about text)
returns text
language sql
stable
security definer
set search_path = ''
as $$
    select coalesce(
        (select concat_ws(': ', h.level, h.finding, nullif(h.advice, '')) from ops.health() h where h.name = about),
        'nothing is said'
    )
$$;

-- What is said of it after a change, which is undone; nothing where whoever runs this may not make the change.
create function tests.after(change text, about text)
returns text
language plpgsql
set search_path = ''
as $$
declare
    told text;
begin
    execute change;
    told := tests.finding(about);
    raise exception using errcode = 'TS001';
exception
    when sqlstate 'TS001' then
        return told;
    when insufficient_privilege then
        return null;
end
$$;

select audit.seal(); -- what the database was made with
select tests.world();
update ops.jobs set last_run_at = now() - interval '1 minute', enabled = true;

select tests.as_service();
select is_empty(
    $$select * from ops.health() where level = 'wrong' and name !~ '^role '$$,
    'of a database that is well nothing is wrong'
);
select tests.as('olive');
select throws_ok('select * from ops.health()', '42501', null, 'how it is is not for people to ask');
select tests.as_nobody();

select is(tests.finding('core.verify_owners()'), 'ok: nothing differs', 'owners are recounted');
select is(tests.finding('core.verify_seats()'), 'ok: nothing differs', 'so are seats');
select alike(tests.finding('job forget_requests'), 'ok: last ended well at %', 'a job that has just run is well');
select unalike(tests.finding('job forget_requests'), '%log', 'and there is nothing to do about it');
select is(tests.finding('rate counters'), 'ok: only of the last minutes', 'counters of now are no fault');
select is(tests.finding('row security'), 'ok: on for every table', 'row security is on for every table');
select is(tests.finding('owner'), 'ok: everything belongs to empathy_owner', 'everything has one owner');
select is(tests.finding('public execute'), 'ok: nothing is for everybody to call', 'nothing is for everybody to call');
select is(tests.finding('triggers'), 'ok: none is switched off', 'no trigger is switched off');

-- One fault at a time.
select alike(tests.after(change, about), finding, promise)
from (
    values
        (
            'update core.owner_counts set owners = owners + 1 where tenant_id = tests.scope(''river'')',
            'core.verify_owners()',
            'wrong: 1 rows differ from a recount: read them: select * from core.verify\_owners()',
            'a count that is off is found, with how to read it'
        ),
        (
            'create function core.verify_one(id uuid) returns setof integer language sql as ''select 1''',
            'core.verify_one()', 'nothing is said', 'what has to be told what to count is not called'
        ),
        (
            'create function tests.verify_two() returns setof integer language sql as ''select 1''',
            'tests.verify_two()', 'nothing is said', 'nor is what belongs to no module'
        ),
        (
            'update ops.jobs set last_run_at = null', 'job forget_requests',
            'note: has never run: see that a worker runs, and read its log', 'a job that never ran is worth a note'
        ),
        (
            'update ops.jobs set last_run_at = now() - interval ''1 day''', 'job forget_requests',
            'wrong: last ended well at %: see that a worker runs, and read its log', 'a job that is late is found'
        ),
        (
            $$
                insert into core.rate_counters (bucket, minute, hits)
                values ('old', date_trunc('minute', now(), 'UTC') - interval '2 hours', 1)
            $$,
            'rate counters', 'wrong: 1 counts are older than an hour: see that the job forget\_requests runs',
            'counters that nobody forgets are found'
        ),
        (
            'alter table core.rate_counters set logged', 'rate counters',
            'wrong: %is a logged table%: alter table core.rate\_counters set unlogged', 'and a log of them'
        ),
        (
            'alter table core.people disable row level security', 'row security',
            'wrong: off for: core.people: alter table … enable row level security',
            'a table without row security is named'
        ),
        (
            'create table core.stray (id integer primary key); alter table core.stray enable row level security',
            'owner', 'wrong: not owned by empathy\_owner: core.stray: alter … owner to empathy\_owner',
            'a table of somebody else is named, once'
        ),
        (
            $$
                create function core.stray() returns integer language sql as 'select 1';
                revoke execute on function core.stray() from public
            $$,
            'owner', 'wrong: not owned by empathy\_owner: core.stray(): alter function … owner to empathy\_owner',
            'and so is a function'
        ),
        (
            'grant execute on function core.me() to public', 'public execute',
            'wrong: everybody may call: core.me(): revoke execute on function … from public',
            'a function that is for everybody is named'
        ),
        (
            'alter table core.people disable trigger _020_touch', 'triggers',
            'wrong: switched off: core.people.\_020\_touch: alter table … enable trigger …',
            'a trigger that is switched off is named'
        )
) as faults (change, about, finding, promise);

-- Roles, which only some may change.
select is(
    tests.finding('role authenticator'), 'ok: as it should be',
    'the role of the API becomes those whom it serves, and is as it should be'
);
select case when told is null then skip('roles are a superuser''s to change', 1) else alike(told, finding, promise) end
from (
    values
        (
            'alter role authenticator inherit', 'role authenticator',
            'wrong: has the rights of its roles without becoming one: schema/prerequisites.sql %',
            'the role of the API has no right before it becomes somebody'
        ),
        (
            'alter role anon inherit', 'role anon', 'ok: as it should be', 'whoever becomes nobody may inherit'
        ),
        (
            'alter role empathy_auditor bypassrls', 'role empathy_auditor',
            'wrong: goes past every policy: schema/prerequisites.sql %', 'an auditor sees by policies'
        ),
        (
            'alter role service_role bypassrls', 'role service_role', 'ok: as it should be',
            'a server may go past them, as it does on Supabase'
        ),
        (
            'grant empathy_owner to authenticator', 'role authenticator',
            'wrong: may become empathy\_owner: schema/prerequisites.sql %',
            'the role of the API does not become the owner'
        ),
        (
            'grant anon to empathy_keyholder', 'role empathy_keyholder',
            'wrong: may become anon: schema/prerequisites.sql %', 'the keyholder becomes nobody'
        ),
        (
            'grant authenticated to empathy_owner', 'role empathy_owner',
            'wrong: may become authenticated: schema/prerequisites.sql %', 'nor does the owner'
        ),
        (
            'grant anon to empathy_owner', 'role empathy_owner', 'ok: as it should be',
            'but anon, through whom it reaches the extensions on Supabase'
        )
) as faults (change, about, finding, promise)
cross join lateral tests.after(change, about) as told;

select case
    when told is null then skip('roles are a superuser''s to change', 1)
    else alike(told, 'note: what empathy\_keyholder is given can reach the server''s log: %', promise)
end
from (
    values
        ('select', 'it is noted that the keyholder''s secrets can reach the log'),
        (
            $$
                alter role empathy_auditor set log_statement = 'none';
                alter role empathy_auditor set log_parameter_max_length = 0
            $$,
            'also where another role is kept out of it'
        ),
        ('alter role empathy_keyholder set log_statement = ''none''', 'where parameters are not kept out'),
        (
            format(
                $$
                    alter role empathy_keyholder in database %1$I set log_statement = 'none';
                    alter role empathy_keyholder in database %1$I set log_parameter_max_length = 0
                $$,
                current_database()
            ),
            'and where it is kept out in one database only'
        )
) as settings (change, promise)
cross join lateral tests.after(
    'alter role empathy_keyholder reset all; ' || change, 'the keyholder''s silence'
) as told;

select * from finish();
rollback;
