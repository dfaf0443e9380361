-- Sealing: what was written gets its place in its tenant's log, once and for good; the log is the tree of RFC 6962, and
-- its proofs are those that anybody can check.

begin;
set local search_path = tap, tests, public;
select plan(112);

-- The standard in SQL, written from RFC 6962 and RFC 9162, and sharing nothing with the module.

-- RFC 6962, 2.1: the hash of a tree over entries.
create function tests.mth(leaves bytea[])
returns bytea
language plpgsql
immutable
set search_path = ''
as $$
declare
    n constant integer := coalesce(cardinality(leaves), 0);
    k integer := 1;
begin
    if n = 0 then
        return pg_catalog.sha256('');
    elsif n = 1 then
        return leaves[1];
    end if;
    while k * 2 < n loop
        k := k * 2;
    end loop;
    return pg_catalog.sha256('\x01'::bytea || tests.mth(leaves[1:k]) || tests.mth(leaves[k + 1:n]));
end
$$;

-- RFC 9162, 2.1.3.2: whether a proof shows that a leaf stands in a tree.
create function tests.included(leaf bytea, leaf_index bigint, tree_size bigint, path bytea[], root bytea)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
declare
    fn bigint := leaf_index;
    sn bigint := tree_size - 1;
    r bytea := leaf;
    p bytea;
begin
    if leaf_index >= tree_size then
        return false;
    end if;
    foreach p in array path loop
        if sn = 0 then
            return false;
        end if;
        if fn % 2 = 1 or fn = sn then
            r := pg_catalog.sha256('\x01'::bytea || p || r);
            while fn % 2 = 0 and fn <> 0 loop
                fn := fn >> 1;
                sn := sn >> 1;
            end loop;
        else
            r := pg_catalog.sha256('\x01'::bytea || r || p);
        end if;
        fn := fn >> 1;
        sn := sn >> 1;
    end loop;
    return sn = 0 and r = root;
end
$$;

-- RFC 9162, 2.1.4.2: whether a proof shows that one tree is the beginning of another.
create function tests.consistent(
    first bigint, second bigint, first_hash bytea, second_hash bytea, path bytea[]
)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
declare
    steps bytea[] := path;
    fn bigint := first - 1;
    sn bigint := second - 1;
    fr bytea;
    sr bytea;
    c bytea;
begin
    -- No tree at all is the beginning of each; each is its own beginning.
    if first = 0 or first = second then
        return path = '{}' and (first = 0 or first_hash = second_hash);
    end if;
    if coalesce(cardinality(steps), 0) = 0 then
        return false;
    end if;
    if first & (first - 1) = 0 then
        steps := first_hash || steps;
    end if;
    while fn % 2 = 1 loop
        fn := fn >> 1;
        sn := sn >> 1;
    end loop;
    fr := steps[1];
    sr := steps[1];
    foreach c in array steps[2:] loop
        if sn = 0 then
            return false;
        end if;
        if fn % 2 = 1 or fn = sn then
            fr := pg_catalog.sha256('\x01'::bytea || c || fr);
            sr := pg_catalog.sha256('\x01'::bytea || c || sr);
            while fn % 2 = 0 and fn <> 0 loop
                fn := fn >> 1;
                sn := sn >> 1;
            end loop;
        else
            sr := pg_catalog.sha256('\x01'::bytea || sr || c);
        end if;
        fn := fn >> 1;
        sn := sn >> 1;
    end loop;
    return sn = 0 and fr = first_hash and sr = second_hash;
end
$$;

-- The vectors that implementations of RFC 6962 share: eight entries, and the roots of the trees over the first n.
create temporary table vectors (size integer, entry bytea, root bytea);
insert into vectors
values
    (0, null, '\xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'),
    (1, '', '\x6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'),
    (2, '\x00', '\xfac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'),
    (3, '\x10', '\xaeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'),
    (4, '\x2021', '\xd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7'),
    (5, '\x3031', '\x4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4'),
    (6, '\x40414243', '\x76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef'),
    (7, '\x5051525354555657', '\xddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c'),
    (8, '\x606162636465666768696a6b6c6d6e6f', '\x5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328');
