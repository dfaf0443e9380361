// One migration at a time: whoever comes second waits, and says so.

import { setTimeout as sleep } from 'node:timers/promises'
import { readConfig } from './config.ts'
import { Problem } from './console.ts'
import type { Client } from './db.ts'
import { lockKey } from './graphile.ts'

export interface LockOptions {
    /** How long to wait for a lock, and how long one statement may take; the environment's unless told otherwise. */
    timeouts?: { lock: string; statement: string }
    /** How long to wait for another migration to finish. */
    waitSeconds?: number
    /** Told what happens while it happens. */
    say?: (line: string) => void
}

/** Holds graphile-migrate's lock, on a session with bounded statements and an empty search_path. */
export async function locked<T>(client: Client, options: LockOptions, work: () => Promise<T>): Promise<T> {
    const { timeouts = fromEnvironment(), waitSeconds = 600, say = () => undefined } = options
    const deadline = Date.now() + waitSeconds * 1000
    // Asked again and again: waiting inside a statement would hold a snapshot that the other may wait for.
    for (let first = true; !(await tryLock(client)); first = false) {
        if (first) say('another migration is running here: waiting for it')
        if (Date.now() > deadline) {
            throw new Problem(
                `Another migration has been running for more than ${waitSeconds} s.`,
                'Look at it in pg_stat_activity; if it hangs, end it, then try again.',
            )
        }
        await sleep(100)
    }
    try {
        await client.query(
            `select set_config('lock_timeout', $1, false), set_config('statement_timeout', $2, false),
                set_config('search_path', '', false)`,
            [timeouts.lock, timeouts.statement],
        )
        return await work()
    } finally {
        await client.query('select pg_advisory_unlock($1)', [lockKey]).catch(() => undefined)
    }
}

async function tryLock(client: Client): Promise<boolean> {
    const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [
        lockKey,
    ])
    return rows[0]?.locked === true
}

function fromEnvironment(): { lock: string; statement: string } {
    const { EMPATHY_LOCK_TIMEOUT: lock, EMPATHY_STATEMENT_TIMEOUT: statement } = readConfig()
    return { lock, statement }
}
