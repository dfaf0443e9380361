-- What the books of one organization say is nothing to another's: neither rows that say the same ids there, nor the
-- same keys, owners and codes. Ids are drawn at random, so there are no such rows; but what keeps organizations apart
-- does not rest on that.
-- needs: superuser

begin;
set local search_path = tap, tests, public;
select plan(11);

select tests.world();
select tests.join('olive', 'hill', 'admin');
select tests.join('cleo', 'hill', 'member');

-- An account, by the organization in whose books it is, and by what its person is called or what it is for.
create function tests.account_in(slug text, name text)
returns uuid
language sql
stable
security definer
set search_path = ''
as $$
    select a.id
    from value.accounts a
    left join core.identities i on i.person_id = a.person_id
    where a.tenant_id = tests.scope(slug) and account_in.name in (i.subject, a.system_key)
$$;

-- A statement by which something is given there.
create function tests.giving(slug text, key text, giver text, getter text, amount bigint)
returns text
language sql
stable
set search_path = ''
as $$
    select format(
        'select value.make_transfer(%L, %L, array[row(%L, %s), row(%L, %s)]::value.leg[])',
        key, 'gift', tests.account_in(slug, giver), - amount, tests.account_in(slug, getter), amount
    )
$$;

select tests.as('olive');
select value.create_asset(tests.scope('river'), 'SEED', 'credit', 0, 'Seeds');
select value.create_asset(tests.scope('hill'), 'SEED', 'equity', 0, 'Seed shares');
select value.open_account(tests.scope(slug), 'SEED', system_key => 'outside', may_go_negative => true)
from unnest('{river,hill}'::text[]) slug;
select value.open_account(tests.scope(slug), 'SEED', person_id => tests.person('cleo'))
from unnest('{river,hill}'::text[]) slug;
select value.open_account(tests.scope('river'), 'SEED', person_id => tests.person('eli'));

-- Read.

select lives_ok(tests.giving('river', 'first', 'outside', 'eli', 10), 'before: eli got something here');
select is(tests.seen('eli', relation), '{1,0}', format('before: and reads it in %s', relation))
from unnest('{value.transfers,value.entries}'::regclass[]) relation;
set local session_replication_role = replica;
select tests.repeat_elsewhere(relation) from unnest('{value.transfers,value.entries}'::regclass[]) relation;
set local session_replication_role = origin;
select is(tests.seen('eli', relation), '{1,0}', format('eli reads no %s of another organization', relation))
from unnest('{value.transfers,value.entries}'::regclass[]) relation;

-- Asked again.

select tests.as('olive');
select lives_ok(
    tests.giving(slug, 'same', 'outside', 'cleo', 20) || ' from generate_series(1, 2)',
    'a key that is used in two organizations asks in each for what was asked there: ' || slug
)
from unnest('{river,hill}'::text[]) slug;
select tests.as_service();
select is(
    array(
        select b.balance
        from unnest('{river,hill}'::text[]) with ordinality s (slug, n)
        join value.balances b on b.account_id = tests.account_in(s.slug, 'cleo')
        order by s.n
    ),
    '{20,20}', 'and once'
);
select is(
    array(
        select value.open_account(a.tenant_id, a.asset, a.person_id, system_key => a.system_key)
        from value.accounts a
        order by a.id
    ),
    array(select a.id from value.accounts a order by a.id),
    'whoever has an account in each is given the one of that organization'
);

-- Held.

select tests.as('hugo');
select ops.impose_hold(tests.scope('hill'), 'Court order 17', tests.person('cleo'), 'equity');
select tests.as('cleo');
select tests.refused(
    tests.giving('hill', 'back', 'cleo', 'outside', 1), 'held', 'what is equity in one organization is held there'
);
select lives_ok(
    tests.giving('river', 'back', 'cleo', 'outside', 1), 'and what another calls the same, and is none, is not'
);

select * from finish();
rollback;