create function tests.vector(size integer)
returns bytea[]
language sql
stable
set search_path = ''
as $$
    select coalesce(array_agg(pg_catalog.sha256('\x00'::bytea || v.entry) order by v.size), '{}')
    from pg_temp.vectors v
    where v.size between 1 and vector.size
$$;
create function tests.leaves(hashes bytea[])
returns bytea
language sql
immutable
set search_path = ''
as $$
    select coalesce(pg_catalog.string_agg(h, ''::bytea order by n), '') from unnest(hashes) with ordinality u (h, n)
$$;

select is(tests.mth(tests.vector(size)), root, format('the reference agrees with the vector of size %s', size))
from vectors;
select is(
    audit._root((audit._append(0, tests.leaves(tests.vector(size)), '{}')).peaks), root,
    format('the root of the vector of size %s is right', size)
)
from vectors;

-- What is appended at once, or bit by bit, is the same tree.
create function tests.grown(hashes bytea[], first integer)
returns bytea[]
language sql
immutable
set search_path = ''
as $$
    select (
        audit._append(
            first, tests.leaves(hashes[first + 1:]), (audit._append(0, tests.leaves(hashes[1:first]), '{}')).peaks
        )
    ).peaks
$$;
select is_empty(
    $$
    select v.size, first
    from vectors v
    cross join generate_series(0, v.size) first
    where audit._root(tests.grown(tests.vector(v.size), first)) <> v.root
    $$,
    'a tree that grew in two steps is the tree that grew in one'
);
select is(
    (audit._append(0, tests.leaves(tests.vector(6)), '{}')).peaks,
    array[
        null, tests.mth((tests.vector(6))[5:6]), tests.mth((tests.vector(6))[1:4])
    ],
    'the peaks of a tree are the complete subtrees that its size calls for, by height'
);
select is(
    array_remove((audit._append(6, tests.leaves((tests.vector(8))[7:8]), tests.grown(tests.vector(6), 0))).peaks, null),
    array[tests.mth(tests.vector(8))], 'peaks that were joined are peaks no longer'
);

-- Random trees: sizes, steps and leaves by chance.
create temporary table trees as
select t.n, t.size, t.first, (
    select array_agg(sha256(convert_to(format('%s %s %s', t.n, i, random()), 'utf8'))) from generate_series(1, t.size) i
) as leaves
from (
    select n, size, floor(random() * (size + 1))::integer as first
    from (
        select n, (1 + floor(random() * case when n % 10 = 0 then 900 else 70 end))::integer as size
        from generate_series(1, 100) n
    ) s
) t;
select is_empty(
    $$select n, size, first from trees where audit._root(tests.grown(leaves, first)) <> tests.mth(leaves)$$,
    'a hundred random trees have the root that the standard gives them'
);
create temporary table many as
select array_agg(sha256(convert_to(i::text, 'utf8')) order by i) as leaves from generate_series(1, 33000) i;
select results_eq(
    $$select t.heights, t.first_indexes, t.hashes from many m, audit._append(0, tests.leaves(m.leaves[:600]), '{}') t$$,
    $$
    select '{8}'::integer[], '{0}'::bigint[], array[tests.mth(m.leaves[:256]) || tests.mth(m.leaves[257:512])]
    from many m
    $$,
    'each complete subtree of 256 leaves is handed out, to be kept'
);
select results_eq(
    $$
    select t.heights, t.first_indexes, t.hashes
    from many m
    cross join audit._append(500, tests.leaves(m.leaves[501:600]), tests.grown(m.leaves[:500], 0)) t
    $$,
    $$select '{8}'::integer[], '{1}'::bigint[], array[tests.mth(m.leaves[257:512])] from many m$$,
    'once, and where it became complete'
);
select results_eq(
    $$select heights, first_indexes, hashes, peaks from audit._append(5, '', tests.grown(tests.vector(5), 0))$$,
    $$select null::integer[], null::bigint[], null::bytea[], tests.grown(tests.vector(5), 0)$$,
    'nothing appended is nothing changed'
);
select results_eq(
    $$
    select t.heights, t.first_indexes, octet_length(t.hashes[1]), octet_length(t.hashes[2]), t.hashes[2] = t.peaks[17]
    from (select string_agg(sha256(i::text::bytea), ''::bytea order by i) as leaves from generate_series(1, 65536) i) l
    cross join lateral audit._append(0, l.leaves, '{}') t
    $$,
    $$values ('{8,16}'::integer[], '{0,0}'::bigint[], 256 * 32, 32, true)$$,
    'and each of 65,536'
);

