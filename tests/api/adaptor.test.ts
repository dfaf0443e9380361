// The transactions that requests run in, on a single connection: what one leaves behind would be the next one's.

import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pipelined } from '../../scripts/lib/api/adaptor.ts'
import type { TestDatabase } from '../../scripts/lib/template.ts'
import { freshDatabase } from '../support/database.ts'
import { loginUrl } from '../support/logins.ts'

let database: TestDatabase
let pool: pg.Pool

beforeAll(async () => {
    database = await freshDatabase()
    const connectionString = await loginUrl(database.url, 'authenticator')
    pool = new pg.Pool({ connectionString, max: 1, pipeline: true })
    // Its connection may still be about to close when the database is dropped.
    pool.on('error', () => undefined)
})
afterAll(async () => {
    await pool.end()
    await database.drop()
})

const reading = { role: 'authenticated', 'request.jwt.claims': '{}', transaction_read_only: 'on' }
const writing = { ...reading, transaction_read_only: 'off' }
const context = "select current_user as role, current_setting('request.jwt.claims', true) as claims"

function ask(settings: Record<string, string> | null, text: string): Promise<readonly unknown[]> {
    return pipelined(pool)(settings, async (client) => (await client.query({ text })).rows)
}

test('its settings hold as long as the transaction, whether it read or wrote', async () => {
    for (const settings of [reading, writing]) {
        expect(await ask(settings, context)).toEqual([{ role: 'authenticated', claims: '{}' }])
        expect(await ask(null, context)).toEqual([{ role: 'authenticator', claims: '' }])
    }
})

test('they end with it also when it fails, and the failure is what the statement said', async () => {
    for (const settings of [reading, writing]) {
        await expect(ask(settings, 'select 1 / 0')).rejects.toMatchObject({ code: '22012' })
        expect(await ask(null, context)).toEqual([{ role: 'authenticator', claims: '' }])
    }
})

test('where a setting is refused nothing runs, and the refusal is the failure', async () => {
    let ran: unknown = 'nothing'
    const asked = pipelined(pool)({ ...reading, role: 'postgres_itself' }, async (client) => {
        ran = await client.query({ text: 'select' }).catch((error: { code: string }) => error.code)
    })
    await expect(asked).rejects.toMatchObject({ message: expect.stringContaining('postgres_itself') })
    expect(ran).toBe('25P02')
})

test('what only reads cannot write', async () => {
    const asked = ask({ ...reading, role: 'service_role' }, 'create temp table t ()')
    await expect(asked).rejects.toMatchObject({ code: '25006' })
})

test('what was written is committed once it is answered', async () => {
    const [written] = (await ask(writing, 'select txid_current()')) as { txid_current: string }[]
    expect(await ask(null, `select txid_status(${written?.txid_current})`)).toEqual([
        { txid_status: 'committed' },
    ])
})

test('what has values is prepared, once, also without a name; what has none is not', async () => {
    const asking = 'select $1::text as said'
    for (const said of ['one', 'two']) {
        const rows = await pipelined(pool)(writing, async (client) => {
            await client.query({ text: 'select 1' })
            return (await client.query({ text: asking, values: [said] })).rows
        })
        expect(rows).toEqual([{ said }])
    }
    const prepared = (await ask(null, 'select statement from pg_prepared_statements')) as {
        statement: string
    }[]
    const texts = prepared.map(({ statement }) => statement)
    expect(texts.filter((text) => text === asking)).toEqual([asking])
    expect(texts).not.toContain('select 1')
})

test('a transaction within it is the same one', async () => {
    const ids = await pipelined(pool)(writing, (client) =>
        client.withTransaction(async (inner) => {
            const text = 'select txid_current()'
            return [(await client.query({ text })).rows, (await inner.query({ text })).rows]
        }),
    )
    expect(ids[0]).toEqual(ids[1])
})
