-- The registry: every table and column of every module is in it, what says something about a person is called so, and
-- nothing of the kind is kept by the audit log in clear.

begin;
set local search_path = tap, tests, public;
select plan(44);

create temporary view tables as
select c.oid, c.oid::regclass::text as table_name
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
join core.platform_modules m on m.module = n.nspname
where c.relkind in ('r', 'p') and not c.relispartition;

create temporary view columns as
select t.oid, t.table_name, a.attnum, a.attname::text as column_name, a.atttypid::regtype::text as type
from tables t
join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped;

-- All that there is.
select is_empty(
    $$select table_name from tables except select table_name from ops.table_classes$$, 'every table is registered'
);
select is_empty(
    $$select table_name from ops.table_classes except select table_name from tables$$, 'and no other'
);
select is_empty(
    $$select table_name, column_name from columns except select table_name, column_name from ops.column_classes$$,
    'every column is registered'
);
select is_empty(
    $$select table_name, column_name from ops.column_classes except select table_name, column_name from columns$$,
    'and no other'
);
select is_empty(
    $$select n.nspname
    from pg_namespace n
    where n.nspowner = 'empathy_owner'::regrole
        and n.nspname not in (select module from core.platform_modules)$$,
    'every schema of the owner is a module of the platform'
);
select is_empty(
    $$select t.table_name
    from tables t
    join ops.table_classes c using (table_name)
    where (c.tenancy = 'tenant') <> exists (
        select
        from pg_index i
        join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
        where i.indrelid = t.oid and i.indisprimary and a.attname = 'tenant_id'
    )$$,
    'a table is a tenant''s just when its key begins with the tenant'
);

-- Nothing about a person in clear.
select is_empty(
    $$select c.table_name, c.column_name
    from columns c
    join ops.column_classes r using (table_name, column_name)
    where r.pii = 'none'
        and exists (
            select
            from pg_constraint f
            where f.conrelid = c.oid
                and f.contype = 'f'
                and f.confrelid = 'core.people'::regclass
                and c.attnum = any (f.conkey)
        )$$,
    'what refers to a person says something about a person'
);
select is_empty(
    $$select table_name, column_name from ops.column_classes
    where pii = 'none' and column_name ~ '(^|_)(person_id|guardian_id|by|to_person|author_id|owner_id)$'$$,
    'also where no key says so'
);
select is_empty(
    $$select table_name, column_name from ops.column_classes
    where pii = 'none'
        and column_name ~ '^(handle|display_name|bio|avatar_url|locale|country_code|deceased_on|issuer|subject)$'
        -- What a distribution is decided by is its id.
        and (table_name, column_name) <> ('value.distributions', 'subject')$$,
    'what people are called, and where they live, says something about them'
);
select is_empty(
    $$select table_name, column_name from ops.column_classes
    where pii = 'none'
        and column_name ~ '^(message|reason|notice|statement|outcome|evidence_uri|document_type|body|explanation)$'
        -- The words of a refusal are the platform's own.
        and table_name <> 'core.error_codes'$$,
    'what people write about each other says something about them'
);
select is_empty(
    $$select table_name, column_name from columns
    join ops.column_classes using (table_name, column_name)
    where pii <> 'secret'
        and (column_name ~ '(_hash|wrapped_key|email|phone|legal_name)' or (type = 'bytea' and audit <> 'body'))
        -- The hashes of the log are there to be shown.
        and table_name !~ '^audit\.'$$,
    'keys, hashes and what is encrypted are secret'
);
select is_empty(
    $$select table_name, column_name from ops.column_classes where pii <> 'none' and audit = 'clear'$$,
    'nothing that says something about a person is kept in clear'
);
select is_empty(
    $$select table_name, column_name from ops.column_classes where pii = 'secret' and audit <> 'omitted'$$,
    'nothing secret is kept at all'
);
select bag_eq(
    $$select table_name from ops.table_classes where untracked_because is not null$$,
    $$values
        ('core.instance_keys'), ('core.person_keys'), ('core.usage_shards'), ('core.owner_counts'),
        ('core.rate_counters'), ('ops.jobs'), ('ops.outbox'), ('ops.migration_telemetry'), ('audit.changes'),
        ('audit.leaves'), ('audit.nodes'), ('audit.blocks'), ('audit.heads'), ('audit.progress'),
        ('audit.activity'), ('consent.effective'), ('content.ballots'), ('content.voters'),
        ('content.waiting_ballots'), ('content.anonymous_ballots'), ('content.reading_days'),
        ('content.work_count_steps'), ('content.search_entries'), ('insights.contributions'),
        ('insights.cells')$$,
    'the audit log follows every table but these'
);

