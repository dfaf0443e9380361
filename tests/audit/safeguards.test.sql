-- Verification: nothing is found in a log that is whole; whatever was tampered with is named. And what the log stands
-- on: as a migration recorded it.
-- needs: superuser

begin;
set local search_path = tap, tests, public;
select plan(122);

select audit.seal();
select tests.world();
select tests.as('cleo');
select core.update_profile(core.me(), bio => 'I weave.');
select tests.as_nobody();
create schema kites authorization empathy_owner;
set local role empathy_owner;
create table kites.flights (
    tenant_id uuid,
    id integer,
    remark text,
    story text,
    colour text,
    constraint flights_pkey primary key (tenant_id, id)
);
reset role;
select ops._register_table(
    'kites.flights', 'tenant', 'content', clear => '{tenant_id,id,colour}', personal => '{remark}', body => '{story}'
);
select audit._attach('kites.flights');
select audit._record_safeguards();
insert into kites.flights
select tests.scope('river'), i, 'a fine day', 'Once', 'red' from generate_series(1, 4) i;
select audit._seal_due(p.era, '0', null, clock_timestamp(), null) from audit.progress p;
update kites.flights set colour = 'blue' where id = 2;
select audit._seal_due(p.era, '0', null, clock_timestamp(), null) from audit.progress p;
select set_config('tests.checkpoint', audit.checkpoint(tests.scope('river')), true);
select set_config('tests.size', h.size::text, true) from audit.heads h where h.tenant_id = tests.scope('river');
create function tests.size()
returns bigint
language sql
stable
set search_path = ''
as $$
    select pg_catalog.current_setting('tests.size')::bigint
$$;

-- What verification says after somebody did something; then it is undone.
create function tests.after(deed text, since bigint default 0, tenant uuid default tests.scope('river'))
returns text[]
language plpgsql
set search_path = ''
as $$
declare
    found text[];
begin
    perform pg_catalog.set_config('session_replication_role', 'replica', true);
    execute 'alter table audit.changes disable trigger all';
    execute 'alter table audit.leaves disable trigger all';
    execute 'alter table audit.nodes disable trigger all';
    execute 'alter table audit.blocks disable trigger all, drop constraint blocks_hash_check';
    execute 'alter table audit.erasure_orders disable trigger all';
    execute deed;
    perform pg_catalog.set_config('session_replication_role', 'origin', true);
    select array_agg(distinct v.finding || coalesce(' ' || v.position, '')) into found
    from (
        select * from audit._verify_changes(tenant, since)
        union all
        select * from audit._verify_blocks(tenant, since)
        union all
        select * from audit._verify_erasures(tenant, since)
        union all
        select r.*
        from unnest('{kites.flights,audit.erasure_orders}'::text[]) tracked
        cross join lateral audit._verify_rows(tenant, tracked, since) r
    ) v;
    raise exception using errcode = 'TESTS', message = coalesce(found, '{}')::text;
exception
    when sqlstate 'TESTS' then
        return sqlerrm::text[];
end
$$;
create function tests.seq(id integer, nth integer default 1)
returns bigint
language sql
stable
set search_path = ''
as $$
    select c.seq
    from audit.changes c
    where c.table_name = 'kites.flights' and (c.key::jsonb ->> 'id')::integer = seq.id
    order by c.seq
    offset nth - 1
    limit 1
$$;
-- The place of a change, from the first of the four rows.
create function tests.position(id integer, nth integer default 1)
returns bigint
language sql
stable
set search_path = ''
as $$
    select l.position
    from audit.leaves l
    where l.seq = tests.seq(position.id, nth) and l.tenant_id = tests.scope('river')
$$;