-- Logs that hold these leaves.
create function tests.put(tenant uuid, leaves bytea[])
returns void
language plpgsql
set search_path = ''
as $$
declare
    head audit.heads;
    tree record;
begin
    select * into head from audit.heads h where h.tenant_id = tenant;
    select * into tree
    from audit._append(coalesce(head.size, 0), tests.leaves(leaves), coalesce(head.peaks, '{}'));
    insert into audit.leaves (tenant_id, position, seq, recorded_at, hash)
    select tenant, coalesce(head.size, 0) + n - 1, coalesce(head.size, 0) + n, now(), h
    from unnest(leaves) with ordinality u (h, n);
    insert into audit.nodes (tenant_id, height, index, hash)
    select tenant, l.height, l.first_index + i, substr(l.hashes, i * 32 + 1, 32)
    from unnest(tree.heights, tree.first_indexes, tree.hashes) l (height, first_index, hashes)
    cross join lateral generate_series(0, octet_length(l.hashes) / 32 - 1) i;
    delete from audit.heads h where h.tenant_id = tenant;
    insert into audit.heads (tenant_id, number, size, root, sealed_at, hash, peaks)
    values (
        tenant, coalesce(head.number, 0) + 1, coalesce(head.size, 0) + cardinality(leaves), audit._root(tree.peaks),
        now(), decode(repeat('00', 32), 'hex'), tree.peaks
    );
end
$$;
create function tests.roots(tenant uuid, up_to integer)
returns bytea
language sql
stable
set search_path = ''
as $$
    select tests.mth(array_agg(l.hash order by l.position))
    from audit.leaves l
    where l.tenant_id = tenant and l.position < up_to
$$;

create temporary table logs (tenant uuid, sizes integer[]);
insert into logs
values
    (gen_random_uuid(), '{1}'), (gen_random_uuid(), '{2,3,7}'), (gen_random_uuid(), '{8,9}'),
    (gen_random_uuid(), '{100,256}'), (gen_random_uuid(), '{255,257}'), (gen_random_uuid(), '{3,511,700,1025}');
select tests.put(l.tenant, m.leaves[coalesce(l.sizes[n - 1], 0) + 1:l.sizes[n]])
from logs l
cross join many m
cross join lateral generate_series(1, cardinality(l.sizes)) n
order by l.tenant, n;

-- Each proof that could be asked for, of small logs; some, of large ones.
create temporary table asked as
select l.tenant, n as size, i as position
from logs l
cross join lateral generate_series(1, l.sizes[cardinality(l.sizes)]) n
cross join lateral generate_series(0, n - 1) i
where n <= 9
    or (n in (256, 257, 511, 700, 1025) and i in (0, 1, 127, 128, 255, 256, 257, 510, 511, 512, 699, 700, 1023, 1024));
