// Whatever a superuser does to a log behind its back is found, and named with the entry; what is done in front of it
// gives no finding. Each attempt is made on a copy of its own.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Client, withClient } from '../../scripts/lib/db.ts'
import { cloneDatabase, type TestDatabase } from '../../scripts/lib/template.ts'
import { adminUrl, freshDatabase } from '../support/database.ts'
import {
    act,
    type Finding,
    faults,
    findings,
    makeWorld,
    platform,
    sealAll,
    value,
    type World,
} from './log.ts'

interface Entry {
    tenant_id: string
    position: string | null
    seq: string
    table_name: string
    key: string | null
}

let original: TestDatabase
let world: World
/** The changes of one place's description, oldest first; river's log. */
let words: [Entry, Entry, Entry, Entry]
/** The changes of one person's bio, oldest first; the platform's log. */
let lives: [Entry, Entry, Entry]
let checkpoint: string

beforeAll(async () => {
    original = await freshDatabase()
    world = await makeWorld(original.url)
    await withClient(original.url, async (client) => {
        const entries = async (table: string, about: string): Promise<Entry[]> => {
            const { rows } = await client.query<Entry>(
                `select l.tenant_id, l.position, l.seq, c.table_name, c.key
                 from audit.changes c join audit.leaves l using (tenant_id, seq)
                 where c.table_name = $1 and c.operation = 'U' and c.clear || coalesce(c.personal, '') like $2
                 order by l.seq`,
                [table, about],
            )
            return rows
        }
        words = (await entries('core.scopes', '%"slug":"bank"%')) as typeof words
        lives = (await entries('core.people', '%"handle":"cleo"%')) as typeof lives
        expect([words.length, lives.length]).toEqual([4, 3])
        checkpoint = await value(client, 'select audit.checkpoint($1)', [world.river])
        expect(await findings(client)).toEqual([])
    })
}, 120_000)

afterAll(() => original.drop())

async function onCopy<T>(work: (client: Client, url: string) => Promise<T>): Promise<T> {
    const copy = await cloneDatabase(adminUrl(), original.name)
    try {
        return await withClient(copy.url, (client) => work(client, copy.url))
    } finally {
        await copy.drop()
    }
}

/** Nothing of the log's defends itself meanwhile, and nothing is captured. */
async function unguarded(client: Client, sql: string, parameters: unknown[] = []): Promise<void> {
    const all = (state: string): string => `
        do $$
        declare
            guard record;
        begin
            for guard in
                select t.tgrelid::regclass as target, t.tgname as name
                from pg_trigger t
                join pg_class c on c.oid = t.tgrelid
                where t.tgenabled in ('A', 'D') and not t.tgisinternal and t.tgparentid = 0
                    and (
                        c.relnamespace = 'audit'::regnamespace
                        or c.relname in ('people', 'membership_roles', 'role_permissions', 'scopes')
                    )
            loop
                execute format('alter table %s ${state} trigger %I', guard.target, guard.name);
            end loop;
        end
        $$`
    await client.query('begin')
    await client.query(all('disable'))
    await client.query('set local session_replication_role = replica')
    await client.query(sql, parameters)
    await client.query('set local session_replication_role = origin')
    await client.query(all('enable always'))
    await client.query('commit')
}

/** What is found after it, without the hint that triggers were touched. */
async function found(sql: string, parameters: unknown[] = [], before = ''): Promise<Finding[]> {
    return onCopy(async (client) => {
        if (before !== '') await client.query(before)
        await unguarded(client, sql, parameters)
        const all = await findings(client)
        // Whoever switches a trigger off and on leaves a trace of that, too.
        expect(all.some(({ finding }) => finding === 'safeguard_touched')).toBe(true)
        return all.filter(({ finding }) => finding !== 'safeguard_touched')
    })
}

const named = (finding: string, entry: Entry): Partial<Finding> => ({
    finding,
    tenant_id: entry.tenant_id,
    position: entry.position,
    seq: entry.seq,
    table_name: entry.table_name,
    key: entry.key,
})

const only = (...expected: Partial<Finding>[]) => expected.map((each) => expect.objectContaining(each))

/** A block that no longer fits, by the last entry that it holds. */
const blockWith = async (entry: Entry): Promise<Partial<Finding>> =>
    withClient(original.url, async (client) => ({
        finding: 'block_altered',
        tenant_id: entry.tenant_id,
        position: await value<string>(
            client,
            'select min(size) - 1 from audit.blocks where tenant_id = $1 and size > $2',
            [entry.tenant_id, entry.position],
        ),
    }))

/** Puts in a change that is like the one with the number $1. */
const putIn = `
    insert into audit.changes
    select (jsonb_populate_record(
        c, jsonb_build_object('seq', nextval('audit.change_seq'), 'recorded_at', now())
    )).*
    from audit.changes c where c.seq = $1`

