-- Figures of a place above that are made up of more than one kind of group: of what is told there, and of what is left
-- of places below; or of what is left of places that ask for different numbers of people.
-- needs: superuser

begin;
set local search_path = tap, tests, public;
select plan(5);

select tests.world();
select tests.as('olive');
select core.set_module(tests.scope('river'), 'insights', true);
select core.set_setting(tests.scope('river'), 'insights.smallest_group', '3');

-- What was shared in places of an organization that ask for three, and of projects that ask for four.
select core.create_place(tests.scope('river'), 'community', 'ford', 'Ford People');
select core.create_place(core.create_project(tests.scope('river'), 'fleet', 'Fleet'), 'community', 'mast', 'Mast');
select core.create_place(core.create_project(tests.scope('river'), 'ferry', 'Ferry'), 'community', 'keel', 'Keel');
select core.set_setting(tests.scope(slug), 'insights.smallest_group', '4') from unnest('{fleet,ferry}'::text[]) slug;
select tests.as_nobody();
insert into value.assets (tenant_id, code, kind, scale, name)
values (tests.scope('river'), 'CAD', 'currency', 2, 'Dollar');

create function tests.share_alike(slug text, variadic names text[])
returns void
language plpgsql
set search_path = ''
as $$
declare
    one uuid := gen_random_uuid();
begin
    set local session_replication_role = replica;
    insert into value.transfers (tenant_id, id, kind, idempotency_key, request_hash)
    values (tests.scope('river'), one, 'share', slug, sha256(slug::bytea));
    insert into value.distributions (
        tenant_id, id, event_id, scope_id, asset, amount, model, rules, decision_id, proposed_by, transfer_id
    )
    values (
        tests.scope('river'), one, one, tests.scope(slug), 'CAD', 10 * cardinality(names), 'custom', '{}', one,
        tests.person('hana'), one
    );
    insert into value.recipients (tenant_id, distribution_id, person_id, weight, amount)
    select tests.scope('river'), one, tests.person(n), 1, 10 from unnest(names) n;
    set local session_replication_role = origin;
end
$$;
select tests.share_alike('delta', 'd1', 'd2');
select tests.share_alike('ford', 'd3');
select tests.share_alike('mast', 'e1', 'e2', 'e3');
select tests.share_alike('keel', 'e4');

-- What is told in a project, and what is left of its places.
select tests.tell('archive', 'c1', 'c2', 'c3');
select tests.tell('heron', 'a1', 'a2');
select tests.tell('otter', 'b1', 'b2');
select tests.release('river');
select results_eq(
    $$select tests.groups('archive')$$, $$values ('note: 3 by 3'), ('note: 4 by 4')$$,
    'those who told in a project and those of its places, too few there, are a group each: seven would be lost at once'
);
select tests.as('a1');
select consent.withdraw_consent(tests.work('a1 of heron'), 'insight');
select tests.as_nobody();
select results_eq(
    $$select tests.groups('archive')$$, $$values ('note: 3 by 3')$$,
    'when one of these takes back consent, the others stand'
);
select is_empty($$select insights.verify_figures()$$, 'a recount finds the same');

-- What was shared.
select results_eq(
    $$
    select g.smallest, g.people, g.amount, g.spread
    from insights.groups g
    where g.board = 'shared'
    order by g.smallest
    $$,
    $$values (3, 3, 30::bigint, 0::bigint), (4, 4, 40::bigint, 0::bigint)$$,
    'where all got the same, shares are equal, whoever else got something'
);
select tests.as('olive');
select results_eq(
    $$
    select i.recipients, i.inequality
    from insights.community_impact(tests.scope('river'), tests.this_month(), tests.this_month()) i
    where i.asset = 'CAD'
    $$,
    $$values (5::bigint, 0.00)$$, 'and so it is read'
);

select * from finish();
rollback;
