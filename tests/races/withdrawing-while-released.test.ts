// Figures are released while people decide: who takes back consent in the midst of it is in none of them, however long
// the release is held up, and wherever.

import type { Client } from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { connect, runFile } from '../../scripts/lib/db.ts'
import { inPackage } from '../../scripts/lib/paths.ts'
import type { TestDatabase } from '../../scripts/lib/template.ts'
import { freshDatabase } from '../support/database.ts'

let database: TestDatabase
let clients: Client[]

beforeEach(async () => {
    database = await freshDatabase()
    clients = []
    const client = await session()
    // Some of the helpers are for pgTAP, which is not there.
    await client.query('set check_function_bodies = off')
    await runFile(client, inPackage('tests/helpers.sql'))
    await inOne(client, 'tests.world()')
    await inOne(client, as('olive'), `core.set_module(tests.scope('river'), 'insights', true)`)
    await inOne(client, `tests.tell('otter', 'b1', 'b2', 'b3', 'b4', 'b5')`)
    await inOne(client, `tests.release('river')`)
    await inOne(client, `tests.tell('heron', 'a1', 'a2', 'a3', 'a4')`)
})

afterEach(async () => {
    for (const client of clients) await client.end()
    await database.drop()
})

async function session(): Promise<Client> {
    const client = await connect(database.url)
    clients.push(client)
    return client
}

const as = (name: string): string => `tests.as('${name}')`
const withdraw = (title: string): string => `consent.withdraw_consent(tests.work('${title}'), 'insight')`
const consent = (title: string): string => `consent.give_consent(tests.work('${title}'), 'insight')`

async function begin(client: Client, ...calls: string[]): Promise<void> {
    await client.query('begin')
    for (const call of calls) await client.query(`select ${call}`)
}

async function inOne(client: Client, ...calls: string[]): Promise<void> {
    await begin(client, ...calls)
    await client.query('commit')
}

async function pidOf(client: Client): Promise<number> {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    return rows[0]?.pid ?? 0
}

/** Lets somebody work until they wait for somebody else, or are done. */
async function untilHeldUp(
    reader: Client,
    waiting: number,
    by: number,
    work: Promise<unknown>,
): Promise<void> {
    let done = false
    const over = () => {
        done = true
    }
    work.then(over, over)
    while (!done) {
        const { rows } = await reader.query<{ held: boolean }>(
            'select $2::integer = any (pg_blocking_pids($1)) as held',
            [waiting, by],
        )
        if (rows[0]?.held) return
    }
}

async function problems(client: Client): Promise<unknown[]> {
    return (await client.query('select problem from insights.verify_figures()')).rows
}

test('who consented as the release began, and takes it back before it ends, is in no group', async () => {
    const [holder, teller, releaser, reader] = [
        await session(),
        await session(),
        await session(),
        await session(),
    ]
    const [held, decides, waits] = [await pidOf(holder), await pidOf(teller), await pidOf(releaser)]
    await inOne(reader, as('olive'), `core.set_setting(tests.scope('otter'), 'insights.smallest_group', '9')`)
    await begin(teller, `tests.tell('heron', 'a5')`)
    await holder.query('begin; select from insights.groups for update')
    const released = inOne(releaser, `tests.release('river', 1)`)
    await untilHeldUp(reader, waits, held, released)
    await teller.query('commit')
    await begin(teller, as('a5'), withdraw('a5 of heron'))
    await holder.query('rollback')
    await untilHeldUp(reader, waits, decides, released)
    await teller.query('commit')
    await released
    expect(await problems(reader)).toEqual([])
    const { rows } = await reader.query(`select tests.groups('heron') as line`)
    expect(rows, 'four are no five').toEqual([])
})

test('who goes, returns and goes again before a release ends is not brought back by it', async () => {
    const [holder, teller, releaser, reader] = [
        await session(),
        await session(),
        await session(),
        await session(),
    ]
    const [held, decides, waits] = [await pidOf(holder), await pidOf(teller), await pidOf(releaser)]
    await holder.query(
        'begin; select from insights.contributions where group_id is null order by work_id limit 1 for update',
    )
    const released = inOne(releaser, `tests.release('river', 1)`)
    await untilHeldUp(reader, waits, held, released)
    await inOne(teller, as('b1'), withdraw('b1 of otter'))
    await inOne(teller, as('b1'), consent('b1 of otter'))
    await begin(teller, as('b1'), withdraw('b1 of otter'))
    await holder.query('rollback')
    await untilHeldUp(reader, waits, decides, released)
    await teller.query('commit')
    await released
    expect(await problems(reader)).toEqual([])
    const { rows } = await reader.query(`select tests.groups('otter') as line`)
    expect(rows).toEqual([])
})