describe('a change', () => {
    const edits: Record<string, string> = {
        'its clear image': `clear = replace(clear, 'Words 1', 'Words 9')`,
        'its key': `key = key || ' '`,
        'its actor': `actor = gen_random_uuid()`,
        'its role': `role = 'anon'`,
        'its session role': `session_role = 'authenticator'`,
        'its flags': `flags = flags | 1`,
        'its request': `request_id = 'another'`,
        'its operation': `operation = 'T'`,
        'its table': `table_name = 'core.projects'`,
        'its transaction': `xid = '7'`,
        'its era': `era = 2`,
        'its time': `recorded_at = recorded_at - interval '1 microsecond'`,
        'its month': `recorded_at = recorded_at + interval '1 month'`,
        'its commitment': `personal_commitment = sha256('x')`,
    }
    test('any field of it is edited', async () => {
        await onCopy(async (client) => {
            const seqs = new Map<string, string>()
            for (const [what, edit] of Object.entries(edits)) {
                const seq = String(Number(words[0].seq) - seqs.size)
                seqs.set(seq, what)
                await unguarded(client, `update audit.changes set ${edit} where seq = $1`, [seq])
            }
            const all = await faults(client, { tenant: world.river })
            const altered = all.filter(({ finding }) => finding === 'change_altered')
            expect(altered.map(({ seq }) => seqs.get(seq ?? '')).sort()).toEqual([...seqs.values()].sort())
            expect(altered.find(({ seq }) => seq === words[0].seq)).toMatchObject({
                tenant_id: world.river,
                position: words[0].position,
                table_name: 'core.scopes',
                key: words[0].key,
            })
        })
    })

    test('in its partition, past the table', async () => {
        const partition = await withClient(original.url, (client) =>
            value<string>(client, 'select tableoid::regclass from audit.changes where seq = $1', [
                words[0].seq,
            ]),
        )
        expect(partition).toMatch(/^audit\.changes_\d{4}_\d\d$/)
        expect(
            await found(`update ${partition} set clear = replace(clear, 'Words 1', 'x') where seq = $1`, [
                words[0].seq,
            ]),
        ).toEqual(only(named('change_altered', words[0])))
    })

    test('its tenant is edited: it is gone from one log and was put into another', async () => {
        expect(
            await found('update audit.changes set tenant_id = $2 where seq = $1', [
                words[0].seq,
                world.heron,
            ]),
        ).toEqual(
            expect.arrayContaining(
                only(
                    { ...named('change_missing', words[0]), table_name: null, key: null },
                    { finding: 'change_unsealed', tenant_id: world.heron, seq: words[0].seq },
                ),
            ),
        )
    })

    const personal: Record<string, string> = {
        'its personal image is edited': `personal = replace(personal, 'Life 1', 'Life 9')`,
        'its salt is edited': `salt = decode(md5('x'), 'hex')`,
        'a personal image is put where none was committed to': `personal = '{"bio":"x"}'`,
    }
    for (const [what, edit] of Object.entries(personal)) {
        test(what, async () => {
            expect(await found(`update audit.changes set ${edit} where seq = $1`, [lives[0].seq])).toEqual(
                only(named('personal_altered', lives[0])),
            )
        })
    }

    const hidden: Record<string, string> = {
        'the personal key of a change is edited': `personal_key = replace(personal_key, 'cleo', 'olga')`,
        'the personal key of a change is removed': 'personal_key = null',
    }
    for (const [what, edit] of Object.entries(hidden)) {
        test(what, async () => {
            await onCopy(async (client) => {
                await client.query(
                    `insert into core.identities (issuer, subject, person_id) values ('https://here', 'cleo', $1)`,
                    [world.cleo],
                )
                await client.query(`update core.identities set created_at = now() where subject = 'cleo'`)
                await sealAll(client)
                const seq = await value<string>(
                    client,
                    `select min(seq) from audit.changes where table_name = 'core.identities'`,
                )
                await unguarded(client, `update audit.changes set ${edit} where seq = $1`, [seq])
                expect(await faults(client)).toEqual(
                    expect.arrayContaining(
                        only({ finding: 'personal_altered', seq, table_name: 'core.identities' }),
                    ),
                )
            })
        })
    }

    test('it is deleted', async () => {
        const all = await found('delete from audit.changes where seq = $1', [words[0].seq])
        expect(all).toEqual(only({ ...named('change_missing', words[0]), table_name: null, key: null }))
    })

    test('it is deleted together with its leaf', async () => {
        const all = await found(
            'with gone as (delete from audit.leaves where seq = $1) delete from audit.changes where seq = $1',
            [words[0].seq],
        )
        expect(all).toEqual(
            expect.arrayContaining(
                only(
                    { finding: 'leaf_missing', tenant_id: world.river, position: words[0].position },
                    await blockWith(words[0]),
                ),
            ),
        )
    })

    test('it is deleted, and its month is said to have been put away', async () => {
        const putAway = (from: string): string => `
            with gone as (delete from ${from} returning 1)
            insert into audit.archived_months (month, changes)
            select date_trunc('month', now() at time zone 'UTC'), (select count(*) from gone)`
        expect(await found(putAway(`audit.changes where seq = ${words[0].seq}`))).toEqual(
            expect.arrayContaining(
                only(
                    { ...named('change_missing', words[0]), table_name: null, key: null },
                    { finding: 'row_unrecorded', tenant_id: platform, table_name: 'audit.archived_months' },
                ),
            ),
        )
        // With the whole month, too: nobody noted once more what lives.
        const all = await found(putAway('audit.changes'))
        expect(all.some(({ finding }) => finding === 'change_missing')).toBe(false)
        expect(all).toContainEqual(
            expect.objectContaining({
                finding: 'row_unrecorded',
                tenant_id: world.river,
                table_name: 'core.scopes',
                key: words[0].key,
            }),
        )
    })

    test('the contents of two are swapped', async () => {
        const all = await found(
            `update audit.changes c set clear = other.clear
             from audit.changes other
             where c.seq in ($1, $2) and other.seq in ($1, $2) and c.seq <> other.seq`,
            [words[0].seq, words[2].seq],
        )
        expect(all).toEqual(only(named('change_altered', words[0]), named('change_altered', words[2])))
    })

    test('one is put in without a leaf', async () => {
        const all = await found(putIn, [words[0].seq])
        expect(all).toEqual(
            only(
                {
                    finding: 'change_unsealed',
                    tenant_id: world.river,
                    position: null,
                    table_name: 'core.scopes',
                    key: words[0].key,
                },
                named('row_altered', { ...words[0], position: null, seq: all[0]?.seq ?? '' }),
            ),
        )
        expect(Number(all[0]?.seq)).toBeGreaterThan(Number(words[3].seq))
    })

    test('one is put in under a number that there is already', async () => {
        const all = await found(
            `insert into audit.changes
             select (jsonb_populate_record(c, jsonb_build_object('recorded_at', c.recorded_at + interval '1 s'))).*
             from audit.changes c where c.seq = $1`,
            [words[0].seq],
        )
        expect(all).toEqual(only(named('change_altered', words[0])))
    })

    test('one is put in at the end, with a leaf', async () => {
        const all = await found(
            `with put_in as (${putIn} returning tenant_id, seq)
             insert into audit.leaves (tenant_id, position, seq, recorded_at, hash)
             select h.tenant_id, h.size, p.seq, now(), sha256('')
             from put_in p join audit.heads h using (tenant_id)`,
            [words[0].seq],
        )
        expect(all).toEqual(
            expect.arrayContaining(
                only({
                    finding: 'leaf_unblocked',
                    tenant_id: world.river,
                    position: String(Number(words[3].position) + 3),
                }),
            ),
        )
    })

    test('one is put in the middle, with a leaf of the right hash, and everything moves up', async () => {
        const all = await found(
            `do $$
             begin
                 ${putIn.replace('$1', words[0].seq)};
                 update audit.leaves set position = position + 1000000
                 where tenant_id = '${world.river}' and position >= ${words[0].position};
                 insert into audit.leaves (tenant_id, position, seq, recorded_at, hash)
                 select c.tenant_id, ${words[0].position}, c.seq, c.recorded_at, c.leaf
                 from audit.hashed_changes c where c.seq = (select last_value from audit.change_seq);
                 update audit.leaves set position = position - 999999
                 where tenant_id = '${world.river}' and position > 1000000;
             end
             $$`,
        )
        expect(all).toEqual(
            expect.arrayContaining(
                only(await blockWith(words[0]), { finding: 'leaf_unblocked', tenant_id: world.river }),
            ),
        )
    })
})