select is_empty(
    format('select * from audit.verify(%L)', tenant), 'nothing is found in a log that is whole: ' || name
)
from (
    values
        (tests.scope('river'), 'river'), (tests.scope('hill'), 'hill'), (audit.platform(), 'the platform'),
        (gen_random_uuid(), 'nobody''s')
) as v (tenant, name);
select is_empty(
    $$
    select *
    from generate_series(0, tests.size()) since
    cross join lateral (
        select * from audit._verify_changes(tests.scope('river'), since)
        union all
        select * from audit._verify_blocks(tests.scope('river'), since)
    ) v
    $$,
    'nor since any size that it had'
);
select is_empty(
    $$select * from audit.verify(tests.scope('river'), tests.size() - 3)$$, 'of the rows neither'
);
select is_empty(
    $$select * from audit.verify(tests.scope('river'), null)$$, 'nothing known before is the beginning'
);
select tests.refused(
    format('select * from audit.verify(tests.scope(''river''), %s)', since), 'log_size',
    'a size that a log never had is none'
)
from unnest(array[-1, tests.size() + 1]) since;

-- Changes.
select is(
    tests.after(format(deed, tests.seq(3))), array(
        select f || ' ' || tests.position(3) from unnest(string_to_array(findings, ',')) f order by 1
    ),
    promise
)
from (
    values
        (
            $$update audit.changes set clear = replace(clear, 'red', 'green') where seq = %s$$,
            'change_altered,row_altered', 'an image that was edited is found'
        ),
        ($$update audit.changes set actor = gen_random_uuid() where seq = %s$$, 'change_altered', 'and who did it'),
        (
            $$update audit.changes set recorded_at = recorded_at - interval '1 second' where seq = %s$$,
            'change_altered', 'and when'
        ),
        ($$update audit.changes set flags = 1 where seq = %s$$, 'change_altered', 'and by which way'),
        ($$update audit.changes set operation = 'U' where seq = %s$$, 'change_altered', 'and what'),
        (
            $$update audit.changes set body_commitment = null where seq = %s$$, 'change_altered',
            'and the hash of a body'
        ),
        (
            $$update audit.changes set personal = '{"remark":"a bad day"}' where seq = %s$$,
            'personal_altered,row_altered', 'and what is personal'
        ),
        ($$update audit.changes set salt = '\x00' where seq = %s$$, 'personal_altered,row_altered', 'and a salt'),
        (
            $$update audit.changes set erased_under = gen_random_uuid(), personal = null, salt = null, subjects =
                null where seq = %s$$,
            'erased_without_order', 'an erasure without an order is found'
        ),
        (
            $$update audit.changes set personal = null, salt = null where seq = %s$$, 'erased_without_order',
            'also one that names none'
        ),
        (
            $$update audit.leaves set recorded_at = recorded_at - interval '1 day'
                where seq = %s and tenant_id = tests.scope('river')$$,
            'change_altered', 'a leaf of another time is found'
        )
) as v (deed, findings, promise);
select is(
    tests.after(format('delete from audit.changes where seq = %s', tests.seq(3))),
    array['change_missing ' || tests.position(3), 'row_unrecorded'], 'a change that was deleted is found, and its row'
);
select is(
    tests.after(format('delete from audit.changes where seq = %s', tests.seq(2))),
    array['change_missing ' || tests.position(2)], 'also where a later one says how the row is'
);
select is(
    tests.after(format(
        $$
        update audit.changes c
        set clear = o.clear, key = o.key
        from audit.changes o
        where c.seq + o.seq = %1$s + %2$s and c.seq in (%1$s, %2$s) and o.seq in (%1$s, %2$s)
        $$,
        tests.seq(3), tests.seq(4)
    )),
    array['change_altered ' || tests.position(3), 'change_altered ' || tests.position(4)],
    'two that were swapped are found'
);
create function tests.put_in(era integer, transaction text)
returns text
language sql
stable
set search_path = ''
as $$
    select format(
        $put$
        insert into audit.changes (
            tenant_id, era, xid, role, session_role, flags, table_name, operation, key, clear, personal, salt,
            personal_commitment, body_commitment
        )
        select
            tenant_id, %s, %L, role, session_role, flags, table_name, 'U', key, clear, personal, salt,
            personal_commitment, body_commitment
        from audit.changes where seq = %s
        $put$,
        era, transaction, tests.seq(3)
    )
