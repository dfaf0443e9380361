// Somebody is forgotten: what was personal goes from the log, too, wherever it stood; every proof still holds, and
// that something was removed is a change itself.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Client, connect, withClient } from '../../scripts/lib/db.ts'
import { cloneDatabase, type TestDatabase } from '../../scripts/lib/template.ts'
import { adminUrl, freshDatabase } from '../support/database.ts'
import { act, faults, findings, makeWorld, platform, sealAll, value, type World } from './log.ts'

/** Stands in everything that says something about the person, and nowhere else. */
const word = 'Zephyrine'

let original: TestDatabase
let world: World
let zoe: string

beforeAll(async () => {
    original = await freshDatabase()
    world = await makeWorld(original.url)
    await withClient(original.url, async (client) => {
        zoe = await value(
            client,
            `insert into core.people (display_name, handle, bio, avatar_url)
             values ($1, lower($1), 'I am ' || $1, 'https://pictures.example/' || $1) returning id`,
            [word],
        )
        await client.query('insert into core.identities (issuer, subject, person_id) values ($1, $2, $3)', [
            'https://here.example',
            `sub-${word}`,
            zoe,
        ])
        await client.query(`update core.scopes set visibility = 'public' where id = $1`, [world.river])
        await act(client, zoe, 'select core.request_membership($1, $2)', [world.river, `${word} asks`])
        await act(
            client,
            world.olive,
            `select core.approve_membership(id) from core.memberships where person_id = $1`,
            [zoe],
        )
        await sealAll(client)
        await client.query(
            `update core.people set bio = $2 || ' again', display_name = $2 || ' II' where id = $1`,
            [zoe, word],
        )
        await sealAll(client)
        expect(await findings(client)).toEqual([])
    })
})

afterAll(() => original.drop())

let copy: TestDatabase
let client: Client

beforeEach(async () => {
    copy = await cloneDatabase(adminUrl(), original.name)
    client = await connect(copy.url)
    return async () => {
        await client.end()
        await copy.drop()
    }
})

/** The tables in whose text the word stands, as text or as bytes. */
async function tablesWith(needle: string): Promise<string[]> {
    const { rows } = await client.query<{ name: string }>(
        `select format('%I.%I', n.nspname, c.relname) as name
         from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where c.relkind in ('r', 'm') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
         order by 1`,
    )
    expect(rows.length).toBeGreaterThan(50)
    const found: string[] = []
    for (const { name } of rows) {
        const hit = `exists (
            select from ${name} t
            where t::text ilike '%' || $1 || '%'
                or t::text ilike '%' || encode(convert_to($1, 'utf8'), 'hex') || '%'
        )`
        if (await value<boolean>(client, `select ${hit}`, [needle])) found.push(name)
    }
    return found
}

async function bundles(): Promise<string> {
    const { rows } = await client.query<{ line: string }>(
        `select line from audit.heads h cross join lateral audit.bundle(h.tenant_id, true) line`,
    )
    return rows.map(({ line }) => line).join('\n')
}

const erase = (): Promise<unknown> => act(client, zoe, 'select core.erase_person($1)', [zoe])

const partition = (): Promise<string> =>
    value(client, `select to_char(now() at time zone 'UTC', '"audit.changes_"YYYY_MM')`)

test('what was personal stands nowhere any more, and every log is whole', async () => {
    expect(await tablesWith(word)).toEqual(
        expect.arrayContaining([await partition(), 'core.identities', 'core.memberships', 'core.people']),
    )
    expect(await bundles()).toContain(word)
    const before = await client.query('select tenant_id, position, hash from audit.leaves order by 1, 2')
    const checkpoints = await client.query<{ id: string; text: string }>(
        'select tenant_id as id, audit.checkpoint(tenant_id) as text from audit.heads',
    )
    const images = await value<number>(
        client,
        'select count(*)::integer from audit.changes where $1 = any (subjects)',
        [zoe],
    )

    await erase()
    expect(await findings(client)).toEqual([])
    await sealAll(client)
    expect(await findings(client)).toEqual([])
    for (const { id, text } of checkpoints.rows) {
        expect(await findings(client, { tenant: id, checkpoint: text })).toEqual([])
    }
    expect(await tablesWith(word)).toEqual([])
    const bundle = await bundles()
    expect(bundle.toLowerCase()).not.toContain(word.toLowerCase())
    expect(bundle).not.toContain(Buffer.from(word).toString('hex'))

    // Not one leaf is another than before.
    const after = await client.query('select tenant_id, position, hash from audit.leaves order by 1, 2')
    const key = (row: { tenant_id: string; position: string; hash: Buffer }): string =>
        `${row.tenant_id} ${row.position} ${row.hash.toString('hex')}`
    const kept = new Set(after.rows.map(key))
    expect(before.rows.map(key).filter((leaf) => !kept.has(leaf))).toEqual([])

    // The removal is a change, in each log that held something; it names what was emptied, and whom nobody.
    const { rows: orders } = await client.query<{
        tenant_id: string
        emptied: string
        operation: string
        clear: string
    }>(
        `select c.tenant_id, c.operation::text, cardinality(o.seqs)::text as emptied, c.clear
         from audit.changes c
         join audit.leaves l using (tenant_id, seq)
         join audit.erasure_orders o on o.tenant_id = c.tenant_id and o.id = (c.clear::jsonb ->> 'id')::uuid
         where c.table_name = 'audit.erasure_orders'`,
    )
    expect(orders.map(({ tenant_id }) => tenant_id).sort()).toEqual([platform, world.river].sort())
    expect(orders.map(({ operation }) => operation)).toEqual(['I', 'I'])
    // Those that were there before, and those that the erasure itself made.
    expect(orders.reduce((sum, { emptied }) => sum + Number(emptied), 0)).toBeGreaterThan(images)
    expect(orders.some(({ clear }) => clear.includes(zoe))).toBe(false)
    expect(await value(client, 'select count(*) from audit.changes where $1 = any (subjects)', [zoe])).toBe(
        '0',
    )
    const { rows: history } = await client.query(
        `select operation, personal, erased from audit.history($1, 'core.people', $2)`,
        [platform, { id: zoe }],
    )
    expect(history.length).toBeGreaterThan(2)
    expect(history.every(({ personal, erased }) => personal === null && erased === true)).toBe(true)
})