select is_empty(
    $$
    select tenant, size
    from (select distinct tenant, size from asked) a
    where audit._root(audit._peaks(tenant, size)) <> tests.roots(tenant, size)
    $$,
    'the root of a log at each size is that of the standard'
);
select is_empty(
    $$
    select a.tenant, a.size, a.position
    from asked a
    join audit.leaves l on l.tenant_id = a.tenant and l.position = a.position
    where not tests.included(
        l.hash, a.position, a.size, audit.prove_inclusion(a.tenant, a.position, a.size), tests.roots(a.tenant, a.size)
    )
    $$,
    'each change of a log can be proved to stand in it'
);
select is_empty(
    $$
    select a.tenant, a.size, a.position
    from asked a
    where not tests.consistent(
        a.position, a.size, tests.roots(a.tenant, a.position), tests.roots(a.tenant, a.size),
        audit.prove_consistency(a.tenant, a.position, a.size)
    )
    $$,
    'each size of a log can be proved to be the beginning of each later one'
);
select is_empty(
    $$
    select
    from asked a
    join audit.leaves l on l.tenant_id = a.tenant and l.position = a.position
    cross join lateral audit.prove_inclusion(a.tenant, a.position, a.size) proof
    cross join lateral generate_subscripts(proof, 1) step
    where a.size between 5 and 9
        and (
            tests.included(
                l.hash, a.position, a.size, proof[:step - 1] || sha256(proof[step]) || proof[step + 1:],
                tests.roots(a.tenant, a.size)
            )
            or tests.included(
                l.hash, a.position, a.size, proof[:step - 1] || proof[step + 1:], tests.roots(a.tenant, a.size)
            )
            or tests.included(
                sha256(l.hash), a.position, a.size, proof, tests.roots(a.tenant, a.size)
            )
        )
    $$,
    'a proof of which anything was altered proves nothing'
);
select is_empty(
    $$
    select
    from asked a
    cross join lateral audit.prove_consistency(a.tenant, a.position, a.size) proof
    cross join lateral generate_subscripts(proof, 1) step
    where a.size between 5 and 9
        and a.position > 0
        and tests.consistent(
            a.position, a.size, tests.roots(a.tenant, a.position), tests.roots(a.tenant, a.size),
            proof[:step - 1] || sha256(proof[step]) || proof[step + 1:]
        )
    $$,
    'of growth neither'
);
select results_eq(
    $$
    select
        audit.prove_consistency(l.tenant, 0, 7), audit.prove_consistency(l.tenant, 7, 7),
        audit.prove_inclusion(l.tenant, 0, 1)
    from logs l
    where l.sizes = '{2,3,7}'
    $$,
    $$values ('{}'::bytea[], '{}'::bytea[], '{}'::bytea[])$$,
    'what needs no proof has an empty one'
);
select tests.refused(
    format($$select audit.%s from pg_temp.logs l where l.sizes = '{2,3,7}'$$, call), refusal, promise
)
from (
    values
        ('prove_inclusion(l.tenant, 0, 8)', 'log_size', 'of a size that a log never had nothing is proved'),
        ('prove_inclusion(l.tenant, 0, -1)', 'log_size', 'nor of one that no log has'),
        ('prove_inclusion(gen_random_uuid(), 0, 1)', 'log_size', 'nor of a log that does not exist'),
        ('prove_inclusion(l.tenant, 3, 3)', 'not_found', 'nor of a change that came later'),
        ('prove_inclusion(l.tenant, -1, 3)', 'not_found', 'nor of one that cannot be'),
        ('prove_consistency(l.tenant, 1, 8)', 'log_size', 'a log is not compared with what it is not yet'),
        ('prove_consistency(l.tenant, 4, 3)', 'log_size', 'nor a size with a smaller one'),
        ('prove_consistency(l.tenant, -1, 3)', 'log_size', 'nor with one that no log has')
) as v (call, refusal, promise);
select is(
    audit.prove_inclusion(tenant, null, 3), null, 'who asks for nothing gets nothing'
)
from logs
where sizes = '{2,3,7}';

