// Puts jobs that are due into the queue. Many workers may do so at once: one of them does, for all.

import type { Pool, PoolClient } from 'pg'
import { inTransaction } from '../in-transaction.ts'
import { sqlFile } from '../sql-file.ts'
import { isDue } from './schedule.ts'

/** What the queue calls the one task there is: run a job of ops.jobs. */
export const task = 'run_job'

interface Candidate {
    name: string
    schedule: string
    last_run_at: Date | null
    now: Date
}

const leadOrLeave = sqlFile('worker/lead.sql')
const unlockDead = sqlFile('worker/unlock-dead.sql')
const forgetRemoved = sqlFile('worker/forget-removed.sql')
const idleJobs = sqlFile('worker/idle-jobs.sql')
const enqueue = sqlFile('worker/enqueue.sql')

/** Looks once; answers the names of the jobs that it put into the queue. */
export async function enqueueDue(pool: Pool, began: Date): Promise<string[]> {
    return inTransaction(pool, {}, async (client) => {
        const { rows } = await client.query<{ leads: boolean }>(leadOrLeave)
        if (!rows[0]?.leads) return []
        await client.query(unlockDead)
        await client.query(forgetRemoved)
        const due = await dueJobs(client, began)
        if (due.length > 0) await client.query(enqueue, [task, due])
        return due
    })
}

async function dueJobs(client: PoolClient, began: Date): Promise<string[]> {
    const { rows } = await client.query<Candidate>(idleJobs)
    return rows
        .filter(({ schedule, last_run_at, now }) => isDue(schedule, last_run_at ?? undefined, began, now))
        .map(({ name }) => name)
}