describe('the tree', () => {
    const leaf = `update audit.leaves set`

    test('two leaves are swapped', async () => {
        const [one, other] = await withClient(original.url, async (client) => {
            const { rows } = await client.query<{ position: string; seq: string }>(
                `select position, seq from audit.leaves where tenant_id = $1 and position in (40, 70) order by 1`,
                [world.river],
            )
            return rows
        })
        const all = await found(
            `do $$
             begin
                 ${leaf} position = -1 - position where tenant_id = '${world.river}' and position in (40, 70);
                 ${leaf} position = case position when -41 then 70 else 40 end
                 where tenant_id = '${world.river}' and position < 0;
             end
             $$`,
            [],
            'alter table audit.leaves drop constraint leaves_position_check',
        )
        expect(all.filter(({ table_name }) => table_name !== 'audit.safeguards')).toEqual(
            expect.arrayContaining(
                only(
                    { finding: 'block_altered', tenant_id: world.river },
                    { finding: 'leaf_misplaced', tenant_id: world.river, position: '40', seq: other?.seq },
                    { finding: 'leaf_misplaced', tenant_id: world.river, position: '70', seq: one?.seq },
                ),
            ),
        )
    })

    test('a hash is edited', async () => {
        expect(await found(`${leaf} hash = sha256('') where seq = $1`, [words[0].seq])).toEqual(
            only(named('change_altered', words[0]), await blockWith(words[0])),
        )
    })

    test('a time is edited', async () => {
        expect(
            await found(`${leaf} recorded_at = recorded_at - interval '1 s' where seq = $1`, [words[0].seq]),
        ).toEqual(only(named('change_altered', words[0])))
    })

    test('a leaf names another change', async () => {
        const all = await found(`${leaf} seq = 1000000 where seq = $1`, [words[0].seq])
        expect(all).toEqual(
            expect.arrayContaining(
                only(
                    { finding: 'change_missing', tenant_id: world.river, position: words[0].position },
                    { finding: 'change_unsealed', tenant_id: world.river, seq: words[0].seq },
                ),
            ),
        )
    })

    test('a leaf is deleted', async () => {
        const all = await found('delete from audit.leaves where seq = $1', [words[0].seq])
        expect(all).toEqual(
            expect.arrayContaining(
                only(
                    { finding: 'leaf_missing', tenant_id: world.river, position: words[0].position },
                    { ...named('change_unsealed', words[0]), position: null },
                    await blockWith(words[0]),
                ),
            ),
        )
    })

    test('a kept subtree is edited, deleted, or put in', async () => {
        const node = { finding: 'node_altered', tenant_id: platform }
        expect(await found(`update audit.nodes set hash = sha256('') where index = 1`)).toEqual(
            only({ ...node, position: '256' }),
        )
        expect(await found('delete from audit.nodes where index = 2')).toEqual(
            only({ ...node, position: '512' }),
        )
        expect(
            await found(
                `insert into audit.nodes (tenant_id, height, index, hash) values ($1, 8, 0, sha256(''))`,
                [world.river],
            ),
        ).toEqual(only({ ...node, tenant_id: world.river, position: '0' }))
    })

    test('the head is edited, or deleted', async () => {
        await onCopy(async (client) => {
            await client.query('create temp table saved as select * from audit.heads where tenant_id = $1', [
                world.river,
            ])
            for (const edit of [
                'sealed_at = now()',
                `hash = sha256('')`,
                'number = number + 1',
                'size = size - 1',
                `peaks = peaks || null::bytea`,
                `peaks = '{}', root = audit._root('{}')`,
            ]) {
                await client.query(`update audit.heads set ${edit} where tenant_id = $1`, [world.river])
                expect(await findings(client)).toEqual(
                    only({ finding: 'head_altered', tenant_id: world.river }),
                )
                await client.query('delete from audit.heads where tenant_id = $1', [world.river])
                expect(await findings(client)).toEqual(
                    only({ finding: 'head_altered', tenant_id: world.river }),
                )
                await client.query('insert into audit.heads select * from saved')
            }
        })
    })
})