$$;
select is(
    tests.after(tests.put_in(p.era, '3')), '{change_unsealed}'::text[], 'a change that was put in is found'
)
from audit.progress p;
select is(
    tests.after(tests.put_in(p.era - 1, '99999999999')), '{change_unsealed}'::text[], 'also into an era that is over'
)
from audit.progress p;
select is(
    tests.after(tests.put_in(p.era, p.sealed_below::text)), '{}'::text[],
    'what is still to be sealed is nothing to find'
)
from audit.progress p;
select is(
    tests.after(tests.put_in(p.era, '3'), tests.size() - 1), '{change_unsealed}'::text[],
    'also by who looks only at the newest'
)
from audit.progress p;

-- Orders.
create function tests.ordered(id integer, carried_out boolean)
returns text
language sql
stable
set search_path = ''
as $$
    select format(
        $deed$
        insert into audit.erasure_orders (tenant_id, id, reason, seqs)
        values (%1$L, '00000000-0000-4000-8000-000000000001', 'a reason', '{%2$s}');
        update audit.changes
        set erased_under = '00000000-0000-4000-8000-000000000001', personal = null, salt = null, subjects = null
        where seq = %2$s and %3$L
        $deed$,
        tests.scope('river'), tests.seq(ordered.id), carried_out
    )
$$;
select is(
    tests.after(tests.ordered(3, true)), '{row_unrecorded}'::text[],
    'an order that nobody wrote down is found, where the log follows orders'
);
select is(
    tests.after(tests.ordered(3, false)),
    array['order_not_carried_out ' || tests.position(3), 'row_unrecorded'], 'an order that was not carried out is found'
);
select is(
    tests.after(
        tests.ordered(3, true)
        || format(
            ';update audit.changes set erased_under = %L, personal = null, salt = null where seq = %s',
            '00000000-0000-4000-8000-000000000001', tests.seq(4)
        )
    ),
    array['erased_without_order ' || tests.position(4), 'row_unrecorded'],
    'an order covers what it names, and nothing else'
);
select is(
    tests.after(
        tests.ordered(3, true)
        || format(
            ';update audit.changes set erased_under = %L, personal = null, salt = null where seq = %s',
            gen_random_uuid(), tests.seq(3)
        )
    ),
    array['erased_without_order ' || tests.position(3), 'row_unrecorded'], 'and is named by what it emptied'
);

-- Leaves, blocks, the head.
create function tests.finds(deed text, finding text, promise text, since bigint default 0)
returns text
language sql
set search_path = tap
as $$
    select
        ok(found @> array[finding], promise)
        || case when found @> array[finding] then '' else E'\n' || diag(found::text) end
    from (select tests.after(deed, since)) a (found)
