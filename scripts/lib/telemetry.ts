// What ops.migration_telemetry is told: that a migration began, how it ended, how many rows it touched.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Unfinished } from './bookkeeping.ts'
import type { Client } from './db.ts'
import type { Migration } from './history.ts'
import { sqlFile } from './sql-file.ts'

export interface Subject {
    root: string
    migration: Migration
    direction: 'up' | 'down'
    /** What else has to be written in the same transaction. */
    alongside(): Promise<void>
}

/** Hands out a connection to run one migration on, and keeps the record of it. */
export async function withTelemetry(
    client: Client,
    { root, migration, direction, alongside }: Subject,
    work: (client: Client) => Promise<void>,
): Promise<void> {
    const started = (await client.query<{ now: Date }>('select clock_timestamp() as now')).rows[0]?.now
    const key = [migration.file, direction, packageVersion(root), started]
    const begun = await tell(client, 'telemetry-begin.sql', key)
    let before = 0
    let rows: number | null = null
    const watched = aroundTransaction(client, {
        begun: async () => {
            before = await touchedRows(client)
        },
        ending: async () => {
            rows = (await touchedRows(client)) - before
            await alongside()
        },
    })
    try {
        await work(watched)
    } catch (error) {
        // Outside a transaction it is not over: somebody has to look at what it left.
        await tell(client, 'telemetry-end.sql', [...key, null, messageOf(error), migration.transactional])
        throw error
    }
    if (!migration.transactional && direction === 'up') await alongside()
    // The migration that makes the table could not be announced in it.
    if (!begun) await tell(client, 'telemetry-begin.sql', key)
    await tell(client, 'telemetry-end.sql', [...key, rows, null, true])
}

/** Closes what killed runners left open; `reason` is why those ended that are not done. */
export async function closeUnfinished(
    client: Client,
    unfinished: readonly Unfinished[],
    reason = 'interrupted: its transaction was rolled back',
): Promise<void> {
    for (const { id, done } of unfinished) {
        await client.query(sqlFile('telemetry-settle.sql'), [id, done ? null : reason])
    }
}

/** Answers whether the table was there to be told. */
async function tell(client: Client, file: string, values: unknown[]): Promise<boolean> {
    const { rows } = await client.query<{ present: boolean }>(
        "select to_regclass('ops.migration_telemetry') is not null as present",
    )
    if (rows[0]?.present) await client.query(sqlFile(file), values)
    return rows[0]?.present === true
}

/** The same connection, on which something happens after a `begin` and before a `commit`. */
function aroundTransaction(
    client: Client,
    { begun, ending }: { begun(): Promise<void>; ending(): Promise<void> },
): Client {
    return new Proxy(client, {
        get(target, key) {
            if (key !== 'query') return Reflect.get(target, key, target)
            return async (...query: Parameters<Client['query']>) => {
                if (String(query[0]) === 'commit') await ending()
                const result = await target.query(...query)
                if (String(query[0]) === 'begin') await begun()
                return result
            }
        },
    })
}

async function touchedRows(client: Client): Promise<number> {
    const { rows } = await client.query<{ touched: string }>(sqlFile('touched-rows.sql'))
    return Number(rows[0]?.touched ?? 0)
}

/** What the server said: no place, no row. */
function messageOf(error: unknown): string {
    if (!(error instanceof Error)) return String(error)
    return error.cause instanceof Error ? error.cause.message : error.message
}

function packageVersion(root: string): string {
    const text = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    return text.version
}