describe('a block', () => {
    const hashed = 'audit._block_hash(tenant_id, number, size, root, sealed_at, next_xid, previous_hash)'
    const rewritten = `do $$
        begin
            update audit.blocks set %s where tenant_id = '%t' and number = 4;
            update audit.blocks set hash = ${hashed} where tenant_id = '%t' and number in (4, 100);
        end
        $$`
    const edits: Record<string, string> = {
        'its root': `root = sha256('')`,
        'its time': `sealed_at = sealed_at + interval '1 microsecond'`,
        'its size': 'size = size - 1',
        'its number': 'number = 100',
        'what it follows': `previous_hash = sha256('')`,
    }
    for (const [what, edit] of Object.entries(edits)) {
        test(`${what} is rewritten, with a hash that fits`, async () => {
            const statement = rewritten.replace('%s', edit).replaceAll('%t', world.river)
            const all = await found(
                statement,
                [],
                'alter table audit.blocks drop constraint blocks_hash_check',
            )
            expect(all).toEqual(
                expect.arrayContaining(
                    only(
                        { finding: 'block_altered', tenant_id: world.river },
                        { finding: 'safeguard_altered', key: 'table audit.blocks' },
                    ),
                ),
            )
        })
    }

    test('its hash is edited', async () => {
        const all = await found(
            `update audit.blocks set hash = sha256('') where tenant_id = $1 and number = 4`,
            [world.river],
            'alter table audit.blocks drop constraint blocks_hash_check',
        )
        expect(all.filter(({ finding }) => finding === 'block_altered')).toHaveLength(2)
    })

    test('it is deleted', async () => {
        const all = await found('delete from audit.blocks where tenant_id = $1 and number = 4', [world.river])
        expect(all).toContainEqual(
            expect.objectContaining({ finding: 'block_altered', tenant_id: world.river }),
        )
    })

    test('all of them are rewritten from one on: a trusted checkpoint says nothing of their times', async () => {
        await onCopy(async (client) => {
            await unguarded(client, rebuilt(world.river, `interval '-0.001 s'`))
            // Known and written down in the threat model: checkpoints commit to the changes, not to the blocks.
            expect(await faults(client, { checkpoint, tenant: world.river })).toEqual([])
        })
    })
})

/** Lets a log be sealed anew from its changes as they are now, as many to a block as before, and all of it consistent. */
function rebuilt(tenant: string, shift = `interval '0'`): string {
    return `do $rebuild$
        declare
            block record;
            tree record;
            before bigint := 0;
            peaks bytea[] := '{}';
            hash bytea := decode(repeat('00', 32), 'hex');
            line bytea;
            nth bigint := 0;
        begin
            create temp table old_blocks as
            select b.number, b.sealed_at, b.next_xid, l.seq as last
            from audit.blocks b
            join audit.leaves l on l.tenant_id = b.tenant_id and l.position = b.size - 1
            where b.tenant_id = '${tenant}';
            delete from audit.heads where tenant_id = '${tenant}';
            delete from audit.blocks where tenant_id = '${tenant}';
            delete from audit.nodes where tenant_id = '${tenant}';
            delete from audit.leaves where tenant_id = '${tenant}';
            insert into audit.leaves (tenant_id, position, seq, recorded_at, hash)
            select c.tenant_id, row_number() over (order by c.seq) - 1, c.seq, c.recorded_at, c.leaf
            from audit.hashed_changes c where c.tenant_id = '${tenant}';
            for block in
                select
                    b.sealed_at,
                    b.next_xid,
                    (select count(*) from audit.leaves l where l.tenant_id = '${tenant}' and l.seq <= b.last) as size
                from old_blocks b
                order by b.number
            loop
                continue when block.size = before;
                nth := nth + 1;
                select string_agg(l.hash, '' order by l.position) into line
                from audit.leaves l
                where l.tenant_id = '${tenant}' and l.position >= before and l.position < block.size;
                select * into tree from audit._append(before, line, peaks);
                peaks := tree.peaks;
                insert into audit.nodes (tenant_id, height, index, hash)
                select '${tenant}', n.height, n.first_index + i, substr(n.hashes, i * 32 + 1, 32)
                from unnest(tree.heights, tree.first_indexes, tree.hashes) n (height, first_index, hashes)
                cross join lateral generate_series(0, octet_length(n.hashes) / 32 - 1) i;
                insert into audit.blocks (tenant_id, number, size, root, sealed_at, next_xid, previous_hash, hash)
                values (
                    '${tenant}', nth, block.size, audit._root(peaks), block.sealed_at - ${shift}, block.next_xid, hash,
                    audit._block_hash(
                        '${tenant}', nth, block.size, audit._root(peaks), block.sealed_at - ${shift}, block.next_xid,
                        hash
                    )
                );
                select b.hash into hash from audit.blocks b where b.tenant_id = '${tenant}' and b.number = nth;
                before := block.size;
            end loop;
            insert into audit.heads (tenant_id, number, size, root, sealed_at, hash, peaks)
            select b.tenant_id, b.number, b.size, b.root, b.sealed_at, b.hash, peaks
            from audit.blocks b where b.tenant_id = '${tenant}' order by b.number desc limit 1;
            drop table old_blocks;
        end
        $rebuild$`
}

