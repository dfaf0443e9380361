-- What is shared in one organization is nothing to another's: neither rows that say the same ids there, nor accounts of
-- the same people. Ids are drawn at random, so there are no such rows; but what keeps organizations apart does not rest
-- on that.
-- needs: superuser

begin;
set local search_path = tap, tests, public;
select plan(11);

-- Counting leaves it for later where a vacuum holds the place where ballots wait: while this goes on, none begins.
lock table content.waiting_ballots in share update exclusive mode;

select tests.world();
select tests.books();
select tests.join('eli', 'hill', 'member');
select tests.as('hugo');
select value.create_asset(tests.scope('hill'), 'CAD', 'currency', 2, 'Canadian dollar');
select value.open_account(tests.scope('hill'), 'CAD', person_id => tests.person('eli'));
select tests.came_in('grant', 500);
select tests.sharing('custom', '{"elders": "first"}');
select is(
    tests.proposed('grant', 'Ours?', 200, array[
        row(tests.person('eli'), null, 1), row(tests.person('sol'), null, 1)
    ]::value.share[]),
    'eli 100, sol 100', 'before: something is to be shared here'
);
select tests.decided_on('Ours?');
select lives_ok(
    format('select value.distribute(%L)', tests.distribution('Ours?')),
    'who has an account in each organization gets their share'
);
select tests.as_nobody();
select is(
    array(
        select s.slug || ' ' || b.balance
        from value.accounts a
        join core.scopes s on s.id = a.tenant_id
        join value.balances b on b.tenant_id = a.tenant_id and b.account_id = a.id
        where a.person_id = tests.person('eli')
        order by s.slug collate "C"
    ),
    '{"hill 0","river 100"}', 'where it is shared'
);

-- Taken back, and given back, where the same was elsewhere.

create function tests.returned()
returns bigint[]
language sql
stable
set search_path = ''
as $$
    select array[e.returned, d.returned]
    from value.value_events e
    join value.distributions d on d.tenant_id = e.tenant_id and d.event_id = e.id
    where e.tenant_id = tests.scope('river')
$$;

-- An account here: eli's are two.
create function tests.leg(name text, amount bigint)
returns value.leg
language sql
stable
security definer
set search_path = ''
as $$
    select row(a.id, leg.amount)::value.leg
    from value.accounts a
    left join core.identities i on i.person_id = a.person_id
    left join core.scopes s on s.id = a.scope_id
    where a.tenant_id = tests.scope('river') and leg.name in (i.subject, s.slug, a.system_key)
$$;

create function tests.taken_back(key text)
returns void
language plpgsql
set search_path = ''
as $$
begin
    perform tests.as_service();
    perform value.reverse_transfer(
        t.id, 'refund ' || key, array[tests.leg('heron', -30), tests.leg('outside', 30)]
    )
    from value.transfers t
    where t.tenant_id = tests.scope('river') and t.idempotency_key = 'grant';
    perform value.reverse_transfer(t.id, 'thanks ' || key, array[tests.leg('eli', -20), tests.leg('heron', 20)])
    from value.transfers t
    where t.tenant_id = tests.scope('river') and t.kind = 'distribution' and t.reverses is null;
    perform tests.as_nobody();
end
$$;

select tests.taken_back('once');
select is(tests.returned(), '{30,20}', 'before: what was taken back of it, and what was given back');
set local session_replication_role = replica;
select tests.repeat_elsewhere(relation) from unnest('{value.transfers,value.entries}'::regclass[]) relation;
set local session_replication_role = origin;
select tests.taken_back('twice');
select is(tests.returned(), '{60,40}', 'what was taken back elsewhere is not counted here');

-- Read.

select is(tests.seen('petra', relation), expected, format('before: who keeps the books here reads %s', relation))
from (
    values ('value.distributions'::regclass, '{1,0}'::bigint[]), ('value.recipients', '{2,0}')
) as v (relation, expected);
set local session_replication_role = replica;
select tests.repeat_elsewhere(relation)
from unnest('{value.distributions,value.recipients}'::regclass[]) relation;
set local session_replication_role = origin;
select is(tests.seen('petra', relation), expected, format('but no %s of another organization', relation))
from (
    values ('value.distributions'::regclass, '{1,0}'::bigint[]), ('value.recipients', '{2,0}')
) as v (relation, expected);
select tests.as_nobody();
select is(
    value._left_to_share(e.tenant_id, e.id), 280::bigint, 'what is left is what is left here'
)
from value.value_events e;
select is(
    array(select m.shared from value.value_metrics m), '{160}', 'and what was shared, what was shared here'
);

select * from finish();
rollback;
