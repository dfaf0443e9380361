-- Above read committed nothing moves: whoever moves something would not see what others moved meanwhile.

begin transaction isolation level repeatable read;
set local search_path = tap, tests, public;
select plan(5);

insert into core.organizations (slug, name) values ('river', 'River Council');
insert into value.assets (tenant_id, code, kind, scale, name)
select id, 'CAD', 'currency', 2, 'Canadian dollar' from core.organizations;
insert into value.accounts (tenant_id, asset, system_key, may_go_negative)
select a.tenant_id, a.code, k, true from value.assets a, unnest('{one,two}'::text[]) k;
select tests.as_service();
select tests.refused(
    $$select value.make_transfer('in', 'gift', tests.legs('one -1', 'two 1'))$$, 'isolation_too_high', 'nothing moves'
);
select tests.refused(
    $$select value.distribute(gen_random_uuid())$$, 'isolation_too_high', 'nothing is shared'
);
select tests.as_nobody();
select tests.refused(
    $$select value._resolve(gen_random_uuid(), 'voided', 'x', '{}')$$, 'isolation_too_high', 'nothing is resolved'
);
select tests.refused(
    $$select value._require_reversible('{}')$$, 'isolation_too_high', 'nor taken back, whoever writes it'
);

-- What else has to be there, the keys of the table say; here it is as if it were.
alter table value.distributions
drop constraint distributions_event_fkey,
drop constraint distributions_tenant_id_scope_id_level_fkey,
drop constraint distributions_decision_fkey,
drop constraint distributions_decided_fkey,
drop constraint distributions_tenant_id_transfer_id_fkey;
select tests.refused(
    format(
        $$insert into value.distributions (
            tenant_id, event_id, scope_id, asset, amount, model, rules, decision_id, transfer_id, proposed_by
        )
        select tenant_id, id, id, asset, 1, 'equal', '{}', id, id, %L from value.accounts$$,
        tests.person('olive')
    ),
    'isolation_too_high', 'nor shared, whoever writes it'
);

select * from finish();
rollback;
