// Has the store let go of what was dropped. What fails is tried again the next time.

import type { Pool } from 'pg'
import { inTransaction } from '../in-transaction.ts'
import { log } from '../log.ts'
import { asServer } from '../roles.ts'
import { sqlFile } from '../sql-file.ts'
import type { Storage } from './storage.ts'

interface Dropped {
    id: string
    storage_key: string
}

const atMost = 100
const toRemove = sqlFile('files/to-remove.sql')
const confirmRemoved = sqlFile('files/confirm-removed.sql')

/** Answers how many are gone now. */
export async function removeDropped(pool: Pool, storage: Storage): Promise<number> {
    const { rows } = await inTransaction(pool, asServer, (client) =>
        client.query<Dropped>(toRemove, [atMost]),
    )
    const gone: string[] = []
    for (const { id, storage_key } of rows) {
        try {
            await storage.remove(storage_key)
            gone.push(id)
        } catch (error) {
            log('warn', 'the store did not let go of a file', { file: id, error: (error as Error).message })
        }
    }
    if (gone.length > 0) {
        await inTransaction(pool, asServer, (client) => client.query(confirmRemoved, [gone]))
    }
    return gone.length
}