$$;
select tests.finds(deed, replace(finding, '$', (tests.size() - 1)::text), promise)
from (
    values
        (
            $$delete from audit.leaves where tenant_id = tests.scope('river') and position = tests.size() - 1$$,
            'block_altered $', 'a leaf that was taken away is found'
        ),
        (
            $$update audit.leaves set hash = sha256('') where tenant_id = tests.scope('river') and position =
                tests.size() - 1$$,
            'block_altered $', 'a leaf that was rewritten is found, by the root'
        ),
        (
            $$update audit.leaves set hash = sha256('') where tenant_id = tests.scope('river') and position =
                tests.size() - 1$$,
            'change_altered $', 'and by the change'
        ),
        (
            $$insert into audit.leaves select tenant_id, tests.size(), -1, recorded_at, hash from audit.leaves
                where tenant_id = tests.scope('river') and position = 1$$,
            'leaf_unblocked ' || tests.size(), 'a leaf too many is found'
        ),
        (
            $$update audit.blocks set root = sha256('') where tenant_id = tests.scope('river') and number = 2$$,
            'block_altered $', 'a block with another root is found'
        ),
        (
            $$update audit.blocks set sealed_at = sealed_at + interval '1 day'
                where tenant_id = tests.scope('river') and number = 2$$,
            'block_altered $', 'and with another time'
        ),
        (
            $$delete from audit.blocks where tenant_id = tests.scope('river') and number = 2$$, 'head_altered',
            'a block that was taken away is found by the head'
        ),
        (
            $$delete from audit.blocks where tenant_id = tests.scope('river') and number = 1$$, 'block_altered $',
            'or by the next block'
        ),
        (
            $$update audit.heads set size = size + 1 where tenant_id = tests.scope('river')$$, 'head_altered',
            'a head that says more is found'
        ),
        (
            $$update audit.heads set number = number + 1 where tenant_id = tests.scope('river')$$, 'head_altered',
            'or counts otherwise'
        ),
        (
            $$update audit.heads set hash = sha256('') where tenant_id = tests.scope('river')$$, 'head_altered',
            'or has another hash'
        ),
        (
            $$update audit.heads set sealed_at = sealed_at + interval '1 day' where tenant_id = tests.scope('river')$$,
            'head_altered', 'or another time'
        ),
        (
            $$update audit.heads set peaks = array[sha256('')], root = sha256('')
                where tenant_id = tests.scope('river')$$,
            'head_altered', 'or other peaks'
        ),
        ($$delete from audit.heads where tenant_id = tests.scope('river')$$, 'head_altered', 'or is gone')
) as v (deed, finding, promise);

-- Blocks that agree with themselves.
create function tests.rewrite(number bigint, changes jsonb)
returns text
language sql
stable
set search_path = ''
as $$
    select format(
        $deed$
        update audit.blocks b
        set (number, size, root, sealed_at, previous_hash, hash) = (
            select r.number, r.size, r.root, r.sealed_at, r.previous_hash,
                audit._block_hash(
                    b.tenant_id, r.number, r.size, r.root, r.sealed_at, r.next_xid, r.previous_hash
                )
            from jsonb_populate_record(b, %L) r
        )
        where b.tenant_id = tests.scope('river') and b.number = %s
        $deed$,
        changes, rewrite.number
    )
$$;
create function tests.says(deed text, message text, promise text)
returns text
language plpgsql
set search_path = tap
as $$
declare
    said text[];
begin
    perform pg_catalog.set_config('session_replication_role', 'replica', true);
    alter table audit.blocks disable trigger all;
    alter table audit.blocks drop constraint blocks_hash_check;
    execute deed;
    perform pg_catalog.set_config('session_replication_role', 'origin', true);
    select array_agg(v.message) into said
    from audit._verify_blocks(tests.scope('river'), 0) v
    where v.finding = 'block_altered';
    raise exception using errcode = 'TESTS', message = coalesce(said, '{}')::text;
exception
    when sqlstate 'TESTS' then
        return tap.ok(exists (select from unnest(sqlerrm::text[]) s where s like message), promise)
            || case
                when exists (select from unnest(sqlerrm::text[]) s where s like message) then ''
                else E'\n' || tap.diag(sqlerrm)
            end;
