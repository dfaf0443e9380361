// Runs one job of ops.jobs, in a transaction of its own, as the platform.

import type { Pool } from 'pg'
import { inTransaction } from '../in-transaction.ts'
import { asServer } from '../roles.ts'

const settings = { ...asServer, statement_timeout: '15min', lock_timeout: '1min' }

/** Answers what the job said. */
export async function runJob(pool: Pool, name: string): Promise<string | null> {
    return inTransaction(pool, settings, async (client) => {
        const { rows } = await client.query<{ outcome: string | null }>('select ops.run_job($1) as outcome', [
            name,
        ])
        return rows[0]?.outcome ?? null
    })
}