-- A long log, of which subtrees are kept.
select tests.put('00000000-0000-4000-8000-000000000000', leaves) from many;
select is(
    audit._subtree('00000000-0000-4000-8000-000000000000', 0, 33000), tests.mth(leaves),
    'the root of a long log is right'
)
from many;
select is(
    audit._subtree('00000000-0000-4000-8000-000000000000', 256, 512), tests.mth(leaves[257:512]),
    'and of each part of it'
)
from many;
select ok(
    tests.included(
        leaves[20001], 20000, 33000, audit.prove_inclusion('00000000-0000-4000-8000-000000000000', 20000, 33000),
        tests.mth(leaves)
    ),
    'a change in the middle of a long log can be proved'
)
from many;
create temporary table kept as
select n.height, n.index from audit.nodes n where n.tenant_id = '00000000-0000-4000-8000-000000000000';
select results_eq(
    'select height, count(*), min(index), max(index) from kept group by height',
    $$values (8::smallint, 128::bigint, 0::bigint, 127::bigint)$$,
    'of each 256 changes the root is kept, and no other'
);

-- The sealer.

select tests.world();
select audit.seal();
select is_empty(
    $$select from audit.leaves l where l.tenant_id = tests.scope('river')$$,
    'nothing is sealed of a transaction that still runs'
);
select is_empty(
    $$
    select
    from audit.changes c
    where c.xid < pg_snapshot_xmin(pg_current_snapshot())
        and not exists (select from audit.leaves l where l.tenant_id = c.tenant_id and l.seq = c.seq)
    $$,
    'everything of those that have ended is'
);
select is(audit.seal(), 0::bigint, 'and once');
select ok(
    p.sealed_below <= pg_snapshot_xmin(pg_current_snapshot()), 'the sealer stops before what is still written'
)
from audit.progress p;

-- Which changes are due.
create function tests.due(era integer, from_xid text, before_xid text)
returns bigint
language sql
set search_path = ''
as $$
    select count(*) from audit._due(era, from_xid, before_xid) d where d.tenant_id = tests.scope('river')
$$;
create temporary table river as
select c.*, sha256('\x00'::bytea || record_send(row(
    c.tenant_id, c.seq, c.era, c.xid, c.recorded_at, c.actor, c.role, c.session_role, c.flags, c.request_id,
    c.table_name, c.operation, c.key, c.clear, c.personal_commitment, c.body_commitment
))) as expected
from audit.changes c
where c.tenant_id = tests.scope('river');
create temporary table now_writing as
select p.era, pg_current_xact_id()::text as xid, (pg_current_xact_id()::text::bigint + 1)::text as next
from audit.progress p;
select is(tests.due(era, xid, next), (select count(*) from river), 'due are the changes of these transactions')
from now_writing;
select is(tests.due(era, '0', xid), 0::bigint, 'and not of later ones') from now_writing;
select is(tests.due(era, next, (next::bigint + 1)::text), 0::bigint, 'nor of earlier ones') from now_writing;
select is(tests.due(era + 1, xid, next), 0::bigint, 'nor of another era') from now_writing;
select is(tests.due(era, '0', null), (select count(*) from river), 'at the end of an era, whatever was never sealed')
from now_writing;
select is(tests.due(era + 1, '0', null), (select count(*) from river), 'also of eras before') from now_writing;

select cmp_ok(audit._seal_due(era, '0', null, clock_timestamp(), null), '>=',
    (select count(*) from river), 'what is due is sealed')
from now_writing;
select is(tests.due(era, '0', null), 0::bigint, 'and due no longer') from now_writing;
select is(audit._seal_due(era, '0', null, clock_timestamp(), null), 0::bigint,
    'nothing is sealed twice') from now_writing;