describe('the whole log', () => {
    test('it is rebuilt as it is: nothing is wrong with that', async () => {
        expect(await onCopyRebuilt(world.river, '')).toEqual({ alone: [], trusting: [] })
        expect(await onCopyRebuilt(platform, '')).toEqual({ alone: [], trusting: [] })
    })

    test('it is rebuilt over an edited change: a trusted checkpoint contradicts it', async () => {
        const { alone, trusting } = await onCopyRebuilt(
            world.river,
            `update audit.changes set clear = replace(clear, 'Words 1', 'Words 9') where seq = ${words[0].seq}`,
        )
        expect(alone).toEqual([])
        expect(trusting).toEqual(
            only({
                finding: 'checkpoint_contradicted',
                tenant_id: world.river,
                position: String(Number(words[3].position) + 2),
            }),
        )
    })

    test('it is rebuilt without a change', async () => {
        const { alone, trusting } = await onCopyRebuilt(
            world.river,
            `delete from audit.changes where seq = ${words[0].seq}`,
        )
        expect(alone).toEqual([])
        expect(trusting).toEqual(only({ finding: 'checkpoint_contradicted', tenant_id: world.river }))
    })

    test('its tail is cut, changes and rows and all: a trusted checkpoint contradicts it', async () => {
        const { alone, trusting } = await onCopyRebuilt(
            world.river,
            `do $$
             begin
                 delete from audit.changes where tenant_id = '${world.river}' and seq >= ${words[3].seq};
                 update core.scopes s
                 set description = before.description, updated_at = before.updated_at
                 from audit.changes c
                 cross join jsonb_populate_record(null::core.scopes, c.clear::jsonb) before
                 where c.tenant_id = '${world.river}' and c.table_name = 'core.scopes' and s.id = before.id
                     and c.seq = (
                         select max(n.seq) from audit.changes n
                         where n.tenant_id = c.tenant_id and n.table_name = c.table_name and n.key = c.key
                     );
             end
             $$`,
        )
        expect(alone).toEqual([])
        expect(trusting).toEqual(
            only({
                finding: 'checkpoint_contradicted',
                tenant_id: world.river,
                position: words[3].position,
                message: expect.stringContaining('its end was cut off'),
            }),
        )
    })

    test('its tail is cut, and the rows stay: they contradict it', async () => {
        const { alone } = await onCopyRebuilt(
            world.river,
            `delete from audit.changes where tenant_id = '${world.river}' and seq >= ${words[3].seq}`,
        )
        expect(alone).toContainEqual(
            expect.objectContaining({
                finding: 'row_altered',
                tenant_id: world.river,
                table_name: 'core.scopes',
                key: words[3].key,
            }),
        )
    })

    test('a checkpoint of another log contradicts it', async () => {
        await withClient(original.url, async (client) => {
            expect(await findings(client, { tenant: world.heron, checkpoint })).toEqual(
                only({ finding: 'checkpoint_contradicted', tenant_id: world.heron }),
            )
            expect(await findings(client, { tenant: world.river, checkpoint })).toEqual([])
        })
    })

    test('changes are marked as sealed and are not', async () => {
        await onCopy(async (client) => {
            await client.query(`update audit.progress set sealed_below = '1000000000'`)
            await client.query(`update core.people set bio = 'unsealed' where id = $1`, [world.cleo])
            expect(await value(client, 'select audit.seal()')).toBe('0')
            expect(await faults(client)).toEqual(
                only({ finding: 'change_unsealed', tenant_id: platform, table_name: 'core.people' }),
            )
        })
    })

    async function onCopyRebuilt(
        tenant: string,
        tampering: string,
    ): Promise<{ alone: Finding[]; trusting: Finding[] }> {
        return onCopy(async (client) => {
            const trusted = await value<string>(client, 'select audit.checkpoint($1)', [tenant])
            if (tampering !== '') await unguarded(client, tampering)
            await unguarded(client, rebuilt(tenant))
            return {
                alone: await faults(client),
                trusting: await faults(client, { tenant, checkpoint: trusted }),
            }
        })
    }
})

