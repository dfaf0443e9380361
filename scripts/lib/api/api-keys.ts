// API keys: `Authorization: Bearer el_…`. The database admits and counts them in a transaction of its own, because
// the one of a query may not write. It is told the key's hash, never the key.

import { createHash } from 'node:crypto'
import type { Pool } from 'pg'
import { inTransaction } from '../in-transaction.ts'
import { asServer } from '../roles.ts'
import { sqlFile } from '../sql-file.ts'
import { Refusal } from './refusal.ts'
import type { Claims } from './session.ts'

interface Admitted {
    claims: Claims | null
    wait_seconds: number | null
}

const admit = sqlFile('admit-api-key.sql')

export function isApiKey(token: string): boolean {
    return token.startsWith('el_')
}

export async function admitApiKey(key: string, pool: Pool): Promise<Claims> {
    const hash = createHash('sha256').update(key).digest()
    const admitted = await inTransaction(pool, asServer, async (client) => {
        const { rows } = await client.query<Admitted>(admit, [hash])
        return rows[0]
    })
    if (!admitted?.claims) {
        throw new Refusal(
            401,
            'API_KEY_INVALID',
            'this API key is not known here, has expired or was revoked',
        )
    }
    if (admitted.wait_seconds) {
        throw new Refusal(429, 'RATE_LIMITED', 'this API key has used up its requests for this minute', {
            hint: `try again in ${admitted.wait_seconds} s`,
            headers: { 'retry-after': String(admitted.wait_seconds) },
        })
    }
    return admitted.claims
}
