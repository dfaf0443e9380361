-- needs: superuser
-- value.verify() finds what got past the keys: in a copy, or where they were switched off.

begin;
set local search_path = tap, tests, public;
select plan(11);

select tests.world();
select tests.as('olive');
select value.create_asset(tests.scope('river'), 'CAD', 'currency', 2, 'Canadian dollar');
select value.open_account(tests.scope('river'), 'CAD', system_key => 'outside', may_go_negative => true);
select value.open_account(tests.scope('river'), 'CAD', system_key => name)
from unnest('{one,two}'::text[]) name;
select value.make_transfer('in', 'grant', tests.legs('outside -1000', 'one 1000'));
select value.make_transfer('held', 'bounty', tests.legs('one -50', 'two 50'), pending => true);
select tests.as_nobody();
select is_empty($$select from value.verify()$$, 'what adds up is found right');

-- Breaks something, tells what is found, and mends it.
create function tests.found(breaks text)
returns text[]
language plpgsql
set search_path = ''
as $$
declare
    found text[];
begin
    set local session_replication_role = replica;
    execute breaks;
    found := array(select distinct v.problem from value.verify() v order by v.problem);
    raise exception using errcode = 'ZZ000', message = found::text;
exception
    when sqlstate 'ZZ000' then
        return sqlerrm::text[];
end
$$;

select is(tests.found(breaks), problems::text[], promise)
from (
    values
        (
            $$update value.entries set number = 3 where number = 2$$,
            '{does not leave what the entries come to}', 'an entry that is missing'
        ),
        (
            $$update value.entries set balance_after = balance_after + 1 where number = 2$$,
            '{does not leave what the entries come to}', 'balances that were written'
        ),
        (
            $$update value.entries set number = 2, latest_before = effective_on, pending_in_after = 51
            where reserved_in = 50$$,
            '{does not leave what the entries come to}', 'what is to come in'
        ),
        (
            $$update value.entries set latest_before = '2030-01-01' where number = 2$$,
            '{does not leave what the entries come to}', 'days'
        ),
        (
            $$update value.entries set pending_out_after = 51 where reserved_out = 50$$,
            '{does not leave what the entries come to}', 'and what was set aside'
        ),
        (
            $$insert into value.transfers (tenant_id, kind, idempotency_key, request_hash)
            select tenant_id, kind, 'x', request_hash from value.transfers limit 1$$,
            '{has no entries}', 'a transfer of nothing'
        ),
        (
            $$update value.entries set amount = 999, balance_after = 999 where amount = 1000$$,
            '{does not add up to nothing,does not leave what the entries come to}', 'entries that were written'
        ),
        (
            $$update value.entries set reserved_in = 51, pending_in_after = 51 where reserved_in = 50$$,
            '{does not add up to nothing}', 'and what they set aside'
        ),
        (
            $$update value.accounts set may_go_negative = true where system_key = 'one'$$,
            '{is not of its account or transfer}', 'who may go below zero without having been allowed to'
        ),
        (
            $$update value.transfers set effective_on = '2020-01-01' where idempotency_key = 'in'$$,
            '{is not of its account or transfer}', 'another day'
        )
) as v (breaks, problems, promise);

select * from finish();
rollback;