end
$$;
select tests.says(deed, '%' || message, promise)
from (
    values
        (
            tests.rewrite(2, '{"number": 7}'), 'number does not follow that of the block before',
            'blocks are numbered without a gap'
        ),
        (
            tests.rewrite(2, jsonb_build_object('size', tests.size() + 1)), 'leaves are not all there',
            'a block has all its leaves'
        ),
        (
            tests.rewrite(1, jsonb_build_object('size', tests.size() + 1)),
            'size is not more than the size of the block before', 'a block holds more than the one before'
        ),
        (
            tests.rewrite(2, jsonb_build_object('root', sha256('x'))), 'root is not the root of the leaves',
            'a block has the root of its leaves'
        ),
        (
            tests.rewrite(1, jsonb_build_object('sealed_at', '2100-01-01')),
            'time is before the time of the block before', 'no block is older than the one before'
        ),
        (
            tests.rewrite(1, jsonb_build_object('sealed_at', '2020-01-01')), 'time is before that of a change in it',
            'nor than what it holds'
        ),
        (
            tests.rewrite(1, jsonb_build_object('sealed_at', '2020-01-01')),
            'previous hash is not that of the block before',
            'a block that was rewritten is not what the next one stands on'
        ),
        (
            $$update audit.blocks set hash = sha256('x') where tenant_id = tests.scope('river') and number = 2$$,
            'hash is not the hash of the block', 'a block has its own hash'
        ),
        (
            tests.rewrite(1, jsonb_build_object('previous_hash', sha256('x'))),
            'previous hash is not that of the block before', 'the first stands on nothing'
        )
) as v (deed, message, promise);

-- Rows.
select is(tests.after(deed), expected, promise)
from (
    values
        ('alter table kites.flights disable trigger all; update kites.flights set colour = ''green'' where id = 3',
        array['row_altered ' || tests.position(3)], 'a row that was changed past the log is found'),
        ('alter table kites.flights disable trigger all; update kites.flights set remark = ''green'' where id = 3',
        array['row_altered ' || tests.position(3)], 'also in what is personal'),
        ('alter table kites.flights disable trigger all; update kites.flights set story = ''green'' where id = 3',
        array['row_altered ' || tests.position(3)], 'also in a body'),
        ('alter table kites.flights disable trigger all; delete from kites.flights where id = 3',
        array['row_missing ' || tests.position(3)], 'a row that was deleted past the log is found'),
        (
            'alter table kites.flights disable trigger all; insert into kites.flights values (tests.scope(''river''),
                9, ''r'', ''s'', ''t'')',
            '{row_unrecorded}', 'and one that was put in'
        ),
        (
            'delete from kites.flights where id = 3; alter table kites.flights disable trigger all;
                insert into kites.flights values (tests.scope(''river''), 3, ''r'', ''s'', ''t'')',
            '{row_unrecorded}', 'or put back'
        ),
        ('delete from kites.flights where id = 3; update kites.flights set colour = ''green'' where id = 4',
        '{}', 'what went through the log is nothing to find'),
        ('truncate kites.flights', '{}', 'neither is a truncation'),
        (
            'alter table kites.flights add column size integer;
                update ops.column_classes set column_name = column_name',
            '{}', 'a column that came later is nothing to find'
        )
) as v (deed, expected, promise);
select is(tests.after(deed, tests.size() - 1), expected, promise)
from (
    values
        ('alter table kites.flights disable trigger all; update kites.flights set colour = ''green'' where id = 2',
        array['row_altered ' || tests.position(2, 2)], 'since a size, a row that changed after it is compared'),
        ('alter table kites.flights disable trigger all; delete from kites.flights where id = 2',
        array['row_missing ' || tests.position(2, 2)], 'and must be there'),
        ('alter table kites.flights disable trigger all; update kites.flights set colour = ''green'' where id = 3',
        '{}', 'and one that did not is not'),
        (
            'delete from kites.flights where id = 2; alter table kites.flights disable trigger all;
                insert into kites.flights values (tests.scope(''river''), 2, ''r'', ''s'', ''t'')',
            '{row_unrecorded}', 'nor be there again'
        ),
        (
            format('update audit.changes set clear = ''{}'' where seq = %s', tests.seq(2, 2)),
            array['change_altered ' || tests.size() - 1], 'changes after it are compared with their leaves'
        )
) as v (deed, expected, promise);