test('nobody else loses anything', async () => {
    const others = `select seq, personal, salt from audit.changes
                    where subjects is not null and not $1 = any (subjects) and seq <= $2 order by seq`
    const last = await value(client, 'select max(seq) from audit.changes')
    const before = await client.query(others, [zoe, last])
    expect(before.rows.length).toBeGreaterThan(5)
    await erase()
    expect((await client.query(others, [zoe, last])).rows).toEqual(before.rows)
})

test('a row whose key names them goes with them, or the log would not know it any more', async () => {
    const place = await act<string>(
        client,
        world.olive,
        `select core.create_place($1, 'community', 'heron', 'Heron')`,
        [world.river],
    )
    const work = await act<string>(
        client,
        world.olive,
        `select content.create_note($1, 'Ice', '{}', visibility => 'public')`,
        [place],
    )
    for (const statement of [
        `select content.transition($1, 'published')`,
        `select content.attribute_work($1, 'Olive', 'author')`,
        `select consent.give_consent($1, 'public_sharing')`,
    ]) {
        await act(client, world.olive, statement, [work])
    }
    await act(client, world.olive, `select content.add_collaborator($1, $2, 'edit')`, [work, zoe])
    await act(client, zoe, 'select content.cast_vote($1)', [work])
    await client.query(`select core._join($1, $2, '{steward}')`, [place, zoe])
    const protocol = await act<string>(
        client,
        zoe,
        `select consent.create_protocol($1, 'Embers', 'family', 'members', acknowledgement => 'Tell nobody.')`,
        [place],
    )
    await act(client, zoe, 'select consent.acknowledge_protocol($1)', [protocol])
    await client.query(
        `select set_config('request.jwt.claims', $1, false), set_config('empathy.kek', repeat('ab', 32), false)`,
        [JSON.stringify({ person: zoe })],
    )
    await client.query(`select consent.write_preferences($1, '{"research": "given"}')`, [zoe])
    await client.query(`select set_config('request.jwt.claims', '', false)`)
    await sealAll(client)
    expect(await faults(client)).toEqual([])

    await act(client, zoe, 'select core.erase_person($1)', [zoe])
    await sealAll(client)
    expect(await faults(client)).toEqual([])
    const { rows } = await client.query(
        `select
            (select count(*)::int from content.work_collaborators where person_id = $1) as helps,
            (select count(*)::int from content.votes where person_id = $1) as approves,
            (select count(*)::int from consent.preferences where person_id = $1) as prefers,
            (select count(*)::int from consent.protocol_acknowledgements where person_id = $1) as acknowledged`,
        [zoe],
    )
    expect(rows).toEqual([{ helps: 0, approves: 0, prefers: 0, acknowledged: 1 }])
    for (const statement of [
        `select content.add_collaborator($1, $2, 'edit')`,
        `select consent.add_party($1, $2, 'depicted')`,
    ]) {
        await expect(act(client, world.olive, statement, [work, zoe])).rejects.toThrow('no such person')
    }
})

test('what was written under two rows of one person goes with both', async () => {
    const double = await value<string>(
        client,
        `insert into core.people (display_name) values ($1 || ' too') returning id`,
        [word],
    )
    await client.query('update core.people set bio = $2 where id = $1', [double, `${word} as well`])
    await client.query('select core.merge_people($1, $2)', [double, zoe])
    await sealAll(client)
    await erase()
    await sealAll(client)
    expect(await findings(client)).toEqual([])
    expect(await tablesWith(word)).toEqual([])
})