select results_eq(
    $$
    select position, seq, recorded_at, hash from audit.leaves where tenant_id = tests.scope('river') order by position
    $$,
    $$select row_number() over (order by seq) - 1, seq, recorded_at, expected from river order by seq$$,
    'each change has its place in its tenant''s log, without a gap, with its hash'
);
select is_empty(
    $$
    select
    from audit.leaves l
    join river r on r.seq = l.seq and r.recorded_at = l.recorded_at
    where l.tenant_id <> tests.scope('river')
    $$,
    'and in no other log'
);
select results_eq(
    $$select number, size, root, previous_hash from audit.blocks where tenant_id = tests.scope('river')$$,
    $$
    select 1::bigint, count(*), tests.mth(array_agg(expected order by seq)), decode(repeat('00', 32), 'hex') from river
    $$,
    'a log begins with a block over nothing before it'
);
select is(
    b.hash,
    sha256('\x02'::bytea || record_send(
        row(b.tenant_id, b.number, b.size, b.root, b.sealed_at, b.next_xid, b.previous_hash)
    )),
    'a block commits to all that it says'
)
from audit.blocks b
where b.tenant_id = tests.scope('river');
select cmp_ok(b.sealed_at, '>=', (select max(r.recorded_at) from river r), 'and came after what it holds')
from audit.blocks b
where b.tenant_id = tests.scope('river');
update core.scopes set description = 'a river' where id = tests.scope('river');
update core.scopes set description = 'a heron' where id = tests.scope('heron');
select is(audit._seal_due(era, '0', null, clock_timestamp(), '77'), 2::bigint, 'a log grows') from now_writing;
select results_eq(
    $$
    select b.number, b.size, b.root, b.previous_hash
    from audit.blocks b
    where b.tenant_id = tests.scope('river')
    order by b.number desc
    limit 1
    $$,
    $$
    select b.number + 1, b.size + 2, tests.roots(b.tenant_id, (b.size + 2)::integer), b.hash
    from audit.blocks b
    where b.tenant_id = tests.scope('river')
    order by b.number
    limit 1
    $$,
    'each block stands on the one before'
);
select results_eq(
    $$
    select h.number, h.size, h.root, h.sealed_at, h.hash, h.peaks
    from audit.heads h
    where h.tenant_id = tests.scope('river')
    $$,
    $$
    select b.number, b.size, b.root, b.sealed_at, b.hash, audit._peaks(b.tenant_id, b.size)
    from audit.blocks b
    where b.tenant_id = tests.scope('river') and b.number = 2
    $$,
    'the head is the newest block'
);
select is(
    (select count(*) from audit.blocks b where b.tenant_id = tests.scope('hill')), 1::bigint,
    'a log to which nothing came gets no block'
);

-- A clock that goes back.
create function tests.change(tenant uuid, transaction text, at timestamptz default now())
returns bigint
language sql
set search_path = ''
as $$
    insert into audit.changes (
        tenant_id, recorded_at, era, xid, role, session_role, flags, table_name, operation, key, clear
    )
    select
        tenant, at, p.era, transaction::pg_catalog.xid8, 'tests', 'tests', 0, 'core.tiers', 'U', '{"key":"FREE"}', '{}'
    from audit.progress p
    returning seq
$$;
select tests.change(tests.scope('river'), xid, now() + interval '2 hours') from now_writing;
select audit._seal_due(era, '0', null, clock_timestamp(), '78') from now_writing;
select is(b.sealed_at, now() + interval '2 hours', 'a block does not stand before what it holds')
from audit.blocks b
where b.tenant_id = tests.scope('river') and b.number = 3;
select results_eq(
    $$
    select b.number, b.next_xid::text from audit.blocks b
    where b.tenant_id = tests.scope('river') and b.number in (2, 3) order by b.number
    $$,
    $$values (2::bigint, '77'), (3, '18446744073709551615')$$,
    'and says only of a time that has come who had not begun'
);
select tests.change(tests.scope('river'), xid) from now_writing;
select audit._seal_due(era, '0', null, clock_timestamp(), null) from now_writing;
select is(b.sealed_at, now() + interval '2 hours', 'nor before the block before')
from audit.blocks b
where b.tenant_id = tests.scope('river') and b.number = 4;

-- Batches end between transactions. In an era of their own, with transactions that have ended.
select audit.begin_era('to seal bit by bit');
insert into logs values ('00000000-0000-4000-8000-000000000001', '{}'), ('00000000-0000-4000-8000-000000000002', '{}');
select tests.change('00000000-0000-4000-8000-000000000001', '10') from generate_series(1, 2);
select tests.change('00000000-0000-4000-8000-000000000002', '10');
select tests.change('00000000-0000-4000-8000-000000000001', '11') from generate_series(1, 2);
select tests.change('00000000-0000-4000-8000-000000000002', '12');
select tests.change('00000000-0000-4000-8000-000000000002', '13');
select tests.change('00000000-0000-4000-8000-000000000001', pg_current_xact_id()::text);
create function tests.sealed(tenant uuid)
returns bigint
language sql
stable
set search_path = ''
as $$
    select coalesce((select h.size from audit.heads h where h.tenant_id = tenant), 0)