-- A trusted checkpoint.
select is_empty(
    $$select * from audit.verify(tests.scope('river'), checkpoint => current_setting('tests.checkpoint'))$$,
    'a log agrees with its checkpoint'
);
select is_empty(
    $$
    select * from audit.verify(
        tests.scope('river'), checkpoint => current_setting('tests.checkpoint') || E'\n\u2014 log.example abcd\n'
    )
    $$,
    'also with one that is signed'
);
select is_empty(
    $$
    select * from audit.verify(
        tests.scope('river'),
        checkpoint => format(E'%s\n0\n%s\n', audit.origin(tests.scope('river')), encode(sha256(''), 'base64'))
    )
    $$,
    'also with one of when it was empty'
);
select results_eq(
    format(
        $$select v.finding, v.position, v.message from audit.verify(tests.scope('river'), checkpoint => %L) v$$,
        checkpoint
    ),
    format($$values ('checkpoint_contradicted', %L::bigint, %L)$$, place, message),
    promise
)
from (
    values
        (
            format(E'%s\n%s\n%s\n', audit.origin(tests.scope('hill')), 1, encode(sha256(''), 'base64')), null,
            'the checkpoint is of another log: ' || audit.origin(tests.scope('hill')),
            'a checkpoint of another log is no checkpoint of this one'
        ),
        (
            format(E'%s\n%s\n%s\n', audit.origin(tests.scope('river')), tests.size() + 5, encode(sha256(''), 'base64')),
            tests.size(), format('the log once had %s changes: its end was cut off', tests.size() + 5),
            'a log whose end was cut off is found'
        ),
        (
            format(E'%s\n%s\n%s\n', audit.origin(tests.scope('river')), 2, encode(sha256(''), 'base64')), 1,
            'the first 2 changes are not those that the checkpoint was of', 'a log that was rebuilt is found'
        )
) as v (checkpoint, place, message, promise);
select tests.refused(
    format($$select * from audit.verify(tests.scope('river'), checkpoint => %L)$$, checkpoint), 'not_a_checkpoint',
    promise
)
from (
    values
        ('', 'nothing is no checkpoint'), (E'name\n12\n', 'nor is one without a root'),
        (E'name\n012\n' || encode(sha256(''), 'base64') || E'\n', 'nor with another number'),
        (E'name\n-1\n' || encode(sha256(''), 'base64') || E'\n', 'nor a negative size'),
        (E'name\n12\nabcd\n', 'nor with a short root'),
        (E'name\n\n12\n' || encode(sha256(''), 'base64'), 'nor with a line between')
) as v (checkpoint, promise);

-- What the log stands on.

-- What verification says of it after somebody did something; then it is undone.
create function tests.safeguards(deed text)
returns text[]
language plpgsql
set search_path = ''
as $$
declare
    found text[];
begin
    execute deed;
    select array_agg(v.finding || ': ' || v.key order by v.finding || ': ' || v.key) into found
    from audit._verify_safeguards() v;
    raise exception using errcode = 'TESTS', message = coalesce(found, '{}')::text;
exception
    when sqlstate 'TESTS' then
        return sqlerrm::text[];