-- Registering.
select ops._register_table(
    'core.kites', 'tenant', 'content',
    clear => '{id,colour}', personal => '{flown_by}', body => '{story}', secret => '{code}'
);
select results_eq(
    $$select tenancy::text, retention, untracked_because from ops.table_classes where table_name = 'core.kites'$$,
    $$values ('tenant', 'content', null::text)$$,
    'a table is registered whose it is, and how long it is kept'
);
select bag_eq(
    $$select column_name, pii::text, audit::text from ops.column_classes where table_name = 'core.kites'$$,
    $$values
        ('id', 'none', 'clear'), ('colour', 'none', 'clear'), ('flown_by', 'personal', 'personal'),
        ('story', 'personal', 'body'), ('code', 'secret', 'omitted')$$,
    'and each column with what it holds'
);
create temporary table written as select max(c.seq) as seq from audit.changes c;
select ops._register_table(
    'core.kites', 'tenant', 'content',
    clear => '{id,colour}', personal => '{flown_by}', body => '{story}', secret => '{code}'
);
select is_empty(
    $$
    select from audit.changes c
    where c.seq > (select w.seq from written w)
        and c.xid = pg_current_xact_id()
        and c.table_name in ('ops.table_classes', 'ops.column_classes')
    $$,
    'to say the same again writes nothing'
);
create temporary table before as select * from ops.column_classes where table_name <> 'core.kites';
select ops._register_table(
    'core.kites', 'global', 'account', clear => '{id}', personal => '{colour}', untracked_because => 'of no weight'
);
select results_eq(
    $$select tenancy::text, retention, untracked_because from ops.table_classes where table_name = 'core.kites'$$,
    $$values ('global', 'account', 'of no weight')$$,
    'to register a table again replaces what was said of it'
);
select bag_eq(
    $$select column_name, pii::text, audit::text from ops.column_classes where table_name = 'core.kites'$$,
    $$values ('id', 'none', 'clear'), ('colour', 'personal', 'personal')$$,
    'and of its columns'
);
select bag_eq(
    $$select * from ops.column_classes where table_name <> 'core.kites'$$, $$select * from before$$,
    'and nothing that was said of others'
);
select throws_ok(
    $$select ops._register_table('core.kites', 'global', 'account', clear => '{id}', personal => '{id}')$$,
    '23505', null, 'a column is registered once'
);

-- Who reads and writes it.
select tests.as('ann');
select throws_ok(format('select from %s', relation), '42501', null, format('people do not read %s', relation))
from unnest('{ops.table_classes,ops.column_classes}'::regclass[]) relation;
select tests.backend_reads('ops.table_classes');
select tests.backend_reads('ops.column_classes');
select is(
    tests.access(relation), '{select to empathy_auditor,select to service_role}',
    format('%s is written by seeds alone', relation)
)
from unnest('{ops.table_classes,ops.column_classes}'::regclass[]) relation;
select is_empty(
    format(
        $$select from pg_proc where proname = '_register_table' and has_function_privilege(%L, oid, 'execute')$$, who
    ),
    format('%s registers nothing', who)
)
from unnest('{anon,authenticated,service_role,empathy_auditor,empathy_keyholder}'::text[]) who;
grant select on ops.table_classes, ops.column_classes to authenticated;
select tests.as('ann');
select is_empty(format('select from %s', relation), format('were %s granted, no row would show', relation))
from unnest('{ops.table_classes,ops.column_classes}'::regclass[]) relation;
select tests.as_nobody();
revoke select on ops.table_classes, ops.column_classes from authenticated;

-- What the tables refuse, whoever writes.
select tests.violates(tests.variant(relation, changes, 'table_name = ''core.kites'''), constraint_name, promise)
from (
    values
        ('ops.table_classes'::regclass, '{}'::jsonb, 'table_classes_pkey', 'a table is registered once'),
        (
            'ops.table_classes', '{"table_name": "kites"}',
            'table_classes_table_name_check', 'a table is called schema.table'
        ),
        (
            'ops.table_classes', '{"table_name": "core.swings", "retention": "a while"}',
            'table_classes_retention_check', 'how long rows are kept has a name that we know'
        ),
        (
            'ops.table_classes', '{"table_name": "core.swings", "untracked_because": " "}',
            'table_classes_reasons_check', 'what the log does not follow has a reason'
        ),
        (
            'ops.table_classes', '{"table_name": "core.swings", "untold_because": ""}',
            'table_classes_reasons_check', 'and what a person is not told'
        ),
        ('ops.column_classes', '{}', 'column_classes_pkey', 'a column is registered once, whoever writes'),
        (
            'ops.column_classes', '{"table_name": "core.swings"}',
            'column_classes_table_name_fkey', 'a column is of a table that is registered'
        ),
        (
            'ops.column_classes', '{"column_name": "x", "pii": "personal", "audit": "clear"}',
            'column_classes_personal_check', 'what is personal is not kept in clear'
        ),
        (
            'ops.column_classes', '{"column_name": "x", "pii": "secret", "audit": "personal"}',
            'column_classes_secret_check', 'what is secret is not kept at all'
        ),
        (
            'ops.column_classes', '{"column_name": "x", "pii": "secret", "audit": "body"}',
            'column_classes_secret_check', 'not even by its hash'
        )
) as v (relation, changes, constraint_name, promise);

select * from finish();
rollback;