$$;
select is(audit.seal(2), 3::bigint, 'a batch ends with a transaction, never within one');
select is(sealed_below::text, '11', 'the sealer knows how far it came') from audit.progress;
select is(audit.seal(0), 2::bigint, 'a batch is never empty');
select is(audit.seal(1), 1::bigint, 'the next begins where the last ended');
select is(audit.seal(), 1::bigint, 'the last takes the rest that has ended');
select cmp_ok(
    p.sealed_at, '>=', (select max(b.sealed_at) from audit.blocks b), 'no change comes to stand before a block'
)
from audit.progress p;
select is(sealed_below, pg_snapshot_xmin(pg_current_snapshot()), 'and leaves what is still written')
from audit.progress;
select is(audit.seal(), 0::bigint, 'until it has ended');
select is(
    array[
        tests.sealed('00000000-0000-4000-8000-000000000001'), tests.sealed('00000000-0000-4000-8000-000000000002')
    ],
    array[4, 3]::bigint[], 'each log holds its own'
);
select is(
    (
        select array_agg(b.size order by b.number)
        from audit.blocks b
        where b.tenant_id = '00000000-0000-4000-8000-000000000001'
    ),
    '{2,4}'::bigint[], 'a log gets a block where it grew'
);
create temporary table progress_before as select * from audit.progress;
delete from audit.progress;
select is(audit.seal(), 0::bigint, 'where another sealer is at work, there is nothing to do');
insert into audit.progress select * from progress_before;

-- Checkpoints.
update core.platform_config set value = '"log.example/ledger"' where key = 'audit.origin';
select is(
    audit.origin(tests.scope('river')), 'log.example/ledger/' || tests.scope('river'), 'a log has a name for strangers'
);
select is(audit.origin(null), null, 'no log has none');
select is(
    audit.checkpoint(tests.scope('river')),
    format(
        E'log.example/ledger/%s\n%s\n%s\n', h.tenant_id, h.size,
        encode(tests.roots(h.tenant_id, h.size::integer), 'base64')
    ),
    'its checkpoint says the name, the size and the root, a line each'
)
from audit.heads h
where h.tenant_id = tests.scope('river');
select is(
    audit.checkpoint(tests.scope('river'), b.size),
    format(
        E'log.example/ledger/%s\n%s\n%s\n', b.tenant_id, b.size,
        encode(tests.roots(b.tenant_id, b.size::integer), 'base64')
    ),
    'also at an earlier block'
)
from audit.blocks b
where b.tenant_id = tests.scope('river') and b.number = 2;
select is(audit.checkpoint(tests.scope('river'), 1), null, 'and not where there was none');
select is(audit.checkpoint(gen_random_uuid()), null, 'nor of a log that does not exist');

-- Instants and keys, as the log writes them.
select is(audit._microseconds('2000-01-01 00:00:00+00'), 0::bigint, 'time is counted from the year 2000');
select is(audit._microseconds('1999-12-31 23:59:59.999999+00'), -1::bigint, 'backwards, too');
select is(
    audit._microseconds('2026-03-04 05:06:07.123456+02'),
    (extract(epoch from '2026-03-04 05:06:07.123456+02'::timestamptz) * 1000000 - 946684800000000)::bigint,
    'in microseconds'
);

-- What the tables refuse, whoever writes.

