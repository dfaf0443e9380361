-- Erasure: what the log says about a person goes under an order, and nothing else goes; the log goes on being whole.
-- needs: superuser

begin;
set local search_path = tap, tests, public;
select plan(73);

select tests.world();
select tests.as_keyholder('cleo');
select core.write_secret(core.me(), 'email', 'cleo@mail.example');
select tests.as('cleo');
select core.update_profile(core.me(), bio => 'I weave.');
select tests.as('eli');
select core.update_profile(core.me(), bio => 'I sing.');
select tests.as('hana');
select core.suspend_membership(tests.membership('cleo', 'heron'), 'a quarrel');
select tests.as('hana');
select core.impose_sanction(tests.scope('heron'), tests.person('cleo'), 'invite', 'a quarrel again');
select tests.as('cleo');
select core.appeal_sanction(
    (select s.id from core.sanctions s where s.person_id = core.me()), 'I do weave, and it was not me.'
);
select tests.as_nobody();
select set_config('tests.cleo', tests.person('cleo')::text, true);
select set_config('tests.eli', tests.person('eli')::text, true);
create function tests.cleo()
returns uuid
language sql
stable
set search_path = ''
as $$
    select pg_catalog.current_setting('tests.cleo')::uuid
$$;

-- What stays as long as it stands: the newest word on a row that is kept for safety's sake.
create function tests.is_evidence(c audit.changes)
returns boolean
language sql
set search_path = ''
as $$
    select c.table_name in ('core.sanctions', 'core.sanction_appeals', 'core.verifications', 'core.api_keys')
        and not exists (
            select
            from audit.changes later
            where later.table_name = c.table_name and later.key = c.key and later.seq > c.seq
        )
$$;

-- What the log holds of everybody, before.
create temporary table before_erasure as
select c.*, h.leaf, array[tests.cleo()] <@ c.subjects as about
from audit.changes c
join audit.hashed_changes h using (tenant_id, seq, recorded_at);
select isnt_empty(
    $$select from before_erasure b where b.about and b.personal ~ 'weave'$$, 'the log knew what somebody wrote'
);
select isnt_empty(
    $$select from before_erasure b where b.about and b.personal_key is not null$$, 'and by which logins they came'
);
select cmp_ok(
    (select count(distinct b.tenant_id) from before_erasure b where b.about), '=', 2::bigint, 'in more than one log'
);
-- Everything so far is sealed.
select audit._seal_due(p.era, '0', null, clock_timestamp(), null) from audit.progress p;
create temporary table roots as select h.tenant_id, h.size, h.root from audit.heads h;

select tests.as('cleo');
select core.erase_person(core.me());
select tests.as_nobody();

select is_empty(
    $$
    select c.seq from audit.changes c
    where (c.subjects && array[tests.cleo()] or concat(c.personal, c.personal_key) ~ tests.cleo()::text)
        and not tests.is_evidence(c)
    $$,
    'nothing in the log says any longer what is about somebody who was forgotten'
);
select is_empty(
    $$
    select c.table_name, c.personal
    from audit.changes c
    where concat(c.personal, c.personal_key, c.clear) ~ 'weave|"cleo"|Cleo' and not tests.is_evidence(c)
    $$,
    'neither their words nor their name nor their login'
);
select is_empty(
    $$
    select c.seq
    from before_erasure b
    join audit.changes c using (tenant_id, seq, recorded_at)
    where b.about
        and not tests.is_evidence(c)
        and (
            num_nonnulls(c.personal_key, c.personal, c.salt, c.subjects) <> 0
            or c.erased_under is null
            or (c.era, c.xid, c.role, c.session_role, c.flags, c.table_name, c.operation)
                is distinct from (b.era, b.xid, b.role, b.session_role, b.flags, b.table_name, b.operation)
            or (c.actor, c.request_id, c.key, c.clear, c.personal_commitment, c.body_commitment)
                is distinct from (b.actor, b.request_id, b.key, b.clear, b.personal_commitment, b.body_commitment)
        )
    $$,
    'what was personal is gone, and what was not has stayed'
);
select is_empty(
    $$
    select c.seq
    from before_erasure b
    left join audit.changes c
        on c.tenant_id = b.tenant_id and c.seq = b.seq and c.recorded_at = b.recorded_at
        and (c.personal_key, c.personal, c.salt, c.subjects)
            is not distinct from (b.personal_key, b.personal, b.salt, b.subjects)
        and c.erased_under is null
    where b.about is not true and c.seq is null
    $$,
    'of what is about others nothing is gone'
);
select is_empty(
    $$
    select
    from before_erasure b
    join audit.hashed_changes h using (tenant_id, seq, recorded_at)
    where h.leaf <> b.leaf
    $$,
    'no leaf is another'
);
select is_empty(
    $$select from roots r where audit._root(audit._peaks(r.tenant_id, r.size)) <> r.root$$, 'and no root'
);

