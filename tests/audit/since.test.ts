// What was committed since a snapshot: while writers with savepoints, rollbacks and long transactions write beside each
// other, whoever asks again and again is told of every committed change exactly once, and of nothing else.

import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Client, withClient } from '../../scripts/lib/db.ts'
import { Random } from '../../scripts/lib/oracle/random.ts'
import { freshDatabase } from '../support/database.ts'

const seed = Number(process.env.EMPATHY_SINCE_SEED ?? randomInt(2 ** 31))
const writers = 6
const writeFor = 4_000

let database: Awaited<ReturnType<typeof freshDatabase>>

beforeAll(async () => {
    database = await freshDatabase()
})
afterAll(() => database.drop())

const add = async (client: Client, name: string) => {
    await client.query('insert into core.people (display_name) values ($1)', [name])
    return name
}

/** Answers the names that were committed. */
async function write(writer: number, end: number): Promise<string[]> {
    const random = new Random(seed + writer)
    const committed: string[] = []
    await withClient(database.url, async (client) => {
        for (let n = 0; Date.now() < end; n += 1) {
            const written: string[] = []
            await client.query('begin')
            const most = random.between(0, 2)
            for (let row = 0; row <= most; row += 1) {
                written.push(await add(client, `${writer}-${n}-${row}`))
                if (random.chance(0.1)) await sleep(random.between(0, 200))
            }
            await client.query('savepoint s')
            const aside = await add(client, `${writer}-${n}-aside`)
            if (random.chance(0.5)) await client.query('rollback to s')
            else written.push(aside)
            const stays = random.chance(0.8)
            await client.query(stays ? 'commit' : 'rollback')
            if (stays) committed.push(...written)
        }
    })
    return committed
}

interface Answer {
    snapshot: string
    at: string
    names: string[]
}

const since = (client: Client, before: Answer | undefined, afterALoss = false) =>
    client
        .query<Answer>(
            `select pg_current_snapshot()::text as snapshot, now()::text as at, array(
                select coalesce(c.clear ->> 'display_name', l.personal::jsonb ->> 'display_name')
                from audit.changes_since($1, array['core.people'], '{}', 1000000, $2) c
                join audit.changes l on l.table_name = 'core.people' and l.key::jsonb = c.key
            ) as names`,
            [before?.snapshot ?? '3:3:', afterALoss ? before?.at : null],
        )
        .then(({ rows }) => rows[0] as Answer)

test(`every committed change is told once (seed ${seed})`, async () => {
    const told: string[] = []
    const committed = await withClient(database.url, async (client) => {
        let last = await since(client, undefined)
        const end = Date.now() + writeFor
        const writing = Promise.all(Array.from({ length: writers }, (_, writer) => write(writer, end)))
        while (Date.now() < end + 500) {
            last = await since(client, last)
            told.push(...last.names)
            await sleep(20)
        }
        const committed = (await writing).flat()
        last = await since(client, last)
        told.push(...last.names)
        expect((await since(client, last)).names).toEqual([])
        return committed
    })
    expect(committed.length).toBeGreaterThan(100)
    expect(told.sort()).toEqual(committed.sort())
})

test('after a crash, what was written under a number that was given away before is told as well', async () => {
    await withClient(database.url, async (client) => {
        const before = await since(client, undefined)
        await sleep(5)
        await add(client, 'under an old number')
        // As whoever asked before a crash remembers it: the transaction of that number had ended by then.
        const { rows } = await client.query<{ next: string }>(
            'select (pg_current_xact_id()::text::bigint + 1)::text as next',
        )
        const remembered = { ...before, snapshot: `${rows[0]?.next}:${rows[0]?.next}:` }
        expect((await since(client, remembered)).names).toEqual([])
        expect((await since(client, remembered, true)).names).toEqual(['under an old number'])
    })
})