select tests.violates(tests.variant(relation, changes, chosen), constraint_name, promise)
from (
    values
        ('audit.leaves'::regclass, '{"seq": -1}'::jsonb, 'leaves_pkey', 'a place in a log is given once'),
        ('audit.leaves', '{"position": 99999999}', 'leaves_tenant_id_seq_key', 'a change is sealed once'),
        ('audit.leaves', '{"position": -1, "seq": -1}', 'leaves_position_check', 'a log begins at its beginning'),
        ('audit.leaves', '{"position": 99999999, "seq": -1, "hash": "\\x00"}', 'leaves_hash_check', 'a leaf is a hash'),
        ('audit.nodes', '{}', 'nodes_pkey', 'a subtree is kept once'),
        ('audit.nodes', '{"height": 9}', 'nodes_height_check', 'of every eighth level'),
        ('audit.nodes', '{"height": 0}', 'nodes_height_check', 'above the leaves'),
        ('audit.nodes', '{"index": -1}', 'nodes_index_check', 'counted from 0'),
        ('audit.nodes', '{"index": 99999999, "hash": "\\x00"}', 'nodes_hash_check', 'by its hash'),
        ('audit.heads', '{}', 'heads_pkey', 'a log has one head'),
        (
            'audit.heads', '{"tenant_id": "00000000-0000-4000-8000-00000000000f", "peaks": []}', 'heads_root_check',
            'its root is that of its peaks'
        )
) as v (relation, changes, constraint_name, promise)
cross join lateral (
    select case
        when relation = 'audit.nodes'::regclass then 'true'
        else format('tenant_id = %L', tests.scope('river'))
    end
) c (chosen);

-- Blocks, each with its right hash.
create function tests.block(changes jsonb)
returns text
language sql
stable
set search_path = ''
as $$
    select format(
        'insert into audit.blocks values (%L, %L, %L, %L, %L, %L, %L, %L)',
        b.tenant_id, b.number, b.size, b.root, b.sealed_at, b.next_xid, b.previous_hash,
        coalesce(
            (changes ->> 'hash')::bytea,
            pg_catalog.sha256('\x02'::bytea || pg_catalog.record_send(
                row(b.tenant_id, b.number, b.size, b.root, b.sealed_at, b.next_xid, b.previous_hash)
            ))
        )
    )
    from audit.blocks l
    cross join lateral jsonb_populate_record(l, changes) b
    where l.tenant_id = tests.scope('river') and l.number = 1
$$;
select tests.violates(tests.block(changes), constraint_name, promise)
from (
    values
        ('{}'::jsonb, 'blocks_pkey', 'a block is written once'),
        (
            '{"number": 9, "previous_hash": "\\x0000000000000000000000000000000000000000000000000000000000000001"}',
            'blocks_tenant_id_size_key', 'at each size there is one'
        ),
        ('{"number": 9, "size": 99999999}', 'blocks_tenant_id_previous_hash_key', 'no block has two successors'),
        ('{"number": 0, "size": 99999999}', 'blocks_number_check', 'the first is the first'),
        ('{"number": 99, "size": 98}', 'blocks_size_check', 'a block holds something'),
        ('{"number": 99, "size": 99999999, "root": "\\x00"}', 'blocks_root_check', 'a root is a hash'),
        (
            '{"number": 99, "size": 99999999, "previous_hash": "\\x00"}',
            'blocks_previous_hash_check', 'and so is what it stands on'
        ),
        (
            '{
                "number": 99, "size": 99999999,
                "previous_hash": "\\x0000000000000000000000000000000000000000000000000000000000000001",
                "hash": "\\x0000000000000000000000000000000000000000000000000000000000000001"
            }',
            'blocks_hash_check', 'a block has the hash that it has'
        )
) as v (changes, constraint_name, promise);
select tests.violates(
    $$insert into audit.progress select false, era, sealed_below, sealed_at from audit.progress$$,
    'progress_only_row_check', 'there is one sealer'
);
select tests.violates(
    $$insert into audit.progress select * from audit.progress$$, 'progress_pkey', 'and it comes from one place'
);
select tests.violates(
    $$update audit.progress set era = 0$$, 'progress_era_fkey', 'in an era that has begun'
);

select * from finish();
rollback;
