-- Eras: after a restore transaction ids begin anew, and the log goes on where it was.

begin;
set local search_path = tap, tests, public;
select plan(23);

select audit.seal();
select tests.world();
create temporary table earlier as
select p.era, p.sealed_below, (select count(*) from audit.changes c where c.tenant_id = tests.scope('river')) as changes
from audit.progress p;
grant select on earlier to public;

select tests.as('olive');
select throws_ok($$select audit.begin_era('mine')$$, '42501', null, 'people begin no era');
select tests.as_nobody();
-- What safeguards say of the catalog, a restore would have written anew.
update audit.safeguards set catalog_xmin = '3' where object = 'function audit.seal(bigint)';
select tests.as_service();
select is(
    audit.begin_era('restored from the backup of Sunday', array['log.example/x']), (select e.era + 1 from earlier e),
    'a server begins an era after a restore'
);
select results_eq(
    $$select reason, checkpoints, began_at >= now() from audit.eras order by era desc limit 1$$,
    $$values ('restored from the backup of Sunday', '{log.example/x}'::text[], true)$$,
    'and says why, and what was known of the logs outside'
);
select tests.as_nobody();
select results_eq(
    'select era, sealed_below::text from audit.progress', $$select era + 1, '0' from earlier$$,
    'the sealer begins at the beginning'
);
select is_empty(
    $$
    select c.table_name, c.operation from audit.changes c
    where c.era = (select e.era from earlier e)
        and not exists (select from audit.leaves l where l.tenant_id = c.tenant_id and l.seq = c.seq)
    $$,
    'everything of the era that is over is sealed'
);
select is(h.size, e.changes, 'in the logs of its tenants')
from audit.heads h
cross join earlier e
where h.tenant_id = tests.scope('river');
select is(
    (select count(*) from audit.changes c where c.table_name = 'audit.eras' and c.xid = pg_current_xact_id()),
    1::bigint, 'that an era began is a change itself'
);
update core.scopes set description = 'after' where slug = 'river';
select is(
    (
        select c.era from audit.changes c
        where c.tenant_id = tests.scope('river') and c.table_name = 'core.scopes'
        order by c.seq desc
        limit 1
    ),
    (select e.era + 1 from earlier e), 'what is written from now on is of the new era'
);
select is_empty(
    format('select * from audit.verify(%L)', tenant), format('the log of %s is whole', name)
)
from (values (tests.scope('river'), 'river'), (audit.platform(), 'the platform')) as v (tenant, name);
select is(audit.seal(), 0::bigint, 'what is still written waits');
select is(audit._seal_due(e.era + 1, '0', null, clock_timestamp(), null) > 0, true, 'and is sealed behind the rest')
from earlier e;
select is_empty(
    format('select * from audit.verify(%L)', tenant), format('the log of %s goes on being whole', name)
)
from (values (tests.scope('river'), 'river'), (audit.platform(), 'the platform')) as v (tenant, name);

-- Transaction ids that had been given before are given again.
insert into audit.changes (tenant_id, era, xid, role, session_role, flags, table_name, operation, key, clear)
select tests.scope('hill'), e.era + 1, '5', 'x', 'x', 0, 'kites.flights', 'U', '{}', '{}' from earlier e;
select is(audit.seal(), 1::bigint, 'a transaction id that was given before is not taken for sealed');
select is_empty(
    format('select * from audit.verify(%L)', tests.scope('hill')), 'and not for put in'
);

-- An era that is over gets nothing any more.
insert into audit.changes (tenant_id, era, xid, role, session_role, flags, table_name, operation, key, clear)
select tests.scope('hill'), e.era, '99999999999', 'x', 'x', 0, 'kites.flights', 'U', '{}', '{}' from earlier e;
select results_eq(
    format('select finding from audit.verify(%L)', tests.scope('hill')), $$values ('change_unsealed')$$,
    'what is put into an era that is over is found, whatever transaction it says'
);

select lives_ok($$select audit.begin_era('moved')$$, 'an era can begin without anything known outside');
select results_eq(
    $$select checkpoints from audit.eras order by era desc limit 1$$, $$values ('{}'::text[])$$, 'then it says so'
);

select tests.violates(tests.variant('audit.eras', changes), constraint_name, promise)
from (
    values
        ('{}'::jsonb, 'eras_pkey', 'an era begins once'),
        ('{"era": 0}', 'eras_era_check', 'they are counted from 1'),
        ('{"era": 99999, "reason": " "}', 'eras_reason_check', 'an era begins for a reason'),
        (
            jsonb_build_object('era', 99999, 'reason', repeat('r', 501)), 'eras_reason_check', 'which has an end'
        )
) as v (changes, constraint_name, promise);

select * from finish();
rollback;
