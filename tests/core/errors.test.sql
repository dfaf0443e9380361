-- Refusals: every one that a function raises is in the list, every one in the list is raised, each says all that it
-- was told, and tells what to do.

begin;
set local search_path = tap, tests, public;
select plan(24);

-- Every call of core._refuse(), with the number of details that it passes: the commas outside of brackets.
create temporary view refusals as
select
    p.oid::regprocedure as raised_by,
    call[1] as name,
    length(bare) - length(replace(bare, ',', '')) as details
from pg_proc p
cross join lateral regexp_matches(p.prosrc, 'core\._refuse\(\s*''([a-z_]+)''([^;]*)\)\s*;', 'g') as call
cross join lateral (
    select regexp_replace(regexp_replace(call[2], '\([^()]*\)', '', 'g'), '\([^()]*\)', '', 'g') as bare
) outside
where p.prosrc like '%core.\_refuse(%';

select isnt_empty($$select from refusals$$, 'functions refuse');
select is(
    (select count(*) from refusals),
    (
        select count(*)
        from pg_proc p
        cross join lateral regexp_matches(p.prosrc, 'perform core\._refuse', 'g')
    ),
    'each refusal is called by its name, so that it can be found'
);
select is_empty(
    $$select r.raised_by, r.name from refusals r where r.name not in (select e.name from core.error_codes e)$$,
    'every refusal that a function raises is in the list'
);
select is_empty(
    $$select e.name from core.error_codes e where e.name not in (select r.name from refusals r)$$,
    'every refusal in the list is raised by a function'
);
select is_empty(
    $$select r.raised_by, r.name, r.details
    from refusals r
    join core.error_codes e using (name)
    where r.details <> (length(e.message) - length(replace(e.message, '%s', ''))) / 2$$,
    'every refusal is told as many details as its words have room for'
);
select is_empty(
    $$select name from core.error_codes where replace(message, '%s', '') like '%\%%'$$,
    'its words hold nothing else that would be filled in'
);
select is_empty(
    $$select code from core.error_codes where code like 'EL%' group by code having count(*) > 1$$,
    'a code of ours means one refusal'
);
select is_empty(
    $$select name, code from core.error_codes
    where code !~ '^EL\d\d\d$' and code not in ('23505', '23514', '42501', 'P0002')$$,
    'a refusal has a code of ours, or one of Postgres that apps may see'
);
select is_empty($$select name from core.error_codes where btrim(hint) = ''$$, 'each tells what to do');

-- How a refusal is raised.
select throws_ok(
    $$select core._refuse('not_signed_in')$$,
    'EL001', 'you have to be signed in to do this', 'a refusal has its code and words'
);
select throws_ok(
    $$select core._refuse('membership_state', 'left', 'active')$$,
    'EL031', 'a membership that is left cannot become active', 'a refusal is told details'
);
select throws_ok(
    $$select core._refuse('not_found', '100%s')$$,
    'P0002', 'there is no such 100%s, or it is not for you to see', 'details are not filled in again'
);
select throws_ok(
    $$select core._refuse('bad_hair')$$,
    'P0001', 'no refusal is called bad_hair', 'a refusal that is not in the list says so'
);
create function tests.hint(statement text)
returns text
language plpgsql
set search_path = ''
as $$
declare
    told text;
begin
    execute statement;
    return null;
exception
    when others then
        get stacked diagnostics told = pg_exception_hint;
        return told;
end
$$;
select is(
    tests.hint($$select core._refuse('not_signed_in')$$),
    (select hint from core.error_codes where name = 'not_signed_in'),
    'a refusal says what to do'
);
select tests.as('ann');
select throws_ok(
    $$select core._refuse('not_signed_in')$$, '42501', null, 'nobody makes the database refuse in its own words'
);

-- Who reads the list.
select tests.as_anon();
select isnt_empty($$select from core.error_codes$$, 'everybody may know what a refusal means');
select tests.as('ann');
select isnt_empty($$select from core.error_codes$$, 'also whoever is signed in');
select tests.as_service();
select isnt_empty($$select from core.error_codes$$, 'also servers');
select tests.as_auditor();
select isnt_empty($$select from core.error_codes$$, 'also auditors');
select tests.as_nobody();
select is(
    tests.access('core.error_codes'),
    '{select to anon,select to authenticated,select to empathy_auditor,select to service_role}',
    'the list is written by seeds alone'
);

-- What the table refuses, whoever writes.
select tests.violates(tests.variant('core.error_codes', changes), constraint_name, promise)
from (
    values
        ('{}'::jsonb, 'error_codes_pkey', 'a refusal is listed once'),
        ('{"name": "Bad Hair"}', 'error_codes_name_check', 'a refusal has a plain name'),
        ('{"name": "bad_hair", "code": "EL1"}', 'error_codes_code_check', 'a code has five signs'),
        ('{"name": "bad_hair", "code": "el001"}', 'error_codes_code_check', 'in capitals')
) as v (changes, constraint_name, promise);

select * from finish();
rollback;