end
$$;
select is(tests.safeguards(deed), array[finding], promise)
from (
    values
        (
            'alter table core.people disable trigger _900_capture_update',
            'safeguard_altered: trigger _900_capture_update on core.people', 'capture that is switched off is found'
        ),
        (
            'alter table core.people disable trigger _900_capture_update;
            alter table core.people enable always trigger _900_capture_update',
            'safeguard_touched: trigger _900_capture_update on core.people',
            'capture that was switched off and on again is a hint'
        ),
        (
            'alter table core.people enable trigger _900_capture_update',
            'safeguard_altered: trigger _900_capture_update on core.people', 'capture that replicas do without is found'
        ),
        (
            'drop trigger _900_capture_delete on core.people',
            'safeguard_missing: trigger _900_capture_delete on core.people', 'capture that is gone is found'
        ),
        (
            'create or replace trigger _900_capture_insert after insert on core.people
            referencing new table as new_rows for each statement when (false)
            execute function audit.tg_core_people__capture();
            alter table core.people enable always trigger _900_capture_insert',
            'safeguard_altered: trigger _900_capture_insert on core.people', 'capture under a condition is found'
        ),
        (
            'create function pg_temp.f() returns trigger language plpgsql as ''begin return null; end'';
            create trigger _000_aside before insert on core.people for each row execute function pg_temp.f()',
            'safeguard_added: trigger _000_aside on core.people', 'whatever comes before is found'
        ),
        (
            'create function pg_temp.f() returns trigger language plpgsql as ''begin return null; end'';
            create trigger _000_aside before update on core.people for each row
            when (old.bio is distinct from new.bio) execute function pg_temp.f()',
            'safeguard_added: trigger _000_aside on core.people', 'also under a condition on what was and what comes'
        ),
        (
            'drop trigger _010_append_only on audit.leaves',
            'safeguard_missing: trigger _010_append_only on audit.leaves',
            'a log that is no longer only added to is found'
        ),
        (
            'create or replace function audit.tg__append_only() returns trigger
                language plpgsql set search_path = pg_catalog, pg_temp as ''begin return null; end''',
            'safeguard_altered: function audit.tg__append_only()', 'a function that was replaced is found'
        ),
        (
            'create or replace function core._claims() returns jsonb language sql stable parallel safe
                as ''select null::jsonb''',
            'safeguard_altered: function core._claims()', 'also one that says who acts'
        ),
        (
            'alter function audit.tg_core_people__capture() set timezone = ''Asia/Tokyo''',
            'safeguard_altered: function audit.tg_core_people__capture()', 'or how images are written'
        ),
        (
            'alter function audit.seal(bigint) security invoker', 'safeguard_altered: function audit.seal(bigint)',
            'or as whom it runs'
        ),
        (
            'alter function audit.seal(bigint) owner to current_user', 'safeguard_altered: function audit.seal(bigint)',
            'or whose it is'
        ),
        (
            'grant execute on function audit.seal(bigint) to authenticated',
            'safeguard_altered: function audit.seal(bigint)', 'or who may call it'
        ),
        (
            'create function audit.help_yourself() returns text language sql as ''select 1::text''',
            'safeguard_added: function audit.help_yourself()', 'a function that came is found'
        ),
        (
            'drop function audit.finish_erasures()', 'safeguard_missing: function audit.finish_erasures()',
            'or that went'
        ),
        (
            'grant insert on audit.changes to authenticated', 'safeguard_altered: table audit.changes',
            'who may write the log is found'
        ),
        (
            'grant select (clear) on audit.changes to authenticated', 'safeguard_altered: table audit.changes',
            'or may read a part of it'
        ),
        (
            'alter table audit.changes disable row level security', 'safeguard_altered: table audit.changes',
            'or reads it past its policies'
        ),
        (
            'alter table audit.changes force row level security', 'safeguard_altered: table audit.changes',
            'or does not, who should'
        ),
        (
            'alter table audit.leaves drop constraint leaves_tenant_id_seq_key',
            'safeguard_altered: table audit.leaves', 'a constraint that went is found'
        ),
        ('alter table audit.leaves owner to current_user', 'safeguard_altered: table audit.leaves', 'or whose it is'),
        (
            'alter table audit.changes alter recorded_at set default ''2020-01-01''',
            'safeguard_altered: table audit.changes', 'a clock that was set is found'
        ),
        (
            'create rule aside as on insert to audit.changes do instead nothing',
            'safeguard_altered: table audit.changes', 'a rule that swallows changes is found'
        ),
        (
            'create policy read_all on audit.changes for select to authenticated using (true)',
            'safeguard_altered: table audit.changes', 'a policy that came is found'
        ),
        (
            'create or replace view audit.hashed_changes with (security_invoker = true) as select c.*, l.hash
                as leaf from audit.changes c left join audit.leaves l on l.tenant_id = c.tenant_id and l.seq = c.seq',
            'safeguard_altered: view audit.hashed_changes', 'leaves that are copied, not computed, are found'
        ),
        (
            'alter view audit.hashed_changes set (security_invoker = false)',
            'safeguard_altered: view audit.hashed_changes', 'a view that stops asking who looks is found'
        ),
        (
            'create function pg_temp.f() returns trigger language plpgsql as ''begin return null; end'';
            create trigger _000_aside before insert on audit.changes_default for each row execute function pg_temp.f()',
            'safeguard_added: trigger _000_aside on audit.changes_default', 'a month that swallows changes is found'
        ),
        (
            'alter table audit.changes_default disable trigger _010_erase_only',
            'safeguard_added: trigger _010_erase_only on audit.changes_default', 'or lets them be taken out'
        ),
        (
            'grant select on audit.changes_default to authenticated', 'safeguard_added: table audit.changes_default',
            'or is read past its table'
        ),
        (
            'create or replace function core._refuse(name text, variadic details text[] default ''{}'') returns void
                language sql as ''''',
            'safeguard_altered: function core._refuse(text,text[])', 'refusals that refuse nothing are found'
        ),
        (
            'alter sequence audit.change_seq cache 100', 'safeguard_altered: sequence audit.change_seq',
            'numbers that are no longer in order are found'
        )
) as v (deed, finding, promise);
select is(tests.safeguards(deed), '{}'::text[], promise)
from (
    values
        (
            'set local role empathy_owner; select audit._make_month(''changes'', ''recorded_at'', ''2001-01-01'');
                reset role',
            'a month that is made is nothing to find'
        ),
        ('update core.tiers set name = name', 'nor is what people do')
) as v (deed, promise);
select is(
    tests.safeguards(
        $$
        drop trigger _900_capture_delete on core.people;
        update audit.safeguards set digest = sha256('') where object like 'trigger%'
        $$
    ) @> '{safeguard_missing: trigger _900_capture_delete on core.people}',
    true, 'what was recorded otherwise does not hide it'
);

-- Recording.
select isnt_empty(
    $$
    select from audit.changes c
    where c.table_name = 'audit.safeguards' and c.operation in ('I', 'S') and c.key ~ 'function audit.seal'
    $$,
    'what the log stands on is in the log'
);
create temporary table recorded as select s.* from audit.safeguards s;
select audit._record_safeguards();
select bag_eq(
    'select object, digest, catalog_xmin::text, recorded_at from audit.safeguards',
    'select object, digest, catalog_xmin::text, recorded_at from recorded', 'recorded again, nothing changes'
);
create function audit.another()
returns text
language sql
as 'select 1::text';
drop trigger _900_capture_delete on core.people;
alter table core.people disable trigger _900_capture_update;
select audit._record_safeguards();
select is_empty('select * from audit._verify_safeguards()', 'recorded anew, what there is counts');
select results_eq(
    $$
    select s.object
    from audit.safeguards s
    left join recorded r on r.object = s.object
    where r.digest is distinct from s.digest
    order by 1
    $$,
    $$values ('function audit.another()'), ('trigger _900_capture_update on core.people')$$,
    'what came and what is otherwise was recorded'
);
select results_eq(
    $$select r.object from recorded r where r.object not in (select s.object from audit.safeguards s)$$,
    $$values ('trigger _900_capture_delete on core.people')$$, 'and what went is not recorded any longer'
);
select tests.violates(tests.variant('audit.safeguards', changes), constraint_name, promise)
from (
    values
        ('{}'::jsonb, 'safeguards_pkey', 'each is recorded once'),
        ('{"object": "x", "digest": "\\x00"}', 'safeguards_digest_check', 'as a hash')
) as v (changes, constraint_name, promise);

select * from finish();
rollback;