describe('rows', () => {
    const row = { tenant_id: platform, table_name: 'core.people' }
    const keyOf = (id: string): string => `{"id":"${id}"}`

    test('one is changed while capture is off for a moment', async () => {
        for (const [change, key] of [
            [`update core.people set bio = 'x' where id = $1`, lives[2].key],
            [`update core.people set created_at = now() where id = $1`, lives[2].key],
        ]) {
            expect(await found(change as string, [world.cleo])).toEqual(
                only({ ...row, finding: 'row_altered', seq: lives[2].seq, key }),
            )
        }
    })

    test('one is changed while only its own trigger is off', async () => {
        await onCopy(async (client) => {
            await client.query('alter table core.people disable trigger _900_capture_update')
            await client.query(`update core.people set bio = 'x' where id = $1`, [world.cleo])
            expect(await findings(client, { tenant: platform })).toEqual(
                only(
                    { ...row, finding: 'row_altered', key: lives[2].key },
                    {
                        finding: 'safeguard_altered',
                        key: 'trigger _900_capture_update on core.people',
                    },
                ),
            )
            await client.query('alter table core.people enable always trigger _900_capture_update')
            expect(await findings(client, { tenant: platform })).toEqual(
                only(
                    { ...row, finding: 'row_altered', key: lives[2].key },
                    {
                        finding: 'safeguard_touched',
                        key: 'trigger _900_capture_update on core.people',
                    },
                ),
            )
        })
    })

    test('one is inserted, or deleted', async () => {
        const id = '01890000-0000-7000-8000-000000000000'
        expect(await found(`insert into core.people (id, display_name) values ('${id}', 'Nobody')`)).toEqual(
            only({ ...row, finding: 'row_unrecorded', key: keyOf(id), seq: null }),
        )
        const domain = { tenant_id: world.river, table_name: 'core.membership_roles' }
        const all = await found(
            `delete from core.membership_roles r using core.memberships m
             where r.membership_id = m.id and m.person_id = $1`,
            [world.cleo],
        )
        expect(all).toEqual(only({ ...domain, finding: 'row_missing' }))
        expect(all[0]?.position).not.toBeNull()
    })

    test('one that went is put back', async () => {
        await onCopy(async (client) => {
            await client.query(
                `delete from core.role_permissions where tenant_id = $1 and permission = 'audit.read'`,
                [world.river],
            )
            await sealAll(client)
            await unguarded(
                client,
                `insert into core.role_permissions
                 select r.*
                 from audit.changes d
                 join audit.changes i using (tenant_id, table_name, key)
                 cross join jsonb_populate_record(null::core.role_permissions, i.clear::jsonb) r
                 where d.operation = 'D' and i.operation = 'I'`,
            )
            expect(await faults(client)).toEqual(
                expect.arrayContaining(
                    only({
                        finding: 'row_unrecorded',
                        tenant_id: world.river,
                        table_name: 'core.role_permissions',
                    }),
                ),
            )
        })
    })

    test('a change in replica role is captured, and marked', async () => {
        await onCopy(async (client) => {
            await client.query(`set session_replication_role = replica`)
            await client.query(`update core.people set bio = 'replicated' where id = $1`, [world.cleo])
            await client.query(`reset session_replication_role`)
            await sealAll(client)
            const { rows } = await client.query(
                `select personal ->> 'bio' as bio, replicated from audit.history($1, 'core.people', $2)`,
                [platform, { id: world.cleo }],
            )
            expect(rows.at(-1)).toEqual({ bio: 'replicated', replicated: true })
            expect(rows.at(-2)).toEqual({ bio: 'Life 3', replicated: false })
            expect(await findings(client)).toEqual([])
        })
    })
})