test('what others were writing at that moment goes when they have ended', async () => {
    await client.query(
        `insert into core.sanctions (tenant_id, scope_id, person_id, capability, during, reason, imposed_by)
         select $1, $1, $2, key, tstzrange(now(), now() + interval '1 day'), 'a reason', $3
         from core.capabilities limit 1`,
        [world.river, zoe, world.olive],
    )
    await sealAll(client)
    const writer = await connect(copy.url)
    try {
        await writer.query('begin')
        await writer.query(`update core.sanctions set reason = 'about ' || $2 where person_id = $1`, [
            zoe,
            word,
        ])
        await erase()
        // The other transaction can be seen by nobody yet, so nobody can empty what it wrote.
        await writer.query('commit')
    } finally {
        await writer.end()
    }
    await sealAll(client)
    expect(await findings(client)).toEqual([])
    expect(await tablesWith(word)).toEqual([await partition(), 'core.sanctions'])

    expect(Number(await act(client, undefined, 'select audit.finish_erasures()'))).toBeGreaterThan(0)
    await sealAll(client)
    expect(await findings(client)).toEqual([])
    // What others say in rows of their own is theirs to settle; as long as it stands, its newest change is evidence.
    expect(await tablesWith(word)).toEqual([await partition(), 'core.sanctions'])
    await client.query(`update core.sanctions set reason = 'a reason' where person_id = $1`, [zoe])
    await act(client, undefined, 'select audit.finish_erasures()')
    await sealAll(client)
    expect(await findings(client)).toEqual([])
    expect(await tablesWith(word)).toEqual([])
    expect(await act(client, undefined, 'select audit.finish_erasures()')).toBe('0')
})

test('a person is forgotten while many write about them, and no log breaks', async () => {
    const writers = await Promise.all(Array.from({ length: 6 }, () => connect(copy.url)))
    const sealer = await connect(copy.url)
    let ended = false
    try {
        const busy = [
            ...writers.map(async (writer, nth) => {
                for (let n = 0; !ended; n += 1) {
                    await writer
                        .query(
                            nth % 2 === 0
                                ? `update core.people set bio = $2 || $3 where id = $1 and erased_at is null`
                                : `update core.memberships set message = $2 || $3
                                   where person_id = $1 and ended_at is null`,
                            [zoe, word, `${nth}.${n}`],
                        )
                        .catch((error: { code?: string }) => {
                            if (error.code !== '40P01') throw error
                        })
                }
            }),
            (async () => {
                while (!ended) await sealer.query('select audit.seal(10)')
            })(),
        ]
        await new Promise((resolve) => setTimeout(resolve, 300))
        await erase()
        await new Promise((resolve) => setTimeout(resolve, 100))
        ended = true
        await Promise.all(busy)
    } finally {
        ended = true
        await Promise.all([...writers, sealer].map((each) => each.end()))
    }
    await act(client, undefined, 'select audit.finish_erasures()')
    await sealAll(client)
    expect(await findings(client)).toEqual([])
    expect(await tablesWith(word)).toEqual([])
})

describe('a body', () => {
    const text = 'Once upon a time'

    beforeEach(async () => {
        await client.query('set role empathy_owner')
        await client.query(`
            create table core.letters (
                id integer not null,
                person_id uuid not null,
                body text not null,
                constraint letters_pkey primary key (id),
                constraint letters_person_id_fkey foreign key (person_id) references core.people (id)
            )`)
        await client.query(
            `select ops._register_table('core.letters', 'global', 'content', clear => '{id}', personal => '{person_id}', body => '{body}')`,
        )
        await client.query(`select audit._attach('core.letters'), audit._record_safeguards()`)
        await client.query('reset role')
        await client.query('insert into core.letters values (1, $1, $2)', [zoe, text])
        await sealAll(client)
    })

    test('is never in the log, which commits to it all the same', async () => {
        expect(await tablesWith(text)).toEqual(['core.letters'])
        expect(await bundles()).not.toContain(text)
        expect(await findings(client)).toEqual([])
        await client.query('alter table core.letters disable trigger _900_capture_update')
        await client.query(`update core.letters set body = body || '!'`)
        await client.query('alter table core.letters enable always trigger _900_capture_update')
        expect(await findings(client, { tenant: platform })).toContainEqual(
            expect.objectContaining({ finding: 'row_altered', table_name: 'core.letters', key: '{"id":1}' }),
        )
    })

    test('can be guessed by nobody once the person is forgotten, and the log is whole', async () => {
        await client.query('delete from core.letters')
        await erase()
        await sealAll(client)
        expect(await findings(client)).toEqual([])
        expect(
            await value(
                client,
                `select count(*) from audit.changes
                 where table_name = 'core.letters' and (salt is not null or personal is not null)`,
            ),
        ).toBe('0')
    })

    test('whose salt is taken away without an order is found', async () => {
        await client.query('alter table audit.changes disable trigger _010_erase_only')
        const { rows } = await client.query(
            `update audit.changes set salt = null, personal = null where table_name = 'core.letters' and operation = 'I'
             returning seq`,
        )
        await client.query('alter table audit.changes enable always trigger _010_erase_only')
        expect(await findings(client, { tenant: platform })).toContainEqual(
            expect.objectContaining({ finding: 'erased_without_order', seq: rows[0]?.seq }),
        )
    })
})
