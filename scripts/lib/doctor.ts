// Looks a database over: its migrations, its queue, and what the database finds by itself.

import { Problem } from './console.ts'
import { type Client, withClient } from './db.ts'
import { status } from './migrations.ts'
import { sqlFile } from './sql-file.ts'

export interface Finding {
    name: string
    /** A note is worth reading, and no fault. */
    level: 'ok' | 'note' | 'wrong'
    finding: string
    /** What to do; empty where nothing is to be done. */
    advice: string
}

interface QueuedJob {
    key: string
    attempts: number
    max_attempts: number
    last_error: string | null
    run_at: Date
    waits: boolean
}

/** Answers what it looked at, one finding each, in the order of reading. */
export async function examine(url: string): Promise<Finding[]> {
    const migrations = await examineMigrations(url)
    return withClient(url, async (client) => [
        migrations,
        ...(await examineInside(client)),
        ...(await examineQueue(client)),
    ])
}

async function examineMigrations(url: string): Promise<Finding> {
    const name = 'migrations'
    try {
        const { applied, pending, current } = await status(url)
        const waiting = [...pending, ...(current ? ['current.sql'] : [])]
        if (waiting.length === 0) {
            return { name, level: 'ok', finding: `at the newest, ${applied.at(-1) ?? 'none'}`, advice: '' }
        }
        return { name, level: 'wrong', finding: `not yet run: ${waiting.join(', ')}`, advice: 'make migrate' }
    } catch (error) {
        if (!(error instanceof Problem)) throw error
        return { name, level: 'wrong', finding: error.message, advice: error.hint ?? '' }
    }
}

async function examineInside(client: Client): Promise<Finding[]> {
    if (!(await installed(client)).health) {
        return [{ name: 'ops.health()', level: 'wrong', finding: 'is not there', advice: 'make migrate' }]
    }
    return (await client.query<Finding>('select name, level, finding, advice from ops.health()')).rows
}

async function examineQueue(client: Client): Promise<Finding[]> {
    const name = 'queue'
    if (!(await installed(client)).queue) {
        return [{ name, level: 'note', finding: 'no worker has ever run here', advice: 'make worker' }]
    }
    const { rows } = await client.query<QueuedJob>(sqlFile('queue-findings.sql'))
    if (rows.length === 0) return [{ name, level: 'ok', finding: 'nothing fails, nothing waits', advice: '' }]
    return rows.map(({ key, attempts, max_attempts, last_error, run_at, waits }) => ({
        name: `queue ${key}`,
        level: 'wrong',
        finding: waits
            ? `waits since ${run_at.toISOString()}`
            : `failed ${attempts} of ${max_attempts} times, last: ${last_error}`,
        advice: waits ? 'see that a worker runs' : 'mend what it says; it is tried again by itself',
    }))
}

interface Installed {
    health: boolean
    queue: boolean
}

async function installed(client: Client): Promise<Installed> {
    const { rows } = await client.query<Installed>(
        `select
            to_regprocedure('ops.health()') is not null as health,
            to_regclass('graphile_worker.jobs') is not null as queue`,
    )
    return rows[0] ?? { health: false, queue: false }
}