describe('what the log stands on', () => {
    async function safeguards(...statements: string[]): Promise<Finding[]> {
        return onCopy(async (client) => {
            for (const statement of statements) await client.query(statement)
            const { rows } = await client.query<Finding>('select * from audit._verify_safeguards()')
            return rows
        })
    }
    const capture = 'audit.tg_core_people__capture()'
    const nothing = `create or replace function ${capture} returns trigger language plpgsql as 'begin return null; end'`
    const about = (finding: string, key: string) => only({ finding, key, table_name: 'audit.safeguards' })

    test('a capture function is replaced, and put back', async () => {
        const definition = await withClient(original.url, (client) =>
            value<string>(client, `select pg_get_functiondef('${capture}'::regprocedure)`),
        )
        expect(await safeguards(nothing)).toEqual(about('safeguard_altered', `function ${capture}`))
        expect(await safeguards(nothing, definition)).toEqual(
            about('safeguard_touched', `function ${capture}`),
        )
    })

    const changes: Record<string, [string, string, string]> = {
        'a grant is given on the log': [
            'grant insert on audit.changes to authenticated',
            'safeguard_altered',
            'table audit.changes',
        ],
        'a grant is given on a column': [
            'grant update (clear) on audit.changes to authenticated',
            'safeguard_altered',
            'table audit.changes',
        ],
        'a grant is given on a function': [
            'grant execute on function audit._erase_people(uuid[], text) to anon',
            'safeguard_altered',
            'function audit._erase_people(uuid[],text)',
        ],
        'a function is dropped': [
            'drop function audit.shorten_addresses()',
            'safeguard_missing',
            'function audit.shorten_addresses()',
        ],
        'a trigger is dropped': [
            'drop trigger _900_capture_delete on core.people',
            'safeguard_missing',
            'trigger _900_capture_delete on core.people',
        ],
        'a trigger of the log itself is made to sleep in replica role': [
            'alter table audit.leaves enable trigger _010_append_only',
            'safeguard_altered',
            'trigger _010_append_only on audit.leaves',
        ],
        'a trigger is put before a capture': [
            `create trigger _000_quiet before update on core.people for each row
             execute function suppress_redundant_updates_trigger()`,
            'safeguard_added',
            'trigger _000_quiet on core.people',
        ],
        'who is acting is asked otherwise': [
            `create or replace function core.me() returns uuid language sql stable as 'select null::uuid'`,
            'safeguard_altered',
            'function core.me()',
        ],
        'the view that says what a leaf is says it otherwise': [
            `create or replace view audit.hashed_changes with (security_invoker = true) as
             select c.*, sha256(c.clear::bytea) as leaf from audit.changes c`,
            'safeguard_altered',
            'view audit.hashed_changes',
        ],
        'a rule swallows what is captured': [
            'create rule quiet as on insert to audit.changes do instead nothing',
            'safeguard_altered',
            'table audit.changes',
        ],
        'a default is set that times follow': [
            `alter table audit.changes alter recorded_at set default '2026-01-01'`,
            'safeguard_altered',
            'table audit.changes',
        ],
        'numbers are drawn beforehand': [
            'alter sequence audit.change_seq cache 100',
            'safeguard_altered',
            'sequence audit.change_seq',
        ],
    }
    for (const [what, [statement, finding, key]] of Object.entries(changes)) {
        test(what, async () => {
            expect(await safeguards(statement)).toEqual(about(finding, key))
        })
    }

    test('a month of the log gets a trigger of its own, or loses one', async () => {
        expect(
            await safeguards(
                `create trigger _000_quiet before insert on audit.changes_default for each row
                 execute function suppress_redundant_updates_trigger()`,
            ),
        ).toEqual(about('safeguard_added', 'trigger _000_quiet on audit.changes_default'))
        expect(
            await safeguards('alter table audit.changes_default disable trigger _020_append_only'),
        ).toEqual(about('safeguard_added', 'trigger _020_append_only on audit.changes_default'))
    })

    test('a table is no longer followed, as the registry has it', async () => {
        const all = await safeguards(
            `update ops.table_classes set untracked_because = 'x' where table_name = 'core.settings'`,
        )
        expect(all.map(({ finding }) => finding)).toContain('safeguard_missing')
    })

    test('what was recorded is edited behind its back', async () => {
        await onCopy(async (client) => {
            await client.query(nothing)
            await unguarded(
                client,
                `update audit.safeguards s set digest = n.digest, catalog_xmin = n.catalog_xmin::xid
                 from audit._safeguards() n where n.object = s.object`,
            )
            expect(await faults(client)).toContainEqual(
                expect.objectContaining({
                    finding: 'row_altered',
                    tenant_id: platform,
                    table_name: 'audit.safeguards',
                    key: `{"object":"function ${capture}"}`,
                }),
            )
        })
    })
})

describe('an erasure', () => {
    const emptied = `personal_key = null, personal = null, salt = null, subjects = null`

    test('without an order', async () => {
        expect(await found(`update audit.changes set ${emptied} where seq = $1`, [lives[0].seq])).toEqual(
            only(named('erased_without_order', lives[0])),
        )
        expect(
            await found(
                `update audit.changes set ${emptied}, erased_under = gen_random_uuid() where seq = $1`,
                [lives[0].seq],
            ),
        ).toEqual(only(named('erased_without_order', lives[0])))
    })

    test('without an order, as the log itself lets it be done', async () => {
        await onCopy(async (client) => {
            await client.query(
                `update audit.changes set ${emptied}, erased_under = gen_random_uuid() where seq = $1`,
                [lives[0].seq],
            )
            expect(await findings(client)).toEqual(only(named('erased_without_order', lives[0])))
        })
    })

    test("under somebody else's order", async () => {
        await onCopy(async (client) => {
            await act(client, world.ada, 'select core.erase_person($1)', [world.ada])
            await sealAll(client)
            expect(await findings(client)).toEqual([])
            await client.query(
                `update audit.changes set ${emptied}, erased_under = o.id
                 from audit.erasure_orders o where o.tenant_id = $2 and seq = $1`,
                [lives[0].seq, platform],
            )
            expect(await findings(client)).toEqual(only(named('erased_without_order', lives[0])))
        })
    })

    test('under an order that was invented afterwards, behind the back of the log', async () => {
        const all = await found(
            `with invented as (
                 insert into audit.erasure_orders (tenant_id, reason, seqs) values ($2, 'invented', array[$1::bigint])
                 returning id
             )
             update audit.changes set ${emptied}, erased_under = i.id from invented i where seq = $1`,
            [lives[0].seq, platform],
        )
        expect(all).toEqual(
            only({ finding: 'row_unrecorded', tenant_id: platform, table_name: 'audit.erasure_orders' }),
        )
    })

    test('under an order that is removed, or made to name something else', async () => {
        await onCopy(async (client) => {
            await act(client, world.cleo, 'select core.erase_person($1)', [world.cleo])
            await sealAll(client)
            expect(await findings(client)).toEqual([])
            await unguarded(
                client,
                `update audit.erasure_orders set seqs = array_remove(seqs, $1) where tenant_id = $2`,
                [lives[0].seq, platform],
            )
            expect(await faults(client)).toEqual(
                expect.arrayContaining(
                    only(named('erased_without_order', lives[0]), {
                        finding: 'row_altered',
                        table_name: 'audit.erasure_orders',
                    }),
                ),
            )
            await unguarded(client, 'delete from audit.erasure_orders where tenant_id = $1', [platform])
            expect(await faults(client)).toEqual(
                expect.arrayContaining(
                    only(named('erased_without_order', lives[1]), {
                        finding: 'row_missing',
                        table_name: 'audit.erasure_orders',
                    }),
                ),
            )
        })
    })

    test('that an order says was done and was not, or not wholly', async () => {
        await onCopy(async (client) => {
            const personal = await value<string>(
                client,
                'select personal from audit.changes where seq = $1',
                [lives[0].seq],
            )
            await act(client, world.cleo, 'select core.erase_person($1)', [world.cleo])
            await sealAll(client)
            await unguarded(client, 'update audit.changes set personal = $2 where seq = $1', [
                lives[0].seq,
                personal,
            ])
            expect(await faults(client)).toContainEqual(
                expect.objectContaining(named('order_not_carried_out', lives[0])),
            )
            await unguarded(client, 'update audit.changes set erased_under = null where seq = $1', [
                lives[0].seq,
            ])
            expect(await faults(client)).toContainEqual(
                expect.objectContaining(named('order_not_carried_out', lives[0])),
            )
        })
    })
})