-- Under orders, which are in the log.
select bag_eq(
    $$
    select o.tenant_id, seq
    from audit.erasure_orders o
    cross join unnest(o.seqs) seq
    where o.reason = 'the person was forgotten'
    $$,
    $$
    select c.tenant_id, c.seq from audit.changes c
    where c.erased_under is not null
    $$,
    'each change that was emptied stands in an order'
);
select is_empty(
    $$
    select c.seq
    from audit.changes c
    left join audit.erasure_orders o on o.tenant_id = c.tenant_id and o.id = c.erased_under
    where c.erased_under is not null and (o.id is null or not c.seq = any (o.seqs))
    $$,
    'and says which'
);
select is_empty(
    $$select from audit.erasure_orders o where o.seqs <> array(select s from unnest(o.seqs) s order by s)$$,
    'in order'
);
select results_eq(
    $$
    select count(*), array_agg(distinct c.operation::text), array_agg(distinct c.tenant_id order by c.tenant_id)
    from audit.changes c where c.table_name = 'audit.erasure_orders' and c.xid = pg_current_xact_id()
    $$,
    $$
    select count(*), '{I}'::text[], array_agg(distinct o.tenant_id order by o.tenant_id)
    from audit.erasure_orders o
    $$,
    'each order is a change itself'
);
select audit._seal_due(p.era, '0', null, clock_timestamp(), null) from audit.progress p;
select is_empty(
    format($$select * from audit.verify(%L)$$, tenant), 'the log is whole: ' || name
)
from (values (tests.scope('river'), 'the organization''s'), (audit.platform(), 'the platform''s')) as v (tenant, name);
select results_eq(
    $$
    select distinct h.erased, h.personal, h.clear is not null
    from audit.history(
        audit.platform(), 'core.people', jsonb_build_object('id', tests.cleo())
    ) h
    $$,
    $$values (true, null::jsonb, true)$$,
    'the history of a person who was forgotten shows that it was emptied'
);

-- What was still being written about them.
select is(audit.finish_erasures(), 0::bigint, 'what is empty is not emptied again');
insert into audit.changes (
    tenant_id, era, role, session_role, flags, table_name, operation, key, clear, personal, salt, personal_commitment,
    subjects
)
select
    audit.platform(), p.era, 'x', 'x', 0, 'core.people', 'U', jsonb_build_object('id', who), '{}', '{"bio": "late"}',
    '\x00', sha256('\x00'::bytea || '{"bio": "late"}'), array[who]
from audit.progress p
cross join unnest(array[tests.cleo(), tests.person('eli')]) who;
select tests.as_service();
select is(audit.finish_erasures(), 1::bigint, 'what was still being written about them goes, too');
select tests.as_nobody();
select results_eq(
    $$select subjects, erased_under is not null from audit.changes where personal = '{"bio": "late"}'$$,
    $$select array[tests.person('eli')], false$$,
    'and only that'
);
update core.people set erased_at = now() - interval '3 days' where id = tests.cleo();
select is(audit.finish_erasures(), 1::bigint, 'also what is written about them long afterwards');
select is(audit._erase_people('{}', 'nobody'), 0::bigint, 'nobody has nothing to be emptied');
select is(audit._erase_people(null, 'nobody'), 0::bigint, 'nor has no one');

-- Large orders come in parts.
insert into audit.changes (
    tenant_id, era, role, session_role, flags, table_name, operation, key, clear, personal, salt, personal_commitment,
    subjects
)
select
    tests.scope('hill'), p.era, 'x', 'x', 0, 'core.memberships', 'U', '{}', '{}', '{}', '\x00',
    sha256('\x00'::bytea || '{}'), array[tests.person('sol')]
from audit.progress p
cross join generate_series(1, 10001);
select audit._erase_people(array[tests.person('sol')], 'asked for twice');
select bag_eq(
    $$select cardinality(o.seqs) as n from audit.erasure_orders o where o.tenant_id = tests.scope('hill')$$,
    $$values (10000), (1)$$, 'an order names ten thousand changes at most'
);

-- What else is done to a change is refused: for everybody, the owner too.

create temporary table partitions as
select i.inhrelid::regclass as relation, i.inhparent::regclass as parent
from pg_inherits i
where i.inhparent in ('audit.changes'::regclass);
create function tests.one_change()
returns text
language sql
stable
set search_path = ''
as $$
    select format('tenant_id = %L and seq = %s', c.tenant_id, c.seq)
    from audit.changes c
    where c.personal is not null and c.erased_under is null
    limit 1
$$;
grant execute on function tests.one_change() to public;
create function tests.order()
returns uuid
language sql
stable
set search_path = ''
as $$
    select o.id from audit.erasure_orders o limit 1
$$;
select tests.refused(
    format('update audit.changes set %s where %s', change, tests.one_change()), 'append_only', promise
)
from (
    values
        ($$clear = '{}'$$, 'a change is not altered'),
        ('recorded_at = now()', 'nor when it was'),
        ('actor = gen_random_uuid()', 'nor who made it'),
        ('personal = null, salt = null, personal_key = null, subjects = null', 'nor emptied without an order'),
        ('erased_under = tests.order()', 'an order leaves nothing that was personal'),
        (
            'personal = null, salt = null, personal_key = null, subjects = null, erased_under = tests.order(),
            clear = null',
            'nor takes anything that was not'
        ),
        (
            'personal = null, salt = null, personal_key = null, subjects = null, erased_under = tests.order(),
            actor = gen_random_uuid()',
            'not even the actor'
        )
) as v (change, promise);
select tests.refused(
    $$update audit.changes set erased_under = tests.order() where erased_under is not null$$, 'append_only',
    'what was emptied under one order is not emptied under another'
);
select tests.refused(
    $$update audit.changes set erased_under = null where erased_under is not null$$, 'append_only',
    'and stays so'
);
select tests.refused(
    format('delete from audit.changes where %s', tests.one_change()), 'append_only', 'no change is taken away'
);
set local role empathy_owner;
select tests.refused(
    format('update audit.changes set clear = ''{}'' where %s', tests.one_change()), 'append_only',
    'also the owner alters no change'
);
select tests.refused(
    format('delete from audit.changes where %s', tests.one_change()), 'append_only', 'nor takes one away'
);
select tests.refused('truncate audit.changes', 'append_only', 'nor all of them');
reset role;
set local session_replication_role = replica;
select tests.refused(
    format('delete from audit.changes where %s', tests.one_change()), 'append_only', 'not in replica role either'
);
select tests.refused('truncate audit.changes', 'append_only', 'nor all at once');
set local session_replication_role = origin;
select is_empty(
    $$
    select p.relation, t.tgname
    from partitions p
    cross join (
        values
            ('_010_erase_only', 27, 'audit.tg_changes__erase_only()'),
            ('_020_append_only', 34, 'audit.tg__append_only()')
    ) as t (tgname, type, function)
    where not exists (
        select
        from pg_trigger g
        where g.tgrelid = p.relation
            and g.tgname = t.tgname
            and g.tgtype = t.type
            and g.tgenabled = 'A'
            and g.tgfoid = t.function::regprocedure
    )
    $$,
    'all that holds for each month'
);
select tests.refused(
    format('truncate %s', relation), 'append_only', 'a month is not emptied past its table'
)
from (select min(relation::text) as relation from partitions where relation::text <> 'audit.changes_default') p;
select tests.refused('truncate audit.changes_default', 'append_only', 'nor is what is kept aside');
select tests.refused(
    format('delete from %s where %s', c.tableoid::regclass, tests.one_change()), 'append_only',
    'nor is a change taken out of its month'
)
from audit.changes c
where c.xid = pg_current_xact_id()
limit 1;