describe('nothing is found', () => {
    test('after upkeep', async () => {
        await onCopy(async (client, url) => {
            await client.query('vacuum full')
            await client.query('vacuum freeze analyze')
            await client.query(`reindex database "${new URL(url).pathname.slice(1)}"`)
            expect(await value<number>(client, 'select audit.make_months(14)')).toBeGreaterThan(0)
            expect(await findings(client)).toEqual([])
        })
    })

    test('where a month was made late, and its changes moved into it', async () => {
        await onCopy(async (client) => {
            await client.query(`
                do $$
                declare
                    partition constant text := format('audit.changes_%s', to_char(now() at time zone 'UTC', 'YYYY_MM'));
                begin
                    execute format('alter table audit.changes detach partition %s', partition);
                    execute format('drop trigger _020_append_only on %s', partition);
                    execute format('insert into audit.changes select * from %s', partition);
                    execute format('drop table %s', partition);
                end
                $$`)
            expect(await value(client, 'select count(*) > 0 from audit.changes_default')).toBe(true)
            expect(await value(client, 'select audit.make_months()')).toBe(1)
            expect(await value(client, 'select count(*) from audit.changes_default')).toBe('0')
            expect(await findings(client)).toEqual([])
            await expect(client.query('delete from audit.changes')).rejects.toThrow('neither changed')
        })
    })

    test('after a month was put away', async () => {
        // A month of the past can only be had by writing under an old date, and that is found.
        const others = async (client: Client) =>
            (await findings(client)).filter(({ finding }) => finding !== 'change_backdated')
        await onCopy(async (client) => {
            await client.query('set role empathy_owner')
            await client.query(`select audit._make_month('changes', 'recorded_at', '2015-06-01T00:00Z')`)
            await client.query('reset role')
            await client.query(`update core.scopes set description = 'Old words' where level = 2`)
            await client.query(`update core.people set bio = 'Old life'`)
            await client.query('alter table audit.changes disable trigger _010_erase_only')
            await client.query(
                `update audit.changes c set recorded_at = '2015-06-30T23:59:59.999999Z'
                 where not exists (select from audit.leaves l where l.tenant_id = c.tenant_id and l.seq = c.seq)`,
            )
            await client.query('alter table audit.changes enable always trigger _010_erase_only')
            await client.query('select audit._record_safeguards()')
            await sealAll(client)
            await client.query(`update core.people set bio = 'New life' where id = $1`, [world.cleo])
            await sealAll(client)
            expect(await others(client)).toEqual([])
            expect(Number(await act(client, undefined, `select audit.archive_month('2015-06-01')`))).toBe(6)
            expect(await others(client)).toEqual([])
            await sealAll(client)
            expect(await others(client)).toEqual([])
        })
    })

    test('while it is written to and sealed', async () => {
        await onCopy(async (client, url) => {
            let ended = false
            let written = 0
            const write = async (nth: number): Promise<void> =>
                withClient(url, async (writer) => {
                    while (!ended) {
                        await act(
                            writer,
                            world.olive,
                            `select core.create_place($1, 'community', $2, 'A place')`,
                            [[world.river, world.heron][nth % 2], `place-${nth}-${written}`],
                        )
                        await writer.query(`update core.people set bio = bio || '.' where id = $1`, [
                            world.ada,
                        ])
                        written += 1
                    }
                })
            const seal = async (): Promise<void> =>
                withClient(url, async (sealer) => {
                    while (!ended) await sealer.query('select audit.seal(20)')
                })
            const busy = Promise.all([write(0), write(1), write(2), seal()])
            try {
                for (let look = 0; look < 5; look += 1) {
                    expect(await findings(client)).toEqual([])
                }
            } finally {
                ended = true
                await busy
            }
            expect(written).toBeGreaterThan(10)
            await sealAll(client)
            expect(await findings(client)).toEqual([])
        })
    })
})