-- The log's other tables.
insert into audit.archived_months (month, changes) values ('2001-01-01', 0);
insert into audit.nodes (tenant_id, height, index, hash) values (audit.platform(), 8, 99999999, sha256(''));
select tests.refused(
    format(statement, relation), 'append_only', format(statement, relation) || ': what was written stays'
)
from unnest('{leaves,nodes,blocks,eras,erasure_orders,archived_months}'::text[]) relation
cross join (
    values (0, 'delete from audit.%s'), (1, 'truncate audit.%s cascade')
) as v (nth, statement);
select tests.refused(statement, 'append_only', statement || ': nor is it altered')
from (
    values
        ('update audit.leaves set hash = hash'), ('update audit.nodes set hash = hash'),
        ('update audit.blocks set root = root'), ('update audit.eras set reason = reason'),
        ('update audit.erasure_orders set reason = reason'), ('update audit.archived_months set changes = 1')
) as v (statement);
set local session_replication_role = replica;
select tests.refused(
    format('delete from audit.%s', relation), 'append_only', format('not in replica role either: %s', relation)
)
from unnest('{leaves,nodes,blocks,eras,erasure_orders,archived_months}'::text[]) relation;
set local session_replication_role = origin;

-- What the tables refuse, whoever writes.
select tests.violates(tests.variant('audit.erasure_orders', changes), constraint_name, promise)
from (
    values
        ('{}'::jsonb, 'erasure_orders_pkey', 'an order is given once'),
        ('{"reason": " "}', 'erasure_orders_reason_check', 'an order has a reason'),
        (jsonb_build_object('reason', repeat('r', 501)), 'erasure_orders_reason_check', 'which has an end'),
        ('{"seqs": []}', 'erasure_orders_seqs_check', 'and names changes'),
        (
            jsonb_build_object('ordered_by', gen_random_uuid()),
            'erasure_orders_ordered_by_fkey', 'an order is somebody''s, or nobody''s that is known'
        )
) as v (changes, constraint_name, promise);

-- What no constraint guards, for the price of it: capture writes nothing else.

select is_empty(
    $$
    select c.table_name, c.operation, c.seq
    from audit.changes c
    where c.operation not in ('I', 'U', 'D', 'T', 'S')
        or num_nonnulls(c.key, c.personal_key) <> (c.erased_under is null or c.key is not null)::integer
        or (c.personal is not null and num_nonnulls(c.salt, c.personal_commitment) <> 2)
        or (c.erased_under is not null and num_nonnulls(c.personal_key, c.personal, c.salt, c.subjects) > 0)
    $$,
    'a change is of one of five kinds, names its row in one way, and what is personal has a salt and a commitment'
);
select cmp_ok(
    (select count(distinct (c.table_name, c.operation)) from audit.changes c), '>', 30::bigint,
    'of every table and kind there are some'
);

select * from finish();
rollback;
